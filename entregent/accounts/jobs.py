"""What accounts does later."""

from entregent.ports.db import Transaction
from entregent.ports.jobs import Handlers
from entregent.ports.ports import Ports

from .actions import account, ask_for_proof
from .jobnames import SendProof
from .mails import send_proof
from .model import Account

handlers = Handlers()


@handlers.handle(SendProof, tries=20)
async def send_the_proof(ports: Ports, job: SendProof) -> None:
    """Sends a fresh proof; a mail server that is away is asked again later."""
    mine, token = await ports.db.write(_fresh, job.member_id)
    if token is None:
        return
    if not await send_proof(ports, mine.email, mine.name, mine.language, token):
        raise ConnectionError("the letter could not be sent now")


def _fresh(tx: Transaction, member_id: int) -> tuple[Account, str | None]:
    return account(tx, member_id), ask_for_proof(tx, member_id)
