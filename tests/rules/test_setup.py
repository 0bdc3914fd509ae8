"""script/: what a newcomer runs first must hold on machines that are not ours."""

import hashlib
import http.server
import importlib.util
import io
import json
import os
import re
import shutil
import ssl
import subprocess
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests.rules.source import ROOT, none

SCRIPT = ROOT / "script"


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, SCRIPT / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


fetch = load("fetch")


def shell_scripts() -> list[Path]:
    here = [path for path in sorted(SCRIPT.iterdir()) if path.is_file() and not path.suffix]
    return [*here, ROOT / ".ci" / "run"]


@pytest.mark.parametrize("path", shell_scripts(), ids=lambda path: path.name)
def test_a_script_is_posix_and_says_what_it_does(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "#!/bin/sh"
    assert lines[1].startswith("# ")
    assert "set -eu" in lines
    assert os.access(path, os.X_OK)
    assert not any(re.search(r"\[\[|\bfunction\b|\blocal\b|<<<|\bsource\b", line) for line in lines)
    subprocess.run(["sh", "-n", path], check=True)


def test_pins_are_complete() -> None:
    pins = json.loads((SCRIPT / "pins.json").read_text(encoding="utf-8"))
    assert pins.keys() == fetch.KEPT.keys()
    for name, pin in pins.items():
        assert {"linux-glibc-x86_64", "linux-glibc-arm64", "darwin-arm64"} <= pin["wheels"].keys()
        for wheel in pin["wheels"].values():
            assert wheel["file"].startswith(f"{name.replace('-', '_')}-{pin['version']}-")
            assert re.fullmatch("[0-9a-f]{64}", wheel["sha256"])


def test_the_lock_has_hashes_and_no_addresses() -> None:
    faults = []
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "--index-url" not in text
        assert "://" not in text
        faults += [block for block in re.split(r"\n(?=\S)", text) if "--hash=sha256:" not in block]
    none(faults)


def test_tests_run_on_what_a_server_runs_on() -> None:
    runs, tests = (
        set(re.findall(r"^\S+==\S+", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))
        for name in ("requirements.txt", "requirements-dev.txt")
    )
    assert runs
    assert runs <= tests


def wheel_of(files: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return buffer.getvalue()


WHEEL = wheel_of({"uv-1.0.data/scripts/uv": "#!/bin/sh\necho uv 1.0\n", "uv/../../evil": "no"})
FILE = "uv-1.0-py3-none-any.whl"


PAGES = {
    "/html/uv/": ("text/html", f'<a data-x="1" href="../../files/{FILE}#sha256=0">uv</a>'),
    "/json/uv/": (
        "application/vnd.pypi.simple.v1+json",
        json.dumps({"files": [{"filename": FILE, "url": f"/files/{FILE}"}]}),
    ),
    "/private/uv/": ("text/html", f'<a href="/private/files/{FILE}">uv</a>'),
    "/empty/uv/": ("text/html", ""),
}


class Index(http.server.BaseHTTPRequestHandler):
    """A package index: one page in HTML, one in JSON, one behind a password."""

    def do_GET(self) -> None:
        open_to_all = not self.path.startswith("/private")
        allowed = open_to_all or self.headers.get("Authorization") == "Basic bWU6cEBzcw=="
        kind, page = PAGES.get(self.path, ("application/zip", ""))
        body = page.encode() if page or self.path in PAGES else WHEEL
        self.send_response(200 if allowed else 401)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body if allowed else b"")

    def log_message(self, format: str, *args: object) -> None:
        """Quietly."""


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    """The address of a package index that has one wheel, pinned for this platform."""
    pins = tmp_path / "pins.json"
    pin = {"file": FILE, "sha256": hashlib.sha256(WHEEL).hexdigest()}
    pins.write_text(
        json.dumps({"uv": {"version": "1.0", "wheels": {fetch.this_platform(): pin}}}),
        encoding="utf-8",
    )
    monkeypatch.setattr(fetch, "PINS", pins)
    for variable in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "http_proxy", "HTTP_PROXY"):
        monkeypatch.delenv(variable, raising=False)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Index)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize("kind", ["html", "json", "private"])
def test_a_wheel_comes_from_any_kind_of_index(
    index: str, kind: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    secret = index.replace("://", "://me:p%40ss@") if kind == "private" else index
    monkeypatch.setenv("PIP_INDEX_URL", f"{secret}/{kind}/")
    fetch.fetch("uv", tmp_path / "run" / "uv")
    program = tmp_path / "run" / "uv" / "uv"
    assert (
        subprocess.run([program], capture_output=True, text=True, check=True).stdout == "uv 1.0\n"
    )
    assert [path.name for path in (tmp_path / "run").rglob("*") if path.is_file()] == ["uv"]


def test_a_wheel_that_was_changed_is_not_opened(
    index: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", f"{index}/json")
    changed = fetch.PINS.read_text().replace(hashlib.sha256(WHEEL).hexdigest(), "0" * 64)
    fetch.PINS.write_text(changed)
    with pytest.raises(fetch.Problem, match="is not what was pinned"):
        fetch.fetch("uv", tmp_path / "uv")
    assert not (tmp_path / "uv").exists()


@pytest.mark.parametrize(
    ("path", "sentence"),
    [("/empty", "does not have uv-1.0"), ("/private", "answered 401")],
)
def test_an_index_that_cannot_help(
    index: str, path: str, sentence: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", index + path)
    with pytest.raises(fetch.Problem, match=sentence):
        fetch.fetch("uv", tmp_path / "uv")


def test_pips_own_configuration_is_honoured(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for variable in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL"):
        monkeypatch.delenv(variable, raising=False)
    pip = tmp_path / "pip.conf"
    pip.write_text("[global]\nindex-url = https://mirror.example.org/simple/\n")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(pip))
    assert fetch.index_url() == "https://mirror.example.org/simple"
    monkeypatch.setenv("PIP_INDEX_URL", "https://other.example.org/simple")
    assert fetch.index_url() == "https://other.example.org/simple"


def test_without_authorities_only_pinned_sums_are_relied_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for variable in ("PIP_CERT", "REQUESTS_CA_BUNDLE"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(fetch, "pip_setting", lambda name: None)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "absent.pem"))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    assert fetch.tls("https://pypi.org/simple").verify_mode == ssl.CERT_NONE
    assert fetch.tls("https://me:secret@pypi.org/simple").verify_mode == ssl.CERT_REQUIRED


def test_a_python_that_is_too_old_gets_a_sentence(tmp_path: Path) -> None:
    """Every interpreter on this PATH says no, as Python 3.10 would."""
    for name in ("python3", "python3.13", "python3.12", "python3.11"):
        (tmp_path / name).write_text(
            '#!/bin/sh\n[ "$1" != --version ] || echo Python 3.10\nexit 1\n'
        )
        (tmp_path / name).chmod(0o755)
    for name in ("sh", "dirname", "cat"):
        (tmp_path / name).symlink_to(shutil.which(name) or name)
    checkout = tmp_path / "checkout" / "script"
    checkout.mkdir(parents=True)
    shutil.copy(SCRIPT / "setup", checkout)
    done = subprocess.run(
        [checkout / "setup"],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "needs Python 3.11, 3.12 or 3.13" in done.stderr
    assert "Python 3.10" in done.stderr
