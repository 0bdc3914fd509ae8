"""What a member wants of stories, and what the house asks."""

from collections.abc import Iterable
from typing import Any

import msgspec

from entregent.kit.errors import Refusal
from entregent.kit.events import PartChanged
from entregent.kit.text import clean
from entregent.messaging import has_box
from entregent.network import relation, relations
from entregent.ports.db import Transaction
from entregent.ports.jobs import enqueue

from .. import queries
from ..events import StoriesMuted, StorySettingsChanged
from ..jobnames import Meet
from ..model import CloseCircle, Prompt, StoryPrompt, StorySettings, Texts
from ..reading import TODAY, settings_of
from ..sight import nothing_there


def change_settings(tx: Transaction, me: int, given: dict[str, Any]) -> StorySettings:
    """What is given is so from now on; views from before stay as they were."""
    if given.get("box") is not None and not has_box(tx, me, given["box"]):
        raise Refusal("stories.no_box", status=404, field="box")
    settings = msgspec.structs.replace(settings_of(tx, me), **given)
    kept = msgspec.json.encode(settings).decode()
    tx.run(queries.SET_SETTINGS, member_id=me, settings=kept)
    tx.emit(StorySettingsChanged(settings=settings), to=[me])
    return settings


def mute(tx: Transaction, me: int, author: int, on: bool) -> None:
    """Wants somebody's stories last, or no longer so. Repeating it changes nothing."""
    if on:
        if not relation(tx, me, author).reachable:
            raise nothing_there()
        tx.run(queries.MUTE, member_id=me, author_id=author)
    elif not tx.touch(queries.UNMUTE, me=me, author=author):
        return
    tx.emit(StoriesMuted(author_id=str(author), muted=on), to=[me])


def close_circle(tx: Transaction, me: int) -> CloseCircle:
    """Who sees what the member tells their close circle."""
    rows = tx.all(queries.CIRCLE, me=me)
    return CloseCircle(member_ids=[str(row.other_id) for row in rows])


def set_close_circle(tx: Transaction, me: int, ids: Iterable[int]) -> CloseCircle:
    """Says who does, of those whom the member can reach."""
    wanted = list(dict.fromkeys(ids))
    ties = relations(tx, me, wanted)
    if not all(ties[one].reachable for one in wanted):
        raise nothing_there("member_ids")
    before = {row.other_id for row in tx.all(queries.CIRCLE, me=me)}
    tx.run(queries.DROP_CLOSE, me=me, ids=sorted(before - {*wanted}))
    new = [one for one in wanted if one not in before]
    tx.run_many(queries.ADD_CLOSE, [{"member_id": me, "other_id": one} for one in new])
    if changed := sorted(before ^ {*wanted}):
        enqueue(tx, Meet(author_id=me, people=changed), owner=me)
        tx.emit(PartChanged(part="close_circle"), to=[me])
    return close_circle(tx, me)


def set_prompt(tx: Transaction, texts: Texts, language: str) -> StoryPrompt | None:
    """What everybody is asked from now on; nothing where both are empty."""
    said = Texts(en=clean(texts.en), fr=clean(texts.fr))
    if not said.en and not said.fr:
        tx.run(queries.DROP_PROMPT, name=TODAY)
        return None
    if not said.en or not said.fr:
        raise Refusal("stories.both_languages", field="text_fr" if said.en else "text_en")
    prompt = Prompt(id=str(tx.new_id()), texts=said)
    kept = msgspec.json.encode(prompt).decode()
    tx.run(queries.SET_PROMPT, name=TODAY, prompt=kept)
    return StoryPrompt(id=prompt.id, text=said.said_in(language))
