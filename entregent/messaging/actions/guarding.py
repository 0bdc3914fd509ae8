"""What links are held against: the house's own address and the host's list of domains (M16)."""

from collections.abc import Iterable

from entregent.kit.errors import Refusal
from entregent.ports.db import Transaction

from ..doubts import OWN, host_of
from ..queries import domains as queries

SETTING, COMMAND = "setting", "command"


def know_house(tx: Transaction, address: str, blocked: Iterable[str]) -> None:
    """Learns the house's own address and the list in its settings, when it opens."""
    host = host_of(address.partition("://")[2].partition("/")[0].lower())
    tx.run(queries.KEEP, domain=OWN, kind=host, at=tx.now)
    tx.run(queries.DROP_KIND, of_kind=SETTING)
    for domain in blocked:
        tx.run(queries.KEEP, domain=_checked(domain), kind=SETTING, at=tx.now)


def block_domain(tx: Transaction, domain: str) -> str:
    """Puts a domain, and all below it, on the host's list; gives how it is kept."""
    kept = _checked(domain)
    tx.run(queries.KEEP, domain=kept, kind=COMMAND, at=tx.now)
    return kept


def unblock_domain(tx: Transaction, domain: str) -> str:
    """Takes a domain from the list."""
    kept = _checked(domain)
    if not tx.touch(queries.DROP, of_domain=kept):
        raise Refusal("messaging.domain_not_listed", status=404, domain=kept)
    return kept


def blocked_domains(tx: Transaction, after: str = "") -> list[str]:
    """The host's list, by the alphabet."""
    return [row.domain for row in tx.all(queries.BLOCKED, after=after) if row.domain != OWN]


def _checked(domain: str) -> str:
    text = domain.strip().lower()
    host = host_of(text.partition("://")[2].partition("/")[0] or text)
    if not host or any(c.isspace() or c in "/:@" for c in host) or len(host) > 253:
        raise Refusal("messaging.bad_domain", field="domain")
    return host
