"""Ana's world, filled with one secret thing of each kind that a route can name."""

from collections.abc import Callable
from itertools import count
from typing import Any, NamedTuple
from urllib.parse import quote

import msgspec
from sqlalchemy import select

from entregent.accounts import open_session
from entregent.accounts.access import add_token
from entregent.invitations.actions import invite
from entregent.invitations.model import Rules
from entregent.kit.routes import Route
from entregent.media.actions import Allowed, Begin, add, finish
from entregent.moderation import Judgement, decide
from entregent.ports.db import Transaction, statement
from entregent.server.tables import metadata
from entregent.webhooks.actions import add_webhook, ping
from tests.messaging.talk import begin, say
from tests.server.asking import OURS, Asker, encode, sample
from tests.server.permissions import BODIES
from tests.videos.telling import set_live
from tests.world import World

_NUMBERS = count()
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


class Belongings(NamedTuple):
    """What is Ana's, or hers and Bruno's, as the paths name it."""

    group: str
    invited: int  # whom Ana asks
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
        gina,
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


# What says when somebody was last here, and the search index, which is filled behind.
LEFT_OUT = {"sessions", "access_tokens", "message_words", "message_search", "search_progress"}


def rows_but(tx: Transaction, callers: list[int]) -> dict[str, list[Any]]:
    """All that is not the callers', table by table."""
    return _rows(tx, lambda owner: owner not in callers)


def told_to(tx: Transaction, member: int) -> dict[str, list[Any]]:
    """All that is one member's, table by table."""
    return _rows(tx, lambda owner: owner == member)


def _rows(tx: Transaction, wanted: Callable[[int | None], bool]) -> dict[str, list[Any]]:
    found = {}
    for name, table in sorted(metadata.tables.items()):
        if name in LEFT_OUT:
            continue
        owner = table.c[table.info["owner"]] if "owner" in table.info else None
        rows = tx.all(statement(select(table)))
        place = None if owner is None else [column.name for column in table.c].index(owner.name)
        found[name] = sorted(
            (tuple(row) for row in rows if wanted(None if place is None else row[place])), key=repr
        )
    return found


def body_of(name: str, route: Route) -> bytes:
    """A good body, but for who sends it."""
    if route.body is None:
        return b""
    known = {field.encode_name for field in msgspec.structs.fields(route.body)}
    body = {**msgspec.json.decode(sample(route.body)), **BODIES.get(name, {})}
    if "client_id" in known:
        body["client_id"] = f"wrong-side-{next(_NUMBERS)}"
    return encode(body)
