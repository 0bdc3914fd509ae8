"""Settings, rules and saved replies over HTTP."""

from typing import Annotated

import msgspec

from entregent.kit.ids import ClientId
from entregent.kit.routes import Call
from entregent.live import once
from entregent.ports.db import Transaction

from ..actions.arranging import (
    add_preset,
    change_settings,
    drafted,
    replies_of,
    rules_of,
    set_replies,
    set_rules,
    settings_of,
)
from ..actions.ruling import forecast
from ..desk import (
    Door,
    Forecast,
    InvitationSettings,
    ReplyDraft,
    ReplyList,
    RuleDraft,
    RuleList,
)
from ..model import Rules
from .routes import Again, routes

FAR = 2**53


class InvitationSettingsUpdate(msgspec.Struct, kw_only=True):
    """What changes; a pause until 0 ends."""

    client_id: ClientId
    line: Annotated[str, msgspec.Meta(max_length=2_000)] | None = None
    door: Door | None = None
    paused_until: Annotated[int, msgspec.Meta(ge=0, le=FAR)] | None = None
    digest_hours: Annotated[list[int], msgspec.Meta(max_length=24)] | None = None
    zone: Annotated[str, msgspec.Meta(max_length=60)] | None = None
    suggested: bool | None = None


class RulesUpdate(msgspec.Struct, kw_only=True):
    """All rules, in order."""

    client_id: ClientId
    rules: list[RuleDraft]


class RulesPreview(msgspec.Struct, kw_only=True):
    """Rules to try; without any, those that are kept."""

    rules: list[RuleDraft] | None = None
    box: Annotated[str, msgspec.Meta(pattern="^(received|archive)$")] = "received"


class RepliesUpdate(msgspec.Struct, kw_only=True):
    """All saved replies, in order."""

    client_id: ClientId
    replies: list[ReplyDraft]


@routes.get("/api/invitations/settings", scope="network.read")
async def show_settings(call: Call) -> InvitationSettings:
    """Who may ask, and when it is shown."""
    return await call.ports.db.read(settings_of, call.me)


@routes.patch("/api/invitations/settings", scope="network.write")
async def update_settings(call: Call, body: InvitationSettingsUpdate) -> InvitationSettings:
    """Changes what is given."""
    return await call.ports.db.write(
        once, call.me, body.client_id, InvitationSettings, change_settings, call.me, body
    )


@routes.get("/api/invitations/rules", scope="network.read")
async def list_rules(call: Call) -> RuleList:
    """The rules, in order."""
    return await call.ports.db.read(rules_of, call.me)


@routes.put("/api/invitations/rules", scope="network.write")
async def replace_rules(call: Call, body: RulesUpdate) -> RuleList:
    """Replaces the rules."""
    return await call.ports.db.write(
        once, call.me, body.client_id, RuleList, set_rules, call.me, body.rules
    )


@routes.post("/api/invitations/rules/preset", scope="network.write")
async def add_preset_rules(call: Call, body: Again) -> RuleList:
    """Keeps whoever wrote something of their own, accepts all others quietly."""
    return await call.ports.db.write(once, call.me, body.client_id, RuleList, add_preset, call.me)


@routes.post("/api/invitations/rules/preview", scope="network.read")
async def preview_rules(call: Call, body: RulesPreview) -> Forecast:
    """What rules would do to what waits."""
    rules = Rules.of(call.ports.settings)
    return await call.ports.db.read(_forecast, call.me, body, rules)


@routes.get("/api/invitations/replies", scope="network.read")
async def list_replies(call: Call) -> ReplyList:
    """The saved replies, in order."""
    return await call.ports.db.read(replies_of, call.me)


@routes.put("/api/invitations/replies", scope="network.write")
async def replace_replies(call: Call, body: RepliesUpdate) -> ReplyList:
    """Replaces the saved replies."""
    return await call.ports.db.write(
        once, call.me, body.client_id, ReplyList, set_replies, call.me, body.replies
    )


def _forecast(tx: Transaction, me: int, body: RulesPreview, rules: Rules) -> Forecast:
    some = rules_of(tx, me).rules if body.rules is None else drafted(tx, me, body.rules)
    return forecast(tx, me, some, body.box, rules)  # type: ignore[arg-type]
