"""Serves the built client: one page with the state inlined, and files that never change.

Everything is read into memory once: the whole client is smaller than a photograph.
"""

import hashlib
import mimetypes
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from entregent.accounts import Sessions
from entregent.ports.ports import Ports

from .boot import boot, nobody
from .http import Receive, Scope, Send, cookie_of
from .languages import preferred

DIST = Path(__file__).resolve().parent.parent.parent / "web" / "dist"
PACKAGED = Path(__file__).resolve().parent.parent / "client"  # where a release puts the build

_BOOT = '<script type="application/json" id="boot">null</script>'
_POLICY = (
    b"default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    b"media-src 'self' blob:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
    b"object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
SAFE = [
    (b"content-security-policy", _POLICY),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"geolocation=(), payment=(), usb=()"),
]
_UNBUILT = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Entregent</title>
<h1>The client has not been built</h1>
<p>The server runs and its API answers, but the pages are missing: <code>script/setup</code> could
not build them. Run it again where the npm registry can be reached, and reload this page.</p>
<h1 lang="fr">Le client n’a pas été construit</h1>
<p lang="fr">Le serveur fonctionne et son API répond, mais les pages manquent. Relancez
<code>script/setup</code> avec un accès au registre npm, puis rechargez cette page.</p></html>"""


class _File(NamedTuple):
    kind: bytes
    tag: bytes
    immutable: bool
    bodies: dict[bytes, bytes]  # by content encoding


class Pages:
    """An ASGI application for everything that is not the API."""

    def __init__(self, ports: Ports, sessions: Sessions) -> None:
        self._ports = ports
        self._sessions = sessions
        folder = DIST if DIST.is_dir() else PACKAGED
        self._files = _files(folder)
        index = folder / "index.html"
        self._page = index.read_text(encoding="utf-8") if index.is_file() else _UNBUILT

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        found = self._files.get(scope["path"])
        if scope["method"] not in ("GET", "HEAD"):
            await _send(send, 405, [(b"allow", b"GET, HEAD"), *SAFE], b"")
        elif found is not None:
            await _send_file(send, found, headers)
        elif "." in scope["path"].rsplit("/", 1)[-1] and scope["path"].startswith("/assets/"):
            await _send(send, 404, [(b"content-type", b"text/plain"), *SAFE], b"Not found")
        else:
            await self._send_page(send, headers)

    async def _send_page(self, send: Send, headers: dict[bytes, bytes]) -> None:
        cookie = cookie_of(headers)
        caller = await self._sessions.caller(cookie) if cookie else None
        settings = self._ports.settings
        if caller is None:
            state = nobody(settings)
            language = preferred(headers.get(b"accept-language", b"").decode("latin-1"))
            theme, density = "auto", "comfortable"
        else:
            state = await self._ports.db.read(boot, caller.member_id, settings)
            assert state.me is not None
            language, theme, density = state.me.language, state.me.theme, state.me.density
        body = self._page.replace(_BOOT, _inlined(msgspec.json.encode(state)), 1)
        attributes = f'<html lang="{language}" data-density="{density}"'
        if theme != "auto":
            attributes += f' data-theme="{theme}"'
        body = body.replace('<html lang="en"', attributes, 1)
        await _send(
            send,
            200,
            [
                (b"content-type", b"text/html; charset=utf-8"),
                (b"cache-control", b"no-store"),
                *SAFE,
            ],
            body.encode(),
        )


def _inlined(state: bytes) -> str:
    # Inside a script element only these can end it or start a comment.
    text = state.decode().replace("<", "\\u003c").replace("\u2028", "\\u2028")
    return f'<script type="application/json" id="boot">{text}</script>'


@lru_cache(maxsize=1)
def _files(folder: Path) -> dict[str, _File]:
    files: dict[str, _File] = {}
    if not folder.is_dir():
        return files
    for path in folder.rglob("*"):
        if not path.is_file() or path.suffix in (".br", ".gz") or ".vite" in path.parts:
            continue
        name = "/" + path.relative_to(folder).as_posix()
        if name == "/index.html":
            continue
        bodies = {b"": path.read_bytes()}
        for encoding, suffix in ((b"br", ".br"), (b"gzip", ".gz")):
            smaller = path.with_name(path.name + suffix)
            if smaller.is_file():
                bodies[encoding] = smaller.read_bytes()
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        if path.suffix in (".js", ".mjs"):
            kind = "text/javascript"
        elif path.suffix == ".webmanifest":
            kind = "application/manifest+json"
        if kind.startswith("text/"):
            kind += "; charset=utf-8"
        tag = hashlib.sha256(bodies[b""]).hexdigest()[:20].encode()
        immutable = name.startswith("/assets/")
        files[name] = _File(kind.encode(), b'"' + tag + b'"', immutable, bodies)
    return files


async def _send_file(send: Send, file: _File, headers: dict[bytes, bytes]) -> None:
    caching = b"public, max-age=31536000, immutable" if file.immutable else b"no-cache"
    common = [
        (b"cache-control", caching),
        (b"etag", file.tag),
        (b"vary", b"accept-encoding"),
        *SAFE,
    ]
    if headers.get(b"if-none-match") == file.tag:
        await _send(send, 304, common, b"")
        return
    accepted = headers.get(b"accept-encoding", b"")
    encoding = next((e for e in (b"br", b"gzip") if e in accepted and e in file.bodies), b"")
    if encoding:
        common.append((b"content-encoding", encoding))
    await _send(send, 200, [(b"content-type", file.kind), *common], file.bodies[encoding])


async def _send(send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": body})
