"""Videos and what their authors do with them, over HTTP; seeing and liking one."""

import msgspec

from entregent.kit.paging import page_size
from entregent.kit.routes import Call, Done
from entregent.live import once
from entregent.ports.db import Transaction

from .. import actions, reading
from ..model import NewVideo, VideoDone, VideoOpened, Videos, VideoUpdate
from ..sight import Key
from .routes import MOST, ONE, VideoDeed, VideoLike, key_in, routes


class VideosQuery(msgspec.Struct, kw_only=True):
    """Which page."""

    after: str = ""
    limit: int = 20


@routes.get("/api/profiles/{handle}/videos")
async def list_videos(call: Call, query: VideosQuery) -> Videos:
    """What somebody shows on the profile for good, as far as I may see it."""
    asked = query.after, page_size(query.limit, MOST)
    return await call.ports.db.read(
        reading.videos, call.me, call.path["handle"], call.language, *asked
    )


@routes.post("/api/videos", limit="video", sends=True)
async def publish(call: Call, body: NewVideo) -> VideoDone:
    """Publishes a video: it is shown as soon as its file is ready."""
    return await call.ports.db.write(
        once, call.me, body.client_id, VideoDone, actions.publish, call.me, body, call.language
    )


@routes.get(ONE)
async def open_video(call: Call) -> VideoOpened:
    """One video, and whose it is."""
    return await call.ports.db.read(reading.opened, call.me, key_in(call), call.language)


@routes.patch(ONE)
async def change_video(call: Call, body: VideoUpdate) -> VideoDone:
    """Says otherwise what it is called, who may see it, who may reply: at once."""
    done = body.client_id, VideoDone, actions.change, call.me, key_in(call), body, call.language
    return await call.ports.db.write(once, call.me, *done)


@routes.delete(ONE)
async def delete_video(call: Call) -> Done:
    """Deletes a video with all that was said beneath it. Repeating it changes nothing."""
    await call.ports.db.write(actions.delete, call.me, key_in(call))
    return Done()


@routes.post(f"{ONE}/seen", limit="seen")
async def see_video(call: Call, body: VideoDeed) -> Done:
    """Counts me among those who have seen it, once."""
    return await call.ports.db.write(
        once, call.me, body.client_id, Done, _see, call.me, key_in(call)
    )


def _see(tx: Transaction, me: int, key: Key) -> Done:
    actions.see(tx, me, key)
    return Done()


@routes.put(f"{ONE}/like", limit="react", sends=True)
async def like_video(call: Call, body: VideoLike) -> VideoDone:
    """Says that I like it, or takes that back."""
    return await call.ports.db.write(actions.like, call.me, key_in(call), body.on, call.language)
