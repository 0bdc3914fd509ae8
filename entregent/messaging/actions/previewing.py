"""The previews of links: kept once for each address, shown where it was written."""

from typing import Any

import msgspec

from entregent.ports.db import Transaction

from ..markup import links
from ..model import LinkPreview
from ..queries import rows as queries
from ..queries import said
from ..said import extra_of
from .changing import tell_changed
from .special import encoded

KEPT_MS = 7 * 86_400_000
NOTHING_MS = 86_400_000  # what showed nothing may show something tomorrow


class Known(msgspec.Struct):
    """What is known of an address; no preview where it shows nothing."""

    preview: LinkPreview | None


def known_preview(tx: Transaction, url: str) -> Known | None:
    """What is known of an address and still fresh; None where it is to be asked."""
    row = tx.first(said.PREVIEW, address=url)
    if row is None or row.expires_at <= tx.now:
        return None
    return Known(msgspec.json.decode(row.preview, type=LinkPreview) if row.preview else None)


def attach_preview(
    tx: Transaction, key: int, seq: int, url: str, preview: LinkPreview | None, *, fresh: bool
) -> None:
    """Keeps what was found, and shows it with the message if that still has the link."""
    if fresh:
        tx.run(
            said.KEEP_PREVIEW,
            url=url,
            preview=msgspec.json.encode(preview).decode() if preview else None,
            expires_at=tx.now + (KEPT_MS if preview else NOTHING_MS),
        )
    tx.all(queries.CONVERSATIONS, ids=[key])  # nobody edits it meanwhile
    message: Any = tx.first(queries.ONE_MESSAGE, conversation_id=key, seq=seq)
    if preview is None or message is None or message.deleted_at is not None:
        return
    wanted = links(message.text)
    extra = extra_of(message)
    held = {one.url: one for one in extra.previews}
    if url not in wanted or held.get(url) == preview:
        return
    held[url] = preview
    shown = [held[one] for one in wanted if one in held]
    extra = msgspec.structs.replace(extra, previews=shown)
    tx.run(said.SET_EXTRA, key=key, number=seq, rare=encoded(extra))
    tell_changed(tx, key, seq)


def forget_previews(tx: Transaction) -> None:
    """Drops what is no longer fresh."""
    tx.run(said.DROP_PREVIEWS, before=tx.now)
