"""Every sentence stands in English and in French, is used, and says what it is given."""

import ast
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest

from entregent.kit.sentences import LANGUAGES
from tests.rules.source import PACKAGE, ROOT, Module, modules, none, sample, shown, walk

Catalogues = dict[str, dict[str, str]]
ABOUT_THE_ANSWER = {"status", "field", "retry_after"}


def read(top: Path) -> Catalogues:
    """Language → key → sentence, over all slices below `top`."""
    found: Catalogues = {language: {} for language in LANGUAGES}
    for language in LANGUAGES:
        for path in walk(top, f"{language}.json"):
            if path.name != f"{language}.json":
                continue
            for key, sentence in json.loads(path.read_text(encoding="utf-8")).items():
                assert key.startswith(f"{path.parent.name}."), f"{shown(path)}: {key}"
                assert key not in found[language], f"{shown(path)}: {key} stands twice"
                found[language][key] = sentence
    return found


SERVER = read(ROOT / PACKAGE)
WEB = read(ROOT / "web" / "src")


def parameters(sentence: str) -> set[str]:
    """Names in braces: `{name}`, and of ICU messages also `{count, plural, …}`."""
    return set(re.findall(r"\{\s*(\w+)\s*[,}]", sentence))


def arguments(sentence: str) -> set[str]:
    """ICU: the arguments, without the words inside a plural's or a select's branches."""
    found, depth, branches = set(), 0, []
    for match in re.finditer(
        r"\{\s*(\w+)\s*,\s*(?:plural|select|selectordinal)\s*,|[{}]", sentence
    ):
        if match[1]:
            found.add(match[1])
            branches.append(depth)
            depth += 1
        elif match[0] == "{":
            simple = re.match(r"\{\s*(\w+)\s*(?:\}|,)", sentence[match.start() :])
            opens_branch = branches and depth == branches[-1] + 1
            if simple and not opens_branch:
                found.add(simple[1])
            depth += 1
        else:
            depth -= 1
            if branches and depth == branches[-1]:
                branches.pop()
    return found


def language_faults(catalogues: Catalogues) -> Iterator[str]:
    first, *others = LANGUAGES
    for other in others:
        for key in sorted(catalogues[first].keys() ^ catalogues[other].keys()):
            yield f"{key}: not in both languages"
        for key in sorted(catalogues[first].keys() & catalogues[other].keys()):
            mine, theirs = arguments(catalogues[first][key]), arguments(catalogues[other][key])
            if mine != theirs:
                yield f"{key}: {first} has {sorted(mine)}, {other} has {sorted(theirs)}"


# Between a French word and its sign stands a narrow no-break space.
FRENCH = re.compile(r"[\w»)}%][ \u00a0]?[;!?»]|[\w»)}%][ \u00a0]:|[^\W\d]:(?!//)|«(?!\u202f)")
EVERYWHERE = re.compile(r"'|\.\.\.| {2}|^\s|[ \t]$|\"")


def typography_faults(catalogues: Catalogues) -> Iterator[str]:
    for language, sentences in catalogues.items():
        for key, sentence in sentences.items():
            if found := EVERYWHERE.search(sentence):
                yield f"{key} ({language}): {found[0]!r} (write ’ “ ” …, no stray spaces)"
    for key, sentence in catalogues.get("fr", {}).items():
        if found := FRENCH.search(sentence):
            yield f"{key} (fr): {found[0]!r} lacks its narrow no-break space (U+202F)"


def literals(house: Iterable[Module]) -> tuple[set[str], set[str]]:
    """Whole strings in the code, and the fixed beginnings of f-strings."""
    whole, beginnings = set(), set()
    for module in house:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                beginnings.add(str(node.values[0].value))
    return whole, {text for text in beginnings if re.match(r"[a-z]+\.", text)}


def refusals(house: Iterable[Module]) -> Iterator[tuple[str, str, set[str] | None]]:
    """Where, code and parameters of each `Refusal("code", …)`; None where they are `**given`."""
    for module in house:
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.Call) or ast.unparse(node.func) != "Refusal":
                continue
            code = node.args[0] if node.args else None
            if isinstance(code, ast.Constant):
                names = {keyword.arg for keyword in node.keywords}
                given = {name for name in names if name} - ABOUT_THE_ANSWER
                where = module.at(node.lineno)
                yield where, str(code.value), None if None in names else given


def refusal_faults(house: Iterable[Module], sentences: Mapping[str, str]) -> Iterator[str]:
    for where, code, given in refusals(house):
        if code not in sentences:
            yield f"{where}: {code} has no sentence"
        elif given is not None and (lacks := parameters(sentences[code]) - given):
            yield f"{where}: {code} is not given {sorted(lacks)}"


def unused(sentences: Iterable[str], whole: set[str], beginnings: set[str]) -> Iterator[str]:
    for key in sentences:
        if key not in whole and not any(key.startswith(text) for text in beginnings):
            yield f"{key}: nobody says this"


WEB_STRINGS = re.compile(r"""["'`]([a-z]+\.[\w.]+)["'`]""")
WEB_BEGINNINGS = re.compile(r"`([a-z]+\.[\w.]*)\$\{")
WEB_CALLS = re.compile(r"""\bt\(\s*["'`]([a-z]+\.[\w.]+)["'`]""")


def web_texts() -> Iterator[tuple[Path, str]]:
    for path in walk(ROOT / "web" / "src", ".ts", ".svelte"):
        if not path.name.endswith(".test.ts"):
            yield path, path.read_text(encoding="utf-8")


@pytest.mark.parametrize("catalogues", [SERVER, WEB], ids=["server", "web"])
def test_both_languages_say_the_same(catalogues: Catalogues) -> None:
    none(language_faults(catalogues))


@pytest.mark.parametrize("catalogues", [SERVER, WEB], ids=["server", "web"])
def test_typography(catalogues: Catalogues) -> None:
    none(typography_faults(catalogues))


def test_every_refusal_has_its_sentence() -> None:
    none(refusal_faults(modules(), SERVER["en"]))


def test_every_sentence_of_the_server_is_used() -> None:
    none(unused(SERVER["en"], *literals(modules())))


def test_every_sentence_of_the_client_is_used_and_exists() -> None:
    whole: set[str] = set()
    beginnings: set[str] = set()
    unknown = []
    for path, text in web_texts():
        whole |= set(WEB_STRINGS.findall(text))
        beginnings |= set(WEB_BEGINNINGS.findall(text))
        unknown += [f"{shown(path)}: {k}" for k in WEB_CALLS.findall(text) if k not in WEB["en"]]
    none(unknown)
    none(unused(WEB["en"], whole, beginnings))


def test_the_rules_bite() -> None:
    assert list(language_faults({"en": {"a.b": "{n}"}, "fr": {"a.b": "{m}", "a.c": ""}})) == [
        "a.c: not in both languages",
        "a.b: en has ['n'], fr has ['m']",
    ]
    house = [sample("entregent.feed.actions", 'Refusal("feed.no", status=404)\nf"feed.why_{x}"')]
    assert len(list(refusal_faults(house, {}))) == 1
    assert len(list(refusal_faults(house, {"feed.no": "Wait {seconds} s."}))) == 1
    assert list(refusal_faults(house, {"feed.no": "No."})) == []
    keys = ["feed.no", "feed.why_not", "feed.never"]
    assert list(unused(keys, *literals(house))) == ["feed.never: nobody says this"]


@pytest.mark.parametrize(
    ("message", "names"),
    [
        ("Hello {name}.", {"name"}),
        ("{used, number} of {limit, number}", {"used", "limit"}),
        (
            "{n, plural, one {# day} other {# days and {rest}}} left for {name}",
            {"n", "rest", "name"},
        ),
        ("{who, select, me {You} other {{name}}}", {"who", "name"}),
    ],
)
def test_arguments(message: str, names: set[str]) -> None:
    assert arguments(message) == names


@pytest.mark.parametrize(
    ("sentence", "faults"),
    [
        ("Attention\u202f: déjà envoyé\u202f!", 0),
        ("Attention: déjà", 1),
        ("Déjà envoyé !", 1),
        ("«\u202fBonjour\u202f»", 0),
        ("à 12:30 sur https://example.org", 0),
        ("L'archive", 1),
        ("{count, plural, one {# jour} other {# jours}}", 0),
    ],
)
def test_french_typography(sentence: str, faults: int) -> None:
    assert len(list(typography_faults({"en": {}, "fr": {"a.b": sentence}}))) == faults
