"""Coming in: limits, hashing and writing, for the route and the page that answer with a state."""

from typing import NamedTuple

import msgspec

from entregent.kit.errors import Refusal
from entregent.kit.ids import ClientId
from entregent.ports.db import Transaction
from entregent.ports.jobs import enqueue
from entregent.ports.ports import Ports

from .actions import (
    Credentials,
    ask_for_proof,
    create_member,
    credentials,
    credentials_of,
    drop_old_sessions,
    open_session,
    sessions_of,
)
from .events import SignedIn
from .jobnames import SendProof
from .mails import send_proof
from .model import (
    MAX_PASSWORD,
    Language,
    check_new_password,
    checked_email,
    checked_name,
    email_key,
)
from .passwords import checked, hashed


class SignUp(msgspec.Struct, kw_only=True):
    """What a newcomer tells."""

    client_id: ClientId
    email: str
    password: str
    name: str
    language: Language = "en"


class SignIn(msgspec.Struct, kw_only=True):
    """What a member comes in with."""

    email: str
    password: str


class Entered(NamedTuple):
    """Who came in, and the value of their session's cookie."""

    member_id: int
    cookie: str


async def sign_up(ports: Ports, request: SignUp, address: str, agent: str) -> Entered:
    """Opens an account and lets its member in.

    Sent twice, the second answer is another session of the same account: whoever repeats address
    and password could as well have signed in.
    """
    if ports.settings.sign_up != "open":
        raise Refusal("accounts.sign_up_closed", status=403)
    email, name = checked_email(request.email), checked_name(request.name)
    check_new_password(request.password, email, name)
    ports.limits.take("sign_up_address", address)
    if await ports.db.read(credentials, email) is not None:
        return await _again(ports, request, address, agent)
    password_hash = await hashed(request.password)
    try:
        entered, proof = await ports.db.write(
            _join, email, password_hash, name, request.language, address, agent
        )
    except Refusal as refusal:
        if refusal.code != "accounts.email_taken":
            raise
        return await _again(ports, request, address, agent)
    if ports.mail and not await send_proof(ports, email, name, request.language, proof):
        await ports.db.write(_send_later, entered.member_id)
    return entered


async def sign_in(ports: Ports, request: SignIn, address: str, agent: str) -> Entered:
    """Lets a member in. Whether the address is unknown or the password wrong cannot be told."""
    known = await recognise(ports, request, address)
    return await ports.db.write(
        _enter, known.member_id, known.password_hash, address, agent, ports.settings.session_days
    )


async def recognise(ports: Ports, request: SignIn, address: str) -> Credentials:
    """Who has this address and this password, even where they may not come in."""
    ports.limits.take("sign_in_address", address)
    ports.limits.take("sign_in_account", email_key(request.email)[:MAX_PASSWORD])
    found = await ports.db.read(credentials, request.email)
    known_hash = found.password_hash if found else ""
    matches = await checked(known_hash, request.password[: MAX_PASSWORD + 1])
    if found is None or not matches:
        raise Refusal("accounts.wrong_credentials", status=403, field="password")
    return found


async def _again(ports: Ports, request: SignUp, address: str, agent: str) -> Entered:
    try:
        return await sign_in(
            ports, SignIn(email=request.email, password=request.password), address, agent
        )
    except Refusal as refusal:
        if refusal.code != "accounts.wrong_credentials":
            raise
        raise Refusal("accounts.email_taken", status=409, field="email") from None


def _join(
    tx: Transaction,
    email: str,
    password_hash: str,
    name: str,
    language: Language,
    address: str,
    agent: str,
) -> tuple[Entered, str]:
    member_id = create_member(tx, email, password_hash, name, language)
    proof = ask_for_proof(tx, member_id)
    assert proof is not None
    return Entered(member_id, open_session(tx, member_id, address, agent)), proof


def _send_later(tx: Transaction, member_id: int) -> None:
    enqueue(tx, SendProof(member_id=member_id), owner=member_id, at=tx.now + 60_000, key="")


def _enter(
    tx: Transaction, member_id: int, known_hash: str, address: str, agent: str, days: int
) -> Entered:
    found = credentials_of(tx, member_id)
    if found is None or found.password_hash != known_hash:  # changed or closed since we looked
        raise Refusal("accounts.wrong_credentials", status=403, field="password")
    drop_old_sessions(tx, member_id, tx.now - days * 86_400_000)
    cookie = open_session(tx, member_id, address, agent)
    mine, *others = sorted(sessions_of(tx, member_id, 0), key=lambda row: -row.id)
    tx.emit(
        SignedIn(
            member_id=member_id,
            session_id=mine.id,
            address=mine.address,
            agent=mine.agent,
            known=any((row.address, row.agent) == (mine.address, mine.agent) for row in others),
        )
    )
    return Entered(member_id, cookie)
