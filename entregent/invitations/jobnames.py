"""What invitations do later, by name."""

from entregent.ports.jobs import Job


class Expire(Job, tag="invitations.expire"):
    """Invitations that have waited too long (I2)."""
