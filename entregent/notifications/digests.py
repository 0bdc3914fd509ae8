"""The digest: gathered when it is due, written once, stopped by one click without a session."""

import hmac
from hashlib import sha256

import msgspec

from entregent.accounts import account, standings
from entregent.kit.errors import Refusal
from entregent.kit.ids import MAX_ID
from entregent.ports.db import Transaction
from entregent.ports.jobs import enqueue
from entregent.profiles import cards

from . import queries
from .actions import change_settings, plan, settings_of, unseen
from .events import Gathering
from .jobnames import SendDigest, WriteDigest
from .letters import Written, written
from .model import Digest, Notice, NoticeSettings, SettingsChange, WaitingLine, Waits
from .pushing import place_of, said_of

MOST_LINES = 10


class DigestChoice(msgspec.Struct, kw_only=True):
    """How often a digest comes, for who holds the key in one."""

    rhythm: str


def write_digest(tx: Transaction, me: int, house: str, address: str) -> None:
    """Writes the digest that is due, if anything has come since the last one, and plans the next:
    both or neither, so that none is written twice."""
    row = tx.first(queries.LOCK_DIGEST, owner_id=me)
    if row is None or row.due_at is None:
        return
    if tx.now < row.due_at:  # it was put off since
        enqueue(tx, WriteDigest(member_id=me), owner=me, at=row.due_at, key="digest")
        return
    mine = settings_of(tx, me)
    plan(tx, me, mine)
    try:
        to = account(tx, me)
    except Refusal:
        return
    if to.verified_at is None or standings(tx, [me])[me].suspended_until:
        return
    waiting = _waiting(tx, me, mine, to.language, row.told_at)
    if not any(one.newest_at > row.told_at for one in waiting):
        return
    after = tx.first(queries.DIGEST, owner_id=me)
    assert after is not None
    tx.run(queries.KEEP_DIGEST, **{**after._asdict(), "told_at": tx.now})
    key = f"{me}.{_signature(me, row.secret)}"
    paper = Written(to.name, to.language, house, address.rstrip("/"), mine.digest, key)
    letter = written(paper, waiting)
    enqueue(
        tx,
        SendDigest(
            member_id=me,
            number=tx.new_id(),
            to=to.email,
            name=to.name,
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
            stop=letter.stop,
        ),
        owner=me,
    )


def wanted(tx: Transaction, me: int) -> bool:
    """Whether the member still wants digests."""
    return settings_of(tx, me).digest.rhythm != "off"


def _waiting(
    tx: Transaction, me: int, mine: NoticeSettings, language: str, told_at: int
) -> list[Waits]:
    kinds = [kind for kind, ways in mine.ways.items() if ways.mail]
    gathering = Gathering(
        member_id=me, kinds=kinds, texts=mine.digest.texts, told_at=told_at, waiting=[]
    )
    tx.emit(gathering)
    # What was said in a conversation has a count of its own; the rest is what the bell tells.
    told = [one for one in unseen(tx, me, 100) if one.kind in kinds and not _said(one)]
    if told:
        people = {int(one.people[0]) for one in told if one.people}
        names = {card.id: card.name for card in cards(tx, me, sorted(people))}
        lines = []
        for one in told[:MOST_LINES]:
            name = names.get(one.people[0], "") if one.people else ""
            title, _ = said_of(language, one.kind, one.detail, name)
            lines.append(WaitingLine(name=title, url=place_of(one.thing, one.kind)))
        gathering.waiting.append(Waits("news", len(told), lines, told[0].at))
    return sorted(gathering.waiting, key=lambda one: one.kind)


def _said(one: Notice) -> bool:
    return one.kind == "mention" and one.thing is not None and one.thing.kind == "message"


# -- one click, without a session ----------------------------------------------------------------


def choice(tx: Transaction, token: str) -> DigestChoice:
    """How it stands, for who holds the key."""
    return DigestChoice(rhythm=settings_of(tx, _whose(tx, token)).digest.rhythm)


def stop(tx: Transaction, token: str) -> DigestChoice:
    """No more digests. Done twice, it is done once."""
    me = _whose(tx, token)
    now = settings_of(tx, me).digest
    if now.rhythm != "off":
        off = msgspec.structs.replace(now, rhythm="off")
        change_settings(tx, me, SettingsChange(digest=off), before=now)
    return DigestChoice(rhythm="off")


def start_again(tx: Transaction, token: str) -> DigestChoice:
    """Undoes the click: as it was before."""
    me = _whose(tx, token)
    row = tx.first(queries.LOCK_DIGEST, owner_id=me)
    if row is not None and row.before is not None and not wanted(tx, me):
        before = msgspec.json.decode(row.before, type=Digest)
        change_settings(tx, me, SettingsChange(digest=before))
    return choice(tx, token)


def _whose(tx: Transaction, token: str) -> int:
    member, _, signature = token.partition(".")
    if member.isascii() and member.isdigit() and len(member) <= 19 and int(member) <= MAX_ID:
        row = tx.first(queries.DIGEST, owner_id=int(member))
        if row is not None:
            right = _signature(int(member), row.secret)
            if hmac.compare_digest(right.encode(), signature.encode()):
                return int(member)
    raise Refusal("notifications.bad_key", status=404)


def _signature(me: int, secret: str) -> str:
    return hmac.new(secret.encode(), f"digest:{me}".encode(), sha256).hexdigest()
