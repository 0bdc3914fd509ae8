"""Links to be looked at twice, and new contacts who begin with a pitch."""

from pathlib import Path

import pytest

from entregent.invitations.actions import accept, invite
from entregent.invitations.model import Rules
from entregent.kit.ids import as_int
from entregent.messaging import block_domain, know_house, unblock_domain
from entregent.messaging.doubts import doubts
from entregent.network import connect, follow
from tests.messaging.talk import begin, row
from tests.messaging.test_changing import Pen
from tests.transfer.archives import PROFILE, messages_csv
from tests.transfer.archives import row as line
from tests.transfer.bringing import import_files
from tests.world import World

OWN = "entregent.example"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://entregent.example/in/ana and https://www.lemonde.fr/une", []),
        ("https://help.entregent.example/", []),
        ("https://münchen.de/ https://www.прага.рф/ https://例え.jp/", []),
        ("https://bad.example/x", [("blocked", "bad.example")]),
        ("https://deep.BAD.example./x", [("blocked", "deep.bad.example")]),
        ("https://notbad.example/x", []),
        ("https://entregent.example.evil.test/", [("lookalike", "entregent.example.evil.test")]),
        ("https://entregennt.example", [("lookalike", "entregennt.example")]),
        ("https://entregetn.example.", [("lookalike", "entregetn.example")]),
        ("https://entregént.example/a", [("lookalike", "xn--entregnt-g1a.example")]),
        ("https://entrеgent.example/a", [("lookalike", "xn--entrgent-f8g.example")]),
        ("https://аррӏе.com/", [("letters", "xn--80ak6aa92e.com")]),
        ("https://xn--80ak6aa92e.com/", [("letters", "xn--80ak6aa92e.com")]),
        ("https://pаypal.com/", [("letters", "xn--pypal-4ve.com")]),
        ("http://192.0.2.7/login", [("address", "192.0.2.7")]),
        ("http://3221225991/", [("address", "3221225991")]),
        ("http://0xc0.0.2.7:80/", [("address", "0xc0.0.2.7")]),
        ("http://[2001:db8::1]/", [("address", "[2001:db8::1]")]),
        ("https://bank.example@evil.test/", [("credentials", "evil.test")]),
        ("https://a:b@evil.test:80/", [("credentials", "evil.test")]),
        ("[bank.example](https://evil.test/x)", [("disguised", "evil.test")]),
        ("[www.bank.example](https://bank.example/)", []),
        ("[Our page](https://any.test/)", []),
        ("https://b\u200bad.example/", [("blocked", "bad.example")]),
        ("no link, ftp://192.0.2.7/", []),
    ],
)
def test_which_links_are_doubtful(text: str, found: list[tuple[str, str]]) -> None:
    assert [(one.why, one.host) for one in doubts(text, OWN, {"bad.example"})] == found


def test_one_that_is_tried_out_is_not_taken_for_others() -> None:
    assert not doubts("http://localhost:8000/ http://localhorst.de/", "localhost", ())
    assert not doubts("http://127.0.0.1:8000/", "127.0.0.1", ())


async def test_readers_are_warned_by_the_server(world: World) -> None:
    world.do(know_house, "https://entregent.example", ["bad.example"])
    key = begin(world, world.ana, world.bruno)
    ana, bruno = Pen(world, world.ana), Pen(world, world.bruno)
    said = await ana.said(key, "See https://www.bad.example/offer")
    wanted = [{"at": "www.bad.example", "host": "www.bad.example", "why": "blocked"}]
    assert said["doubts"] == wanted
    assert (await bruno.thread(key))[0]["doubts"] == wanted
    told = [one for one in world.log(world.bruno) if one["type"] == "message.sent"]
    assert told[-1]["message"]["doubts"] == wanted
    edited = await ana.edit(key, 1, "See https://fine.example/")
    assert edited.json()["message"]["doubts"] == []
    world.do(block_domain, "https://fine.example/page")
    assert (await ana.said(key, "https://fine.example/"))["doubts"][0]["why"] == "blocked"
    world.do(unblock_domain, "fine.example")
    assert (await ana.said(key, "https://fine.example/"))["doubts"] == []
    passed = await bruno.send(key, forward={"conversation_id": str(key), "seq": 2})
    assert passed.json()["message"]["doubts"] == []  # as it is now


async def test_readers_are_warned_of_what_an_archive_brings(world: World, tmp_path: Path) -> None:
    files = {"Profile.csv": PROFILE, "messages.csv": messages_csv(line("https://bad.example/win"))}
    import_files(world, world.emi, tmp_path, files)
    emi = Pen(world, world.emi)
    inbox = await emi.get("/api/inbox?view=all")
    [key] = [int(one["id"]) for one in inbox["rows"] if one["source"] == "linkedin"]
    assert (await emi.thread(key))[0]["doubts"] == []
    # The host's list of today counts, however old the message is.
    world.do(block_domain, "bad.example")
    wanted = [{"at": "bad.example", "host": "bad.example", "why": "blocked"}]
    assert (await emi.thread(key))[0]["doubts"] == wanted
    for path in (f"/api/conversations/{key}/shared?kind=links", "/api/search?q=win"):
        found = await emi.get(path)
        message = found["messages"][0] if "messages" in found else found["hits"][0]["message"]
        assert message["doubts"] == wanted
    world.do(unblock_domain, "bad.example")
    assert (await emi.thread(key))[0]["doubts"] == []


async def test_readers_are_warned_of_a_note_that_became_a_message(world: World) -> None:
    world.do(block_domain, "bad.example")
    key = invited(world, world.emi, world.ana, "Look: https://bad.example/")
    [message] = await Pen(world, world.ana).thread(key)
    assert message["doubts"][0]["why"] == "blocked"
    told = [one for one in world.log(world.ana) if one["type"] == "message.sent"]
    assert told[-1]["message"] == message


# -- connect and pitch -----------------------------------------------------------------------------


def invited(world: World, sender: int, receiver: int, note: str) -> int:
    """An invitation that was accepted; gives their conversation."""
    asked = world.do(invite, sender, receiver, "other", note, Rules()).invitation
    assert asked is not None
    world.clock.forward(ms=1)
    world.do(accept, receiver, as_int(asked.id), Rules())
    return begin(world, receiver, sender)


async def test_a_note_with_a_link_is_a_request_with_a_mark(world: World) -> None:
    key = invited(world, world.emi, world.ana, "Buy at https://sell.example/")
    mine, theirs = row(world, world.ana, key), row(world, world.emi, key)
    assert (mine.view, mine.held, mine.unread) == ("requests", "pitch", False)
    assert (theirs.view, theirs.held) == ("inbox", None)  # nobody is told that it is held
    assert "pitch" not in str(world.log(world.emi))
    await Pen(world, world.ana).said(key, "Thank you")
    answered = row(world, world.ana, key)
    assert (answered.view, answered.held) == ("inbox", None)


async def test_what_follows_a_note_is_weighed_as_the_first(world: World) -> None:
    key = invited(world, world.emi, world.ana, "We met in Lyon")
    assert row(world, world.ana, key).view == "inbox"
    await Pen(world, world.emi).said(key, "Now see https://sell.example/")
    assert row(world, world.ana, key).held == "pitch"


async def test_the_same_words_to_several_new_contacts(world: World) -> None:
    emi = Pen(world, world.emi)
    views = []
    for one in world.members(4):
        world.do(connect, world.emi, one)
        key = begin(world, world.emi, one)
        await emi.said(key, "Let me show you our platform for leaders.")
        views.append(row(world, one, key).view)
    assert views == ["inbox", "inbox", "requests", "requests"]


@pytest.mark.parametrize("why", ["answered first", "followed", "long after"])
async def test_who_is_known_otherwise_may_send_links(world: World, why: str) -> None:
    if why == "followed":
        world.do(follow, world.ana, world.emi)
    key = invited(world, world.emi, world.ana, "We met in Lyon")
    if why == "answered first":
        await Pen(world, world.ana).said(key, "So we did: https://photos.example/")
        assert row(world, world.emi, key).view == "inbox"
    if why == "long after":
        world.clock.forward(days=8)
    await Pen(world, world.emi).said(key, "Here: https://photos.example/")
    assert row(world, world.ana, key).view == "inbox"
