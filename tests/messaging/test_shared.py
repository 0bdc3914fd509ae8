"""What was shared in a conversation, as each of its people finds it beside the thread (M13)."""

from typing import Any

from entregent.network import block, connect
from tests.media.bringing import TEXT, brought, here, png
from tests.messaging.talk import begin
from tests.messaging.test_changing import Pen
from tests.messaging.test_files import ana, bruno
from tests.world import World

__all__ = ["ana", "bruno", "here"]


async def shared(pen: Pen, key: int, kind: str, more: str = "") -> dict[str, Any]:
    answer = await pen.http.get(f"/api/conversations/{key}/shared?kind={kind}{more}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def numbers(pen: Pen, key: int, kind: str) -> list[int]:
    found = await shared(pen, key, kind)
    assert found["next"] is None
    return [one["seq"] for one in found["messages"]]


async def test_pictures_files_and_links_apart(here: World, ana: Pen, bruno: Pen) -> None:
    key = begin(here, here.ana, here.bruno)
    picture = await brought(here, ana.http, png(), "garden.png")
    plan = await brought(here, bruno.http, TEXT, "plan.txt")
    both = [
        (await brought(here, ana.http, png(), "roof.png"))["id"],
        (await brought(here, ana.http, TEXT, "costs.txt"))["id"],
    ]
    await ana.said(key, media=[picture["id"]])
    await bruno.said(key, "The plan", media=[plan["id"]])
    await ana.said(key, "Neither a file nor a link")
    await ana.said(key, "Both", media=both)
    await bruno.said(key, "See https://example.org/roofs and https://example.org/gardens")
    for pen in (ana, bruno):
        assert await numbers(pen, key, "pictures") == [4, 1]
        assert await numbers(pen, key, "files") == [4, 2]
        assert await numbers(pen, key, "links") == [5]
        thread = {one["seq"]: one for one in await pen.thread(key)}
        found = await shared(pen, key, "files")
        assert found["messages"] == [thread[4], thread[2]]
        assert {card["name"] for card in found["cards"]} == {"Ana Lima", "Bruno Çelik"}


async def test_it_goes_by_key(here: World, ana: Pen) -> None:
    key = begin(here, here.ana, here.bruno)
    for number in range(7):
        await ana.said(key, f"https://example.org/{number}")
    found: list[list[int]] = []
    before: str | None = ""
    while before is not None:
        page = await shared(ana, key, "links", f"&limit=3{before}")
        found.append([one["seq"] for one in page["messages"]])
        before = None if page["next"] is None else f"&before={page['next']}"
        await ana.said(key, "https://example.org/meanwhile")
    assert found == [[7, 6, 5], [4, 3, 2], [1]]


async def test_what_one_does_not_see_was_not_shared(here: World, ana: Pen, bruno: Pen) -> None:
    here.do(connect, here.ana, here.chloe)
    group = begin(here, here.ana, here.bruno, here.chloe, title="Choir")
    chloe, diego = Pen(here, here.chloe), Pen(here, here.diego)
    for number in (1, 2, 3):
        await ana.said(group, f"https://example.org/{number}")
    await bruno.said(group, "https://example.org/4")
    await ana.delete(group, 1, "everyone")
    await chloe.delete(group, 2, "me")
    here.do(block, here.chloe, here.bruno)
    assert await numbers(ana, group, "links") == [4, 3, 2]
    assert await numbers(chloe, group, "links") == [3]
    answer = await diego.http.get(f"/api/conversations/{group}/shared?kind=links")
    assert answer.status_code == 404
    answer = await ana.http.get(f"/api/conversations/{group}/shared?kind=secrets")
    assert answer.status_code == 400
