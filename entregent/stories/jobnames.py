"""What stories do later, by name."""

from entregent.ports.jobs import Job

from .model import StoryAudience


class Spread(Job, tag="stories.spread"):
    """A story is put into the rows of those who may see it; `again` tells those, too, in whose row
    it stands already."""

    author_id: int
    story_id: int
    again: bool = False


class Withdraw(Job, tag="stories.withdraw"):
    """A story is taken out of the rows of those who might see it and may no longer; of these people
    where that cannot be found out any more."""

    author_id: int
    story_id: int
    audience: StoryAudience
    people: list[int] | None = None


class Meet(Job, tag="stories.meet"):
    """How these stand to who tells stories is another: theirs is what is for them now."""

    author_id: int
    people: list[int]


class End(Job, tag="stories.end"):
    """A story's time is over."""

    author_id: int
    story_id: int


class Remind(Job, tag="stories.remind"):
    """A countdown of a frame is over."""

    author_id: int
    story_id: int
    number: int
    sticker: str


class RemindOf(Job, tag="stories.remind_of"):
    """A countdown is over whose frame was not kept: what is needed of it."""

    author_id: int
    topic: str
    words: str
    audience: StoryAudience
    people: list[int]


class TellAuthor(Job, tag="stories.tell_author"):
    """A story's counts have changed."""

    author_id: int
    story_id: int
