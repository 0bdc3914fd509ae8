"""What happens to videos, and beneath them."""

from entregent.kit.events import Event, Fact
from entregent.kit.ids import Id
from entregent.kit.people import Card

from .model import Video, VideoReply


class VideoChanged(Event, tag="video.changed"):
    """One of the member's own videos: its state, its words, its counts. A new one is new."""

    video: Video


class VideoRemoved(Event, tag="video.removed"):
    """One of the member's own videos is no more."""

    id: Id


class VideoReplied(Event, tag="video.replied"):
    """Somebody said something beneath a video: told to its author, to whom it answers, and to the
    other devices of who said it."""

    author_id: Id
    video_id: Id
    reply: VideoReply
    card: Card
    replies_total: int


class VideoReplyChanged(Event, tag="video.reply_changed"):
    """A reply beneath a video is ready, refused, liked, or has other subtitles."""

    author_id: Id
    video_id: Id
    reply: VideoReply


class VideoReplyRemoved(Event, tag="video.reply_removed"):
    """A reply is no more; with `gone` its place is, too, and else it is left empty for those that
    answer it."""

    author_id: Id
    video_id: Id
    reply_id: Id
    gone: bool
    replies_total: int


class VideoReported(Fact):
    """A member put a video, or a reply beneath one, before the host: the words as they stood."""

    reporter_id: int
    person_id: int
    video_id: int
    reply_id: int | None
    reason: str
    note: str
    at: int
    said: str
