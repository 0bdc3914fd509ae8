"""Videos as the wire has them, and the rules of what one may be: pure."""

from collections.abc import Iterable
from typing import Annotated, Literal

import msgspec

from entregent.kit.ids import ClientId, Id
from entregent.kit.people import Card, WithPeople
from entregent.media import Media, MediaRefusal, Spoken

VideoState = Literal["processing", "live", "refused"]
VideoAudience = Literal["everyone", "connections"]
VideoReplies = Literal["all", "connections", "none"]

MAX_TITLE, MAX_TEXT, MAX_REPLY, MAX_NOTE = 150, 2_000, 1_250, 2_000
MOST_VIDEOS = 500  # of one member
MOST_CHAPTERS = 200
MOST_TRACKS = 20  # languages of one film
MOST_CUES, MAX_CUE, MAX_TRACK = 2_000, 500, 200_000
MAX_MS = 24 * 3_600_000
ITSELF = 0  # in the place of a reply's number: the video itself
NOTHING, SOUND, FILM = range(3)  # what of a reply plays

Moment = Annotated[int, msgspec.Meta(ge=0, le=MAX_MS)]


class NewVideo(msgspec.Struct, kw_only=True):
    """A video to publish: it is shown as soon as its file is ready."""

    client_id: ClientId
    media_id: Id
    title: str
    text: str = ""
    language: Spoken = "en"
    audience: VideoAudience = "everyone"
    replies: VideoReplies = "all"


class VideoUpdate(msgspec.Struct, kw_only=True):
    """What is to be otherwise; what is left out stays."""

    client_id: ClientId
    title: str | None = None
    text: str | None = None
    language: Spoken | None = None
    audience: VideoAudience | None = None
    replies: VideoReplies | None = None


class NewVideoReply(msgspec.Struct, kw_only=True):
    """What somebody says beneath a video, in words, as a film or as a voice; `parent_id` is the
    reply that it answers."""

    client_id: ClientId
    text: str = ""
    media_id: Id | None = None
    parent_id: Id | None = None


class VideoSubtitles(msgspec.Struct, kw_only=True):
    """Subtitles that there are: in which language, and of how many cues."""

    language: str
    cues: int


class VideoCue(msgspec.Struct, kw_only=True):
    """What is read from one moment of a film to another (ms)."""

    start: Moment = msgspec.field(name="from")
    end: Moment = msgspec.field(name="to")
    text: str


class VideoTrack(msgspec.Struct, kw_only=True):
    """Subtitles in one language, in the order in which they are read."""

    language: str
    cues: list[VideoCue]


class Video(msgspec.Struct, kw_only=True):
    """A video as somebody sees it. `views` counts members, each once. `refusal` is for its author
    alone. `media` is null only when its file has gone."""

    id: Id
    author_id: Id
    state: VideoState
    title: str
    text: str
    language: str
    audience: VideoAudience
    replies: VideoReplies
    media: Media | None
    published_at: int
    subtitles: list[VideoSubtitles]
    views: int
    likes: int
    liked: bool
    replies_total: int
    may_reply: bool
    mine: bool
    refusal: MediaRefusal | None


class VideoReply(msgspec.Struct, kw_only=True):
    """A reply as somebody sees it. Of one that was removed only its place is left, and only while
    others answer it. `answers` counts those directly beneath it."""

    id: Id
    member_id: Id | None
    parent_id: Id | None
    text: str
    media: Media | None
    at: int
    state: VideoState
    subtitles: list[VideoSubtitles]
    likes: int
    liked: bool
    removed: bool
    may_remove: bool
    answers: int


class VideoDone(msgspec.Struct, kw_only=True):
    """A video as it is now."""

    video: Video


class VideoOpened(msgspec.Struct, kw_only=True):
    """A video, and whose it is."""

    video: Video
    card: Card


class Videos(msgspec.Struct, kw_only=True):
    """A page of a profile's videos, the latest first; `total` counts what the reader may see."""

    videos: list[Video]
    next: str | None
    total: int


class VideoReplyDone(msgspec.Struct, kw_only=True):
    """A reply as it is now, and how many there are beneath the video."""

    reply: VideoReply
    replies_total: int


class VideoThread(WithPeople, kw_only=True):
    """A page of replies, the oldest first. The first page of a video has its chapters, too: every
    film that answers it, in the order in which they are played."""

    replies: list[VideoReply]
    chapters: list[VideoReply]
    next: str | None
    total: int

    def people(self) -> Iterable[int]:
        spoken = [*self.replies, *self.chapters]
        return {int(one.member_id) for one in spoken if one.member_id is not None}
