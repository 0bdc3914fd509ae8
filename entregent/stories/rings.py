"""What somebody tells, in numbers: all that a teller is but the face."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from entregent.kit.people import Card

from .model import Teller
from .numbers import seen_of
from .sight import Key, key_of


class Ring(NamedTuple):
    """An author's live stories, as far as somebody may see them."""

    author_id: int
    latest_id: int  # the story told last
    frames: int
    seen: int
    latest_at: int
    expires_at: int
    placeholder: str | None

    @property
    def new(self) -> bool:
        """Whether there is something that the member has not seen."""
        return self.seen < self.frames

    def teller(self, face: Card, muted: bool) -> Teller:
        """With the face."""
        return Teller(
            card=face,
            frames=self.frames,
            seen=self.seen,
            latest_at=self.latest_at,
            expires_at=self.expires_at,
            muted=muted,
            placeholder=self.placeholder,
        )


def rings_of(heads: Iterable[Any], numbers: Mapping[Key, int]) -> dict[int, Ring]:
    """What each author tells, of the stories given; `numbers` is how far they were seen."""
    told: dict[int, list[Any]] = {}
    for head in heads:
        told.setdefault(head.author_id, []).append(head)
    return {author: _ring(author, some, numbers) for author, some in told.items()}


def _ring(author: int, heads: Sequence[Any], numbers: Mapping[Key, int]) -> Ring:
    latest_id = frames = seen = latest_at = expires_at = 0
    placeholder = None
    for head in sorted(heads, key=key_of):
        latest_id = head.story_id
        frames += head.mask.bit_count()
        seen += seen_of(head.mask, numbers.get(key_of(head), 0))
        latest_at = max(latest_at, head.published_at)
        expires_at = max(expires_at, head.expires_at)
        placeholder = head.placeholder or placeholder
    return Ring(author, latest_id, frames, seen, latest_at, expires_at, placeholder)


def own_ring(heads: Iterable[Any], me: int) -> Ring | None:
    """What the member tells, of the stories given: all of it is known to them."""
    ring = rings_of([head for head in heads if head.author_id == me], {}).get(me)
    return None if ring is None else ring._replace(seen=ring.frames)
