"""Proving an address, another address, a forgotten password: what begins or ends with a letter."""

import msgspec

from entregent.kit.errors import Refusal
from entregent.kit.ids import ClientId
from entregent.kit.routes import Call, Done
from entregent.ports.db import Transaction

from ..actions import account, ask_for_proof, verify_email
from ..mails import send_new_email, send_proof
from ..model import MAX_EMAIL, Account, check_new_password, email_key
from ..passwords import hashed
from ..proving import (
    ask_for_email,
    change_email,
    forgot_password,
    reset_password,
    whose_reset,
)
from .routes import ended, known_hash, matches, routes


class Proof(msgspec.Struct, kw_only=True):
    """The token of a letter."""

    token: str


@routes.post("/api/accounts/verify", access="anyone")
async def verify(call: Call, body: Proof) -> Done:
    """Proves an address by the token of the letter that was sent there."""
    await call.ports.db.write(verify_email, body.token)
    return Done()


@routes.post("/api/accounts/verify/resend", limit="mail")
async def resend(call: Call) -> Done:
    """Has the letter that proves my address sent again."""
    mine, token = await call.ports.db.write(_new_proof, call.me)
    if token is not None:
        sent = await send_proof(call.ports, mine.email, mine.name, mine.language, token)
        _sent(sent)
    return Done()


class NewEmail(msgspec.Struct, kw_only=True):
    """The address to have from now on, with the password as proof of who asks."""

    client_id: ClientId
    password: str
    email: str


@routes.post("/api/accounts/email", limit="mail")
async def new_email(call: Call, body: NewEmail) -> Done:
    """Has a letter sent to my next address; it becomes mine when its link is opened."""
    known = await known_hash(call)
    if not await matches(known, body.password):
        raise Refusal("accounts.wrong_password", status=403, field="password")
    mine, token = await call.ports.db.write(ask_for_email, call.me, known, body.email)
    email = body.email.strip()
    _sent(await send_new_email(call.ports, email, mine.name, mine.language, token))
    return Done()


@routes.post("/api/accounts/email/confirm", access="anyone")
async def confirm_email(call: Call, body: Proof) -> Done:
    """Makes the address that the letter went to the member's."""
    await call.ports.db.write(change_email, body.token)
    return Done()


class Forgotten(msgspec.Struct, kw_only=True):
    """The address of who forgot the password."""

    email: str


@routes.post("/api/accounts/forgot", access="anyone", limit="sign_up_address")
async def forgot(call: Call, body: Forgotten) -> Done:
    """Has a letter sent by which a forgotten password is replaced.

    The answer is the same whether anybody has that address.
    """
    key = email_key(body.email)[:MAX_EMAIL]
    call.ports.limits.take("mail", ("forgot", key))
    await call.ports.db.write(forgot_password, key)
    return Done()


class ResetPassword(msgspec.Struct, kw_only=True):
    """A new password, with the token of the letter as proof."""

    token: str
    password: str


@routes.post("/api/accounts/reset", access="anyone", limit="sign_in_address")
async def reset(call: Call, body: ResetPassword) -> Done:
    """Replaces a forgotten password, and ends every session and every token."""
    mine, known, used = await call.ports.db.read(whose_reset, body.token)
    check_new_password(body.password, mine.email, mine.name)
    call.ports.limits.take("sign_in_account", mine.member_id)
    if used and await matches(known, body.password):
        return Done()  # this very request came before
    done = await call.ports.db.write(reset_password, body.token, await hashed(body.password))
    ended(call, done.member_id, done.ended)
    return Done()


def _new_proof(tx: Transaction, me: int) -> tuple[Account, str | None]:
    return account(tx, me), ask_for_proof(tx, me)


def _sent(sent: bool) -> None:
    if not sent:
        raise Refusal("accounts.mail_not_sent", status=503, retry_after=60)
