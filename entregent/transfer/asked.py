"""Invitations of an archive that were still waiting when it was made: a pile to rehearse on."""

from collections.abc import Iterator, Mapping

from entregent.invitations import ImportedInvitation, Sorted, sort_archive

from .acquaintances import Acquaintances
from .linkedin import Archive, plain
from .linkedin import Invitation as Asking


def waiting(archive: Archive) -> Iterator[Asking]:
    """Those who asked the owner and are no connection."""
    slugs = {one.slug for one in archive.connections if one.slug is not None}
    names = {plain(one.name) for one in archive.connections}
    for asking in archive.invitations:
        who = asking.inviter
        known = plain(who.name) in names if who.slug is None else who.slug in slugs
        if asking.incoming and not known and not archive.owner.is_(who):
            yield asking


def pile(archive: Archive, people: Acquaintances, ids: Mapping[str, int]) -> list[Sorted]:
    """The pile as it is kept, by the ids of the contacts."""
    found = []
    for asking in waiting(archive):
        key = people.asking_key(asking.inviter)
        if key in ids:
            name = asking.inviter.name
            found.append(ImportedInvitation(ids[key], name, asking.message, asking.sent_at or 0))
    return sort_archive(found)
