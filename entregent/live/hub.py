"""Who follows which log here, and how an event reaches them without a question to the database."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

LONGEST_QUEUE = 1_000
MEMBERS_PER_HINT = 1_000
MOST_STREAMS = 20


class Appended(NamedTuple):
    """One event as it stands in one member's log."""

    member_id: int
    seq: int
    event: str


class Follower:
    """One open stream. `cursor` is the last number it was given.

    The queue holds frames ready to be sent; `behind` says that the log must be read again, which
    is what happens when a number is missing, and `ended` names why the stream must close.
    """

    __slots__ = (
        "_waiter",
        "behind",
        "carries",
        "cursor",
        "ended",
        "frames",
        "member_id",
        "overdue",
        "session_id",
        "task",
        "until",
    )

    def __init__(
        self, member_id: int, session_id: int, cursor: int, until: int = 2**63 - 1
    ) -> None:
        self.member_id = member_id
        self.session_id = session_id
        self.cursor = cursor
        self.until = until  # when its session ends by age, unless it was used since
        self.carries = True  # messages; not the stream of a token that may not read them
        self.frames: deque[bytes] = deque()
        self.behind = True
        self.ended: str | None = None
        self.overdue = False
        self.task: asyncio.Task[None] | None = None  # what sends down this stream
        self._waiter: asyncio.Future[None] | None = None

    def wake(self) -> None:
        """Lets `wait` return."""
        waiter = self._waiter
        if waiter is not None and not waiter.done():
            waiter.set_result(None)

    async def wait(self) -> None:
        """Returns when there is something to send, to read or to end."""
        if self.frames or self.behind or self.ended:
            return
        self._waiter = asyncio.get_running_loop().create_future()
        try:
            await self._waiter
        finally:
            self._waiter = None

    def offer(self, seq: int, frame: bytes) -> None:
        """Takes the next event, or notes that one is missing."""
        if seq <= self.cursor or self.ended:
            return
        if seq != self.cursor + 1 or self.behind:
            self.behind = True
        elif len(self.frames) >= LONGEST_QUEUE:
            self.ended = "slow"
        else:
            self.cursor = seq
            self.frames.append(frame)
        self.wake()

    def end(self, why: str) -> None:
        """Closes the stream, telling the client why."""
        self.ended = self.ended or why
        self.wake()

    def offer_now(self, frame: bytes) -> None:
        """Takes what is true at this moment only; it has no number, and the slow go without."""
        if self.ended is None and len(self.frames) < LONGEST_QUEUE // 2:
            self.frames.append(frame)
            self.wake()


def frame(seq: int, event: str) -> bytes:
    """An event as Server-Sent Events write it. JSON has no raw line feeds, so one line holds it."""
    return b"id: %d\ndata: %s\n\n" % (seq, event.encode())


def frame_now(event: bytes) -> bytes:
    """What is true at this moment only, as Server-Sent Events write it."""
    return b"event: now\ndata: %s\n\n" % event


class Hub:
    """The followers of this process.

    `announce` tells other processes that logs have grown; the default is to have none. Nobody has
    more than `most` streams open here: the oldest makes room. `on_watched` is told when a log of
    the `watched` members has grown, whoever follows it.
    """

    def __init__(
        self, announce: Callable[[bytes], None] | None = None, most: int = MOST_STREAMS
    ) -> None:
        self._followers: dict[int, list[Follower]] = {}
        self._closed: str | None = None
        self._most = most
        self.announce = announce
        self.watched: set[int] = set()
        self.on_watched: Callable[[int], None] | None = None
        self.on_carried: Callable[[int, str], None] | None = None  # an event went to a follower

    def __len__(self) -> int:
        return sum(map(len, self._followers.values()))

    def follow(self, follower: Follower) -> None:
        """Starts giving a follower what its log grows by."""
        if self._closed is not None:
            follower.end(self._closed)
        following = self._followers.setdefault(follower.member_id, [])
        following.append(follower)
        open_ones = [one for one in following if one.ended is None]
        for oldest in open_ones[: max(0, len(open_ones) - self._most)]:
            oldest.end("many")

    def leave(self, follower: Follower) -> None:
        """Stops."""
        following = self._followers.get(follower.member_id)
        if following and follower in following:
            following.remove(follower)
            if not following:
                del self._followers[follower.member_id]

    def appended(self, entries: Sequence[Appended]) -> None:
        """Hands freshly committed events to their followers, and hints to other processes."""
        followers = self._followers
        for member_id, seq, event in entries:
            following = followers.get(member_id)
            if following:
                ready = frame(seq, event)
                carried = False
                for follower in following:
                    follower.offer(seq, ready)
                    carried = carried or follower.carries
                if carried and self.on_carried is not None:
                    self.on_carried(member_id, event)
        if self.watched and self.on_watched is not None:
            for member_id in self.watched.intersection([entry[0] for entry in entries]):
                self.on_watched(member_id)
        if self.announce is not None:
            members = list({entry[0] for entry in entries})
            for start in range(0, len(members), MEMBERS_PER_HINT):
                some = members[start : start + MEMBERS_PER_HINT]
                self.announce(",".join(map(str, some)).encode())

    def whisper(self, members: Iterable[int], event: bytes) -> None:
        """Gives followers here what is true at this moment only."""
        ready = frame_now(event)
        for member_id in members:
            for follower in self._followers.get(member_id, ()):
                follower.offer_now(ready)

    def hinted(self, members: Iterable[int]) -> None:
        """Another process wrote to these logs: their followers read them again."""
        for member_id in members:
            for follower in self._followers.get(member_id, ()):
                follower.behind = True
                follower.wake()

    def beat(self) -> None:
        """Sends a comment down every idle stream, so that proxies keep it open.

        Cuts off who was to be closed and has not even taken that since the last time.
        """
        for following in self._followers.values():
            for follower in following:
                if follower.ended is not None:
                    if follower.overdue and follower.task is not None:
                        follower.task.cancel()
                    follower.overdue = True
                elif not follower.frames:
                    follower.frames.append(b":\n\n")
                    follower.wake()

    def lapsed(self, now: int) -> list[Follower]:
        """The streams whose session should have ended by age, as far as was known."""
        return [
            follower
            for following in self._followers.values()
            for follower in following
            if follower.until <= now and follower.ended is None
        ]

    def members(self) -> list[int]:
        """The members who have a stream open here."""
        return list(self._followers)

    def cursors(self) -> dict[int, int]:
        """How far the slowest stream of each member has come."""
        return {
            member_id: min(follower.cursor for follower in following)
            for member_id, following in self._followers.items()
        }

    def end_session(self, member_id: int, session_id: int) -> None:
        """Closes the streams of a session."""
        for follower in self._followers.get(member_id, ()):
            if follower.session_id == session_id:
                follower.end("revoked")

    def end_all(self) -> None:
        """Closes every stream, those too that are still to come."""
        self._closed = "shutdown"
        for following in self._followers.values():
            for follower in following:
                follower.end(self._closed)
