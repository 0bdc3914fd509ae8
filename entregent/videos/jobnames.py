"""What videos do later, by name."""

from entregent.ports.jobs import Job


class TellAuthor(Job, tag="videos.tell_author"):
    """A video's counts have changed."""

    author_id: int
    video_id: int
