"""What happens to stories."""

from entregent.kit.events import Event, Fact
from entregent.kit.ids import Id

from .model import Story, StorySettings, Teller


class StoryPublished(Event, tag="story.published"):
    """Somebody whom the member may see tells something new: their ring as it is now. The card says
    nothing of what depends on how near the two are."""

    teller: Teller


class StoryGone(Event, tag="story.gone"):
    """A story is there no more for the member: the ring that is left, if any. Without a story,
    everything of that author has gone."""

    author_id: Id
    story_id: Id | None
    teller: Teller | None


class StoryChanged(Event, tag="story.changed"):
    """One of the member's own stories: its counts, its state, its audience."""

    story: Story


class StoryRemoved(Event, tag="story.removed"):
    """One of the member's own stories is no more."""

    id: Id


class StoriesSeen(Event, tag="stories.seen"):
    """The member has seen more of somebody's: so many frames of all that they tell; `unseen` is
    what the number of people with something new changes by."""

    author_id: Id
    seen: int
    unseen: int


class StoriesMuted(Event, tag="stories.muted"):
    """The member wants to be shown somebody's stories last, or no longer so."""

    author_id: Id
    muted: bool


class StorySettingsChanged(Event, tag="stories.settings"):
    """How the member wants stories."""

    settings: StorySettings


class StoryReported(Fact):
    """A member put a story before the host: the words on its frames, as they stood."""

    reporter_id: int
    author_id: int
    story_id: int
    reason: str
    note: str
    at: int
    said: list[str]
