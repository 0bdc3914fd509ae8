"""What is somebody's, asked for by its own id from every wrong side, route by route.

By nobody, with an ended session, with a token that may do all but this, by a stranger, by somebody
blocked before and by somebody blocked afterwards, and by who was removed.
"""

import re
from typing import Any

import pytest

from entregent.accounts import open_session
from entregent.accounts.access import add_token
from entregent.kit.scopes import SCOPES
from entregent.network import block
from entregent.server.house import routes
from tests.messaging.talk import begin, say
from tests.rules.source import none
from tests.server.asking import OURS, Answer, Asker, encode, filled
from tests.server.belongings import PART, Belongings, belongings, body_of, rows_but, told_to
from tests.server.permissions import QUIET, THINGS
from tests.world import World

ROUTES = {f"{route.method} {route.path}": route for route in routes()}
TOOL = {"host": "localhost:8000"}


class Wrong:
    """Asks for what is Ana's."""

    def __init__(self, world: World, theirs: Belongings, ask: Asker) -> None:
        self.world = world
        self.theirs = theirs
        self.empty = world.member("Nobody Here")
        self._ask = ask

    def values(self, name: str) -> dict[str, str]:
        """What stands in the place of the path's parameters."""
        kind = ROUTES[name].path.split("/")[2]
        values = self.theirs.values.get(kind, {})
        missing = set(re.findall(r"{(\w+)}", ROUTES[name].path)) - set(values)
        if missing:
            pytest.fail(
                f"{name}: there is no {kind} with {sorted(missing)} to ask for: have"
                " tests/server/belongings.py make one"
            )
        return values

    def never(self, name: str) -> dict[str, str]:
        """The same of a thing that never was, in the hands of the same person."""
        names = re.findall(r"{(\w+)}", ROUTES[name].path)
        if names == ["author"]:
            return {**self.values(name), "author": str(self.empty)}
        return {**self.values(name), names[names[0] == "author"]: "77"}

    async def __call__(
        self, name: str, values: dict[str, str], cookie: str = "", **headers: str
    ) -> Answer:
        route = ROUTES[name]
        part = PART if route.path.startswith("/api/uploads") else {}
        return await self._ask(
            route.method,
            filled(route, values),
            query="frame=1&sticker=q" if route.path.endswith("/answers") else "",
            body=body_of(name, route),
            cookie=cookie,
            headers={**(TOOL if headers else OURS), **part, **headers},
        )


@pytest.fixture
async def wrong(world: World) -> Wrong:
    ask = Asker(world)
    return Wrong(world, await belongings(world, ask), ask)


def changed(before: dict[str, list[Any]], after: dict[str, list[Any]]) -> list[str]:
    return [
        f"changed {table}: {[row for row in after[table] if row not in before[table]]}"
        for table in before
        if before[table] != after[table]
    ]


def tells(answer: Answer, *secrets: bytes) -> bool:
    return any(secret in answer.body for secret in secrets)


async def test_the_owner_finds_every_one_of_them(world: World, wrong: Wrong) -> None:
    """Or the tests below would ask for what is not there."""
    cookies = {
        owner: world.do(open_session, owner, "127.0.0.1", "a test")
        for owner in (world.ana, wrong.theirs.invited)
    }
    faults = []
    for name in THINGS:
        if name.startswith("GET") and name not in LOOKED_UP:
            owner = wrong.theirs.invited if "/invitations/" in name else world.ana
            answer = await wrong(name, wrong.values(name), cookies[owner])
            if answer.status != 200:
                faults.append(f"{name}: {answer.status} {answer.body[:200]!r}")
    none(faults)


# Of these there is none: they are looked up among the caller's own.
LOOKED_UP = {"GET /api/imports/{id}", "GET /api/invitations/runs/{id}"}


async def test_without_a_session_or_a_scope_nothing_happens(world: World, wrong: Wrong) -> None:
    """Not even to what is one's own: an ended session of Ana's, and a token of hers."""
    ended = world.do(open_session, world.ana, "127.0.0.1", "a test")
    out = await wrong._ask("DELETE", "/api/sessions/current", cookie=ended)
    assert out.status == 200
    old = world.do(open_session, world.ana, "127.0.0.1", "a test")
    tokens = {
        scope: world.do(add_token, world.ana, scope, [one for one in SCOPES if one != scope], None)
        for scope in SCOPES
    }
    whole = world.do(add_token, world.ana, "everything", list(SCOPES), None)
    faults = []

    async def refused(
        name: str, who: str, wanted: tuple[int, str], *by: str, **headers: str
    ) -> None:
        answer = await wrong(name, wrong.values(name), *by, **headers)
        if (answer.status, answer.code) != wanted:
            faults.append(f"{who}: {name}: {answer.status} {answer.body[:200]!r}")

    before = world.see(rows_but, [])
    for name, route in ROUTES.items():
        if name not in THINGS:
            continue
        await refused(name, "nobody", (401, "kit.sign_in_first"))
        await refused(name, "signed out", (401, "kit.sign_in_first"), ended)
        scope = route.scope
        if scope != "any":
            token = tokens[scope] if scope else whole
            code = "kit.token_scope" if scope else "kit.token_never"
            bearer = {"authorization": f"Bearer entregent_{token}"}
            await refused(name, "a token", (403, code), **bearer)
    faults += changed(before, world.see(rows_but, []))
    world.clock.forward(days=91)
    for name in THINGS:
        await refused(name, "an expired session", (401, "kit.sign_in_first"), old)
    faults += changed(before, world.see(rows_but, []))
    none(faults)


@pytest.mark.parametrize("who", ["stranger", "blocked"])
async def test_what_is_somebodys_is_not_there_for_others(
    world: World, wrong: Wrong, who: str
) -> None:
    """Word for word the answer for what never was; nothing changes, and no log grows."""
    caller = world.emi if who == "stranger" else world.diego
    cookie = world.do(open_session, caller, "127.0.0.1", "a test")
    before, cursor = world.see(rows_but, [caller]), world.cursor(caller)
    faults = []
    for name in THINGS:
        answer = await wrong(name, wrong.values(name), cookie)
        nothing = await wrong(name, wrong.never(name), cookie)
        if (answer.status, answer.body) != (nothing.status, nothing.body):
            faults.append(
                f"{name}: {answer.body[:200]!r}, of what never was {nothing.body[:200]!r}"
            )
        if answer.status not in (403, 404) and not (name in QUIET and answer.status == 200):
            faults.append(f"{name}: {answer.status} {answer.body[:200]!r}")
        if tells(answer, b"secret"):
            faults.append(f"{name} tells {answer.body[:300]!r}")
    faults += changed(before, world.see(rows_but, [caller]))
    none(faults)
    assert world.log(caller, cursor) == []


async def test_who_was_removed_keeps_the_past_and_no_more(world: World, wrong: Wrong) -> None:
    cookie = world.do(open_session, world.chloe, "127.0.0.1", "a test")
    before = world.see(rows_but, [world.chloe])
    faults = []
    for name in THINGS:
        answer = await wrong(name, wrong.values(name), cookie)
        fine = answer.status in (403, 404, 409, 410) or (
            name in QUIET | STAYS and answer.status == 200
        )
        if not fine:
            faults.append(f"{name}: {answer.status} {answer.body[:200]!r}")
        if tells(answer, b"secret after", b"for later"):
            faults.append(f"{name} tells {answer.body[:300]!r}")
    faults += changed(before, world.see(rows_but, [world.chloe]))
    none(faults)


# Who was removed keeps what was said until then, in a mailbox of their own.
STAYS = {
    "GET /api/conversations/{conversation_id}",
    "PUT /api/conversations/{conversation_id}/draft",
    "GET /api/conversations/{conversation_id}/messages",
    "GET /api/conversations/{conversation_id}/messages/{seq}/history",
    "POST /api/conversations/{conversation_id}/leave",
    "POST /api/conversations/{conversation_id}/read",
    "POST /api/conversations/{conversation_id}/report",
    "GET /api/conversations/{conversation_id}/shared",
    "POST /api/conversations/{conversation_id}/typing",
    "DELETE /api/conversations/{conversation_id}/messages/{seq}",
}


# What two members may have both when one of them blocks the other.
SHARED = [name for name in THINGS if "{conversation_id}" in name]
# What is there to be seen is looked at before it is changed, and left at the end.
SHARED.sort(key=lambda name: (not name.startswith("GET"), name.endswith("/leave")))
# Of what two blocked members share, this is one's own: how it looks, what one thinks, and to go.
ONES_OWN = {
    "GET /api/conversations/{conversation_id}",
    "PUT /api/conversations/{conversation_id}/draft",
    "POST /api/conversations/{conversation_id}/leave",
    "GET /api/conversations/{conversation_id}/messages",
    "GET /api/conversations/{conversation_id}/messages/{seq}/history",
    "POST /api/conversations/{conversation_id}/read",
    "POST /api/conversations/{conversation_id}/report",
    "GET /api/conversations/{conversation_id}/shared",
    "POST /api/conversations/{conversation_id}/typing",
    "DELETE /api/conversations/{conversation_id}/messages/{seq}",
}

# In a group one goes on speaking to the others.
SAY = "POST /api/conversations/{conversation_id}/messages"


async def test_who_is_blocked_afterwards_reaches_nothing(world: World, wrong: Wrong) -> None:
    """Bruno, who was Ana's contact: neither what he knows the id of, nor what they both have."""
    between = begin(world, world.ana, world.bruno)
    say(world, world.ana, between, "a secret between us")
    shared = {**wrong.theirs.values["conversations"], "conversation_id": str(between)}
    world.do(block, world.ana, world.bruno)
    cookie = world.do(open_session, world.bruno, "127.0.0.1", "a test")
    faults = []
    before = world.see(told_to, world.ana)
    for name in THINGS:
        if name not in SHARED:
            answer = await wrong(name, wrong.values(name), cookie)
            nothing = await wrong(name, wrong.never(name), cookie)
            if (answer.status, answer.body) != (nothing.status, nothing.body):
                faults.append(f"{name}: {answer.status} {answer.body[:200]!r}")
    for name in SHARED:
        for values in (shared, wrong.theirs.values["conversations"]):
            answer = await wrong(name, values, cookie)
            own = ONES_OWN if values is shared else ONES_OWN | {SAY}
            if answer.status not in (403, 404, 409) and name not in own:
                faults.append(f"{name}: {answer.status} {answer.body[:200]!r}")
            if answer.status == 200 and values is not shared and tells(answer, b'"a secret"'):
                faults.append(f"{name} tells {answer.body[:300]!r}")
            after = world.see(told_to, world.ana)
            if name not in TOLD:
                faults += [f"{name} {one}" for one in changed(before, after)]
            before = after
    none(faults)


# A report is kept where what is reported is kept; that somebody is gone concerns everybody there.
TOLD = {
    "POST /api/conversations/{conversation_id}/leave",
    "POST /api/conversations/{conversation_id}/report",
}


async def test_a_body_names_nothing_of_others(world: World) -> None:
    """Ids of others where a body takes ids."""
    ask = Asker(world)
    theirs = await belongings(world, ask)
    group, values = theirs.group, theirs.values
    everything: dict[str, tuple[str, dict[str, Any]]] = {
        "marks": ("POST /api/conversations/marks", {"ids": [group], "mark": "star"}),
        "label": (
            "POST /api/conversations/marks",
            {"ids": [group], "mark": "label", "label": values["labels"]["id"]},
        ),
        "box": (
            "POST /api/conversations/marks",
            {"ids": [group], "mark": "box", "box": values["boxes"]["id"]},
        ),
        "rows": ("POST /api/inbox/rows", {"ids": [group]}),
        "seen": (
            "POST /api/stories/seen",
            {
                "seen": [
                    {
                        "author_id": values["stories"]["author"],
                        "story_id": values["stories"]["story"],
                        "frames": 1,
                    }
                ]
            },
        ),
        "highlight": (
            "POST /api/highlights",
            {
                "title": "stolen",
                "frames": [{"story_id": values["stories"]["story"], "frame_id": "1"}],
            },
        ),
        "label back": ("POST /api/labels", {"restore": values["labels"]["id"]}),
        "box back": ("POST /api/boxes", {"restore": values["boxes"]["id"]}),
        "filter back": ("POST /api/filters", {"restore": values["filters"]["id"]}),
        "undo": ("POST /api/conversations/undo", {"undo": group}),
        "actions": (
            "POST /api/invitations/actions",
            {"verb": "accept", "ids": [values["invitations"]["id"]]},
        ),
        "withdraw": ("POST /api/invitations/withdraw", {"ids": [values["invitations"]["id"]]}),
        "notices": ("POST /api/notices/read", {"ids": [group], "read": True}),
    }
    faults = []
    # What was said before Chloé was removed is hers to mark.
    for who, caller in (("a stranger", world.emi), ("somebody blocked", world.diego)):
        cookie = world.do(open_session, caller, "127.0.0.1", "a test")
        before = world.see(rows_but, [caller])
        for number, (what, (name, body)) in enumerate(everything.items()):
            method, path = name.split(" ")
            sent = encode({"client_id": f"names-others-{number}", **body})
            answer = await ask(method, path, body=sent, cookie=cookie)
            if answer.status >= 500 or b"secret" in answer.body:
                faults.append(f"{who}: {what}: {answer.status} {answer.body[:200]!r}")
        own = begin(world, caller, world.bruno) if caller == world.emi else 0
        if own:
            before = world.see(rows_but, [caller])
            forward = {"conversation_id": group, "seq": 1}
            sent = encode({"client_id": "forward-1", "text": "", "forward": forward})
            path = f"/api/conversations/{own}/messages"
            answer = await ask("POST", path, body=sent, cookie=cookie)
            if answer.status < 400 or b"secret" in answer.body:
                faults.append(f"{who}: forward: {answer.status} {answer.body[:200]!r}")
        after = world.see(rows_but, [caller])
        faults += [f"{who} changed {table}" for table in before if before[table] != after[table]]
    none(faults)
