"""Statements over the domains that links are held against."""

from sqlalchemy import bindparam, delete, select

from entregent.ports.db import in_list, statement, upsert_row

from ..tables import link_domains

AMONG = statement(
    select(link_domains.c.domain, link_domains.c.kind).where(
        in_list(link_domains.c.domain, "domains")
    )
)
KEEP = statement(upsert_row(link_domains, update=["kind", "at"]))
DROP = statement(delete(link_domains).where(link_domains.c.domain == bindparam("of_domain")))
DROP_KIND = statement(delete(link_domains).where(link_domains.c.kind == bindparam("of_kind")))
BLOCKED = statement(
    select(link_domains)
    .where(link_domains.c.domain > bindparam("after"))
    .order_by(link_domains.c.domain)
    .limit(1_000)
)
