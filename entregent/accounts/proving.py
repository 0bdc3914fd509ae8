"""What the link in a letter is good for besides proving the first address: a forgotten password,
another address."""

from typing import NamedTuple

from entregent.kit.errors import Refusal
from entregent.ports.db import Transaction
from entregent.ports.jobs import enqueue

from . import queries
from .actions import (
    account,
    add_proof,
    credentials_of,
    find_member,
    found_proof,
    locked,
    set_password,
    set_verified,
    use_proof,
)
from .jobnames import SendNotice, SendReset
from .model import PROOF_MS, RESET_MS, Account, checked_email, email_key


class Reset(NamedTuple):
    """A password that was replaced, and the sessions and tokens that ended by it."""

    member_id: int
    ended: list[int]


def forgot_password(tx: Transaction, email: str) -> None:
    """Has a letter sent if the address is a member's.

    Whether it is, nobody can tell from how long this takes: it is looked up later.
    """
    key = email_key(email)
    enqueue(tx, SendReset(email=key), key=key)


def ask_for_reset(tx: Transaction, key: str) -> tuple[Account, str] | None:
    """The token to send to a member who forgot the password; None where nobody has the address."""
    member_id = find_member(tx, key)
    if member_id is None:
        return None
    locked(tx, member_id)
    return account(tx, member_id), str(add_proof(tx, member_id, "reset", key, RESET_MS))


def whose_reset(tx: Transaction, text: str) -> tuple[Account, str, bool]:
    """Whose password a letter is about, the present hash, and whether the letter was used."""
    proof = found_proof(tx, text, "reset")
    known = credentials_of(tx, proof.member_id)
    return account(tx, proof.member_id), known.password_hash if known else "", proof.used


def reset_password(tx: Transaction, text: str, new_hash: str) -> Reset:
    """Replaces a forgotten password. Who reads letters to the address has proven it, too."""
    proof = found_proof(tx, text, "reset")
    mine = locked(tx, proof.member_id)
    if proof.used or email_key(mine.email) != proof.email:
        raise Refusal("accounts.proof_unknown", status=404)
    use_proof(tx, proof)
    ended = set_password(tx, proof.member_id, new_hash)
    if mine.verified_at is None:
        set_verified(tx, proof.member_id, proof.email)
    tell(tx, proof.member_id, "password", mine.email)
    return Reset(proof.member_id, ended)


def ask_for_email(tx: Transaction, me: int, known_hash: str, email: str) -> tuple[Account, str]:
    """The token to send to the member's next address, which nobody else may have."""
    email = checked_email(email)
    if locked(tx, me).password_hash != known_hash:  # changed since it was checked
        raise Refusal("accounts.wrong_password", status=403, field="password")
    if find_member(tx, email) not in (None, me):
        raise Refusal("accounts.email_taken", status=409, field="email")
    tx.run(queries.DROP_PROOFS_FOR, owner_id=me, purposes=["email"])
    return account(tx, me), str(add_proof(tx, me, "email", email, PROOF_MS))


def change_email(tx: Transaction, text: str) -> int:
    """Takes the token that was sent to the next address: it is the member's from now on."""
    proof = found_proof(tx, text, "email")
    me = proof.member_id
    if proof.used:
        return me  # the link was opened twice
    old, key = locked(tx, me).email, email_key(proof.email)
    if find_member(tx, proof.email) not in (None, me):
        raise Refusal("accounts.email_taken", status=409)
    use_proof(tx, proof)
    tx.run(queries.DROP_EMAIL, email_key=email_key(old), owner_id=me)
    tx.run(queries.ADD_EMAIL, email=key, member_id=me, verified_at=None)
    tx.run(queries.SET_EMAIL, owner_id=me, email=proof.email, verified_at=None)
    tx.run(queries.DROP_PROOFS_FOR, owner_id=me, purposes=["verify", "reset"])
    set_verified(tx, me, key)
    tell(tx, me, "email", old)
    return me


def tell(tx: Transaction, me: int, what: str, to: str) -> None:
    """Has a letter sent that says what was changed, to the address that was known until now."""
    enqueue(tx, SendNotice(member_id=me, what=what, to=to), owner=me)
