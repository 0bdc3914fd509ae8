"""A URL taken apart once, so that what is checked and what is asked cannot differ."""

import re
from ipaddress import IPv6Address
from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit

from .model import FetchRefused

DEFAULT_PORTS = {"http": 80, "https": 443}
MAX_URL = 8_000
_STRANGE = re.compile(r"[\x00-\x20\x7f-\xa0\\\ud800-\udfff]")
_NAME = re.compile(r"[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_.])?")
_SAFE = "/%:@!$&'()*+,;=~-._?"


class Target(NamedTuple):
    """Where a request goes."""

    scheme: str
    host: str  # without the brackets of IPv6
    port: int
    path: str  # with the query

    @property
    def authority(self) -> str:
        """The host as the Host header and a URL name it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The URL written in one way only."""
        return f"{self.scheme}://{self.authority}{self.path}"


def parse(url: str) -> Target:
    """Takes a URL apart; refuses what is not plain http or https."""
    if len(url) > MAX_URL or _STRANGE.search(url):
        raise FetchRefused("not a URL")
    try:
        parts = urlsplit(url)
        port = parts.port
        name = parts.hostname or ""
        if "[" in parts.netloc:
            host = str(IPv6Address(name))
        else:
            host = name.encode("idna").decode().lower()
    except (ValueError, UnicodeError):
        raise FetchRefused("not a URL") from None
    if parts.scheme not in DEFAULT_PORTS:
        raise FetchRefused("neither http nor https")
    if parts.username is not None or parts.password is not None:
        raise FetchRefused("a URL with a password in it")
    if "%" in host or (":" not in host and not _NAME.fullmatch(host)):
        raise FetchRefused("not a host")
    path = quote(parts.path or "/", safe=_SAFE)
    if not path.startswith("/"):
        raise FetchRefused("not a URL")
    if parts.query:
        path += "?" + quote(parts.query, safe=_SAFE)
    return Target(parts.scheme, host, DEFAULT_PORTS[parts.scheme] if port is None else port, path)


def follow(target: Target, location: str) -> Target:
    """Where a redirect leads."""
    if _STRANGE.search(location):
        raise FetchRefused("redirected to what is not a URL")
    try:
        return parse(urljoin(target.url, location))
    except ValueError as error:
        raise FetchRefused(f"redirected: {error}") from None
