"""How a member wants to be asked: settings, rules and saved replies."""

import json
from typing import Any

import msgspec

from entregent.accounts import account
from entregent.kit.errors import Refusal
from entregent.kit.events import PartChanged
from entregent.kit.ids import as_int
from entregent.notifications import SettingsChange
from entregent.notifications import change_settings as change_ways
from entregent.notifications import settings_of as ways_of
from entregent.ports.db import Transaction

from ..desk import (
    Condition,
    InvitationSettings,
    ReplyDraft,
    ReplyList,
    Rule,
    RuleDraft,
    RuleList,
    SavedReply,
    checked_hours,
    checked_line,
    checked_replies,
    checked_rules,
)
from ..events import RepliesChanged
from ..queries import desk as queries

_condition = msgspec.json.Decoder(Condition).decode
PRESET: dict[str, tuple[str, str]] = {
    "en": ("A note of their own: keep for me", "All others: accept quietly"),
    "fr": ("Une note personnelle : garder pour moi", "Tous les autres : accepter sans bruit"),
}


def settings_of(tx: Transaction, me: int) -> InvitationSettings:
    """How the member wants to be asked; who has never said so takes everybody at once."""
    row = tx.first(queries.FIND_SETTINGS, me=me)
    zone = ways_of(tx, me).zone  # one clock for all that waits for an hour
    if row is None:
        return InvitationSettings(zone=zone)
    return InvitationSettings(
        line=row.line,
        door=row.door,
        paused_until=row.paused_until,
        digest_hours=json.loads(row.digest_hours),
        zone=zone,
        suggested=bool(row.suggested),
    )


def change_settings(tx: Transaction, me: int, change: Any) -> InvitationSettings:
    """Changes what is given."""
    now = settings_of(tx, me)
    if change.line is not None:
        now.line = checked_line(change.line)
    if change.door is not None:
        now.door = change.door
    if change.paused_until is not None:
        now.paused_until = change.paused_until if change.paused_until > tx.now else None
    if change.digest_hours is not None:
        now.digest_hours = checked_hours(change.digest_hours)
    if change.zone is not None:
        now.zone = change_ways(tx, me, SettingsChange(zone=change.zone)).zone
    if change.suggested is not None:
        now.suggested = change.suggested
    tx.run(
        queries.SET_SETTINGS,
        member_id=me,
        line=now.line,
        door=now.door,
        paused_until=now.paused_until,
        digest_hours=json.dumps(now.digest_hours),
        suggested=int(now.suggested),
    )
    tx.emit(PartChanged(part="invitation_settings"), to=[me])
    return now


def unsuggested(tx: Transaction, ids: list[int]) -> set[int]:
    """Those of the ids who do not want to be shown to people they may know."""
    return {row.member_id for row in tx.all(queries.NOT_SUGGESTED, ids=ids)}


# -- rules ---------------------------------------------------------------------------------------


def rules_of(tx: Transaction, me: int) -> RuleList:
    """The member's rules, in order."""
    return RuleList(
        [
            Rule(
                id=str(row.id),
                name=row.name,
                on=bool(row.enabled),
                when=_condition(row.condition),
                then=row.verb,
                reply_id=None if row.reply_id is None else str(row.reply_id),
            )
            for row in tx.all(queries.RULES, me=me)
        ]
    )


def set_rules(tx: Transaction, me: int, drafts: list[RuleDraft]) -> RuleList:
    """Replaces the rules; those that name an id keep it."""
    rules = drafted(tx, me, drafts)
    tx.run(queries.DROP_RULES, me=me)
    tx.run_many(
        queries.ADD_RULE,
        [
            {
                "member_id": me,
                "id": int(rule.id),
                "position": position,
                "name": rule.name,
                "enabled": int(rule.on),
                "condition": msgspec.json.encode(rule.when).decode(),
                "verb": rule.then,
                "reply_id": None if rule.reply_id is None else as_int(rule.reply_id),
            }
            for position, rule in enumerate(rules)
        ],
    )
    tx.emit(PartChanged(part="invitation_rules"), to=[me])
    return rules_of(tx, me)


def drafted(tx: Transaction, me: int, drafts: list[RuleDraft]) -> list[Rule]:
    """Rules as written, checked, each with an id."""
    known = {rule.id for rule in rules_of(tx, me).rules}
    questions = {reply.id for reply in replies_of(tx, me).replies}
    used: set[str] = set()
    found = []
    for draft in checked_rules(drafts):
        if draft.then == "ask" and draft.reply_id not in questions:
            raise Refusal("invitations.no_question", field="rules")
        key = draft.id if draft.id in known and draft.id not in used else str(tx.new_id())
        used.add(key or "")
        found.append(
            Rule(
                id=key or "",
                name=draft.name,
                on=draft.on,
                when=draft.when,
                then=draft.then,
                reply_id=draft.reply_id,
            )
        )
    return found


def add_preset(tx: Transaction, me: int) -> RuleList:
    """The rule of the member who had 3,200 waiting: whoever wrote something of their own is kept
    for an answer, all others are accepted quietly."""
    keep, accept = PRESET[account(tx, me).language]
    drafts = [RuleDraft(**msgspec.structs.asdict(rule)) for rule in rules_of(tx, me).rules]
    drafts += [
        RuleDraft(name=keep, when=Condition(note="personal"), then="keep"),
        RuleDraft(name=accept, when=Condition(), then="accept"),
    ]
    return set_rules(tx, me, drafts)


# -- saved replies -------------------------------------------------------------------------------


def replies_of(tx: Transaction, me: int) -> ReplyList:
    """The member's saved words, in order."""
    return ReplyList(
        [
            SavedReply(id=str(row.id), kind=row.kind, title=row.title, text=row.text)
            for row in tx.all(queries.REPLIES, me=me)
        ]
    )


def set_replies(tx: Transaction, me: int, drafts: list[ReplyDraft]) -> ReplyList:
    """Replaces the saved words; those that name an id keep it."""
    known = {reply.id for reply in replies_of(tx, me).replies}
    checked_replies(drafts)
    used: set[str] = set()
    tx.run(queries.DROP_REPLIES, me=me)
    for position, draft in enumerate(drafts):
        kept = draft.id is not None and draft.id in known and draft.id not in used
        key = draft.id if kept and draft.id is not None else str(tx.new_id())
        used.add(key)
        tx.run(
            queries.ADD_REPLY,
            member_id=me,
            id=int(key),
            position=position,
            kind=draft.kind,
            title=draft.title,
            text=draft.text,
        )
    now = replies_of(tx, me)
    tx.emit(RepliesChanged(replies=now.replies), to=[me])
    return now


def reply_text(tx: Transaction, me: int, reply_id: int) -> str:
    """The words of a saved reply."""
    for reply in replies_of(tx, me).replies:
        if int(reply.id) == reply_id:
            return reply.text
    raise Refusal("invitations.no_reply", status=404, field="reply_id")


def forget_desk(tx: Transaction, me: int) -> None:
    """The member has left."""
    for statement in (
        queries.DROP_SETTINGS,
        queries.DROP_RULES,
        queries.DROP_REPLIES,
        queries.DROP_QUEUE,
    ):
        tx.run(statement, me=me)
