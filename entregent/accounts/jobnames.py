"""What accounts does later, by name."""

from entregent.ports.jobs import Job


class SendProof(Job, tag="accounts.send_proof"):
    """A letter that proves an address, and could not be sent at once."""

    member_id: int
