"""Who is here: kept in memory by each process, told between them by hints, never stored."""

from entregent.ports.clock import Clock

HERE_MS = 75_000  # whoever is here says so every half a minute
AGAIN_MS = 25_000  # other processes are told again after so long


class Presence:
    """When each member last said that they are here."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._seen: dict[int, int] = {}

    def note(self, member_id: int, here: bool) -> bool:
        """Notes that a member is here or away; True if that is news."""
        if not here:
            return self._seen.pop(member_id, None) is not None
        news = member_id not in self._seen
        self._seen[member_id] = self._clock.now()
        return news

    def due(self, member_id: int) -> bool:
        """Whether other processes are to hear (again) that the member is here."""
        return self._clock.now() - self._seen.get(member_id, 0) >= AGAIN_MS

    def members(self) -> list[int]:
        """Everyone who is here."""
        return list(self._seen)

    def lapsed(self) -> list[int]:
        """Those of whom nothing was heard for too long."""
        horizon = self._clock.now() - HERE_MS
        return [one for one, at in self._seen.items() if at < horizon]
