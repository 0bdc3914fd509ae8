"""What is said in a film of a story: in several languages, written before it is told and after."""

from typing import Any

import msgspec

from entregent.moderation.hosts import grant
from entregent.stories.model import Drawn, StoryLine, StoryTrack
from tests.media.bringing import bring
from tests.stories.telling import HOUR, Teller, card, path_of
from tests.videos.telling import clip
from tests.world import World


def said_in(language: str, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines of one language."""
    return [{"language": language, "lines": lines}]


async def test_a_film_has_subtitles_in_their_order(house: World) -> None:
    ana, bruno = Teller(house, house.ana), Teller(house, house.bruno)
    async with house.client(house.ana) as client:
        film_id = await bring(client, clip(), "clip.mp4", filetype="video/mp4")
    lines = [
        {"from": 500, "to": 900, "text": "there"},
        {"from": 0, "to": 500, "text": " Hello "},
    ]
    tracks = [{"language": "en", "lines": lines}, {"language": "fr", "lines": []}]
    film = {"kind": "video", "media_id": film_id, "subtitles": tracks}
    story = await ana.tell(film, card("Nothing is said here", subtitles=tracks), hours=1)
    house.clock.forward(seconds=60)
    await house.house.worker.run_due()
    (told,) = (await bruno.open(house.ana))["stories"]
    english = [{"from": 0, "to": 500, "text": "Hello"}, {"from": 500, "to": 900, "text": "there"}]
    assert told["frames"][0]["subtitles"] == [{"language": "en", "lines": english}]
    assert told["frames"][1]["subtitles"] == []
    # What is reported are its words, the spoken ones too.
    await bruno.ask("POST", path_of(story, "/report"), reason="spam")
    house.do(grant, house.chloe)
    assert "Hello\nthere" in str(
        (await Teller(house, house.chloe).get(f"/api/host/reports/{house.ana}"))["reports"]
    ).replace("\\n", "\n")

    for wrong, code in (
        ([{"from": 5, "to": 5, "text": "x"}], "stories.bad_line"),
        ([{"from": 0, "to": 61_000, "text": "x"}], "stories.bad_line"),
        ([{"from": 0, "to": 5, "text": " "}], "stories.bad_line"),
        ([{"from": 0, "to": 5, "text": "x" * 201}], "stories.too_long"),
        ([{"from": 0, "to": 5, "text": "x"}] * 121, "stories.many_lines"),
    ):
        told = {
            "frames": [{**film, "subtitles": said_in("en", wrong)}],
            "audience": {"who": "everyone"},
        }
        refused = await ana.ask("POST", "/api/stories", 422, **told)
        assert refused["error"]["code"] == code
    many = [one for number in range(21) for one in said_in(f"aa-{number:02}", english)]
    refused = await ana.ask("PUT", path_of(story, "/frames/1/subtitles"), 422, tracks=many)
    assert refused["error"]["code"] == "stories.many_tracks"


async def test_subtitles_are_said_otherwise_while_it_is_told_and_when_it_is_over(
    house: World,
) -> None:
    ana, bruno = Teller(house, house.ana), Teller(house, house.bruno)
    async with house.client(house.ana) as client:
        film_id = await bring(client, clip(), "clip.mp4", filetype="video/mp4")
    line = {"from": 0, "to": 500, "text": "Hello"}
    film = {"kind": "video", "media_id": film_id, "subtitles": said_in("en", [line])}
    story = await ana.tell(film, card("Nothing is said here"), hours=1)
    house.clock.forward(seconds=60)
    await house.house.worker.run_due()
    place = path_of(story, "/frames/1/subtitles")
    both = [*said_in("en", [line]), *said_in("fr", [{**line, "text": "Bonjour"}])]
    done = await ana.ask("PUT", place, tracks=both)
    assert done["story"]["frames"][0]["subtitles"] == both
    (told,) = (await bruno.open(house.ana))["stories"]
    assert told["frames"][0]["subtitles"] == both
    # Nobody else writes there, and nothing is said on a card.
    await bruno.ask("PUT", place, 404, tracks=[])
    await ana.ask("PUT", path_of(story, "/frames/2/subtitles"), 404, tracks=both)
    await ana.ask("PUT", path_of(story, "/frames/9/subtitles"), 404, tracks=both)

    house.clock.forward(seconds=2 * HOUR)
    await house.house.worker.run_due()
    french = said_in("fr", [{**line, "text": "Salut"}])
    await ana.ask("PUT", place, tracks=french)
    (over,) = (await ana.get("/api/stories/archive"))["stories"]
    assert over["frames"][0]["subtitles"] == french
    # With the frame goes what was said in it.
    await ana.ask("DELETE", path_of(story, "/frames/1"))
    await ana.ask("PUT", place, 404, tracks=french)
    (left,) = (await ana.get("/api/stories/archive"))["stories"]
    assert [one["subtitles"] for one in left["frames"]] == [[]]


def test_lines_that_were_kept_without_a_language_are_read_still() -> None:
    kept = b'{"number":1,"kind":"video","subtitles":[{"from":0,"to":500,"text":"Hello"}]}'
    read = msgspec.json.decode(kept, type=Drawn)
    line = StoryLine(start=0, end=500, text="Hello")
    assert read.tracks == [StoryTrack(language="und", lines=[line])]
    assert msgspec.json.decode(msgspec.json.encode(read), type=Drawn) == read
