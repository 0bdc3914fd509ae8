"""What moderation does later."""

from entregent.ports.jobs import Handlers
from entregent.ports.mail import Mailbox, MailRefused
from entregent.ports.ports import Ports

from .jobnames import SendDecision
from .mails import letter
from .reading import to_tell

handlers = Handlers()


@handlers.handle(SendDecision, tries=20)
async def send_the_decision(ports: Ports, job: SendDecision) -> None:
    """Writes to the person concerned; a mail server that is away is asked again later."""
    found = await ports.db.read(to_tell, job.member_id, job.decision_id)
    if found is None or ports.mail is None:
        return
    email, name, language, decision, key = found
    written = letter(ports.settings, Mailbox(email, name), language, decision, job.what, key)
    try:
        await ports.mail.send(written)
    except MailRefused:
        return  # no such letter can be sent there; the page says the same
