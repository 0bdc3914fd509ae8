"""The network: how members stand to each other, and whom they know from elsewhere.

Connections and blocks are stored once for each end. `relation` is the one place that says who may
turn to whom; `circle_of` and `hidden_from` are fragments that others may put into their queries.
"""

from .actions import (
    block,
    circle,
    connect,
    connect_many,
    degrees,
    disconnect,
    hidden_among,
    mutuals_with,
    near,
    page_of_blocks,
    page_of_connections,
    relation,
    relations,
    ties,
    unblock,
)
from .contacts import (
    add_contacts,
    contacts_among,
    every_contact,
    forget_contacts,
    page_of_contacts,
)
from .events import Blocked, Connected, ConnectionEnded, ContactJoined, Unblocked
from .model import AddedContacts, NewContact, People, Person, Relation, Tie
from .queries import circle_of, hidden_from

__all__ = [
    "AddedContacts",
    "Blocked",
    "Connected",
    "ConnectionEnded",
    "ContactJoined",
    "NewContact",
    "People",
    "Person",
    "Relation",
    "Tie",
    "Unblocked",
    "add_contacts",
    "block",
    "circle",
    "circle_of",
    "connect",
    "connect_many",
    "contacts_among",
    "degrees",
    "disconnect",
    "every_contact",
    "forget_contacts",
    "hidden_among",
    "hidden_from",
    "mutuals_with",
    "near",
    "page_of_blocks",
    "page_of_connections",
    "page_of_contacts",
    "relation",
    "relations",
    "ties",
    "unblock",
]
