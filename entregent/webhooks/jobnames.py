"""What webhooks do later, by name."""

from entregent.ports.jobs import Job


class Gather(Job, tag="webhooks.gather"):
    """A member's log has grown: what of it are webhooks to be told?"""

    member_id: int


class Deliver(Job, tag="webhooks.deliver"):
    """Tells a webhook what is due."""

    member_id: int
    webhook_id: int


class SendOff(Job, tag="webhooks.send_off"):
    """A letter that says that a webhook was switched off."""

    member_id: int
    url: str
