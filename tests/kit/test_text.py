"""Text from outside: cleaned, folded, and never a way to keep the server busy."""

import time

import pytest

from entregent.kit.text import clean, clean_line, fold, unstacked


@pytest.mark.parametrize(
    "text",
    [
        "Zoe\u0308",
        "שָׁלוֹם",
        "\u0e01\u0e33\u0e31\u0e49",
        "👩‍👩‍👧‍👦" * 20,
        "… — « » ’" * 20,
        "日本語",
        "🇫🇷" * 40,
    ],
)
def test_what_people_write_is_left_alone(text: str) -> None:
    assert unstacked(text) == text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ana \u202eziuR\u202c", "Ana ziuR"),
        ("pay\u200bpal\u2060\ufeff", "paypal"),
        ("\u2066a\u2069\U000e0001", "a"),
        (" \u200b\u2063 ", ""),
    ],
)
def test_what_hides_or_turns_letters_around_is_dropped(typed: str, kept: str) -> None:
    assert clean(typed) == clean_line(typed) == kept


@pytest.mark.parametrize(
    "text", ["نمی\u200cدانم", "👩\u200d👩\u200d👧", "❤\ufe0f", "a\u200fב", "🏴\U000e0067\U000e007f"]
)
def test_what_joins_letters_or_emoji_stays(text: str) -> None:
    assert clean(text) == text


def test_thirty_marks_on_a_letter_are_enough() -> None:
    assert unstacked("a" + "\u0301" * 100 + "b" + "\u0301" * 3) == (
        "a" + "\u0301" * 30 + "b" + "\u0301" * 3
    )


@pytest.mark.parametrize("marks", ["\u0301\u0316", "\u0316\u0301\u05b0\u0316", "\u0344"])
def test_endless_marks_take_no_quadratic_time(marks: str) -> None:
    started = time.process_time()
    clean("a" + marks * 200_000)
    fold("a" + marks * 200_000)
    assert time.process_time() - started < 3
