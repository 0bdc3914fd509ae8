"""Changing what was said: editing, deleting, reacting, and what else shows it then."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec

from entregent.kit.errors import Refusal
from entregent.media import Use, detach, seen_through
from entregent.ports.db import Transaction

from ..archived import preview
from ..attached import encoded_line, line_of, names_of, place_of, use_of
from ..events import MessageChanged, MessageHidden
from ..markup import glimpse, is_emoji, same_emoji
from ..model import Message, Reaction, checked_text
from ..queries import rows as queries
from ..queries import said
from ..reading import find_for
from ..said import brought, extra_of, reactions_of
from ..search_index import catch_up_all, reindex, unindex
from ..sight import any_file, last_seen, message_for, sight, with_quotes
from ..warning import doubts_in
from .announcing import take_reaction_back, tell_reaction
from .special import encoded, look_up, people_named, trusted
from .telling import tell

CHANGE_MS = 3_600_000  # M4: how long what was said can be edited, or deleted for everyone
MOST_EMOJI = 30  # different ones under a message
MOST_OF_ONE = 10  # of one person


class Edit(NamedTuple):
    """What one's message is to say. `most` is the longest text, `previews` whether links are
    looked up."""

    me: int
    conversation_id: int
    seq: int
    text: str
    most: int
    previews: bool


def edit_message(tx: Transaction, edit: Edit) -> Message:
    """Changes what I said; what it was is kept for everyone who can read it."""
    me, key, seq = edit.me, edit.conversation_id, edit.seq
    message = _mine(tx, me, key, seq)
    extra = extra_of(message)
    if extra.forwarded is not None:
        raise Refusal("messaging.forwarded_as_it_was", status=409)
    text = checked_text(edit.text, edit.most, empty=message.attachments is not None)
    if text == message.text:
        return _shown(tx, me, key, message)
    people = tx.all(queries.PARTICIPANTS, ids=[key])
    found = trusted(text, doubts_in(tx, text)) if edit.previews else []
    extra = msgspec.structs.replace(
        extra,
        mentions=[str(one) for one in people_named(text, (), me, people)],
        previews=[one for one in extra.previews if one.url in found],
    )
    tx.run(
        said.ADD_EDIT,
        conversation_id=key,
        seq=seq,
        at=message.edited_at or message.at,
        text=message.text,
    )
    tx.run(said.SET_TEXT, key=key, number=seq, new_text=text, at=tx.now, rare=encoded(extra))
    held = {one.url for one in extra.previews}
    look_up(tx, key, seq, [one for one in found if one not in held])
    reindex(tx, key, seq)
    tell_changed(tx, key, seq, shown_elsewhere=True)
    return _shown(tx, me, key, _stored(tx, key, seq))


def delete_for_everyone(tx: Transaction, me: int, key: int, seq: int) -> None:
    """Takes back what I said: a mark stays in its place, and nothing of it anywhere."""
    row = find_for(tx, me, key)
    if message_for(tx, me, row, seq).deleted_at is not None:
        return
    message = _mine(tx, me, key, seq)
    detach(tx, use_of(key, seq))
    tx.run(said.EMPTY, key=key, number=seq, at=tx.now)
    tx.run(said.DROP_EDITS, key=key, seq=seq)
    unindex(tx, key, seq, message.at)
    tell_changed(tx, key, seq, shown_elsewhere=True)
    if message.attachments:
        _look_for_files(tx, key, _members(tx, key))


def delete_for_me(tx: Transaction, me: int, key: int, seq: int) -> None:
    """Hides a message from me alone."""
    row = find_for(tx, me, key)
    message = tx.first(queries.ONE_MESSAGE, conversation_id=key, seq=seq)
    seen = sight(tx, me, row)
    if message is not None and message.message_id in seen.unseen:
        return
    if message is None or not seen.sees(message):
        raise Refusal("messaging.message_not_found", status=404)
    catch_up_all(tx)
    tx.run(said.HIDE, member_id=me, conversation_id=key, message_id=message.message_id)
    reindex(tx, key, seq)
    tx.emit(MessageHidden(conversation_id=str(key), seq=seq), to=[me])
    show_last(tx, key, [me])
    if message.attachments:
        _look_for_files(tx, key, [me])


def react(tx: Transaction, me: int, key: int, seq: int, emoji: str, there: bool) -> Message:
    """Puts an emoji of mine under a message, or takes it away."""
    if not is_emoji(emoji):
        raise Refusal("messaging.no_emoji", field="emoji")
    place = _open_place(tx, me, key)
    message = message_for(tx, me, find_for(tx, me, key), seq)
    if message.deleted_at is not None:
        raise Refusal("messaging.message_not_found", status=404)
    given = reactions_of(message)
    mine = str(me)
    before = msgspec.json.encode(given)
    same = next((one for one in given if same_emoji(one.emoji, emoji)), None)
    if there and same is None:
        if len(given) >= MOST_EMOJI or sum(mine in one.people for one in given) >= MOST_OF_ONE:
            raise Refusal("messaging.too_many_reactions", status=409)
        given.append(Reaction(emoji=emoji, people=[mine]))
    elif there and same is not None and mine not in same.people:
        same.people.append(mine)
    elif not there and same is not None:
        same.people = [one for one in same.people if one != mine]
        given = [one for one in given if one.people]
    after = msgspec.json.encode(given)
    if after != before:
        if there:
            tell_reaction(tx, me, message, emoji)
        elif not any(mine in one.people for one in given):
            take_reaction_back(tx, me, message)
        kept = after.decode() if given else None
        tx.run(said.SET_REACTIONS, key=place.conversation_id, number=seq, given=kept)
        tell_changed(tx, key, seq)
    return _shown(tx, me, key, _stored(tx, key, seq))


# -- what else shows a message ---------------------------------------------------------------------


def tell_changed(tx: Transaction, key: int, seq: int, *, shown_elsewhere: bool = False) -> None:
    """Tells everyone in the conversation how a message is now, with those that quote it, and
    corrects what lists show of it."""
    changed = [_stored(tx, key, seq)]
    if shown_elsewhere:
        changed += tx.all(said.QUOTING, key=key, number=seq)
    messages = with_quotes(tx, key, changed)
    members = _members(tx, key)
    for member in members:
        row = tx.first(queries.ONE_ROW, member_id=member, conversation_id=key)
        if row is None:
            continue
        seen = sight(tx, member, row)
        for stored, message in zip(changed, messages, strict=True):
            if seen.sees(stored):
                tx.emit(MessageChanged(message=seen.show([message])[0]), to=[member])
    if shown_elsewhere:
        show_last(tx, key, members)


def show_last(tx: Transaction, key: int, members: Iterable[int]) -> None:
    """Has the members' lists show the last message that is there for each."""
    for member in sorted(members):
        row = tx.first(queries.ONE_ROW, member_id=member, conversation_id=key)
        if row is None:
            continue
        last = last_seen(tx, sight(tx, member, row))
        uses = brought([last]) if last is not None else []
        files = [one for some in seen_through(tx, uses).values() for one in some]
        if last is None:
            text = ""
        elif files:
            text = glimpse(last.text) or names_of(files)
        else:
            text = preview(last.text, last.attachments)
        shown = {
            "text": text,
            "whose": 0 if last is None else last.author_id or 0,
            "brought": encoded_line(line_of(files)),
        }
        tell(tx, member, tx.all(said.SET_SHOWN, owner_id=member, key=key, **shown))


def _look_for_files(tx: Transaction, key: int, members: Iterable[int]) -> None:
    """A message with files is gone: whether others have some."""
    for member in sorted(members):
        row = tx.first(queries.ONE_ROW, member_id=member, conversation_id=key)
        if row is not None:
            has = any_file(tx, sight(tx, member, row))
            tx.run(said.SET_ATTACHED, owner_id=member, key=key, files=int(has))


def show_files(tx: Transaction, use: Use) -> None:
    """The files of a message look different now: everyone who sees them is told."""
    place = place_of(use)
    if place is not None and _stored(tx, *place) is not None:
        tell_changed(tx, *place, shown_elsewhere=True)


def _members(tx: Transaction, key: int) -> list[int]:
    people = tx.all(queries.PARTICIPANTS, ids=[key])
    return sorted(person.person_id for person in people if person.kind == "member")


def _shown(tx: Transaction, me: int, key: int, message: Any) -> Message:
    seen = sight(tx, me, find_for(tx, me, key))
    return seen.show(with_quotes(tx, key, [message]))[0]


def _stored(tx: Transaction, key: int, seq: int) -> Any:
    return tx.first(queries.ONE_MESSAGE, conversation_id=key, seq=seq)


def _open_place(tx: Transaction, me: int, key: int) -> Any:
    """A conversation of mine that nobody else changes meanwhile, and that can be written in."""
    row = find_for(tx, me, key)
    place = tx.all(queries.CONVERSATIONS, ids=[key])[0]
    if place.closed is not None:
        raise Refusal(f"messaging.closed_{place.closed}", status=403)
    if not row.writable:
        raise Refusal("messaging.conversation_not_found", status=404)
    return place


def _mine(tx: Transaction, me: int, key: int, seq: int) -> Any:
    """What I said in the last hour, where it can still be changed."""
    _open_place(tx, me, key)
    message = message_for(tx, me, find_for(tx, me, key), seq)
    if message.deleted_at is not None:
        raise Refusal("messaging.message_not_found", status=404)
    if message.author_id != me or message.kind != "text":
        raise Refusal("messaging.not_yours", status=403)
    if tx.now - message.at > CHANGE_MS:
        raise Refusal("messaging.too_late", status=409)
    return message
