"""Stories as the wire has them, and the rules of what one may be: pure."""

from collections.abc import Iterable
from typing import Annotated, Literal

import msgspec

from entregent.kit.ids import ClientId, Id
from entregent.kit.people import Card, WithPeople
from entregent.media import Media, Spoken

StoryKind = Literal[
    "moment", "tip", "help", "reaction", "event", "milestone", "hiring", "live", "pointer"
]
StoryState = Literal["processing", "refused", "live", "archived"]
FrameKind = Literal["photo", "video", "text"]
StickerKind = Literal["text", "mention", "link", "question", "poll", "countdown", "job"]
Who = Literal["connections", "close", "list", "group", "everyone"]
Replies = Literal["all", "connections", "none"]
Viewing = Literal["name", "headline", "private"]
RowShown = Literal["shown", "collapsed", "off"]
Look = Literal["ink", "paper", "dawn", "sea", "forest", "plum", "clay", "slate"]

VIEWINGS: tuple[Viewing, ...] = ("name", "headline", "private")
LIVE: tuple[StoryState, ...] = ("live",)

MOST_FRAMES = 20
MOST_STICKERS = 20
MOST_STROKES = 300
MOST_POINTS = 20_000  # numbers in all the strokes of a frame
MOST_VIDEO_MS = 60_500  # a minute, as cameras count it
MOST_HIDDEN = 1_000
MOST_CLOSE = 500
MOST_KEPT = 100  # frames of a highlight
MOST_HIGHLIGHTS = 50
MAX_TEXT, MAX_CAPTION, MAX_ALT, MAX_URL, MAX_OPTION = 700, 500, 1_000, 2_000, 80
MAX_STICKER, MAX_ANSWER, MAX_TITLE, MAX_REPLY, MAX_PROMPT = 200, 500, 80, 8_000, 200
MAX_TAG = 40
MOST_TRACKS = 20  # languages of a film's subtitles
MOST_LINES, MAX_LINE = 120, 200  # of each
HOUR_MS = 3_600_000
UNKNOWN = "und"  # a language of which nothing is known

Mille = Annotated[int, msgspec.Meta(ge=0, le=1_000)]
Colour = Annotated[str, msgspec.Meta(pattern=r"^#[0-9a-f]{6}$")]
Moment = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
Name = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9-]{1,36}$")]


# -- what an author makes ------------------------------------------------------------------------


class StoryAudience(msgspec.Struct, kw_only=True):
    """Who may see a story. `ref` is the tag of a list on people, or the id of a group;
    `connections` are followers, too."""

    who: Who
    ref: Annotated[str, msgspec.Meta(max_length=MAX_TAG)] | None = None
    hidden_from: Annotated[list[Id], msgspec.Meta(max_length=MOST_HIDDEN)] = []


class StoryCrop(msgspec.Struct, kw_only=True):
    """The part of a picture that is shown, per mille of its sides."""

    x: Mille
    y: Mille
    width: Annotated[int, msgspec.Meta(ge=1, le=1_000)]
    height: Annotated[int, msgspec.Meta(ge=1, le=1_000)]


class StoryStroke(msgspec.Struct, kw_only=True):
    """A line drawn by hand: x and y in turn, per mille of the frame."""

    colour: Colour
    width: Annotated[int, msgspec.Meta(ge=1, le=200)]
    points: Annotated[
        list[Annotated[int, msgspec.Meta(ge=-1_000, le=2_000)]],
        msgspec.Meta(min_length=2, max_length=4_000),
    ]


class NewSticker(msgspec.Struct, kw_only=True):
    """Something put on a frame; `x` and `y` are its centre, per mille of the frame."""

    id: Name
    kind: StickerKind
    x: Mille
    y: Mille
    scale: Annotated[int, msgspec.Meta(ge=10, le=1_000)] = 100  # percent
    turn: Annotated[int, msgspec.Meta(ge=-360, le=360)] = 0  # degrees
    text: str = ""
    member_id: Id | None = None  # of a mention
    url: str | None = None  # of a link, or of a job where it has a page
    place: str = ""  # of a job
    options: list[str] = []  # of a poll
    at: Moment | None = None  # of a countdown


class StoryLine(msgspec.Struct, kw_only=True):
    """What is read from one moment of a film to another (ms): a line of its subtitles."""

    start: Moment = msgspec.field(name="from")
    end: Moment = msgspec.field(name="to")
    text: str


class StoryTrack(msgspec.Struct, kw_only=True):
    """A film's subtitles in one language."""

    language: Spoken
    lines: list[StoryLine]


class NewFrame(msgspec.Struct, kw_only=True):
    """A frame to publish: a photo, a short video, or a text on one of the looks."""

    kind: FrameKind
    media_id: Id | None = None
    text: str = ""
    look: Look = "ink"
    caption: str = ""
    alt: str = ""
    crop: StoryCrop | None = None
    drawing: Annotated[list[StoryStroke], msgspec.Meta(max_length=MOST_STROKES)] = []
    stickers: list[NewSticker] = []
    subtitles: list[StoryTrack] = []


class NewStory(msgspec.Struct, kw_only=True):
    """A story to publish."""

    client_id: ClientId
    frames: list[NewFrame]
    audience: StoryAudience
    kind: StoryKind = "moment"
    prompt_id: Id | None = None  # of the day's prompt, where it answers that
    replies: Replies = "all"
    hours: Annotated[int, msgspec.Meta(ge=1, le=168)] = 24


# -- what is shown -------------------------------------------------------------------------------


class StorySticker(msgspec.Struct, kw_only=True):
    """A sticker as somebody sees it. `votes` by option once they have voted, and for the author;
    `mine` is their own vote; `answers` how many there are, for the author; `reminded` whether they
    are to be reminded of a countdown."""

    id: str
    kind: StickerKind
    x: int
    y: int
    scale: int
    turn: int
    text: str
    member_id: Id | None
    url: str | None
    place: str
    domain: str | None
    options: list[str]
    at: int | None
    votes: list[int] | None
    mine: int | None
    answered: bool
    reminded: bool
    answers: int | None


class FrameCounts(msgspec.Struct, kw_only=True):
    """How many people saw a frame, liked it, replied to it, and opened its link."""

    viewers: int
    likes: int
    replies: int
    taps: int


class StoryFrame(msgspec.Struct, kw_only=True):
    """A frame as somebody sees it; `counts` is for the author only."""

    id: Id
    kind: FrameKind
    media: Media | None
    text: str
    look: Look
    caption: str
    alt: str
    crop: StoryCrop | None
    drawing: list[StoryStroke]
    stickers: list[StorySticker]
    subtitles: list[StoryTrack]
    liked: bool
    counts: FrameCounts | None


class StoryRefusal(msgspec.Struct, kw_only=True):
    """Why a frame was not taken: the story waits until the frame is taken out."""

    frame_id: Id
    code: str
    message: str


class Story(msgspec.Struct, kw_only=True):
    """A story as somebody sees it. `seen` is how many of its frames they have seen. What is for the
    author alone is null for others."""

    id: Id
    author_id: Id
    kind: StoryKind
    prompt: str | None
    published_at: int
    expires_at: int
    state: StoryState
    frames: list[StoryFrame]
    seen: int
    may_reply: bool
    replies: Replies | None
    audience: StoryAudience | None
    viewers: int | None
    completed: int | None
    refusals: list[StoryRefusal]


class Teller(msgspec.Struct, kw_only=True):
    """One ring of the row: somebody with live stories. There is something new while
    `seen < frames`."""

    card: Card
    frames: int
    seen: int
    latest_at: int
    expires_at: int
    muted: bool
    placeholder: str | None


class StoryPrompt(msgspec.Struct, kw_only=True):
    """What the host asks everybody today."""

    id: Id
    text: str


class StorySettings(msgspec.Struct, kw_only=True):
    """How a member is seen as a viewer, how the row stands on their page, whether frames move
    (null: as the device says), whether what has ended is kept for them, and in which of their
    mailboxes a conversation begins that is a reply (null: in the personal one)."""

    viewing: Viewing = "name"
    row: RowShown = "shown"
    motion: bool | None = None
    archive: bool = True
    box: Id | None = None


class StoryRow(msgspec.Struct, kw_only=True):
    """The row of stories: own first, then those with something new. `unseen` counts people."""

    own: Teller | None
    tellers: list[Teller]
    next: str | None
    unseen: int
    prompt: StoryPrompt | None
    settings: StorySettings


class Told(msgspec.Struct, kw_only=True):
    """All that somebody tells at the moment, the oldest first."""

    card: Card
    stories: list[Story]


class StoryDone(msgspec.Struct, kw_only=True):
    """A story as its author sees it now; null where it is no more."""

    story: Story | None


class StoryViewer(msgspec.Struct, kw_only=True):
    """Somebody who has seen a story: by name, or by headline only; `likes` are frames. `lead`:
    whether the author keeps them as one, of those who are named."""

    card: Card | None
    headline: str | None
    frames: int
    likes: list[Id]
    lead: bool
    at: int


class LeadDone(msgspec.Struct, kw_only=True):
    """Whether somebody is a lead now, and what the member calls their list."""

    lead: bool
    tag: str


class StoryViewers(msgspec.Struct, kw_only=True):
    """Who has seen a story, the latest first. `hidden` of the `total` want not to be named."""

    viewers: list[StoryViewer]
    next: str | None
    total: int
    hidden: int
    completed: int


class StoryAnswer(msgspec.Struct, kw_only=True):
    """What somebody answered to a question, or chose in a poll. `named`: the answer may be shown
    to others with the name of who gave it."""

    card: Card
    text: str
    option: int | None
    named: bool
    at: int


class StoryAnswers(msgspec.Struct, kw_only=True):
    """Answers to a sticker, the latest first."""

    answers: list[StoryAnswer]
    next: str | None
    total: int


class StoryArchive(msgspec.Struct, kw_only=True):
    """A member's own stories that have ended, the latest first."""

    stories: list[Story]
    next: str | None
    total: int


class StickerDone(msgspec.Struct, kw_only=True):
    """A sticker after what was done with it."""

    sticker: StorySticker


class CloseCircle(WithPeople, kw_only=True):
    """Those who see what is for the close circle; nobody is told that they are in it."""

    member_ids: list[Id]

    def people(self) -> Iterable[int]:
        return [int(one) for one in self.member_ids]


# -- as it is kept -------------------------------------------------------------------------------


class Drawn(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A frame as its story keeps it. `number` stays the same when others are taken out."""

    number: int
    kind: FrameKind
    media_id: str | None = None
    text: str = ""
    look: Look = "ink"
    caption: str = ""
    alt: str = ""
    crop: StoryCrop | None = None
    drawing: list[StoryStroke] = []
    stickers: list[NewSticker] = []
    tracks: list[StoryTrack] = []
    subtitles: list[StoryLine] = []  # as they were kept before they had a language

    def __post_init__(self) -> None:
        if self.subtitles:
            self.tracks = [StoryTrack(language=UNKNOWN, lines=self.subtitles)]
            self.subtitles = []


class Texts(msgspec.Struct, kw_only=True):
    """A prompt in the languages of the house."""

    en: str
    fr: str

    def said_in(self, language: str) -> str:
        """The one for a reader."""
        return self.fr if language == "fr" else self.en


class Prompt(msgspec.Struct, kw_only=True):
    """The prompt of the day as it is kept."""

    id: Id
    texts: Texts
