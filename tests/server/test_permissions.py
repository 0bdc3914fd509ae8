"""Every route of the house from the wrong side, by the matrix in `permissions.py`."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import quote

import msgspec
from sqlalchemy import select

from entregent.accounts import open_session
from entregent.accounts.access import add_token
from entregent.invitations.actions import invite
from entregent.invitations.model import Rules
from entregent.kit.routes import Route
from entregent.kit.scopes import SCOPES, Scope
from entregent.media.actions import Allowed, Begin, add, finish
from entregent.moderation import Judgement, decide
from entregent.ports.db import Transaction, statement
from entregent.server.house import routes
from entregent.server.tables import metadata
from entregent.webhooks.actions import add_webhook, ping
from tests.messaging.talk import begin, say
from tests.rules.source import none
from tests.server.asking import OURS, Answer, Asker, encode, filled, sample
from tests.server.permissions import ANYONE, BODIES, HOSTS, MEMBERS, OWN, QUIET, THINGS
from tests.videos.telling import set_live
from tests.world import World

ROUTES = {f"{route.method} {route.path}": route for route in routes()}
LISTED = {
    **ANYONE,
    **OWN,
    **{name: scope for name, (scope, _) in MEMBERS.items()},
    **THINGS,
    **dict.fromkeys(HOSTS),
}
TOOL = {"host": "localhost:8000"}
# A file of four bytes: its key and its name are `client-0001` and `secret.txt`.
UPLOAD = {
    "tus-resumable": "1.0.0",
    "upload-length": "4",
    "upload-metadata": "client_id Y2xpZW50LTAwMDE=,filename c2VjcmV0LnR4dA==",
}

PART = {
    **UPLOAD,
    "content-type": "application/offset+octet-stream",
    "upload-offset": "0",
}


def test_every_route_is_in_the_matrix() -> None:
    none(
        f"{name}: who may use it? See tests/server/permissions.py"
        for name in ROUTES
        if name not in LISTED
    )
    none(f"{name}: is no route any more" for name in LISTED if name not in ROUTES)
    assert len(LISTED) == len(ANYONE) + len(OWN) + len(MEMBERS) + len(THINGS) + len(HOSTS)


def test_the_matrix_says_what_the_routes_say() -> None:
    none(
        f"{name}: scope {route.scope}, the matrix says {LISTED[name]}"
        for name, route in ROUTES.items()
        if name in LISTED and route.scope != LISTED[name]
    )
    none(
        f"{name}: for anyone, or not?"
        for name, route in ROUTES.items()
        if (route.access == "anyone") is not (name in ANYONE)
    )
    none(
        f"{name}: for hosts, or not?"
        for name, route in ROUTES.items()
        if (route.access == "host") is not (name in HOSTS)
    )
    none(f"{name}: a thing of whose?" for name in OWN if "{" in name)
    none(f"{name}: names no thing" for name in THINGS if "{" not in name)


# -- tokens --------------------------------------------------------------------------------------


async def by_token(ask: Asker, route: Route, token: str) -> Answer:
    headers = {**TOOL, "authorization": f"Bearer entregent_{token}"}
    path = filled(route, dict.fromkeys(re.findall(r"{(\w+)}", route.path), "1"))
    return await ask(route.method, path, body=sample(route.body), headers=headers)


async def test_a_token_without_the_scope_opens_nothing(world: World) -> None:
    ask = Asker(world)
    tokens: dict[Scope, str] = {}
    for scope in SCOPES:  # everything but this one
        others = [other for other in SCOPES if other != scope]
        tokens[scope] = str(world.do(add_token, world.ana, scope, others, None))
    everything = str(world.do(add_token, world.ana, "everything", list(SCOPES), None))
    before = world.cursor(world.ana)
    faults = []
    for name, route in ROUTES.items():
        if name in HOSTS:
            answer, wanted = await by_token(ask, route, everything), "kit.not_found"
        elif route.scope is None:
            answer, wanted = await by_token(ask, route, everything), "kit.token_never"
        elif route.scope != "any":
            answer, wanted = await by_token(ask, route, tokens[route.scope]), "kit.token_scope"
        else:
            continue
        if (answer.status, answer.code) != (404 if name in HOSTS else 403, wanted):
            faults.append(f"{name}: {answer.status} {answer.body[:200]!r}")
    for name, route in ROUTES.items():
        for wrong in ("", "1.1.x", f"{everything[:-3]}xyz"):
            answer = await by_token(ask, route, wrong)
            refusal = (404, "kit.not_found") if name in HOSTS else (401, "kit.bad_token")
            if (answer.status, answer.code) != refusal:
                faults.append(f"{name} with {wrong!r}: {answer.status}")
    none(faults)
    assert world.cursor(world.ana) == before


# -- other members -------------------------------------------------------------------------------


class Belongings(NamedTuple):
    """What is Ana's, or hers and Bruno's, as the paths name it."""

    group: str
    values: dict[str, dict[str, str]]  # by the path's first word, then by parameter


async def belongings(world: World, ask: Asker) -> Belongings:
    """Fills Ana's world with secrets; Chloé was part of the group and was removed."""
    cookie = world.do(open_session, world.ana, "127.0.0.1", "a test")
    number = iter(range(1_000))

    async def does(method: str, path: str, **body: Any) -> Any:
        body.setdefault("client_id", f"setting-up-{next(number)}")
        answer = await ask(method, path, body=encode(body), cookie=cookie)
        assert answer.status == 200, (path, answer.body)
        return answer.json

    key = begin(world, world.ana, world.bruno, world.chloe, title="a secret group")
    say(world, world.ana, key, "a secret")
    await does("DELETE", f"/api/conversations/{key}/people/{world.chloe}")
    say(world, world.bruno, key, "a secret after Chloé")
    later = world.clock.now() + 3_600_000
    path = f"/api/conversations/{key}/messages"
    scheduled = await does("POST", path, text="a secret for later", send_at=later)
    label = await does("POST", "/api/labels", name="secret", color=1)
    box = await does("POST", "/api/boxes", name="secret")
    saved = await does("POST", "/api/filters", name="secret", filter={"text": "secret"})
    gina = world.member("Gina Rossi")
    invitation = world.do(invite, world.ana, gina, "other", "a secret", Rules()).invitation
    assert invitation is not None
    hook = world.do(
        add_webhook, world.ana, "https://secret.example/", ["message.sent"], plain=False, most=9
    )
    delivery = world.do(ping, world.ana, hook)
    announced = await ask("POST", "/api/uploads", cookie=cookie, headers={**OURS, **UPLOAD})
    assert announced.status == 201, announced.body
    file = found_id(announced.json)
    session = world.do(open_session, world.ana, "127.0.0.1", "a secret").split(".")[1]
    token = str(world.do(add_token, world.ana, "a secret", ["export"], None)).split(".")[1]
    warning = Judgement("warn", "other", "a secret warning")
    decision = world.do(decide, None, world.ana, warning).decision_id
    question = {"id": "q", "kind": "question", "x": 1, "y": 1, "text": "a secret question"}
    frames = [{"kind": "text", "text": "a secret story", "stickers": [question]}]
    told = await does("POST", "/api/stories", frames=frames, audience={"who": "connections"})
    story = found_id(told)
    refs = [{"story_id": story, "frame_id": "1"}]
    kept = await does("POST", "/api/highlights", title="a secret", frames=refs)
    film = world.do(bring_film, world.ana)
    shows = {"media_id": film, "title": "a secret video", "audience": "connections"}
    video = found_id(await does("POST", "/api/videos", **shows))
    world.do(set_live, world.ana, int(video))
    place = f"/api/videos/{world.ana}/{video}"
    said = await does("POST", f"{place}/replies", text="a secret beneath it")
    cue = {"from": 0, "to": 900, "text": "a secret subtitle"}
    await does("PUT", f"{place}/subtitles/en", cues=[cue])
    return Belongings(
        str(key),
        {
            "conversations": {
                "conversation_id": str(key),
                "seq": "1",
                "emoji": quote("👍"),
                "person_id": str(world.bruno),
            },
            "scheduled": {"scheduled_id": found_id(scheduled)},
            "labels": {"id": found_id(label)},
            "boxes": {"id": found_id(box)},
            "filters": {"id": found_id(saved)},
            "invitations": {"id": invitation.id},
            "webhooks": {"id": str(hook), "delivery_id": delivery.id},
            "sessions": {"id": session},
            "tokens": {"id": token},
            "media": {"id": file},
            "stories": {
                "author": str(world.ana),
                "story": story,
                "frame": "1",
                "sticker": "q",
            },
            "highlights": {"author": str(world.ana), "id": found_id(kept)},
            "videos": {
                "author": str(world.ana),
                "video": video,
                "reply": found_id(said),
                "language": "en",
            },
            "uploads": {"id": file},
            # Of these the ids need not be there: they are looked up among the caller's own.
            "bulks": {"id": found_id(label)},
            "imports": {"id": found_id(label)},
            "decisions": {"id": str(decision)},
        },
    )


def bring_film(tx: Transaction, me: int) -> str:
    """A file that counts as received, and that nobody works on."""
    key = add(tx, me, Begin("client-0002", 4, "secret.mp4", "video/mp4"), Allowed(4, 1 << 20, 1))
    finish(tx, me, key)
    return str(key)


def found_id(answer: Any) -> str:
    """The first id in an answer."""
    if isinstance(answer, dict):
        if isinstance(answer.get("id"), str):
            return str(answer["id"])
        for inner in answer.values():
            if found := found_id(inner):
                return found
    return ""


def rows_but(tx: Transaction, caller: int) -> dict[str, list[Any]]:
    """All that is not the caller's, table by table."""
    found = {}
    for name, table in sorted(metadata.tables.items()):
        if name in LEFT_OUT:
            continue
        owner = table.c[table.info["owner"]] if "owner" in table.info else None
        rows = tx.all(statement(select(table)))
        place = None if owner is None else [column.name for column in table.c].index(owner.name)
        found[name] = sorted(
            (tuple(row) for row in rows if place is None or row[place] != caller), key=repr
        )
    return found


# What says when somebody was last here, and the search index, which is filled behind.
LEFT_OUT = {"sessions", "access_tokens", "message_words", "message_search", "search_progress"}


def wrong_sides(world: World) -> Iterator[tuple[str, int]]:
    yield "a stranger", world.emi
    yield "somebody blocked", world.diego
    yield "a removed participant", world.chloe


async def test_what_is_somebodys_is_nobody_elses(world: World) -> None:
    ask = Asker(world)
    theirs = await belongings(world, ask)
    faults = []
    for who, caller in wrong_sides(world):
        cookie = world.do(open_session, caller, "127.0.0.1", "a test")
        before = world.see(rows_but, caller)
        for number, name in enumerate(THINGS):
            route = ROUTES[name]
            values = theirs.values[route.path.split("/")[2]]
            answer = await ask(
                route.method,
                filled(route, values),
                body=body_of(name, route, number),
                cookie=cookie,
                headers={**OURS, **PART} if route.path.startswith("/api/uploads") else OURS,
            )
            refused = answer.status in (403, 404) or (
                # A removed participant still sees the group's past, and leaves it as it is.
                caller == world.chloe and answer.status in (409, 410)
            )
            fine = refused or (name in QUIET and answer.status == 200)
            if caller == world.chloe and name in STAYS:
                fine = answer.status in (200, 403, 404, 409)
            if not fine:
                faults.append(f"{who}: {name}: {answer.status} {answer.body[:200]!r}")
            if b"secret after" in answer.body or b"for later" in answer.body:
                faults.append(f"{who}: {name} tells {answer.body[:300]!r}")
            if caller != world.chloe and b"secret" in answer.body:
                faults.append(f"{who}: {name} tells {answer.body[:300]!r}")
        after = world.see(rows_but, caller)
        faults += [
            f"{who} changed {table}: {[row for row in after[table] if row not in before[table]]}"
            for table in before
            if before[table] != after[table]
        ]
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


def body_of(name: str, route: Route, number: int) -> bytes:
    """A good body, but for who sends it."""
    if route.body is None:
        return b""
    known = {field.encode_name for field in msgspec.structs.fields(route.body)}
    body = {**msgspec.json.decode(sample(route.body)), **BODIES.get(name, {})}
    if "client_id" in known:
        body["client_id"] = f"wrong-side-{number}"
    return encode(body)


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
    for who, caller in wrong_sides(world):
        if caller == world.chloe:
            continue  # what was said before she left is hers to mark
        cookie = world.do(open_session, caller, "127.0.0.1", "a test")
        before = world.see(rows_but, caller)
        for number, (what, (name, body)) in enumerate(everything.items()):
            method, path = name.split(" ")
            sent = encode({"client_id": f"names-others-{number}", **body})
            answer = await ask(method, path, body=sent, cookie=cookie)
            if answer.status >= 500 or b"secret" in answer.body:
                faults.append(f"{who}: {what}: {answer.status} {answer.body[:200]!r}")
        own = begin(world, caller, world.bruno) if caller == world.emi else 0
        if own:
            before = world.see(rows_but, caller)
            forward = {"conversation_id": group, "seq": 1}
            sent = encode({"client_id": "forward-1", "text": "", "forward": forward})
            path = f"/api/conversations/{own}/messages"
            answer = await ask("POST", path, body=sent, cookie=cookie)
            if answer.status < 400 or b"secret" in answer.body:
                faults.append(f"{who}: forward: {answer.status} {answer.body[:200]!r}")
        after = world.see(rows_but, caller)
        faults += [f"{who} changed {table}" for table in before if before[table] != after[table]]
    none(faults)
