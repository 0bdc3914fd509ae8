"""What videos do about facts from below."""

from entregent.accounts import AccountClosed
from entregent.media import MediaSettled
from entregent.ports.db import Transaction

from .actions import close, drop_said, reply_settled, settled
from .model import ITSELF
from .sight import film_of


def on_settled(tx: Transaction, fact: MediaSettled) -> None:
    """A video or a reply whose file is ready is shown; one whose file was refused is not."""
    for use in fact.uses:
        film = film_of(use)
        if film is not None:
            (settled if film.reply == ITSELF else reply_settled)(tx, film)


def on_closed(tx: Transaction, fact: AccountClosed) -> None:
    """All that a member published and said goes with the account."""
    close(tx, fact.member_id)
    drop_said(tx, fact.member_id)


LISTENERS = ((MediaSettled, on_settled), (AccountClosed, on_closed))
