"""The description of the API and the page about it are what the server's routes make of them."""

import json
import re
from collections import Counter
from typing import Any

from jsonschema import Draft202012Validator

from entregent.kit.scopes import FAMILIES, SCOPES
from entregent.kit.sentences import catalogue
from entregent.server.house import routes
from entregent.server.openapi import MEANT, description, document
from entregent.server.reference import DESCRIPTION, PAGE, page, refusals
from entregent.server.wire import every_event
from entregent.webhooks import KINDS
from tests.rules.source import none

# Told to the member's own browsers only: no token is told of them, and no webhook.
NOT_FOR_TOKENS = {
    "host",
    "import",
    "notice",
    "notices",
    "part",
    "session",
    "stories",
    "story",
    "video",
    "webhook",
}


def test_the_kept_description_is_current() -> None:
    assert DESCRIPTION.read_bytes() == document(), "run `script/entregent wire`"


def test_the_page_is_current() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text == page(text), "run `script/entregent wire`"


def operations() -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"{method.upper()} {path}", operation)
        for path, methods in description()["paths"].items()
        for method, operation in methods.items()
    ]


def test_every_route_is_described() -> None:
    told = {name for name, _ in operations()}
    assert told == {f"{route.method} {route.path}" for route in routes()} | {"GET /api/stream"}
    none(f"{name}: says nowhere what it does" for name, one in operations() if not one["summary"])
    ids = Counter(one["operationId"] for _, one in operations())
    none(f"{name}: is the name of two operations" for name, number in ids.items() if number > 1)


def test_the_description_holds_together() -> None:
    whole = description()
    for schema in whole["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    text = json.dumps(whole)
    named = set(re.findall(r'"#/components/schemas/([^"]+)"', text))
    assert named <= set(whole["components"]["schemas"])
    assert set(whole["webhooks"]) == set(KINDS)


def test_every_scope_and_every_event_is_thought_of() -> None:
    assert set(MEANT) == set(SCOPES)
    used = {route.scope for route in routes()} - {None, "any"}
    assert used == set(SCOPES)
    families = {str(kind.__struct_config__.tag).partition(".")[0] for kind in every_event()}
    none(
        f"{name}: may tokens be told of such events? See kit/scopes.py"
        for name in families - set(FAMILIES) - NOT_FOR_TOKENS
    )
    assert not NOT_FOR_TOKENS & set(FAMILIES)


def test_what_reads_needs_no_scope_to_write() -> None:
    """A token that may only read changes nothing."""
    reading = {"POST /api/inbox/rows"}
    for route in routes():
        name = f"{route.method} {route.path}"
        if route.scope and route.scope.endswith(".read"):
            assert route.method == "GET" or name in reading or name.endswith("/preview"), name
        if route.method == "GET":
            assert not (route.scope or "").endswith(".write"), name


def test_every_refusal_is_listed() -> None:
    listed = set(re.findall(r"^\| `([a-z]+\.[a-z0-9_]+)` \|", PAGE.read_text(), re.MULTILINE))
    made = {code for code, _ in refusals() if code in catalogue("en")}
    assert made <= listed
