"""Following redirects: each hop is checked like the first."""

import asyncio
from typing import Protocol

import msgspec

from .model import Answer, FetchFailed, FetchRefused, Request
from .target import Target, follow, parse

_REDIRECTS = {301, 302, 303, 307, 308}
# Ours to set, or nothing that a caller should know of.
_OURS = {
    "accept-encoding", "connection", "content-length", "cookie", "expect", "host", "te",
    "transfer-encoding", "upgrade",
}  # fmt: skip
_SECRETS = {"authorization", "proxy-authorization"}
METHODS = {"GET", "HEAD", "POST", "PUT", "DELETE"}


class Hop(Protocol):
    """One question to one server."""

    async def __call__(self, target: Target, request: Request) -> Answer: ...


async def follow_hops(request: Request, hop: Hop) -> Answer:
    """Asks hop after hop until an answer is no redirect."""
    if request.method not in METHODS:
        raise FetchRefused(f"no such method: {request.method}")
    if any(name.lower() in _OURS for name in request.headers):
        raise FetchRefused("a header that is not the caller's to set")
    target = parse(request.url)
    try:
        async with asyncio.timeout(request.seconds):
            for _ in range(request.redirects + 1):
                answer = await hop(target, request)
                location = answer.headers.get("location")
                follows = answer.status in _REDIRECTS and request.method in {"GET", "HEAD"}
                if not follows or location is None or request.redirects == 0:
                    return answer
                last, target = target, follow(target, location)
                if last[:3] != target[:3]:
                    request = _without_secrets(request)
    except TimeoutError:
        raise FetchFailed(f"no answer within {request.seconds:g} seconds") from None
    raise FetchRefused("redirected too often")


def _without_secrets(request: Request) -> Request:
    """For another server than the one that the secrets were meant for."""
    headers = {k: v for k, v in request.headers.items() if k.lower() not in _SECRETS}
    return msgspec.structs.replace(request, headers=headers)
