"""Subtitles: files good and hostile, whose they are, and what a player is given."""

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entregent.kit.errors import Refusal
from entregent.videos.model import MAX_MS, VideoCue
from entregent.videos.subtitles import as_vtt, checked, read_file
from tests.videos.telling import Speaker, key, path_of
from tests.world import World

VTT = """\ufeffWEBVTT - made by hand
Kind: captions

STYLE
::cue { color: red }

NOTE nobody reads this

one
00:01.000 --> 00:02.500 align:start position:10%
<v Ana>Hello <i>everybody</i>,</v>
this is &lt;b&gt; and Tom &amp; Jerry

01:00:00.000 --> 01:00:01.000
Later
"""
SRT = """1\r
00:00:01,000 --> 00:00:02,500\r
<font color="red">Bonjour</font>\r
{\\an8}à tous\r
\r
2\r
00:00:02,500 --> 00:00:04,000\r
Voilà\r
"""


def cue(start: int, end: int, text: str) -> VideoCue:
    return VideoCue(start=start, end=end, text=text)


def test_both_kinds_of_file_are_read() -> None:
    assert read_file(VTT) == [
        cue(1_000, 2_500, "Hello everybody,\nthis is <b> and Tom & Jerry"),
        cue(3_600_000, 3_601_000, "Later"),
    ]
    assert read_file(SRT) == [cue(1_000, 2_500, "Bonjour\nà tous"), cue(2_500, 4_000, "Voilà")]
    assert read_file(SRT.replace("\r\n", "\r")) == read_file(SRT)


def test_cues_stand_in_the_order_of_their_times() -> None:
    text = "WEBVTT\n\n00:05.000 --> 00:06.000\nB\n\n00:01.000 --> 00:02.000\nA"
    assert [one.text for one in read_file(text)] == ["A", "B"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "videos.no_cues"),
        ("WEBVTT", "videos.no_cues"),
        ("\x00\x01\x02 no text at all", "videos.no_subtitles"),
        ("Once upon a time\n\nthere was a text", "videos.no_subtitles"),
        ("WEBVTT\n\n00:01.000 --> soon\nA", "videos.no_subtitles"),
        ("WEBVTT\n\n00:61.000 --> 00:62.000\nA", "videos.no_subtitles"),
        ("WEBVTT\n\n00:02.000 --> 00:01.000\nA", "videos.bad_cue"),
        ("WEBVTT\n\n99:00:00.000 --> 99:00:01.000\nA", "videos.bad_cue"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n" + "x" * 501, "videos.long_cue"),
        ("WEBVTT\n\n" + "00:01.000 --> 00:02.000\nA\n\n" * 2_001, "videos.many_cues"),
        ("x" * 200_001, "videos.large_subtitles"),
        ("{\n" * 90_000, "videos.no_subtitles"),
    ],
)
def test_what_is_no_file_of_subtitles(text: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_file(text)
    assert refused.value.code == code


@pytest.mark.parametrize("piece", ["<", "{", "<a", "&", "00:", "-->", "a\u0301", "\n", " \t"])
def test_a_hostile_file_takes_no_time(piece: str) -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n" + piece * (190_000 // len(piece))
    begun = time.process_time()
    with pytest.raises(Refusal):
        read_file(text)
    assert time.process_time() - begun < 2


@given(
    st.lists(
        st.tuples(
            st.integers(0, MAX_MS - 1),
            st.integers(1, 10_000),
            st.text(st.characters(exclude_characters="{}"), max_size=100),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_what_is_written_is_read_again(found: list[tuple[int, int, str]]) -> None:
    cues = checked([cue(at, min(at + lasts, MAX_MS), f"a {text}") for at, lasts, text in found])
    assert read_file(as_vtt(cues)) == cues


def test_no_text_ends_a_cue() -> None:
    written = as_vtt([cue(0, 1, "a --> b\n<script>&")])
    assert written.split("\n\n") == [
        "WEBVTT",
        "00:00:00.000 --> 00:00:00.001\na --&gt; b\n&lt;script&gt;&amp;\n",
    ]


# -- over HTTP -----------------------------------------------------------------------------------


def said(*texts: str) -> list[dict[str, Any]]:
    """Cues of a second each."""
    return [
        {"from": number * 1_000, "to": number * 1_000 + 900, "text": text}
        for number, text in enumerate(texts)
    ]


async def test_written_read_and_played(house: World) -> None:
    ana, bruno = Speaker(house, house.ana), Speaker(house, house.bruno)
    video = await ana.publish()
    track = path_of(video, "/subtitles/en")
    again = key()
    first = await ana.ask("PUT", track, cues=said(" One ", "Two"), client_id=again)
    assert first == {"language": "en", "cues": said("One", "Two")}
    assert await ana.ask("PUT", track, cues=said("One", "Two"), client_id=again) == first
    await ana.ask("PUT", path_of(video, "/subtitles/pt-BR"), file=SRT)
    found = await bruno.open(video)
    assert found["subtitles"] == [
        {"language": "en", "cues": 2},
        {"language": "pt-BR", "cues": 2},
    ]
    assert await bruno.get(track) == first
    answer = await bruno.fetch(path_of(video, "/subtitles/pt-BR.vtt"))
    assert answer.text.startswith("WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nBonjour\nà tous\n")
    assert answer.headers["content-type"] == "text/vtt; charset=utf-8"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert "sandbox" in answer.headers["content-security-policy"]
    await ana.ask("PUT", track, cues=said("Otherwise"))
    assert (await bruno.get(track))["cues"] == said("Otherwise")
    for one in (bruno, Speaker(house, house.emi)):
        await one.ask("PUT", track, 404, cues=said("Stolen"))
        await one.ask("DELETE", track, 404)
    await ana.ask("DELETE", track)
    await ana.ask("DELETE", track)
    assert (await bruno.fetch(f"{track}.vtt")).status_code == 404
    assert [one["language"] for one in (await bruno.open(video))["subtitles"]] == ["pt-BR"]


async def test_what_is_refused(house: World) -> None:
    ana = Speaker(house, house.ana)
    video = await ana.publish()
    track = path_of(video, "/subtitles/en")
    for body, code in (
        ({}, "videos.no_cues"),
        ({"cues": []}, "videos.no_cues"),
        ({"cues": said("One"), "file": SRT}, "videos.no_cues"),
        ({"cues": said(" ")}, "videos.bad_cue"),
        ({"file": "nothing of that kind"}, "videos.no_subtitles"),
    ):
        answer = await ana.ask("PUT", track, 422, **body)
        assert answer["error"]["code"] == code
    await ana.ask("PUT", track, 400, cues=[{"from": -1, "to": 5, "text": "One"}])
    await ana.ask("PUT", path_of(video, "/subtitles/no_language"), 404, cues=said("One"))
    languages = [f"x{chr(97 + number)}" for number in range(20)]
    for language in languages:
        await ana.ask("PUT", path_of(video, f"/subtitles/{language}"), cues=said("One"))
    answer = await ana.ask("PUT", track, 409, cues=said("One"))
    assert answer["error"]["code"] == "videos.many_tracks"


async def test_a_reply_that_plays_has_its_own(house: World) -> None:
    ana, bruno, emi = (Speaker(house, one) for one in (house.ana, house.bruno, house.emi))
    video = await ana.publish()
    words = await bruno.say(video, "Only words")
    film = await bruno.say(video, "", media_id=await bruno.bring())
    track = path_of(video, f"/subtitles/fr.vtt?reply={film['id']}")
    write = path_of(video, f"/subtitles/fr?reply={film['id']}")
    await bruno.ask("PUT", write, cues=said("Bonjour"))
    await emi.get(track, 404)  # it is not ready yet
    await ana.due()
    answer = await emi.fetch(track)
    assert "Bonjour" in answer.text
    (chapter,) = (await emi.thread(video))["chapters"]
    assert chapter["subtitles"] == [{"language": "fr", "cues": 1}]
    assert (await emi.open(video))["subtitles"] == []
    for one in (ana, emi):  # the film is not theirs, the video or not
        await one.ask("PUT", write, 404, cues=said("Stolen"))
        await one.ask("DELETE", write, 404)
    silent = path_of(video, f"/subtitles/fr?reply={words['id']}")
    await bruno.ask("PUT", silent, 404, cues=said("Nothing plays"))
    await bruno.ask("DELETE", path_of(video, f"/replies/{film['id']}"))
    await emi.get(track, 404)
