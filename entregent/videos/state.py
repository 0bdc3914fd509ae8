"""What a client holds of videos, and how events change it: pure, and the same in the browser.

`tests/triples` holds what both must agree on.
"""

import msgspec

from entregent.kit.events import Event

from .events import (
    VideoChanged,
    VideoRemoved,
    VideoReplied,
    VideoReplyChanged,
    VideoReplyRemoved,
)
from .model import Video, VideoReply


class State(msgspec.Struct, kw_only=True):
    """The videos of one author, the latest first, and all that was said beneath one of them, the
    oldest first."""

    videos: list[Video]
    replies: list[VideoReply]


def state_of(videos: list[Video], replies: list[VideoReply]) -> State:
    """The state as a client makes it of what it has read. Links to files are made anew each time,
    and no part of it."""
    return State(
        videos=[_plain(one) for one in videos],
        replies=sorted((_plain_reply(one) for one in replies), key=lambda one: int(one.id)),
    )


def apply(state: State, event: Event) -> State:
    """The state after an event; the browser's `apply` does the same."""
    change = msgspec.structs.replace
    match event:
        case VideoChanged():
            others = [one for one in state.videos if one.id != event.video.id]
            videos = sorted([*others, _plain(event.video)], key=lambda one: -int(one.id))
            return change(state, videos=videos)
        case VideoRemoved():
            return change(state, videos=[one for one in state.videos if one.id != event.id])
        case VideoReplied():
            return change(
                state,
                videos=_counted(state, event.video_id, event.replies_total),
                replies=_answered(_put(state.replies, _plain_reply(event.reply))),
            )
        case VideoReplyChanged():
            return change(state, replies=_answered(_put(state.replies, _plain_reply(event.reply))))
        case VideoReplyRemoved():
            return change(
                state,
                videos=_counted(state, event.video_id, event.replies_total),
                replies=_answered(_without(state.replies, event.reply_id, event.gone)),
            )
    return state


def _plain(video: Video) -> Video:
    return msgspec.structs.replace(video, media=None)


def _plain_reply(reply: VideoReply) -> VideoReply:
    return msgspec.structs.replace(reply, media=None)


def _counted(state: State, video: str, total: int) -> list[Video]:
    return [
        msgspec.structs.replace(one, replies_total=total) if one.id == video else one
        for one in state.videos
    ]


def _put(replies: list[VideoReply], reply: VideoReply) -> list[VideoReply]:
    others = [one for one in replies if one.id != reply.id]
    return sorted([*others, reply], key=lambda one: int(one.id))


def _without(replies: list[VideoReply], number: str, gone: bool) -> list[VideoReply]:
    """Without a reply; with it goes the place of the one it answered, if that is empty now."""
    if not gone:
        return [
            msgspec.structs.replace(
                one, member_id=None, text="", likes=0, liked=False, subtitles=[],
                state="live", removed=True, may_remove=False,
            )
            if one.id == number
            else one
            for one in replies
        ]  # fmt: skip
    left = [one for one in replies if one.id != number]
    parents = {one.parent_id for one in left}
    above = {one.parent_id for one in replies if one.id == number}
    return [one for one in left if not (one.removed and one.id in above and one.id not in parents)]


def _answered(replies: list[VideoReply]) -> list[VideoReply]:
    """With how many answer each."""
    answers: dict[str | None, int] = {}
    for one in replies:
        answers[one.parent_id] = answers.get(one.parent_id, 0) + 1
    return [msgspec.structs.replace(one, answers=answers.get(one.id, 0)) for one in replies]
