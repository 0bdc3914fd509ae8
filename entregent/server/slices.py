"""The order of the house: who may import whom, from the bottom up.

A later name may import an earlier one, never the other way round; slices in one bracket do not
see each other. `tests/rules` holds it.
"""

ORDER: tuple[str | tuple[str, ...], ...] = (
    "kit",
    "ports",
    "live",
    "accounts",
    "webhooks",
    "media",
    "network",
    "profiles",
    "notifications",
    "invitations",
    "messaging",
    ("inmail", "stories", "videos", "feed"),
    "teams",
    "transfer",
    "moderation",
    "insights",
    "server",
)
