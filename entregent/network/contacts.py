"""People whom members know from an archive, until they join."""

import json
from collections.abc import Iterable, Sequence

from entregent.accounts import email_key, members_by_email
from entregent.kit.paging import MAX_PAGE, decode_cursor, encode_cursor
from entregent.ports.db import Row, Transaction

from . import queries
from .events import ContactJoined
from .model import AddedContacts, NewContact, People, Person, merged, name_key, patterns


def add_contacts(
    tx: Transaction,
    me: int,
    people: Sequence[NewContact],
    import_id: int,
    *,
    older: bool = False,
) -> AddedContacts:
    """Adds the people of an archive; those known already are completed, never emptied.

    Who has an account here, by an address that they have proven, is recognised at once. An `older`
    archive than one that came before only fills in what is blank.
    """
    by_key: dict[str, NewContact] = {}
    for person in people:
        known = by_key.get(person.key)
        by_key[person.key] = merged(known, person) if known else person
    found = {row.key: row for row in tx.all(queries.FIND_CONTACTS_BY_KEY, me=me, keys=list(by_key))}
    joined = members_by_email(tx, {email_key(one.email) for one in by_key.values() if one.email})
    ids: dict[str, int] = {}
    fresh: list[dict[str, object]] = []
    enriched: list[dict[str, object]] = []
    emails: list[dict[str, object]] = []
    for key, person in by_key.items():
        row = found.get(key)
        contact_id = ids[key] = tx.new_id() if row is None else row.id
        known = None if row is None else _contact(row)
        now = _completed(known, person, older=older)
        member = joined.get(email_key(now.email)) if now.email else None
        member = None if member == me else member
        if known == now:
            continue
        if now.email:
            emails.append(
                {"email": email_key(now.email), "member_id": me, "contact_id": contact_id}
            )
        values: dict[str, object] = {
            **now._asdict(),
            "name_key": name_key(now.name),
            "joined_id": member if row is None else member or row.joined_id,
        }
        if row is None:
            fresh.append({**values, "member_id": me, "id": contact_id, "added_at": tx.now})
        else:
            del values["key"]
            enriched.append({**values, "me": me, "contact": contact_id})
    tx.run_many(queries.ADD_CONTACT, fresh)
    tx.run_many(queries.ENRICH_CONTACT, enriched)
    tx.run_many(queries.ADD_CONTACT_EMAIL, emails)
    changed = {str(values["contact"]) for values in enriched}
    tx.run_many(
        queries.ADD_SOURCE,
        [
            {
                "member_id": me,
                "import_id": import_id,
                "contact_id": one,
                "before": json.dumps(_contact(found[key])) if str(one) in changed else None,
            }
            for key, one in ids.items()
        ],
    )
    new = tuple(key for key in by_key if key not in found)
    return AddedContacts(ids, len(fresh), len(enriched), new)


def forget_contacts(tx: Transaction, me: int, import_id: int) -> int:
    """Undoes an import's contacts: those that no other import brought are gone, those that it
    completed are as they were; gives how many are gone."""
    _restore(tx, me, import_id)
    tx.run(queries.FORGET_SOURCES, me=me, import_id=import_id)
    gone = tx.all(queries.WITHOUT_SOURCE, me=me)
    emails = {email_key(row.email) for row in gone if row.email}
    if emails:
        tx.run(
            queries.DROP_CONTACT_EMAILS,
            me=me,
            emails=sorted(emails),
            contacts=[row.id for row in gone],
        )
    return tx.touch(queries.DROP_WITHOUT_SOURCE, me=me) if gone else 0


def contacts_among(tx: Transaction, me: int, ids: Iterable[int]) -> dict[int, Row]:
    """Those of the ids that are the member's own contacts."""
    return {row.id: row for row in tx.all(queries.FIND_CONTACTS, me=me, ids=list(ids))}


def every_contact(tx: Transaction, me: int, after: int = 0, limit: int = 1_000) -> list[Row]:
    """The member's contacts in order of their ids, joined ones included: for an export."""
    return tx.all(queries.EVERY_CONTACT, me=me, after=after, limit=limit)


def page_of_contacts(
    tx: Transaction, me: int, text: str = "", after: str = "", limit: int = 50
) -> People:
    """The member's contacts who have not joined, by name."""
    name, last = decode_cursor(after, str, int) if after else ("", 0)
    typed = patterns(text)
    limit = min(limit, MAX_PAGE)
    find, count = (
        (queries.FIND_CONTACTS_BY_NAME, queries.COUNT_FOUND_CONTACTS)
        if typed
        else (queries.PAGE_OF_CONTACTS, queries.COUNT_CONTACTS)
    )
    rows = tx.all(find, me=me, after_name=name, after_id=last, limit=limit + 1, **typed)
    shown = rows[:limit]
    return People(
        [Person(row.id, row.since) for row in shown],
        encode_cursor(shown[-1].name_key, shown[-1].id) if len(rows) > limit else None,
        tx.value(count, me=me, **typed),
    )


def recognise(tx: Transaction, member_id: int, email: str) -> None:
    """Everyone who knows a person by a proven address now knows the member."""
    for row in tx.all(queries.WHO_KNOWS_EMAIL, email=email):
        if row.member_id != member_id:
            tx.run(queries.SET_JOINED, me=row.member_id, contact=row.contact_id, joined=member_id)
            tx.emit(
                ContactJoined(
                    member_id=row.member_id, contact_id=row.contact_id, joined_id=member_id
                )
            )


def part(tx: Transaction, email: str) -> None:
    """A member with that address has left: to those who knew the person, a contact again."""
    for row in tx.all(queries.WHO_KNOWS_EMAIL, email=email):
        tx.run(queries.SET_JOINED, me=row.member_id, contact=row.contact_id, joined=None)


def _completed(known: NewContact | None, person: NewContact, *, older: bool) -> NewContact:
    if known is None:
        return person
    return merged(person, known)._replace(key=known.key) if older else merged(known, person)


def _restore(tx: Transaction, me: int, import_id: int) -> None:
    """Gives contacts back what they were; where a later import spoke of them, only its memory."""
    kept = tx.all(queries.SOURCES_WITH_BEFORE, me=me, import_id=import_id)
    if not kept:
        return
    ids = [row.contact_id for row in kept]
    later = {
        row.contact_id: row.import_id
        for row in tx.all(queries.LATER_SOURCES, me=me, import_id=import_id, contacts=ids)
    }  # the next one: they come newest first
    rows = contacts_among(tx, me, ids)
    for row in kept:
        if row.contact_id in later:
            tx.run(
                queries.SET_BEFORE,
                me=me,
                of_import=later[row.contact_id],
                contact=row.contact_id,
                was=row.before,
            )
            continue
        was, now = NewContact(*json.loads(row.before)), rows[row.contact_id]
        joined = now.joined_id
        if now.email and email_key(now.email) != email_key(was.email):
            key = email_key(was.email)
            joined = members_by_email(tx, [key]).get(key) if was.email else None
            tx.run(
                queries.DROP_CONTACT_EMAILS,
                me=me,
                emails=[email_key(now.email)],
                contacts=[row.contact_id],
            )
            if was.email:
                known = {"email": email_key(was.email), "member_id": me}
                tx.run_many(queries.ADD_CONTACT_EMAIL, [known | {"contact_id": row.contact_id}])
        values = was._asdict()
        del values["key"]
        tx.run(
            queries.ENRICH_CONTACT,
            **values,
            name_key=name_key(was.name),
            joined_id=joined,
            me=me,
            contact=row.contact_id,
        )


def _contact(row: Row) -> NewContact:
    return NewContact(*(getattr(row, field) for field in NewContact._fields))
