"""A file as part of something: attached, seen through it, taken out of it."""

from collections.abc import Iterable, Sequence

from entregent.kit.errors import Refusal
from entregent.kit.ids import Id, as_int
from entregent.ports.db import Row, Transaction

from .. import queries
from ..model import OWN, UNUSED_MS, Kept, Media, Use, shown
from .keeping import drop, forget_use, read, uses


def attach(
    tx: Transaction,
    me: int,
    media_ids: Sequence[Id],
    use: Use,
    *,
    after: int = 0,
    lasting: bool = False,
) -> list[Media]:
    """Makes files of the member part of something, in this order; refuses before it writes.

    Each must have been received whole; it may still be worked on. `after` is the position of the
    last one that is there already. What was brought as a lasting film goes where that is meant.
    """
    ids = list(dict.fromkeys(as_int(one) for one in media_ids))
    rows = {row.media_id: row for row in tx.all(queries.SOME, owner_id=me, ids=ids)}
    for one in ids:
        _check(rows.get(one), lasting)
    for position, one in enumerate(ids, after + 1):
        _show(tx, me, one, rows[one].kept, use, position)
    return [shown(one, read(rows[one].kept), use, tx.now) for one in ids]


def _check(row: Row | None, lasting: bool) -> None:
    if row is None:
        raise Refusal("media.not_yours", status=404, field="media")
    if row.state == "receiving":
        raise Refusal("media.not_received", status=409, field="media")
    if row.state == "refused":
        raise Refusal("media.was_refused", status=409, field="media")
    if read(row.kept).lasting and not lasting:
        raise Refusal("media.lasting", status=409, field="media")


def _show(tx: Transaction, owner: int, media_id: int, kept: str, use: Use, position: int) -> None:
    tx.run(queries.ADD_USE, member_id=owner, media_id=media_id, kind=use.kind, ref=use.ref)
    tx.run(
        queries.SHOW,
        place_id=use.place,
        kind=use.kind,
        ref=use.ref,
        media_id=media_id,
        position=position,
        member_id=owner,
        kept=kept,
    )
    tx.run(queries.SET_EXPIRY, owner_id=owner, media=media_id, new_expires_at=None)


def seen_through(tx: Transaction, wanted: Iterable[Use]) -> dict[Use, list[Media]]:
    """What is seen through each use, in its order; one statement for each kind of use."""
    found: dict[Use, list[Media]] = {use: [] for use in wanted}
    for row in _rows(tx, found):
        use = Use(row.kind, row.ref)
        found[use].append(shown(row.media_id, read(row.kept), use, tx.now))
    return found


def kept_of(tx: Transaction, use: Use) -> list[tuple[int, Kept]]:
    """What is part of something, as it is kept: for a slice that keeps a copy of its own."""
    return [(row.media_id, read(row.kept)) for row in _rows(tx, [use])]


def linked(tx: Transaction, use: Use, media_id: int) -> Kept | None:
    """What a link through a use leads to, if it is there."""
    if use.kind == OWN:
        row = tx.first(queries.FIND, owner_id=use.place, media=media_id)
    else:
        of = {"of_kind": use.kind, "of_ref": use.ref}
        row = tx.first(queries.SHOWN_ONE, place=use.place, media=media_id, **of)
    return None if row is None else read(row.kept)


def may_see_own(_tx: Transaction, viewer: int | None, ref: str) -> bool:
    """The door of files that nobody but who brought them sees."""
    return viewer is not None and viewer == Use(OWN, ref).place


def detach(tx: Transaction, use: Use, media_ids: Iterable[Id] | None = None) -> None:
    """What the files (all where None) were part of is gone; with its last use a file goes, too."""
    for row in _some(tx, use, media_ids):
        forget_use(tx, use, row.member_id, row.media_id)
        if not uses(tx, row.member_id, row.media_id):
            drop(tx, row.member_id, row.media_id)


def release(tx: Transaction, use: Use, media_ids: Iterable[Id] | None = None) -> None:
    """The same for a while: the files stay, for who brought them to use elsewhere."""
    for row in _some(tx, use, media_ids):
        forget_use(tx, use, row.member_id, row.media_id)
        if not uses(tx, row.member_id, row.media_id):
            tx.run(
                queries.SET_EXPIRY,
                owner_id=row.member_id,
                media=row.media_id,
                new_expires_at=tx.now + UNUSED_MS,
            )


def pass_on(tx: Transaction, source: Use, to: Use) -> list[Media]:
    """Has all of one use seen through another one, too, whoever brought it: the caller has made
    sure that who passes it on may see it."""
    rows = _some(tx, source, None)
    for position, row in enumerate(rows, 1):
        _show(tx, row.member_id, row.media_id, row.kept, to, position)
    return [shown(row.media_id, read(row.kept), to, tx.now) for row in rows]


def move(tx: Transaction, source: Use, to: Use) -> list[Media]:
    """Has all of one use seen through another one from now on, and no longer through the first."""
    moved = pass_on(tx, source, to)
    for row in _some(tx, source, None):
        forget_use(tx, source, row.member_id, row.media_id)
    return moved


def _some(tx: Transaction, use: Use, media_ids: Iterable[Id] | None) -> list[Row]:
    wanted = None if media_ids is None else {as_int(one) for one in media_ids}
    rows = _rows(tx, [use])
    return [row for row in rows if wanted is None or row.media_id in wanted]


def _rows(tx: Transaction, wanted: Iterable[Use]) -> list[Row]:
    by_kind: dict[str, list[Use]] = {}
    for use in wanted:
        by_kind.setdefault(use.kind, []).append(use)
    found = []
    for kind, some in by_kind.items():
        places = sorted({use.place for use in some})
        refs = [use.ref for use in some]
        found += tx.all(queries.SHOWN, places=places, of_kind=kind, refs=refs)
    return found
