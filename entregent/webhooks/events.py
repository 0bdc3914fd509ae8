"""What happens to webhooks."""

from entregent.kit.events import Event, Fact

from .model import Webhook


class WebhookChanged(Event, tag="webhook.changed"):
    """A webhook is on or off now, or a ping has been answered."""

    webhook: Webhook


class WebhooksMoved(Fact):
    """The member's log has a webhook to be told of from now on."""

    member_id: int


class WebhookSwitchedOff(Fact):
    """A webhook took nothing for so long that it is told no more."""

    member_id: int
    webhook_id: int
    url: str
