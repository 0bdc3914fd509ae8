"""Personal access tokens: made, listed, taken back. Only a hash of each is kept."""

from collections.abc import Sequence

from entregent.kit.errors import Refusal
from entregent.kit.events import PartChanged
from entregent.kit.scopes import SCOPES, Scope
from entregent.kit.text import clean_line
from entregent.ports.db import Row, Transaction

from . import queries
from .actions import locked
from .model import MAX_TOKEN_DAYS, MAX_TOKEN_NAME, MAX_TOKENS
from .tokens import Token, new_token


def add_token(
    tx: Transaction, me: int, name: str, scopes: Sequence[Scope], days: int | None
) -> Token:
    """A token for a program of the member's, which may do what the scopes say and no more."""
    name = clean_line(name)
    if not any(c.isprintable() and not c.isspace() for c in name):
        raise Refusal("accounts.token_name_missing", field="name")
    if len(name) > MAX_TOKEN_NAME:
        raise Refusal("accounts.token_name_too_long", field="name", most=MAX_TOKEN_NAME)
    if not scopes:
        raise Refusal("accounts.token_needs_scope", field="scopes")
    if days is not None and not 1 <= days <= MAX_TOKEN_DAYS:
        raise Refusal("accounts.token_days", field="days", most=MAX_TOKEN_DAYS)
    locked(tx, me)
    if len(tx.all(queries.TOKENS_OF, owner_id=me)) >= MAX_TOKENS:
        raise Refusal("accounts.too_many_tokens", most=MAX_TOKENS)
    token = new_token(me, tx.new_id())
    tx.run(
        queries.ADD_TOKEN,
        member_id=me,
        id=token.id,
        name=name,
        token_hash=token.hash,
        scopes=" ".join(scope for scope in SCOPES if scope in scopes),
        created_at=tx.now,
        expires_at=None if days is None else tx.now + days * 86_400_000,
        seen_at=None,
    )
    tx.emit(PartChanged(part="tokens"), to=[me])
    return token


def renew_secret(tx: Transaction, me: int, token_id: int) -> Token:
    """A fresh secret for a token whose first one was lost on the way; that one opens nothing."""
    token = new_token(me, token_id)
    tx.run(queries.SET_TOKEN_HASH, owner_id=me, token_id=token_id, token_hash=token.hash)
    return token


def tokens_of(tx: Transaction, me: int) -> list[Row]:
    """The member's tokens, the newest first."""
    return tx.all(queries.TOKENS_OF, owner_id=me)


def one_token(tx: Transaction, me: int, token_id: int) -> Row:
    """One of the member's tokens."""
    row = tx.first(queries.FIND_TOKEN, owner_id=me, token_id=token_id, now=tx.now)
    if row is None:
        raise Refusal("kit.not_found", status=404)
    return row


def revoke_token(tx: Transaction, me: int, token_id: int) -> bool:
    """Takes a token back; False when there is none such (any more)."""
    gone = bool(tx.touch(queries.DROP_TOKEN, owner_id=me, token_id=token_id))
    if gone:
        tx.emit(PartChanged(part="tokens"), to=[me])
    return gone


def touch_token(tx: Transaction, me: int, token_id: int) -> None:
    """Notes that a token is in use."""
    tx.run(queries.TOUCH_TOKEN, owner_id=me, token_id=token_id, seen_at=tx.now)
