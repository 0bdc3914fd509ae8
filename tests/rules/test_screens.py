"""What a member may do, they can do in the client: no route without a page that asks it."""

import re

from entregent.server.house import routes
from tests.rules.source import none
from tests.rules.test_web import files

WEB = "web/src/"

# Addresses that are put together: where, and of which word.
MADE = {
    "/api/boxes": ("messaging/triage/sets.ts", "/api/${kind}"),
    "/api/contacts": ("profiles/people.ts", "/api/${source}"),
    "/api/conversations/{conversation_id}/decline": ("messaging/grouping.ts", '"decline"'),
    "/api/conversations/{conversation_id}/leave": ("messaging/grouping.ts", '"leave"'),
    "/api/conversations/{conversation_id}/messages/{seq}/reactions": (
        "messaging/changing.ts",
        "/reactions/",
    ),
    "/api/host/reports/{id}/decisions/{decision_id}/reverse": (
        "moderation/HostAnswer.svelte",
        '"reverse"',
    ),
    "/api/host/reports/{id}/decisions/{decision_id}/uphold": (
        "moderation/HostAnswer.svelte",
        '"uphold"',
    ),
    "/api/invitations/rules/preset": ("invitations/rules/RulesPart.svelte", "${PATH}/preset"),
    "/api/invitations/rules/preview": ("invitations/rules/RulesPart.svelte", "${PATH}/preview"),
    "/api/invitations/rules/run": ("invitations/rules/RulesPart.svelte", "${PATH}/run"),
    "/api/labels": ("messaging/triage/sets.ts", "/api/${kind}"),
    "/api/profile/cover": ("profiles/picture.svelte.ts", "/api/profile/${kind}"),
    "/api/profile/photo": ("profiles/picture.svelte.ts", "/api/profile/${kind}"),
    "/api/routing/preview": ("messaging/routing/RoutingPart.svelte", "${PATH}/preview"),
    "/api/routing/run": ("messaging/routing/RoutingPart.svelte", "${PATH}/run"),
    "/api/stories/{author}/{story}/frames/{frame}/stickers": ("stories/actions.ts", "/stickers/"),
    "/api/stories/{author}/{story}/frames": ("stories/actions.ts", "/frames/"),
    "/api/stories/{author}/{story}/frames/{frame}/subtitles": (
        "stories/actions.ts",
        "}/subtitles",
    ),
    "/api/tagged": ("profiles/people.ts", "/api/${source}"),
    "/api/videos/{author}/{video}/subtitles": ("videos/actions.ts", "subtitlesPath("),
}

# Asked by programs alone.
PROGRAMS = {
    "/api/digest/unsubscribe",  # by a mail program, out of the letter's header (RFC 8058)
    "/api/tokens/current",  # by a program that looks what its token may
}


def asked(path: str) -> str:
    """The route's address without the ids at its end."""
    return re.sub(r"(/\{\w+\}(\.\w+)?)+$", "", path)


def in_one_piece(path: str) -> str:
    """How the address looks where it is written in one piece, from its last id on."""
    before, _, last = path.rpartition("}")
    return (r"\}" if before else "") + re.escape(last) + r"(?![\w-])"


def test_every_route_is_asked_by_a_page() -> None:
    written = files()
    client = "\n".join(text for name, text in written.items() if not name.startswith("wire/"))
    paths = {asked(route.path) for route in routes()} - PROGRAMS - {"/api"}
    none(
        f"{path}: which page asks it? A member cannot reach it from the client"
        for path in sorted(paths)
        if path not in MADE and not re.search(in_one_piece(path), client)
    )
    none(
        f"{path}: {WEB}{name} does not put it together any more"
        for path, (name, word) in MADE.items()
        if word not in written[name]
    )
    none(f"{path}: there is no such route any more" for path in sorted({*MADE} - paths))
