"""Web Push: sealed for the browser, handed to the service that the browser named."""

from urllib.parse import urlsplit

from entregent.ports.clock import Clock
from entregent.ports.fetch import Fetch, FetchFailed, FetchRefused, Request

from .model import Device, Message, PushGone, PushRefused, PushUnavailable
from .sealing import encode, point_of, public_of, read_key, seal, secret_of, vouch

VOUCHED_SECONDS = 12 * 3_600
MOST_AUDIENCES = 1_000


class WebPush:
    """Speaks to push services over the fetch seam: an endpoint is whatever a member says it is,
    and must not lead into private networks."""

    def __init__(self, key: str, subject: str, fetch: Fetch, clock: Clock) -> None:
        self._key = read_key(key)
        self._subject = subject
        self._fetch = fetch
        self._clock = clock
        self._vouched: dict[str, tuple[str, int]] = {}
        self.public_key = encode(public_of(self._key))

    async def send(self, device: Device, message: Message) -> None:
        audience = check(device)
        headers = {
            "content-type": "application/octet-stream",
            "content-encoding": "aes128gcm",
            "ttl": str(message.seconds),
            "urgency": "high" if message.urgent else "normal",
            "authorization": self._vouch(audience),
        }
        if message.topic:
            headers["topic"] = message.topic
        body = seal(message.payload, device.p256dh, device.auth)
        try:
            answer = await self._fetch.send(
                Request(
                    url=device.endpoint,
                    method="POST",
                    headers=headers,
                    body=body,
                    limit=10_000,
                    cut=True,
                )
            )
        except FetchRefused as refused:
            raise PushRefused(str(refused)) from refused
        except (FetchFailed, TimeoutError) as failed:
            raise PushUnavailable(str(failed) or "no answer") from failed
        if answer.status in {404, 410}:
            raise PushGone(str(answer.status))
        if answer.status == 429 or answer.status >= 500:
            raise PushUnavailable(str(answer.status))
        if answer.status >= 300:
            raise PushRefused(str(answer.status))

    def _vouch(self, audience: str) -> str:
        now = self._clock.now() // 1_000
        known = self._vouched.get(audience)
        if known is None or known[1] < now + 60:
            if len(self._vouched) >= MOST_AUDIENCES:
                self._vouched.clear()
            until = now + VOUCHED_SECONDS
            known = self._vouched[audience] = (
                vouch(self._key, audience, self._subject, until),
                until,
            )
        return known[0]

    async def close(self) -> None:
        await self._fetch.close()


def check(device: Device) -> str:
    """Refuses what is no subscription; gives the origin of its service."""
    try:
        parts = urlsplit(device.endpoint)
    except ValueError:
        raise PushRefused("not a URL") from None
    if parts.scheme not in {"https", "http"} or not parts.netloc:
        raise PushRefused("not a URL")
    point_of(device.p256dh)
    secret_of(device.auth)
    return f"{parts.scheme}://{parts.netloc}"
