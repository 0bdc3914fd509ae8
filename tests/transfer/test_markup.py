"""HTML to text: words, line breaks, safe links, and nothing else."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entregent.transfer.linkedin.activity import article
from entregent.transfer.linkedin.markup import article_page, to_text
from entregent.transfer.linkedin.model import Article


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>a</p><p>b<br>c</p>", "a\n\nb\nc"),
        ("<ul><li>a</li><li>b</li></ul>", "• a\n\n• b"),
        ("a &amp; b &gt; c&nbsp;d &rsquo;", "a & b > c d ’"),
        (
            '<a href="https://example.com/x?a=1&amp;b=2">Read</a>',
            "Read (https://example.com/x?a=1&b=2)",
        ),
        ('<a href="https://example.com">https://example.com</a>', "https://example.com"),
        ('<a href="mailto:a@b.example">a@b.example</a>', "a@b.example"),
        ("<a href='javascript:alert(1)'>x</a>", "x"),
        ("<a href=' java\nscript:alert(1)'>x</a>", "x"),
        ("<a href=data:text/html,x>x</a>", "x"),
        ("<img src=x onerror=alert(5)>hi<iframe src=https://127.0.0.1:9></iframe>", "hi"),
        ("a<script>alert(1)</script>b<style>*{}</style>c<!-- d -->e", "abce"),
        ("a<SCRIPT >x</script\n>b", "ab"),
        ("a<script>never closed", "a"),
        ("1 < 2 <3 <", "1 < 2 <3 <"),
        ("<!doctype html><?xml?>a", "a"),
        ("İ<style>x</style>y", "İy"),
        ("&lt;b&gt;", "<b>"),
    ],
)
def test_text(markup: str, text: str) -> None:
    assert to_text(markup) == text


@given(st.text(alphabet="<>/!-ab \"'=&;\n", max_size=200))
def test_any_markup(markup: str) -> None:
    to_text(markup)


@pytest.mark.parametrize(
    "markup",
    [
        "<a " * 300_000,
        "<!--" * 250_000,
        "<script>" * 120_000,
        "&" * 1_000_000,
        "<" * 1_000_000,
        "<a href='https://x'>" * 50_000 + "</a>" * 100_000,
    ],
)
def test_hostile_markup_takes_no_quadratic_time(markup: str) -> None:
    started = time.process_time()
    to_text(markup)
    assert time.process_time() - started < 10


def test_an_article_is_read_back() -> None:
    said = Article(
        "Un <article> à moi", "Texte & plus.\n\n• un\n• deux", "https://example.org/a?b&c"
    )
    assert article(article_page(said)) == said
