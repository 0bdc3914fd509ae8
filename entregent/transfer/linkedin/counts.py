"""The figures of an export under stable names, for comparison with an independent count."""

from typing import Any

from . import dates
from .identity import bare
from .model import Who
from .people import plain
from .reading import Archive

# Small files whose rows are counted under `side`.
_SIDES = (
    "positions",
    "education",
    "skills",
    "languages",
    "emails",
    "shares",
    "reactions",
    "saved_items",
    "rich_media",
    "endorsements_received",
    "endorsements_given",
    "recommendations_received",
    "recommendations_given",
    "company_follows",
    "member_follows",
    "votes",
    "connection_notes",
    "comments",
)
# Looking for notes among more messages than these is what the reference does not do either.
_NOTES_SOUGHT_UP_TO = 20_000


def counts(archive: Archive) -> dict[str, Any]:
    """What an export holds; families without a file are left out."""
    families = archive.families
    found: dict[str, Any] = {"owner": {"name": archive.owner.name, "slug": archive.owner.slug}}
    if "connections" in families:
        found["connections"] = _connections(archive)
    if "invitations" in families:
        found["invitations"] = _invitations(archive)
    if "messages" in families:
        if all("approximate_threads" in f.notes for f in archive.report.of("messages")):
            found["messages_2018"] = _messages_2018(archive)
        else:
            found["messages"] = _messages(archive)
    found["side"] = {f: sum(r.rows for r in archive.report.of(f)) for f in _SIDES if f in families}
    if archive.articles:
        found["side"]["articles"] = len(archive.articles)
    found["people_by_url"] = len(_slugs(archive))
    found["entries"] = len(archive.source.entries) + len(archive.source.ignored)
    found["network_files_present"] = not archive.first_part
    return found


def _connections(archive: Archive) -> dict[str, Any]:
    files = archive.report.of("connections")
    people = archive.connections
    return {
        "rows": sum(f.rows for f in files),
        "hidden_rows": sum(f.hidden for f in files),
        "people": len(people),
        "with_url": sum(p.slug is not None for p in people),
        "with_email": sum(bool(p.email) for p in people),
        "bad_dates": sum(f.bad_dates for f in files),
        "preamble_rows": files[0].preamble_rows,
        "encoding": files[0].encoding,
        "delimiter": files[0].delimiter,
        "first": _day(min((f.first for f in files if f.first is not None), default=None)),
        "last": _day(max((f.last for f in files if f.last is not None), default=None)),
    }


def _invitations(archive: Archive) -> dict[str, Any]:
    files = archive.report.of("invitations")
    all_ = archive.invitations
    slugs = {c.slug for c in archive.connections if c.slug is not None}
    names = {plain(c.name) for c in archive.connections}

    def unconnected(person: Who) -> bool:
        return plain(person.name) not in names if person.slug is None else person.slug not in slugs

    return {
        "rows": sum(f.rows for f in files),
        "incoming": sum(i.incoming for i in all_),
        "outgoing": sum(not i.incoming for i in all_),
        "with_message": sum(bool(i.message.strip()) for i in all_),
        "incoming_not_connected": sum(i.incoming and unconnected(i.inviter) for i in all_),
        "outgoing_not_connected": sum(not i.incoming and unconnected(i.invitee) for i in all_),
        "bad_dates": sum(f.bad_dates for f in files),
    }


def _messages_2018(archive: Archive) -> dict[str, Any]:
    figures = archive.figures
    messages = sum(figures.by_folder.values())
    return {
        "rows": sum(f.rows for f in archive.report.of("messages")),
        "derived_threads": sum(c.messages > 0 for c in archive.conversations.values()),
        "by_folder": dict(sorted(figures.by_folder.items())),
        "incoming": messages - figures.outgoing_2018,
        "outgoing": figures.outgoing_2018,
        "bad_dates": sum(f.bad_dates for f in archive.report.of("messages")),
    }


def _messages(archive: Archive) -> dict[str, Any]:
    files = archive.report.of("messages")
    figures = archive.figures
    told = [c for c in archive.conversations.values() if c.messages]
    messages = sum(figures.by_folder.values())
    return {
        "columns": files[0].columns,
        "rows": sum(f.rows for f in files),
        "blank_rows": sum(f.blank for f in files),
        "drafts": figures.drafts,
        "duplicates": figures.duplicates,
        "rejected_rows": sum(f.refused for f in files),
        "messages": messages,
        "conversations": len(told),
        "group_conversations": sum(c.group for c in told),
        "outgoing": sum(n for who, n in figures.senders.items() if archive.owner.is_(who)),
        "sponsored_messages": figures.sponsored,
        "sponsored_conversations": sum(c.sponsored > 0 for c in told),
        "deleted_member_messages": figures.hidden,
        "by_folder": dict(sorted(figures.by_folder.items())),
        "titled_conversations": sum(bool(c.title.strip()) for c in told),
        "empty_content": figures.empty,
        "with_attachments": figures.with_attachments,
        "attachment_urls": figures.attachments,
        "invitation_notes_repeated": _notes_repeated(archive, messages),
        "html_messages": figures.markup,
        "multiline": figures.multiline,
        "bad_dates": sum(f.bad_dates for f in files),
        "first": _moment(min((f.first for f in files if f.first is not None), default=None)),
        "last": _moment(max((f.last for f in files if f.last is not None), default=None)),
        "encoding": files[0].encoding,
        "delimiter": files[0].delimiter,
        "content_sha256": figures.digest,
    }


def _notes_repeated(archive: Archive, messages: int) -> int | None:
    if messages > _NOTES_SOUGHT_UP_TO:
        return None
    found = archive.notes_found
    return sum((i.inviter.name, bare(i.message)) in found for i in archive.invitations)


def _slugs(archive: Archive) -> set[str]:
    """Every profile that is named anywhere, except the owner's."""
    slugs: set[str | None] = {*archive.message_slugs}
    slugs.update(c.slug for c in archive.connections)
    for invitation in archive.invitations:
        slugs.update((invitation.inviter.slug, invitation.invitee.slug))
    for family in ("endorsements_received", "endorsements_given", "connection_notes"):
        slugs.update(row.slug for row in archive.sides.get(family, []))
    return {s for s in slugs if s is not None and s != archive.owner.slug}


def _day(at: int | None) -> str | None:
    return None if at is None else dates.iso(at)[:10]


def _moment(at: int | None) -> str | None:
    return None if at is None else dates.iso(at)
