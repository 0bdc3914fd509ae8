"""Hashing passwords (argon2id), beside the event loop and one at a time.

One hash takes some 20 ms of a core and 19 MiB, the least that OWASP asks for. One at a time keeps
a burst of sign-ins from taking the machine from everybody else.
"""

import asyncio
import secrets
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_one_at_a_time: dict[asyncio.AbstractEventLoop, asyncio.Semaphore] = {}


def hash_password(password: str) -> str:
    """The hash to keep. Takes its time: use `hashed` on an event loop."""
    return _hasher.hash(password)


def check_password(password_hash: str, password: str) -> bool:
    """Whether the password is the one behind the hash; as slow when there is no hash at all."""
    try:
        _hasher.verify(password_hash or _nobodys_hash(), password)
    except (VerificationError, InvalidHashError):
        return False
    return bool(password_hash)


@lru_cache(maxsize=1)
def _nobodys_hash() -> str:
    return _hasher.hash(secrets.token_hex(16))


async def hashed(password: str) -> str:
    """`hash_password` on a thread."""
    async with _turn():
        return await asyncio.to_thread(hash_password, password)


async def checked(password_hash: str, password: str) -> bool:
    """`check_password` on a thread."""
    async with _turn():
        return await asyncio.to_thread(check_password, password_hash, password)


def _turn() -> asyncio.Semaphore:
    loop = asyncio.get_running_loop()
    turn = _one_at_a_time.get(loop)
    if turn is None:
        _one_at_a_time.clear()  # a process has one loop; tests have one after the other
        turn = _one_at_a_time[loop] = asyncio.Semaphore(1)
    return turn
