"""Files on their way in: as tus has them, whoever sends, whatever breaks."""

import asyncio
import base64
import hashlib
import time
from typing import Any

import httpx
import msgspec
import pytest

from entregent.media import Kept, Use, attach
from entregent.media.working import order
from tests.media.bringing import (
    PART,
    TEXT,
    TUS,
    announce,
    bring,
    brought,
    metadata,
    offset,
    part,
    png,
    stored,
    sweep,
    waiting,
)
from tests.server.asking import OURS
from tests.world import World

HOUR = 3_600


def refused(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


async def test_a_file_comes_in_parts(anywhere: World) -> None:
    world, me = anywhere, anywhere.ana
    before = world.cursor(me)
    async with world.client(me) as client:
        announced = await announce(client, len(TEXT), "notes.txt", filetype="text/plain")
        place = announced.headers["location"]
        assert announced.status_code == 201
        assert announced.headers["tus-resumable"] == "1.0.0"
        assert announced.json()["media"] | {"id": ""} == {
            "id": "", "kind": "file", "state": "receiving", "name": "notes.txt",
            "type": "text/plain", "size": len(TEXT), "width": None, "height": None,
            "duration": None, "placeholder": None, "waveform": None, "voice": False, "alt": "",
            "url": None, "files": [], "refusal": None,
        }  # fmt: skip
        assert await offset(client, place) == 0
        for start in range(0, len(TEXT), 10):
            sent = await part(client, place, start, TEXT[start : start + 10])
            assert sent.status_code == 204
            assert int(sent.headers["upload-offset"]) == min(start + 10, len(TEXT))
            assert await stored(world) == {}
        assert "upload-expires" in announced.headers
        assert "upload-expires" not in sent.headers
        key = place.rpartition("/")[2]
        assert (await client.get(f"/api/media/{key}")).json()["state"] == "processing"
        await world.house.worker.run_due()
        media = (await client.get(f"/api/media/{key}")).json()
        assert (media["state"], media["kind"]) == ("ready", "file")
        got = await client.get(media["url"])
        assert (got.status_code, got.content) == (200, TEXT)
        assert await stored(world) == {hashlib.sha256(TEXT).hexdigest(): len(TEXT)}
        assert waiting(world) == []
    told = [event["media"] for event in world.log(me, before) if event["type"] == "media.changed"]
    assert [one["state"] for one in told] == ["processing", "ready"]
    assert told[-1] == media


async def test_what_is_spoken(here: World) -> None:
    async with here.client() as client:
        answer = await client.options("/api/uploads")
    assert answer.status_code == 204
    assert answer.headers["tus-version"] == "1.0.0"
    assert answer.headers["tus-extension"] == "creation,termination,expiration,checksum"
    assert answer.headers["tus-max-size"] == str(200 * 1024 * 1024)


async def test_an_announcement_happens_once(here: World) -> None:
    async with here.client(here.ana) as client, here.client(here.bruno) as other:
        first = await announce(client, 10, key="the-same-one")
        again = await announce(client, 10, key="the-same-one")
        assert again.headers["location"] == first.headers["location"]
        assert refused(await announce(client, 11, key="the-same-one")) == (
            409,
            "kit.client_id_reused",
        )
        theirs = await announce(other, 10, key="the-same-one")
        assert theirs.headers["location"] != first.headers["location"]


async def test_nobody_elses_upload(here: World) -> None:
    async with (
        here.client(here.ana) as ana,
        here.client(here.bruno) as bruno,
        here.client() as nobody,
    ):
        place = (await announce(ana, 4)).headers["location"]
        for other, status in ((bruno, 404), (nobody, 401)):
            assert (await other.head(place, headers=TUS)).status_code == status
            assert (await part(other, place, 0, b"evil")).status_code == status
            assert (await other.delete(place, headers=TUS)).status_code == status
        assert await offset(ana, place) == 0
        del ana.headers["x-entregent"]
        assert refused(await part(ana, place, 0, b"mine")) == (403, "kit.forbidden_origin")


async def test_too_large_is_refused_before_any_byte(here: World) -> None:
    most = here.ports.settings.max_upload
    async with here.client(here.ana) as client:
        answer = await announce(client, most + 1)
        assert refused(answer) == (413, "media.too_large")
        assert "20 MiB" in answer.json()["error"]["message"]
        assert (await announce(client, most)).status_code == 201
        place = (await announce(client, 10)).headers["location"]
        assert refused(await part(client, place, 0, bytes(11))) == (413, "media.past_the_end")
        assert await offset(client, place) == 0


async def test_a_quota_for_each_member(here: World) -> None:
    settings = msgspec.structs.replace(here.ports.settings, media_quota=3_000_000)
    here.ports.settings = settings
    async with here.client(here.ana) as client, here.client(here.bruno) as other:
        assert (await announce(client, 1_500_000)).status_code == 201
        place = (await announce(client, 1_500_000)).headers["location"]
        answer = await announce(client, 1)
        assert refused(answer) == (413, "media.quota")
        assert (await announce(other, 1_500_000)).status_code == 201
        assert (await client.delete(place, headers=TUS)).status_code == 204
        assert (await announce(client, 1)).status_code == 201


@pytest.mark.parametrize(
    ("headers", "wanted"),
    [
        ({"tus-resumable": "0.2.2"}, (412, "media.wrong_version")),
        ({"content-type": "text/plain"}, (415, "media.wrong_type")),
        ({"upload-offset": "minus"}, (400, "media.bad_upload")),
        ({"upload-offset": "1"}, (409, "media.wrong_offset")),
        ({"upload-checksum": "md5 AAAA"}, (400, "media.bad_upload")),
        ({"upload-checksum": "sha1 not base64"}, (400, "media.bad_upload")),
        ({"upload-checksum": "sha1 AAAA"}, (460, "media.bad_checksum")),
    ],
)
async def test_parts_that_are_refused(
    here: World, headers: dict[str, str], wanted: tuple[int, str]
) -> None:
    async with here.client(here.ana) as client:
        place = (await announce(client, 4)).headers["location"]
        sent = {**PART, "upload-offset": "0", **headers}
        assert refused(await client.patch(place, headers=sent, content=b"four")) == wanted
        assert await offset(client, place) == 0


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"upload-length": "-1"},
        {"upload-length": "1e3"},
        {"upload-length": "4", "upload-metadata": "client_id not-base64!"},
        {"upload-length": "4", "upload-metadata": metadata(client_id="short")},
        {"upload-length": "4", "upload-metadata": metadata(filename="no key")},
        {"upload-defer-length": "1", "upload-metadata": metadata(client_id="long-enough")},
    ],
)
async def test_announcements_that_are_refused(here: World, headers: dict[str, str]) -> None:
    async with here.client(here.ana) as client:
        answer = await client.post("/api/uploads", headers={**TUS, **headers})
        assert refused(answer) == (400, "media.bad_upload")


async def test_checksums(here: World) -> None:
    async with here.client(here.ana) as client:
        place = (await announce(client, len(TEXT))).headers["location"]
        for kind, start, end in (("sha1", 0, 9), ("sha256", 9, len(TEXT))):
            piece = TEXT[start:end]
            right = base64.b64encode(hashlib.new(kind, piece).digest()).decode()
            answer = await part(
                client, place, start, b"!" * len(piece), **{"upload-checksum": f"{kind} {right}"}
            )
            assert refused(answer) == (460, "media.bad_checksum")
            assert await offset(client, place) == start
            answer = await part(
                client, place, start, piece, **{"upload-checksum": f"{kind} {right}"}
            )
            assert answer.status_code == 204


async def cut(world: World, cookie: str, place: str, content: bytes) -> int:
    """Sends a part whose line breaks after so much of it."""
    headers = {**PART, **OURS, "upload-offset": "0", "cookie": f"entregent={cookie}"}
    scope = {
        "type": "http",
        "method": "PATCH",
        "path": place,
        "root_path": "",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("192.0.2.9", 1234),
    }
    came: list[dict[str, Any]] = [
        {"type": "http.request", "body": content, "more_body": True},
        {"type": "http.disconnect"},
    ]
    statuses: list[int] = []

    async def receive() -> dict[str, Any]:
        return came.pop(0)

    async def send(message: Any) -> None:
        if "status" in message:
            statuses.append(message["status"])

    await world.app(scope, receive, send)
    return statuses[0]


async def test_a_broken_line_keeps_what_came(here: World) -> None:
    async with here.client(here.ana) as client:
        place = (await announce(client, 31)).headers["location"]
        cookie = client.cookies["entregent"]
        assert await cut(here, cookie, place, b"the first half, ") == 400
        assert await offset(client, place) == 16
        assert (await part(client, place, 16, b"the second half")).status_code == 204
        await here.house.worker.run_due()
        media = (await client.get(f"/api/media/{place.rpartition('/')[2]}")).json()
        assert (await client.get(media["url"])).content == b"the first half, the second half"


async def test_two_tabs_send_the_same(here: World) -> None:
    content = bytes(range(256)) * 6_000
    async with here.client(here.ana) as client:
        place = (await announce(client, len(content))).headers["location"]
        answers = await asyncio.gather(*(part(client, place, 0, content) for _ in range(4)))
        assert sorted({answer.status_code for answer in answers}) in ([204], [204, 409])
        await here.house.worker.run_due()
        media = (await client.get(f"/api/media/{place.rpartition('/')[2]}")).json()
        assert (await client.get(media["url"])).content == content


async def test_sent_again_after_the_end(here: World) -> None:
    """The answer to the last part was lost: the client asks, or sends it again."""
    async with here.client(here.ana) as client:
        key = await bring(client, TEXT)
        place = f"/api/uploads/{key}"
        for _ in range(2):
            assert await offset(client, place) == len(TEXT)
            assert (await part(client, place, len(TEXT), b"")).status_code == 204
            assert refused(await part(client, place, 0, TEXT)) == (409, "media.wrong_offset")
            await here.house.worker.run_due()
        assert (await client.get(f"/api/media/{key}")).json()["state"] == "ready"


async def test_an_empty_file_is_refused(here: World) -> None:
    async with here.client(here.ana) as client:
        assert refused(await announce(client, 0)) == (422, "media.empty")


async def test_an_upload_is_given_up(here: World) -> None:
    before = here.cursor(here.ana)
    async with here.client(here.ana) as client:
        place = (await announce(client, 10)).headers["location"]
        await part(client, place, 0, b"half")
        assert len(waiting(here)) == 1
        assert (await client.delete(place, headers=TUS)).status_code == 204
        await here.house.worker.run_due()
        assert waiting(here) == []
        assert (await client.head(place, headers=TUS)).status_code == 404
        assert refused(await part(client, place, 4, b"")) == (404, "media.not_yours")
    assert here.log(here.ana, before)[-1] == {
        "type": "media.removed",
        "id": place.rpartition("/")[2],
    }


async def test_an_upload_that_pauses_too_long_is_gone(here: World) -> None:
    async with here.client(here.ana) as client:
        place = (await announce(client, 10)).headers["location"]
        here.clock.forward(seconds=23 * HOUR)
        await part(client, place, 0, b"half")
        here.clock.forward(seconds=23 * HOUR)
        await sweep(here)
        assert await offset(client, place) == 4
        here.clock.forward(seconds=2 * HOUR)
        await sweep(here)
        assert (await client.head(place, headers=TUS)).status_code == 404
        assert waiting(here) == []


async def test_what_nobody_uses_goes_after_a_week(anywhere: World) -> None:
    world = anywhere
    async with world.client(world.ana) as client:
        media = await brought(world, client, TEXT)
        assert len(await stored(world)) == 1
        world.clock.forward(seconds=6 * 24 * HOUR)
        await sweep(world)
        assert len(await stored(world)) == 1
        world.clock.forward(seconds=2 * 24 * HOUR)
        await sweep(world)
        assert await stored(world) == {}
        assert (await client.get(f"/api/media/{media['id']}")).status_code == 404


async def test_bytes_that_nobody_knows_of_are_found(anywhere: World) -> None:
    """What came into the store by an accident that nothing else covers."""
    world = anywhere
    assert world.ports.blobs is not None
    async with world.client(world.ana) as client:
        key = (await brought(world, client, TEXT))["id"]
    world.do(attach, world.ana, [key], Use("message", "1.1"))
    await world.ports.blobs.put(b"a stray")
    await sweep(world)
    assert len(await stored(world)) == 2, "it may be on its way still"
    world.clock.at = time.time_ns() // 1_000_000 + 2 * HOUR * 1_000
    await sweep(world)
    assert list(await stored(world)) == [hashlib.sha256(TEXT).hexdigest()]


async def test_uploads_are_limited(here: World) -> None:
    async with here.client(here.ana) as client:
        for _ in range(120):
            answer = await announce(client, 1)
            assert answer.status_code == 201
        answer = await announce(client, 1)
        assert refused(answer) == (429, "kit.slow_down")
        assert int(answer.headers["retry-after"]) > 0


async def test_a_description(here: World) -> None:
    before = here.cursor(here.ana)
    async with here.client(here.ana) as client, here.client(here.bruno) as other:
        key = await bring(client, TEXT, alt="A page")
        path, body = f"/api/media/{key}", {"client_id": "describes-it", "alt": "A page of notes"}
        assert (await client.get(path)).json()["alt"] == "A page"
        assert (await other.patch(path, json=body)).status_code == 404
        assert (await client.patch(path, json=body)).json()["alt"] == "A page of notes"
        assert (await client.patch(path, json=body)).json()["alt"] == "A page of notes"
        long = {"client_id": "too-long-one", "alt": "x" * 1_001}
        assert refused(await client.patch(path, json=long)) == (422, "media.long_alt")
        assert here.log(here.ana, before)[-1]["media"]["alt"] == "A page of notes"
        assert (await other.get(path)).status_code == 404
        await other.delete(path)
        assert (await client.delete(path)).json() == {"done": True}
        assert (await client.delete(path)).json() == {"done": True}
        assert (await client.get(path)).status_code == 404


async def test_a_lasting_film_may_be_larger_and_longer(here: World) -> None:
    settings = here.ports.settings
    assert settings.max_film > settings.max_upload
    async with here.client(here.ana) as client:
        plain = await announce(client, settings.max_upload + 1, "film.mp4", filetype="video/mp4")
        assert plain.status_code == 413
        more = await announce(client, settings.max_film + 1, "film.mp4", lasting="1")
        assert more.status_code == 413
        film = await announce(client, settings.max_upload + 1, "film.mp4", lasting="1")
        assert film.status_code == 201
        picture = await brought(here, client, png(), "photo.png", lasting="1")
    assert picture["refusal"]["code"] in ("media.not_wanted", "media.mismatch")
    kept = Kept(state="processing", kind="video", name="a", claimed="", type="", size=1, key="")
    lasting = msgspec.structs.replace(kept, lasting=True)
    assert order(settings, kept).max_seconds == settings.max_video_seconds + 1
    assert order(settings, lasting).max_seconds == settings.max_film_seconds + 1
    assert order(settings, lasting).max_bytes == settings.max_film
    assert order(settings, lasting).kinds == {"video"}
