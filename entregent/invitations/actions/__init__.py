"""What a member can do about invitations, at both ends."""

from ..reading import Waiting, allowance, page, waiting
from .answering import Settled, accept, ignore
from .ending import close_all_of, close_among, close_between, expire, forget_words
from .sending import Asked, Before, Withdrawn, before, invite, withdraw, withdraw_many

__all__ = [
    "Asked",
    "Before",
    "Settled",
    "Waiting",
    "Withdrawn",
    "accept",
    "allowance",
    "before",
    "close_all_of",
    "close_among",
    "close_between",
    "expire",
    "forget_words",
    "ignore",
    "invite",
    "page",
    "waiting",
    "withdraw",
    "withdraw_many",
]
