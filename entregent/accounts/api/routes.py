"""The routes of accounts, and what several of its topics share."""

from collections.abc import Iterable

from entregent.kit.errors import Refusal
from entregent.kit.routes import Call, Routes

from ..actions import credentials_of
from ..model import MAX_PASSWORD
from ..passwords import checked

routes = Routes("accounts")


def session_id(call: Call) -> int:
    """The session through which the member asks."""
    if call.caller is None:
        raise Refusal("kit.sign_in_first", status=401)
    return call.caller.session_id


async def known_hash(call: Call) -> str:
    """The hash of the member's password, to be asked for a few times only."""
    call.ports.limits.take("sign_in_account", call.me)
    found = await call.ports.db.read(credentials_of, call.me)
    return found.password_hash if found else ""


async def matches(known: str, password: str) -> bool:
    """Whether a password is the one behind a hash."""
    return await checked(known, password[: MAX_PASSWORD + 1])


def ended(call: Call, member_id: int, sessions: Iterable[int]) -> None:
    """Closes the streams of sessions and tokens that have ended, and forgets them."""
    for identifier in sessions:
        call.ports.session_ended(member_id, identifier)
