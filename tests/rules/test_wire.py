"""The browser's types are those that the server speaks."""

from entregent.server.wire import TARGET, typescript


def test_the_generated_file_is_current() -> None:
    written = TARGET.read_text(encoding="utf-8")
    assert written == typescript(), "run `script/entregent wire`"
