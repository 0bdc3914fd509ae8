"""Who waited in a LinkedIn archive waits in a pile of its own, to rehearse on."""

import csv
import io
from pathlib import Path

from tests.invitations.asking import box
from tests.transfer.archives import OWNER, PROFILE, ZOE
from tests.transfer.bringing import import_files, take_whole_back
from tests.world import World

SAME = "I would be honoured to join your prestigious network of professionals!"
HEAD = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
CONNECTIONS = (
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    f"Zoë,Brandt,{ZOE},,Northwind,Engineer,08 Feb 2024\n"
)


def line(name: str, note: str, slug: str) -> str:
    url = f"https://www.linkedin.com/in/{slug}"
    return f'{name},Ana Ruiz,"1/1/24, 2:37 PM",{note},INCOMING,{url},{OWNER}\n'


INVITATIONS = (
    HEAD
    + line("Kim Berg", "We sang in the same choir.", "kim")
    + line("Bo Lind", "", "bo")
    + line("=1+1", "", "formula")
    + "".join(line(f"Same {n}", SAME, f"same-{n}") for n in range(6))
    + f'Zoë Brandt,Ana Ruiz,"1/1/24, 2:37 PM",Hello,INCOMING,{ZOE},{OWNER}\n'
    + f'Ana Ruiz,Per Holm,"1/1/24, 2:37 PM",Hello,OUTGOING,{OWNER},https://www.linkedin.com/in/per\n'
)


async def test_a_pile_to_rehearse_on(world: World, tmp_path: Path) -> None:
    me = world.member("Ana Ruiz", "ana.ruiz@example.org")
    files: dict[str, str | bytes] = {
        "Profile.csv": PROFILE,
        "Connections.csv": CONNECTIONS,
        "Invitations.csv": INVITATIONS,
    }
    brought = import_files(world, me, tmp_path, files)
    assert brought.added.invitations == 9
    assert import_files(world, me, tmp_path, files).added.invitations == 0
    assert box(world, me) == []
    async with world.client(me) as client:
        page = (await client.get("/api/invitations?box=archive")).json()
        counts = {one["key"]: one["count"] for one in page["groups"] if one["count"]}
        assert counts == {"all": 9, "personal": 1, "template": 6, "no_note": 2}
        assert {one["about"]["source"] for one in page["invitations"]} == {"archive"}
        assert {card["kind"] for card in page["cards"]} == {"contact"}
        assert (await client.get("/api/counts")).json()["invitations"] == 0
        act = {"client_id": "act-00001", "verb": "accept"}
        act |= {"all": {"box": "archive", "group": "no_note"}}  # type: ignore[dict-item]
        run = (await client.post("/api/invitations/actions", json=act)).json()
        assert (run["done"], run["skipped"], run["box"]) == (2, 0, "archive")
        assert (await client.get("/api/connections")).json()["total"] == 0
        rules = {"client_id": "preset-01"}
        await client.post("/api/invitations/rules/preset", json=rules)
        seen = (await client.post("/api/invitations/rules/preview", json={"box": "archive"})).json()
        assert (seen["total"], seen["counts"]) == (7, {"accept": 6, "keep": 1})
        answer = await client.get("/api/invitations/archive.csv")
        table = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
        decided = {row["From"]: row["Decision"] for row in table}
        assert decided["Bo Lind"] == decided["'=1+1"] == "accepted"
        assert decided["Kim Berg"] == "waiting"
        place = f"/api/invitations/runs/{run['id']}/undo"
        assert (await client.post(place, json={"client_id": "undo-0001"})).json()[
            "state"
        ] == "undone"
        assert len(box(world, me, "archive")) == 9
    take_whole_back(world, me, brought.import_id)
    assert box(world, me, "archive") == []
