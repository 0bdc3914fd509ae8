"""What happens in moderation, as the hosts' logs carry it."""

from entregent.kit.events import Event


class HostQueueChanged(Event, tag="host.queue"):
    """About how many people something waits; null for who is no host any more."""

    open: int | None
