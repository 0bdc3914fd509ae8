"""The same on the command line, beside a running house."""

import json
from typing import Any

import pytest

from entregent.server.cli import main
from tests.messaging.talk import begin, say
from tests.moderation.hosting import Seat
from tests.world import World


class Shell:
    """Runs commands on the world's own database."""

    def __init__(
        self, world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("ENTREGENT_DATABASE", world.house.settings.database)
        monkeypatch.setenv("ENTREGENT_MAIL", "memory:")
        self._capsys = capsys

    def __call__(self, *words: str, fails: bool = False) -> str:
        with pytest.raises(SystemExit) as ended:
            main(words)
        found = self._capsys.readouterr()
        assert ended.value.code == int(fails), found.err
        return found.err if fails else found.out

    def json(self, *words: str) -> Any:
        return json.loads(self(*words, "--json"))


@pytest.fixture
def shell(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Shell:
    return Shell(world, monkeypatch, capsys)


async def test_a_host_is_made_and_unmade(world: World, shell: Shell) -> None:
    assert shell.json("admin", "list") == {"hosts": []}
    assert "host" in shell("admin", "grant", "ana@example.org")
    shell("admin", "grant", "ana@example.org")
    assert shell.json("admin", "list") == {"hosts": ["ana@example.org"]}
    ana = Seat(world, world.ana)
    assert (await ana.get("/api/host/reports"))["total"] == 0
    shell("admin", "revoke", "ana@example.org")
    assert (await ana.http.get("/api/host/reports")).status_code == 404
    assert "no host" in shell("admin", "revoke", "ana@example.org", fails=True)
    shell("admin", "grant", "nobody@example.org", fails=True)


async def test_reports_are_decided(world: World, shell: Shell) -> None:
    key = begin(world, world.ana, world.bruno)
    say(world, world.bruno, key, "Send me your password")
    ana, bruno = Seat(world, world.ana), Seat(world, world.bruno)
    await ana.does(f"/api/conversations/{key}/report", seq=1, reason="fraud", note="Swindle")
    listed = shell.json("reports", "list")
    assert (listed["total"], listed["cases"][0]["name"]) == (1, "Bruno Çelik")
    assert "Bruno Çelik" in shell("reports", "list")
    shown = shell("reports", "show", "bruno@example.org")
    assert "Send me your password" in shown
    assert "Swindle" in shown
    words = ("reports", "decide", "bruno@example.org", "restrict", "--reason", "fraud")
    assert "Say why" in shell(*words, "--days", "2", fails=True)
    decision = shell.json(*words, "--days", "2", "--statement", "No passwords.")["decision"]
    assert shell.json("reports", "list")["total"] == 0
    assert shell.json("reports", "list", "--decided")["total"] == 1
    world.clock.forward(seconds=11)  # sessions of another process are looked at again
    answer = await bruno.post(f"/api/conversations/{key}/messages", text="Hello")
    assert answer.json()["error"]["code"] == "accounts.restricted"
    await bruno.does(f"/api/decisions/{decision}/appeal", text="It was a joke")
    assert "It was a joke" in shell("reports", "show", str(world.bruno))
    shell("reports", "uphold", str(world.bruno), decision, "--statement", "No joke.")
    shell("reports", "reverse", str(world.bruno), decision, "--statement", "Enough.")
    world.clock.forward(seconds=11)
    await bruno.does(f"/api/conversations/{key}/messages", text="Hello")
    told = shell.json("reports", "log")["entries"]
    # The world's clock stands, that of the commands does not.
    assert sorted(one["what"] for one in told) == ["appeal", "decide", "reverse", "uphold"]
    assert shell("reports", "log").count("command line") == 3
    shell("reports", "show", "nobody", fails=True)
