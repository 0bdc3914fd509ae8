"""Every statement over the rules that sort what comes."""

from sqlalchemy import bindparam, delete, select

from entregent.ports.db import in_list, insert_row, statement

from ..tables import routing_rules

RULES = statement(
    select(routing_rules)
    .where(routing_rules.c.member_id == bindparam("me"))
    .order_by(routing_rules.c.position)
)
RULES_OF = statement(
    select(routing_rules)
    .where(in_list(routing_rules.c.member_id, "members"), routing_rules.c.enabled == 1)
    .order_by(routing_rules.c.member_id, routing_rules.c.position)
)
ADD_RULE = statement(insert_row(routing_rules))
DROP_RULES = statement(delete(routing_rules).where(routing_rules.c.member_id == bindparam("me")))
