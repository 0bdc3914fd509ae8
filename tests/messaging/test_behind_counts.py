"""What stands behind a count of conversations: how many messages (M8)."""

from typing import Any

from entregent.messaging import mark
from tests.messaging.talk import begin, say
from tests.messaging.test_triage import Triage
from tests.world import World


async def test_unread_messages_of_each_view(world: World) -> None:
    async with world.client(world.ana) as http:
        ana = Triage(world, world.ana, http)

        async def views() -> Any:
            return (await ana.get("/api/counts/messages"))["views"]

        assert await views() == {}
        first, second = begin(world, world.bruno, world.ana), begin(world, world.emi, world.ana)
        for text in ("One", "Two", "Three"):
            say(world, world.bruno, first, text)
        say(world, world.emi, second, "A request")
        assert await views() == {
            "inbox": 3, "unread": 3, "awaiting_me": 3, "requests": 1, "all": 4,
        }  # fmt: skip
        box = (await ana.post("/api/boxes", name="Sales"))["id"]
        await ana.mark("box", first, box=box)
        assert await views() == {f"box.{box}": 3, "awaiting_me": 3, "requests": 1, "all": 4}
        world.do(mark, world.ana, [first], "read")
        assert await views() == {"requests": 1, "all": 1}
    async with world.client(world.bruno) as http:
        assert (await http.get("/api/counts/messages")).json() == {"views": {}}
    async with world.client() as nobody:
        assert (await nobody.get("/api/counts/messages")).status_code == 401
