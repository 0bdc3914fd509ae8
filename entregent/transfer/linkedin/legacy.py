"""The threads of 2018, when an export had no key for a conversation.

A thread is what the same people wrote under the same subject; that is a guess, and marked so.
"""

import hashlib
import re
from collections.abc import Iterable

from .model import Owner, Who
from .people import plain

PREFIX = "approximate:"
_REPLY = re.compile(
    r"^(?:(?:re|fwd?|tr|aw|wg|rv|res|enc|sv|vs)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE
)


def key(sender: Who, recipients: Iterable[Who], subject: str, owner: Owner) -> str:
    """A key for the thread: everyone but the owner, and the subject without Re: and the like."""
    others = sorted({p.slug or plain(p.name) for p in (sender, *recipients) if not owner.is_(p)})
    told = "\n".join((plain(_REPLY.sub("", subject.strip())), *others))
    return PREFIX + hashlib.blake2b(told.encode("utf-8", "replace"), digest_size=12).hexdigest()
