"""Notes in almost the same words are recognised, paraphrases and translations are not (I6)."""

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from entregent.invitations.actions import page
from entregent.invitations.wording import (
    ALIKE,
    bands,
    likeness,
    nearest,
    pieces,
    plain_words,
    shapes_of,
)
from entregent.profiles import Position, ProfileChange, change_profile
from tests.invitations.asking import RULES, asked, groups
from tests.world import World

TEMPLATE = (
    "Hello {name}, I came across your profile and was really impressed by what you do at {place}. "
    "I would love to connect and hear more about {topic}!"
)
PEOPLE = [
    ("Maria Lopez", "Airbus", "wings"),
    ("Jean-Luc Petit", "Thales Alenia Space", "orbits"),
    ("Björk Ólafsdóttir", "Össur", "knees"),
    ("李小龙", "Golden Harvest", "kicks"),
]


def said(template: str = TEMPLATE) -> list[str]:
    return [
        plain_words(template.format(name=name.split()[0], place=place, topic=topic), [name, place])
        for name, place, topic in PEOPLE
    ]


def read(shared_data: Path, name: str) -> Iterator[dict[str, str]]:
    with gzip.open(shared_data / "text" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def test_names_organisations_and_numbers_make_no_difference() -> None:
    shapes = said()
    assert all(likeness(shapes[0], other) >= ALIKE for other in shapes)
    assert shapes_of(shapes) == [0, 0, 0, 0]
    one, other = plain_words("Call 06 12 34, bridge@a.org"), plain_words("Call 99, www.b.fr")
    assert one == other == "call"


@pytest.mark.parametrize(
    "other",
    [
        "Hi {name}, your page caught my eye: {place} is lucky to have you. Shall we talk {topic}?",
        "Bonjour {name}, votre parcours chez {place} m’impressionne, parlons donc de {topic} !",
        "Hola {name}, me ha impresionado mucho su trabajo en {place}. ¿Hablamos de {topic}?",
    ],
    ids=["paraphrase", "french", "spanish"],
)
def test_paraphrases_and_translations_do_not_match(other: str) -> None:
    for mine, theirs in zip(said(), said(other), strict=True):
        assert likeness(mine, theirs) < ALIKE / 2


def test_it_knows_no_language() -> None:
    template = (
        "{name}さん、{place}でのお仕事を拝見し、大変感銘を受けました。ぜひつながりをお願いします。"
    )
    one, other = (
        plain_words(template.format(name=name, place=place))
        for name, place in (("田中", "東宝"), ("鈴木", "日立"))
    )
    assert likeness(one, other) >= ALIKE


def test_a_little_changed_is_found_by_the_bands() -> None:
    words = said()[0]
    changed = words.replace("really", "truly").replace("hear more", "learn more")
    assert set(bands(words)) & set(bands(changed))
    assert nearest(changed, [(7, "another thing altogether"), (5, words), (6, words)]) == 5
    assert nearest(changed, []) is None


def test_translations_of_the_shared_sentences_never_match(shared_data: Path) -> None:
    wrong = [
        (one["t"], one["en"])
        for one in read(shared_data, "fr_tatoeba")
        if len(one["t"]) > 20 and likeness(plain_words(one["t"]), plain_words(one["en"])) >= ALIKE
    ]
    assert wrong == []


def test_the_versions_of_one_sentence_are_not_taken_for_copies(shared_data: Path) -> None:
    """Several French sentences for one English: paraphrases, but for those that differ by a letter
    or two (feminine, tu and vous), which are the same words."""
    by_english: dict[str, list[str]] = {}
    for one in read(shared_data, "fr_tatoeba"):
        if len(one["t"]) > 30:
            by_english.setdefault(one["en"], []).append(plain_words(one["t"]))
    pairs = alike = 0
    for some in by_english.values():
        for number, shape in enumerate(some):
            for other in some[number + 1 :]:
                if set(shape.split()) & set(other.split()) == set():
                    pairs += 1
                    alike += likeness(shape, other) >= ALIKE
    assert alike == 0, f"of {pairs}"


def test_what_people_say_is_rarely_a_template(shared_data: Path) -> None:
    """Of real conversations, what stands together is nearly the same: every pair is checked."""
    texts = [
        plain_words(one["t"])
        for name in ("en_xpersona_valid", "fr_xpersona_valid")
        for one in read(shared_data, name)
        if len(one["t"]) > 60
    ][:4_000]
    leaders = shapes_of(texts)
    for place, leader in enumerate(leaders):
        assert likeness(texts[place], texts[leader]) >= ALIKE
    sizes = Counter(leaders)
    common = sum(size for size in sizes.values() if size >= 5)
    assert common < len(texts) / 50
    assert shapes_of(texts) == leaders  # the same each time


def test_nothing_is_missed_by_the_bands(shared_data: Path) -> None:
    """Beside comparing everything with everything: what the bands miss is next to nothing."""
    texts = [plain_words(one["t"]) for one in read(shared_data, "en_sgd_train")]
    texts = [text for text in texts if len(text) > 50][:700]
    found = missed = 0
    for number, one in enumerate(texts):
        for other in texts[number + 1 :]:
            if len(pieces(one) & pieces(other)) * 4 < len(pieces(one)):
                continue
            if likeness(one, other) >= ALIKE + 0.05:
                found += 1
                missed += not set(bands(one)) & set(bands(other))
    assert found > 20
    assert missed * 50 <= found


def test_one_sender_to_three_is_a_template(world: World) -> None:
    people = world.members(3)
    for number, one in enumerate(people):
        asked(world, world.emi, one, f"Dear Member {number:03}, I would love to hear of your work.")
        wanted = {"template": 1} if number == 2 else {"personal": 1}
        assert groups(world, one).items() >= wanted.items()
    assert groups(world, people[0])["template"] == 1  # those before have turned
    [shown] = world.see(page, people[0], "received", RULES).invitations
    assert shown.about is not None
    assert (shown.about.alike, shown.about.by, shown.about.wrote) == (3, "sender", "template")


def test_the_same_from_five_senders_is_a_template(world: World) -> None:
    people = world.members(5)
    heard = world.cursor(world.ana)
    for number, one in enumerate(people):
        assert groups(world, world.ana).get("template") is None
        asked(world, one, world.ana, "I would be honoured to join your prestigious network!")
        assert groups(world, world.ana).get("personal", 0) == (number + 1) % 5
    assert groups(world, world.ana)["template"] == 5
    [*_, shown] = world.see(page, world.ana, "received", RULES).invitations
    assert shown.about is not None
    assert (shown.about.alike, shown.about.by) == (5, "others")
    assert "invitations.refreshed" in [one["type"] for one in world.log(world.ana, heard)]


# Names of places are made of words that every note has.
PLACES = (
    "Institute for the Network and Ideas",
    "Joined Exchange",
    "With Honoured Members to Connect",
    "Dear & Sons",
    "",
)


def test_thirty_who_write_the_same_to_one_receiver_wrote_a_template(world: World) -> None:
    """Whatever their own names and organisations are; also those who wrote first."""
    surnames = ("Hope", "Dear", "Ideas", "Lima", "Network")
    note = "Dear Ana, I would be honoured to join your network and exchange ideas with you."
    for number in range(30):
        one = world.member(f"Grace {surnames[number // 5 % 5]}", f"grace{number}@example.org")
        if place := PLACES[number % 5]:
            position = Position(title="Member", organisation=place)
            world.do(change_profile, one, ProfileChange(positions=[position]))
        asked(world, one, world.ana, note)
        told = groups(world, world.ana)
        assert told.get("template", 0) == (number + 1 if number >= 4 else 0), number
    shown = world.see(page, world.ana, "received", RULES).invitations
    assert {(one.about.wrote, one.about.alike, one.about.by) for one in shown if one.about} == {
        ("template", 30, "others")
    }
