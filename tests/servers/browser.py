"""Finding a Chromium for the browser tests, and starting it the way they all do."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

INSTALLED = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ON_MACOS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)

OUR_NODE = Path(__file__).resolve().parents[2] / ".run" / "bin" / "node"

# Each new window brings pages of the browser's own, above and beside ours; made for nobody, they
# cost as much as ours. The first two ask the browser's maker.
UNSEEN = (
    "OptimizationHints",
    "MediaRouter",
    "AimEnabled",
    "InitialWebUI",
    "LensOverlay",
    "PreloadTopChromeWebUI",
    "SpareRendererForSitePerProcess",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    "WebUIOmniboxPopup",
    "WebUIReloadButton",
    "WebUIToolbar",
)

# Chromium asks its maker for updates at every start; tests look at our server and nothing else.
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    f"--disable-features={','.join(UNSEEN)}",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    # A camera and a microphone for whoever records, and nobody who has to allow it.
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
)


def named() -> Path | None:
    """What CHROMIUM names; a wrong name is a mistake that must not be passed over."""
    value = os.environ.get("CHROMIUM")
    if not value:
        return None
    found = shutil.which(value)
    if found is None:
        raise FileNotFoundError(f"CHROMIUM names {value}, which is not a program.")
    return Path(found)


def installed() -> Path | None:
    for name in (*INSTALLED, *ON_MACOS):
        if found := shutil.which(name):
            return Path(found)
    return None


def downloaded(playwright: Playwright) -> Path | None:
    """Playwright's own, where `playwright install chromium` has been run."""
    place = Path(playwright.chromium.executable_path)
    return place if place.exists() else None


def from_debian() -> Path | None:
    """As root on Debian or Ubuntu: its package, with a font for emoji."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return None
    print("tests: no browser here; installing Debian's chromium …", flush=True)
    quietly = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    packages = ["chromium", "fonts-noto-color-emoji"]
    for command in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        done = subprocess.run(["apt-get", "-q", *command], env=quietly, check=False)
        if done.returncode:
            return None
    return installed()


def find(playwright: Playwright) -> Path:
    found = named() or installed() or downloaded(playwright) or from_debian()
    if found is None:
        raise FileNotFoundError(
            "The browser tests need Chromium or Chrome: install one, name one in CHROMIUM, or run"
            " `.venv/bin/python -m playwright install chromium`."
        )
    return found


def launch(playwright: Playwright) -> Browser:
    try:
        return playwright.chromium.launch(executable_path=find(playwright), args=QUIET)
    except Error as error:
        raise RuntimeError(f"The browser did not start: {error.message}") from error


@contextmanager
def running() -> Iterator[Browser]:
    """A browser for as long as the block lasts; each member gets a context of their own."""
    if OUR_NODE.exists():  # as in script/test, for those who call pytest themselves
        os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(OUR_NODE))
    with sync_playwright() as playwright:
        browser = launch(playwright)
        try:
            yield browser
        finally:
            browser.close()
