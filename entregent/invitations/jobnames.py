"""What invitations do later, by name."""

from entregent.ports.jobs import Job


class Expire(Job, tag="invitations.expire"):
    """Invitations that have waited too long (I2)."""


class Reweigh(Job, tag="invitations.reweigh"):
    """The member's connections or profile have changed: what is known of who asks is found out
    anew."""

    member_id: int
    others: tuple[int, ...] = ()


class CarryOn(Job, tag="invitations.carry_on"):
    """A run over many invitations, done or undone some at a time."""

    member_id: int
    run_id: int


class FollowUp(Job, tag="invitations.follow_up"):
    """What follows from a long run that rests, done or undone (`back`); after the step so far."""

    member_id: int
    run_id: int
    back: bool = False
    after: int = 0


class Arrive(Job, tag="invitations.arrive"):
    """Invitations that were to be shown later: at the hour of the digest, or after a rule."""

    member_id: int
    invitation_id: int | None = None
