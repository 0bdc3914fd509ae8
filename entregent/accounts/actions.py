"""What a member does with the account: check, write, emit."""

import hmac
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from entregent.kit.errors import Refusal
from entregent.ports.db import Row, Transaction

from . import queries
from .events import (
    AccountChanged,
    AccountClosed,
    AccountClosing,
    EmailVerified,
    MemberJoined,
    MemberRenamed,
    SessionEnded,
)
from .model import (
    MAX_AGENT,
    MAX_KEYS,
    PROOF_MS,
    Account,
    Language,
    Member,
    Purpose,
    SettingsChange,
    Shortcuts,
    checked_email,
    checked_name,
    email_key,
)
from .tokens import Token, new_token, read_token


class Credentials(NamedTuple):
    """What a sign-in is checked against."""

    member_id: int
    password_hash: str


# -- reading -------------------------------------------------------------------------------------


def account(tx: Transaction, me: int) -> Account:
    """The member's own account."""
    return _account(_found(tx.first(queries.FIND_ACCOUNT, owner_id=me)))


def members(tx: Transaction, ids: Iterable[int]) -> dict[int, Member]:
    """Those of the ids that are members, closed accounts included."""
    found = tx.all(queries.FIND_MEMBERS, members=list(ids))
    return {
        row.member_id: Member(
            row.member_id,
            row.name,
            row.language,
            row.closed_at is not None,
            bool(row.receipts),
            bool(row.presence),
        )
        for row in found
    }


def page_of_members(tx: Transaction, after: int, limit: int) -> list[tuple[int, str]]:
    """Ids and names of open accounts, oldest first."""
    return [tuple(row) for row in tx.all(queries.PAGE_OF_MEMBERS, after=after, limit=limit)]


def find_member(tx: Transaction, email: str) -> int | None:
    """The member who signs in by an e-mail address, verified or not."""
    found: int | None = tx.value(queries.FIND_EMAIL, email_key=email_key(email))
    return found


def members_by_email(tx: Transaction, emails: Iterable[str]) -> dict[str, int]:
    """Members by the (folded) addresses that they have shown to be theirs."""
    rows = tx.all(queries.FIND_VERIFIED_EMAILS, emails=list(emails))
    return {row.email: row.member_id for row in rows}


def credentials(tx: Transaction, email: str) -> Credentials | None:
    """The password hash for an e-mail address; None where nobody has it."""
    member_id = find_member(tx, email)
    return None if member_id is None else credentials_of(tx, member_id)


def credentials_of(tx: Transaction, me: int) -> Credentials | None:
    """A member's password hash."""
    row = tx.first(queries.FIND_ACCOUNT, owner_id=me)
    return None if row is None else Credentials(me, row.password_hash)


# -- the account ---------------------------------------------------------------------------------


def create_member(
    tx: Transaction,
    email: str,
    password_hash: str,
    name: str,
    language: Language = "en",
    verified: bool = False,
) -> int:
    """Opens an account. An empty password hash lets nobody in by password."""
    email, name = checked_email(email), checked_name(name)
    key = email_key(email)
    if tx.first(queries.FIND_EMAIL, email_key=key) is not None:
        raise Refusal("accounts.email_taken", status=409, field="email")
    member_id = tx.new_id()
    tx.run(
        queries.ADD_ACCOUNT,
        member_id=member_id,
        email=email,
        password_hash=password_hash,
        name=name,
        language=language,
        theme="auto",
        density="comfortable",
        shortcuts=_encoded(Shortcuts()),
        receipts=1,
        presence=1,
        undo_seconds=0,
        created_at=tx.now,
        verified_at=None,
        closed_at=None,
    )
    tx.run(queries.ADD_EMAIL, email=key, member_id=member_id, verified_at=None)
    tx.emit(MemberJoined(member_id=member_id, name=name))
    if verified:
        set_verified(tx, member_id, key)
    return member_id


def rename(tx: Transaction, me: int, name: str) -> None:
    """Changes the member's name."""
    name = checked_name(name)
    if name == locked(tx, me).name:
        return
    tx.run(queries.SET_NAME, owner_id=me, name=name)
    tx.emit(MemberRenamed(member_id=me, name=name))


def change_settings(tx: Transaction, me: int, change: SettingsChange) -> None:
    """Changes what the member asked for and leaves the rest."""
    mine = _account(locked(tx, me))
    shortcuts = Shortcuts(
        on=mine.shortcuts.on if change.shortcuts is None else change.shortcuts,
        keys=mine.shortcuts.keys if change.keys is None else change.keys,
    )
    if len(shortcuts.keys) > MAX_KEYS or any(
        len(text) > 64 for pair in shortcuts.keys.items() for text in pair
    ):
        raise Refusal("accounts.too_many_keys", field="keys", most=MAX_KEYS)
    tx.run(
        queries.SET_SETTINGS,
        owner_id=me,
        language=change.language or mine.language,
        theme=change.theme or mine.theme,
        density=change.density or mine.density,
        shortcuts=_encoded(shortcuts),
        receipts=int(mine.receipts if change.receipts is None else change.receipts),
        presence=int(mine.presence if change.presence is None else change.presence),
        undo_seconds=mine.undo_seconds if change.undo_seconds is None else change.undo_seconds,
    )
    tx.emit(AccountChanged(member_id=me))


def change_password(
    tx: Transaction, me: int, session_id: int, known_hash: str, new_hash: str
) -> list[int]:
    """Replaces the password that was `known_hash` a moment ago; gives the sessions it ended."""
    if locked(tx, me).password_hash != known_hash:
        raise Refusal("accounts.wrong_password", status=403, field="current")
    replace_password(tx, me, new_hash)
    return revoke_others(tx, me, session_id)


def set_password(tx: Transaction, me: int, new_hash: str) -> list[int]:
    """For a member who is locked out; gives the sessions and tokens it ended.

    Whoever is locked out may have been robbed: no program keeps its way in either.
    """
    locked(tx, me)
    replace_password(tx, me, new_hash)
    ended = [row.id for row in tx.all(queries.TOKENS_OF, owner_id=me)]
    tx.run(queries.DROP_TOKENS, owner_id=me)
    return ended + revoke_others(tx, me, 0)


def replace_password(tx: Transaction, me: int, new_hash: str) -> None:
    """Sets the password; letters under way that could undo it are worth nothing any more."""
    tx.run(queries.SET_PASSWORD, owner_id=me, password_hash=new_hash)
    tx.run(queries.DROP_PROOFS_FOR, owner_id=me, purposes=["reset", "email"])


def close_account(tx: Transaction, me: int) -> list[int]:
    """Closes the account for good; gives the sessions and tokens it ended. Its address is free."""
    mine = locked(tx, me)
    tx.emit(AccountClosing(member_id=me))
    ended = [row.id for row in tx.all(queries.TOKENS_OF, owner_id=me)]
    tx.run(queries.DROP_TOKENS, owner_id=me)
    ended += revoke_others(tx, me, 0)
    key = email_key(mine.email)
    tx.run(queries.DROP_EMAIL, email_key=key, owner_id=me)
    tx.run(queries.DROP_PROOFS, owner_id=me)
    tx.run(queries.CLOSE_ACCOUNT, owner_id=me, closed_at=tx.now)
    tx.emit(AccountClosed(member_id=me, email=key))
    return ended


# -- proving an address --------------------------------------------------------------------------


def ask_for_proof(tx: Transaction, me: int) -> str | None:
    """The token to send to the member's address; None when it is proven already."""
    mine = locked(tx, me)
    if mine.verified_at is not None:
        return None
    return str(add_proof(tx, me, "verify", email_key(mine.email), PROOF_MS))


def add_proof(tx: Transaction, me: int, purpose: Purpose, email: str, lasts_ms: int) -> Token:
    """A token to be sent to an address, of which only a hash is kept."""
    tx.run(queries.DROP_OLD_PROOFS, owner_id=me, before=tx.now)
    token = new_token(me, tx.new_id())
    tx.run(
        queries.ADD_PROOF,
        member_id=me,
        id=token.id,
        purpose=purpose,
        email=email,
        token_hash=token.hash,
        expires_at=tx.now + lasts_ms,
        used_at=None,
    )
    return token


class Proof(NamedTuple):
    """What somebody who opened the link of a letter has shown."""

    member_id: int
    id: int
    email: str
    used: bool


def found_proof(tx: Transaction, text: str, purpose: Purpose) -> Proof:
    """The proof behind a token that was sent for a purpose; refuses a wrong and an old one."""
    token = read_token(text)
    if token is None:
        raise Refusal("accounts.proof_unknown", status=404)
    row = tx.first(queries.FIND_PROOF, owner_id=token.member_id, proof_id=token.id, purpose=purpose)
    if row is None or not hmac.compare_digest(row.token_hash, token.hash):
        raise Refusal("accounts.proof_unknown", status=404)
    if row.used_at is None and row.expires_at <= tx.now:
        raise Refusal("accounts.proof_expired", status=410)
    return Proof(token.member_id, token.id, row.email, row.used_at is not None)


def verify_email(tx: Transaction, text: str) -> int:
    """Takes the token that was sent to an address as proof of it; gives whose it is."""
    proof = found_proof(tx, text, "verify")
    if proof.used:
        return proof.member_id  # the link was opened twice
    if email_key(locked(tx, proof.member_id).email) != proof.email:
        raise Refusal("accounts.proof_unknown", status=404)
    use_proof(tx, proof)
    set_verified(tx, proof.member_id, proof.email)
    return proof.member_id


def use_proof(tx: Transaction, proof: Proof) -> None:
    """Notes that a letter has done its work."""
    tx.run(queries.USE_PROOF, owner_id=proof.member_id, proof_id=proof.id, used_at=tx.now)


def set_verified(tx: Transaction, me: int, key: str) -> None:
    """The member has shown that the address is theirs."""
    tx.run(queries.SET_VERIFIED, owner_id=me, verified_at=tx.now)
    tx.run(queries.SET_EMAIL_VERIFIED, owner_id=me, email_key=key, verified_at=tx.now)
    tx.emit(EmailVerified(member_id=me, email=key))
    tx.emit(AccountChanged(member_id=me))


# -- sessions ------------------------------------------------------------------------------------


def open_session(tx: Transaction, me: int, address: str, agent: str) -> str:
    """Lets a member in; gives the cookie's value, of which only a hash is kept."""
    standing = tx.first(queries.STANDING, members=[me])
    if standing is not None and (standing.suspended_until or 0) > tx.now:
        raise Refusal("accounts.suspended", status=403)
    token = new_token(me, tx.new_id())
    tx.run(
        queries.ADD_SESSION,
        member_id=me,
        id=token.id,
        token_hash=token.hash,
        created_at=tx.now,
        seen_at=tx.now,
        address=address[:64],
        agent="".join(c for c in agent if c.isprintable())[:MAX_AGENT],
    )
    return str(token)


def sessions_of(tx: Transaction, me: int, since: int) -> list[Row]:
    """The member's sessions seen after a moment, last seen first."""
    return tx.all(queries.SESSIONS_OF, owner_id=me, since=since)


def touch_session(tx: Transaction, me: int, session_id: int) -> None:
    """Notes that a session is in use."""
    tx.run(queries.TOUCH_SESSION, owner_id=me, session_id=session_id, seen_at=tx.now)


def revoke_session(tx: Transaction, me: int, session_id: int) -> bool:
    """Ends one of the member's sessions; False when there is none such (any more)."""
    if not tx.touch(queries.DROP_SESSION, owner_id=me, session_id=session_id):
        return False
    tx.emit(SessionEnded(id=str(session_id)), to=[me])
    return True


def revoke_others(tx: Transaction, me: int, session_id: int) -> list[int]:
    """Ends all of the member's sessions but one; gives those that ended."""
    ended = [row.id for row in tx.all(queries.OTHER_SESSIONS, owner_id=me, session_id=session_id)]
    if ended:
        tx.run(queries.DROP_OTHER_SESSIONS, owner_id=me, session_id=session_id)
        for identifier in ended:
            tx.emit(SessionEnded(id=str(identifier)), to=[me])
    return ended


def drop_old_sessions(tx: Transaction, me: int, since: int) -> None:
    """Forgets sessions that nobody has used since a moment."""
    tx.run(queries.DROP_OLD_SESSIONS, owner_id=me, since=since)


# -- within --------------------------------------------------------------------------------------


def locked(tx: Transaction, me: int) -> Row:
    """The member's account, which nobody else changes until the commit."""
    return _found(tx.first(queries.LOCK_ACCOUNT, owner_id=me))


def _found(row: Row | None) -> Row:
    if row is None:
        raise Refusal("accounts.no_account", status=404)
    return row


def _account(row: Row) -> Account:
    return Account(
        row.member_id,
        row.email,
        row.name,
        row.language,
        row.theme,
        row.density,
        msgspec.json.decode(row.shortcuts, type=Shortcuts),
        row.created_at,
        row.verified_at,
        bool(row.receipts),
        bool(row.presence),
        row.undo_seconds,
    )


def _encoded(shortcuts: Shortcuts) -> str:
    return msgspec.json.encode(shortcuts).decode()
