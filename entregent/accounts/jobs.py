"""What accounts does later."""

from entregent.kit.errors import Refusal
from entregent.ports.db import Transaction
from entregent.ports.jobs import Handlers
from entregent.ports.ports import Ports

from .actions import account, ask_for_proof
from .jobnames import SendNotice, SendProof, SendReset
from .mails import send_notice, send_proof, send_reset
from .model import Account
from .proving import ask_for_reset

handlers = Handlers()


@handlers.handle(SendProof, tries=20)
async def send_the_proof(ports: Ports, job: SendProof) -> None:
    """Sends a fresh proof; a mail server that is away is asked again later."""
    mine, token = await ports.db.write(_fresh, job.member_id)
    if token is None:
        return
    _sent(await send_proof(ports, mine.email, mine.name, mine.language, token))


@handlers.handle(SendReset)
async def send_the_reset(ports: Ports, job: SendReset) -> None:
    """Sends the way back in; to nobody where the address is nobody's."""
    found = await ports.db.write(ask_for_reset, job.email)
    if found is not None:
        mine, token = found
        _sent(await send_reset(ports, mine.email, mine.name, mine.language, token))


@handlers.handle(SendNotice)
async def send_the_notice(ports: Ports, job: SendNotice) -> None:
    """Says what was changed."""
    try:
        mine = await ports.db.read(account, job.member_id)
    except Refusal:
        return  # closed meanwhile
    _sent(await send_notice(ports, mine, job.what, job.to))


def _sent(sent: bool) -> None:
    if not sent:
        raise ConnectionError("the letter could not be sent now")


def _fresh(tx: Transaction, member_id: int) -> tuple[Account, str | None]:
    return account(tx, member_id), ask_for_proof(tx, member_id)
