"""Why members put something before the hosts, and hosts decide."""

from typing import Literal

Reason = Literal["spam", "fraud", "harassment", "impersonation", "other"]
