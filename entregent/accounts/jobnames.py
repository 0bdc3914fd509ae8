"""What accounts does later, by name."""

from entregent.ports.jobs import Job


class SendProof(Job, tag="accounts.send_proof"):
    """A letter that proves an address, and could not be sent at once."""

    member_id: int


class SendReset(Job, tag="accounts.send_reset"):
    """A letter for who forgot the password, if the folded address is a member's."""

    email: str


class SendNotice(Job, tag="accounts.send_notice"):
    """A letter that says what was changed: the password, or the address it goes to."""

    member_id: int
    what: str
    to: str
