"""What moderation does later, by name."""

from entregent.ports.jobs import Job


class SendDecision(Job, tag="moderation.send_decision"):
    """A letter to the person whom a decision concerns: `what` is a verdict, reverse or uphold."""

    member_id: int
    decision_id: int
    what: str
