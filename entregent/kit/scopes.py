"""What a personal access token may do: scopes, which routes and events name.

A route without a scope is closed to tokens, and so is an event of a family that stands not here:
what nobody thought of is not given away.
"""

from typing import Literal

Scope = Literal[
    "messages.read",
    "messages.write",
    "network.read",
    "network.write",
    "profile.read",
    "profile.write",
    "webhooks",
    "export",
]
RouteScope = Scope | Literal["any"]  # any: whatever the token may do

SCOPES: tuple[Scope, ...] = Scope.__args__  # type: ignore[attr-defined]

# By the first word of an event's `type`.
FAMILIES: dict[str, Scope] = {
    "absence": "messages.read",
    "bulk": "messages.read",
    "conversation": "messages.read",
    "desk": "messages.read",
    "inbox": "messages.read",
    "media": "messages.read",
    "message": "messages.read",
    "presence": "messages.read",
    "receipt": "messages.read",
    "routing": "messages.read",
    "scheduled": "messages.read",
    "typing": "messages.read",
    "card": "network.read",
    "connection": "network.read",
    "connections": "network.read",
    "contact": "network.read",
    "follow": "network.read",
    "invitation": "network.read",
    "invitations": "network.read",
    "replies": "network.read",
    "run": "network.read",
    "me": "profile.read",
}


def scope_of(event_type: str) -> Scope | None:
    """What a token must be allowed to be told of such an event; None: no token is."""
    return FAMILIES.get(event_type.partition(".")[0])
