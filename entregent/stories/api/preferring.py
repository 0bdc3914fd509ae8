"""What a member wants of stories, and the prompt of the day, over HTTP."""

from typing import Annotated, Any

import msgspec

from entregent.kit.ids import ClientId, Id, as_int
from entregent.kit.routes import Call, Done
from entregent.live import once
from entregent.ports.db import Transaction

from .. import actions
from ..model import (
    MAX_PROMPT,
    MOST_CLOSE,
    CloseCircle,
    LeadDone,
    RowShown,
    StoryPrompt,
    StorySettings,
    Texts,
    Viewing,
)
from ..reading import prompt_now
from .routes import StoryDeed, routes


class StorySettingsChange(msgspec.Struct, kw_only=True):
    """What is to be otherwise; what is left out stays."""

    client_id: ClientId
    viewing: Viewing | None = None
    row: RowShown | None = None
    motion: bool | msgspec.UnsetType | None = msgspec.UNSET
    archive: bool | None = None
    box: Id | msgspec.UnsetType | None = msgspec.UNSET


class CloseChange(msgspec.Struct, kw_only=True):
    """Everybody in the close circle."""

    client_id: ClientId
    member_ids: Annotated[list[Id], msgspec.Meta(max_length=MOST_CLOSE)]


class LeadChange(msgspec.Struct, kw_only=True):
    """Whether somebody is to be a lead."""

    client_id: ClientId
    on: bool = True


class PromptTexts(msgspec.Struct, kw_only=True):
    """The prompt of the day in each language; both empty for none."""

    text_en: Annotated[str, msgspec.Meta(max_length=MAX_PROMPT)]
    text_fr: Annotated[str, msgspec.Meta(max_length=MAX_PROMPT)]


class NewPrompt(PromptTexts, kw_only=True):
    """The prompt of the day as a host writes it."""

    client_id: ClientId


class PromptDone(msgspec.Struct, kw_only=True):
    """The prompt as it stands."""

    prompt: StoryPrompt | None


@routes.patch("/api/stories/settings")
async def change_settings(call: Call, body: StorySettingsChange) -> StorySettings:
    """How I am seen as a viewer, how the row stands on my page, what is kept, where replies go."""
    return await call.ports.db.write(
        once, call.me, body.client_id, StorySettings, _change, call.me, body
    )


def _change(tx: Transaction, me: int, body: StorySettingsChange) -> StorySettings:
    given: dict[str, Any] = {
        name: value
        for name, value in (("viewing", body.viewing), ("row", body.row), ("archive", body.archive))
        if value is not None
    }
    given |= {
        name: value
        for name, value in (("motion", body.motion), ("box", body.box))
        if value is not msgspec.UNSET
    }
    return actions.change_settings(tx, me, given)


@routes.get("/api/stories/close")
async def show_close(call: Call) -> CloseCircle:
    """Who is in my close circle."""
    return await call.ports.db.read(actions.close_circle, call.me)


@routes.put("/api/stories/close")
async def set_close(call: Call, body: CloseChange) -> CloseCircle:
    """Says who is: at once for what is told already, too. Nobody is told."""
    ids = [as_int(one) for one in body.member_ids]
    return await call.ports.db.write(
        once, call.me, body.client_id, CloseCircle, actions.set_close_circle, call.me, ids
    )


@routes.put("/api/stories/mutes/{member}")
async def mute(call: Call, body: StoryDeed) -> Done:
    """Has somebody's stories stand last, and not count as new. They are not told."""
    return await call.ports.db.write(
        once, call.me, body.client_id, Done, _mute, call.me, call.id("member")
    )


def _mute(tx: Transaction, me: int, member: int) -> Done:
    actions.mute(tx, me, member, True)
    return Done()


@routes.delete("/api/stories/mutes/{member}")
async def unmute(call: Call) -> Done:
    """Has them stand with the others again."""
    await call.ports.db.write(actions.mute, call.me, call.id("member"), False)
    return Done()


@routes.put("/api/stories/leads/{member}")
async def keep_lead(call: Call, body: LeadChange) -> LeadDone:
    """Puts somebody into my list of leads, or takes them out; they are not told."""
    asked = call.me, call.id("member"), body.on
    return await call.ports.db.write(
        once, call.me, body.client_id, LeadDone, actions.keep_lead, *asked
    )


@routes.get("/api/stories/prompt", access="host")
async def show_prompt(call: Call) -> PromptTexts:
    """What everybody is asked, in each language."""
    return await call.ports.db.read(_texts)


def _texts(tx: Transaction) -> PromptTexts:
    prompt = prompt_now(tx)
    texts = prompt.texts if prompt else Texts(en="", fr="")
    return PromptTexts(text_en=texts.en, text_fr=texts.fr)


@routes.put("/api/stories/prompt", access="host")
async def set_prompt(call: Call, body: NewPrompt) -> PromptDone:
    """Says what everybody is asked from now on."""
    texts = Texts(en=body.text_en, fr=body.text_fr)
    return await call.ports.db.write(
        once, call.me, body.client_id, PromptDone, _prompt, texts, call.language
    )


def _prompt(tx: Transaction, texts: Texts, language: str) -> PromptDone:
    return PromptDone(prompt=actions.set_prompt(tx, texts, language))
