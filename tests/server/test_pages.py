"""Pages: the state inlined so that it cannot break out, safe headers, files, cookies."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from entregent.accounts import open_session
from entregent.profiles import ProfileChange, change_profile
from tests.messaging.talk import begin, say
from tests.server.asking import OURS, Asker
from tests.world import PASSWORD, World

INDEX = """<!doctype html>
<html lang="en" data-density="comfortable"><head><title>Entregent</title>
<script type="application/json" id="boot">null</script>
<script type="module" src="/assets/main-1a2b.js"></script></head><body></body></html>"""
SCRIPT = b"console.log('\xc3\xa9')\n"
HOSTILE = "</script><script>alert(1)</script><!--<script> &lt; \u2028 ]]> '\"\\"


@pytest.fixture
def ask(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Asker:
    """The application with a client of two files."""
    dist = tmp_path / "dist"
    (dist / "assets").mkdir(parents=True)
    (dist / "index.html").write_text(INDEX, encoding="utf-8")
    (dist / "favicon.svg").write_text("<svg/>", encoding="utf-8")
    (dist / "assets" / "main-1a2b.js").write_bytes(SCRIPT)
    (dist / "assets" / "main-1a2b.js.br").write_bytes(b"smaller")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    monkeypatch.setattr("entregent.server.pages.DIST", dist)
    return Asker(world)


def cookie(world: World, member: int) -> str:
    return world.do(open_session, member, "127.0.0.1", "a test")


async def test_the_inlined_state_cannot_break_out(world: World, ask: Asker) -> None:
    world.do(change_profile, world.ana, ProfileChange(headline=HOSTILE))
    key = begin(world, world.bruno, world.ana)
    say(world, world.bruno, key, HOSTILE)
    value = cookie(world, world.ana)
    page = (await ask("GET", "/messages", cookie=value)).body.decode()
    assert page.count("<script") == INDEX.count("<script")
    assert page.count("</script>") == INDEX.count("</script>")
    assert "<!--" not in page
    found = re.search(r'<script type="application/json" id="boot">(.*?)</script>', page, re.DOTALL)
    assert found
    state = json.loads(found[1])
    assert state == (await ask("GET", "/api/boot", cookie=value)).json
    assert state["inbox"]["rows"][0]["snippet"] == " ".join(HOSTILE.split())
    assert "alert(1)" in state["me"]["headline"]


async def test_a_page_is_in_the_members_language_and_theme(world: World, ask: Asker) -> None:
    async def start(member: int | None, asked: str) -> str:
        value = cookie(world, member) if member else ""
        answer = await ask("GET", "/", cookie=value, headers={"accept-language": asked})
        [element] = re.findall(r"<html[^>]*>", answer.body.decode())
        return str(element)

    assert 'lang="fr"' in await start(world.bruno, "en")
    assert 'lang="en"' in await start(world.ana, "fr")
    assert 'lang="fr"' in await start(None, "de, fr;q=0.8, en;q=0.5")
    assert 'lang="en"' in await start(None, "\xff;;,,q=é")
    async with world.client(world.ana) as ana:
        await ana.patch("/api/settings", json={"client_id": "theme-12", "theme": "dark"})
    assert 'data-theme="dark"' in await start(world.ana, "en")


async def test_pages_and_files_carry_safe_headers(world: World, ask: Asker) -> None:
    for path in ("/", "/messages/1", "/favicon.svg", "/assets/main-1a2b.js", "/assets/none.js"):
        answer = await ask("GET", path)
        policy = answer.headers["content-security-policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert "object-src 'none'" in policy
        assert "base-uri 'none'" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
    assert (await ask("GET", "/")).headers["cache-control"] == "no-store"
    api = await ask("GET", "/api/boot")
    assert (api.headers["cache-control"], api.headers["x-content-type-options"]) == (
        "no-store",
        "nosniff",
    )


async def test_files_are_served_and_nothing_else(world: World, ask: Asker) -> None:
    plain = await ask("GET", "/assets/main-1a2b.js")
    assert (plain.status, plain.body) == (200, SCRIPT)
    assert plain.headers["content-type"] == "text/javascript; charset=utf-8"
    assert "immutable" in plain.headers["cache-control"]
    small = await ask("GET", "/assets/main-1a2b.js", headers={"accept-encoding": "gzip, br"})
    assert (small.body, small.headers["content-encoding"]) == (b"smaller", "br")
    again = await ask(
        "GET", "/assets/main-1a2b.js", headers={"if-none-match": plain.headers["etag"]}
    )
    assert (again.status, again.body) == (304, b"")
    assert (await ask("GET", "/assets/other.js")).status == 404
    for path in ("/../secret.txt", "/assets/../../secret.txt", "/%2e%2e/secret.txt", "/index.html"):
        assert b"secret" not in (await ask("GET", path)).body
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        assert (await ask(method, "/messages")).status == 405


@pytest.mark.parametrize("address", ["http://localhost:8000", "https://people.example"])
async def test_the_cookie_is_for_this_site_and_no_script(
    make_world: Callable[..., World], address: str
) -> None:
    world = make_world(address=address)
    ask = Asker(world)
    body = json.dumps({"email": "ana@example.org", "password": PASSWORD}).encode()
    headers = {**OURS, "host": address.split("//")[1], "origin": address}
    answer = await ask("POST", "/api/sessions", body=body, headers=headers)
    parts = answer.headers["set-cookie"].split("; ")
    assert parts[0].startswith(f"entregent={world.ana}.")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(parts)
    assert ("Secure" in parts) == address.startswith("https:")
    assert not any(part.startswith("Domain") for part in parts)
    value = parts[0].removeprefix("entregent=")
    gone = await ask("DELETE", "/api/sessions/current", cookie=value, headers=headers)
    assert "Max-Age=0" in gone.headers["set-cookie"]
    assert "HttpOnly" in gone.headers["set-cookie"]
