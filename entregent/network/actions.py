"""What members do about each other: connect, part, block."""

from collections.abc import Iterable, Sequence

from entregent.accounts import members
from entregent.kit.errors import Refusal
from entregent.kit.paging import MAX_PAGE, decode_cursor, encode_cursor
from entregent.ports.db import Row, Transaction

from . import queries
from .events import (
    Blocked,
    Connected,
    ConnectionEnded,
    ManyConnected,
    TiesChanged,
    Unblocked,
)
from .model import (
    MAX_CONNECTIONS,
    NO_TIE,
    People,
    Person,
    Relation,
    Tie,
    name_key,
    patterns,
)

FAR = 2**62
FEW = 300
MANY = 150  # times as many as are asked about: too many to make a set of for so few

# -- reading -------------------------------------------------------------------------------------


def relations(tx: Transaction, a: int, ids: Iterable[int]) -> dict[int, Relation]:
    """How each of the ids stands to `a`, in three statements."""
    wanted = list(ids)
    known = members(tx, wanted)
    blocked = hidden_among(tx, a, wanted)
    connected = circle_among(tx, a, wanted)
    return {
        one: Relation(
            member=one in known and not known[one].closed,
            connected=one in connected,
            blocked=one in blocked,
            myself=one == a,
        )
        for one in wanted
    }


def relation(tx: Transaction, a: int, b: int) -> Relation:
    """How `b` stands to `a`: the one place that says who may turn to whom."""
    return relations(tx, a, [b])[b]


def hidden_within(tx: Transaction, ids: Iterable[int]) -> set[tuple[int, int]]:
    """Pairs, both ways round, of those of the ids between whom a block stands."""
    return {tuple(row) for row in tx.all(queries.HIDDEN_WITHIN, ids=list(ids))}


def any_hidden(tx: Transaction, me: int) -> bool:
    """Whether a block, of either side, hides anybody at all from the member."""
    return tx.first(queries.ANY_HIDDEN, me=me) is not None


def all_hidden(tx: Transaction, me: int) -> list[int]:
    """Everybody whom a block, of either side, hides from the member."""
    return [row.other_id for row in tx.all(queries.HIDDEN, me=me)]


def hidden_among(tx: Transaction, me: int, ids: Iterable[int]) -> set[int]:
    """Those of the ids whom a block, of either side, hides from the member."""
    return {row.other_id for row in tx.all(queries.HIDDEN_AMONG, me=me, ids=list(ids))}


def ties(tx: Transaction, me: int, ids: Iterable[int]) -> dict[int, Tie]:
    """How close the ids are to the member, with counts of mutual connections.

    At most four statements, however many they are.
    """
    wanted = [one for one in set(ids) if one != me]
    since = {row.other_id: row.since for row in _connections_with(tx, me, wanted)}
    number = _number_for(tx, me, wanted)
    mutuals = _mutuals(tx, me, wanted, number)
    far = [one for one in wanted if one not in since and one not in mutuals]
    third = _third(tx, me, far, number)
    found = {me: Tie(0, 0, None)}
    for one in wanted:
        if one in since:
            found[one] = Tie(1, mutuals.get(one, 0), since[one])
        elif one in mutuals:
            found[one] = Tie(2, mutuals[one], None)
        else:
            found[one] = Tie(3, 0, None) if one in third else NO_TIE
    return found


def _number_for(tx: Transaction, me: int, ids: Sequence[int]) -> int:
    """How many connections the member has, counted as far as it matters for so many ids."""
    most = max(FEW, MANY * len(ids)) + 1
    return int(tx.value(queries.COUNT_UP_TO, me=me, most=most))


def _mutuals(tx: Transaction, me: int, ids: Sequence[int], number: int) -> dict[int, int]:
    if len(ids) == 1 and number <= MANY:  # the other may have very many: mine are looked up there
        row = tx.first(queries.MUTUALS_OF_MANY, me=ids[0], ids=[me])
        return {} if row is None else {ids[0]: row.mutuals}
    many = number > MANY * len(ids)
    found = tx.all(queries.MUTUALS_OF_MANY if many else queries.MUTUALS, me=me, ids=ids)
    return {row.member_id: row.mutuals for row in found}


def _third(tx: Transaction, me: int, ids: Sequence[int], number: int) -> set[int]:
    """Those of the ids that are three steps away, knowing that they are not closer."""
    if not ids:
        return set()
    few = number <= FEW
    found = tx.all(queries.THIRD_FROM_ME if few else queries.THIRD_FROM_THEM, me=me, ids=ids)
    return {row.member_id for row in found}


def near(tx: Transaction, me: int, ids: Iterable[int]) -> dict[int, int]:
    """The numbers of mutual connections of those who have any with the member."""
    wanted = list(ids)
    return _mutuals(tx, me, wanted, _number_for(tx, me, wanted))


def degrees(tx: Transaction, me: int, ids: Iterable[int]) -> dict[int, int | None]:
    """Just the degrees of `ties`."""
    wanted = list(ids)
    found = ties(tx, me, wanted)
    return {one: found[one].degree for one in wanted}


def circle(tx: Transaction, me: int) -> dict[int, int]:
    """Everyone connected to the member, each with the moment since when."""
    return {row.other_id: row.since for row in tx.all(queries.CIRCLE, me=me)}


def circle_among(tx: Transaction, me: int, ids: Iterable[int]) -> set[int]:
    """Those of the ids who are connected to the member."""
    return {row.other_id for row in _connections_with(tx, me, ids)}


def _connections_with(tx: Transaction, me: int, ids: Iterable[int]) -> list[Row]:
    return tx.each(queries.FIND_CONNECTION, [{"me": me, "other": one} for one in ids])


def mutuals_with(
    tx: Transaction, me: int, other: int, limit: int = MAX_PAGE, after: int = 0
) -> list[int]:
    """Whom the member and another both know: of whoever has few, each is looked up at the other."""
    few = tx.value(queries.COUNT_UP_TO, me=me, most=MANY + 1) <= MANY
    one, another = (me, other) if few else (other, me)
    rows = tx.all(queries.MUTUALS_WITH, other=one, me=another, after=after, limit=limit)
    return [row.other_id for row in rows]


def page_of_connections(
    tx: Transaction, me: int, text: str = "", after: str = "", limit: int = 50
) -> People:
    """The member's connections whose name has words that begin as typed, newest first."""
    typed = patterns(text)
    since, last = _after(after)
    begin = {"me": me, "after_since": since, "after_id": last, "limit": min(limit, MAX_PAGE) + 1}
    if not typed:
        rows = tx.all(queries.PAGE_OF_CONNECTIONS, **begin)
        return _page(rows, limit, tx.value(queries.COUNT_CONNECTIONS, me=me))
    rows = tx.all(queries.FIND_CONNECTIONS, **begin, **typed)
    return _page(rows, limit, tx.value(queries.COUNT_FOUND_CONNECTIONS, me=me, **typed))


def page_of_blocks(tx: Transaction, me: int, after: str = "", limit: int = 50) -> People:
    """Whom the member has blocked, latest first."""
    since, last = _after(after)
    rows = tx.all(
        queries.PAGE_OF_BLOCKS,
        me=me,
        after_since=since,
        after_id=last,
        limit=min(limit, MAX_PAGE) + 1,
    )
    return _page(rows, limit, tx.value(queries.TOTAL_BLOCKS, me=me))


def _after(cursor: str) -> tuple[int, int]:
    if not cursor:
        return FAR, FAR
    since, last = decode_cursor(cursor, int, int)
    return int(since), int(last)


def _page(rows: Sequence[Person], limit: int, total: int) -> People:
    shown = [Person(row.id, row.since) for row in rows[: min(limit, MAX_PAGE)]]
    more = len(rows) > len(shown)
    return People(shown, encode_cursor(shown[-1].since or 0, shown[-1].id) if more else None, total)


# -- connecting ----------------------------------------------------------------------------------


def connect(tx: Transaction, one: int, other: int, most: int = MAX_CONNECTIONS) -> bool:
    """Connects two members; False when they are already."""
    tie = relation(tx, one, other)
    if not tie.reachable:
        raise Refusal("network.nobody", status=404)
    if tie.connected:
        return False
    if tx.value(queries.COUNT_CONNECTIONS, me=one) >= most:
        raise Refusal("network.too_many_connections", status=409, most=most)
    if tx.value(queries.COUNT_CONNECTIONS, me=other) >= most:
        raise Refusal("network.their_connections_full", status=409, most=most)
    _write_edges(tx, [(one, other)])
    tx.emit(Connected(one=one, other=other))
    return True


def connect_many(tx: Transaction, pairs: Sequence[tuple[int, int]]) -> None:
    """Connects members of a network that is being filled: nobody looks on, so no log tells it."""
    _write_edges(tx, pairs)


def cannot_connect(
    tx: Transaction,
    me: int,
    others: Sequence[int],
    most: int = MAX_CONNECTIONS,
    room: int | None = None,
) -> dict[int, str]:
    """Of many whom a member would connect with, those with whom it cannot be, and why.

    `nobody`, `connected`, `their_connections_full`, or `too_many_connections` for whoever comes
    after the member's own room has gone; that is counted unless it is given.
    """
    standing = relations(tx, me, others)
    numbers = {row.member_id: row.number for row in tx.all(queries.COUNT_EACH, ids=list(others))}
    if room is None:
        room = room_of(tx, me, most)
    found: dict[int, str] = {}
    for one in others:
        if not standing[one].reachable:
            found[one] = "nobody"
        elif standing[one].connected:
            found[one] = "connected"
        elif numbers.get(one, 0) >= most:
            found[one] = "their_connections_full"
        elif room <= 0:
            found[one] = "too_many_connections"
        else:
            room -= 1
    return found


def room_of(tx: Transaction, me: int, most: int = MAX_CONNECTIONS) -> int:
    """How many connections more the member may have."""
    return max(0, most - int(tx.value(queries.COUNT_CONNECTIONS, me=me)))


def connect_all(tx: Transaction, me: int, others: Sequence[int], *, told: bool) -> None:
    """Connects a member with many, of whom `cannot_connect` said nothing, in few statements."""
    if others:
        _write_edges(tx, [(one, me) for one in others])
        tx.emit(ManyConnected(member_id=me, others=list(others), told=told))


def part_from(tx: Transaction, me: int, others: Sequence[int]) -> list[int]:
    """Ends many connections at once, telling the others; gives which there were."""
    found = sorted(circle_among(tx, me, others))
    tx.run(queries.DROP_CONNECTIONS, me=me, ids=found)
    tx.run(queries.DROP_FAR_ENDS, me=me, ids=found)
    if found:
        tx.emit(ConnectionEnded(id=str(me)), to=found)
        tx.emit(TiesChanged(member_id=me, others=found))
    return found


def _write_edges(tx: Transaction, pairs: Sequence[tuple[int, int]]) -> None:
    people = members(tx, {one for pair in pairs for one in pair})
    keys = {one: name_key(person.name) for one, person in people.items()}
    edges = sorted({edge for one, other in pairs for edge in ((one, other), (other, one))})
    tx.run_many(
        queries.ADD_CONNECTION,
        [
            {
                "member_id": one,
                "other_id": other,
                "since": tx.now,
                "name_key": keys[other],
            }
            for one, other in edges
        ],
    )


def disconnect(tx: Transaction, me: int, other: int) -> bool:
    """Ends a connection, without telling why or by whom; False when there is none."""
    if not tx.touch(queries.DROP_CONNECTION, me=me, other=other):
        return False
    tx.run(queries.DROP_CONNECTION, me=other, other=me)
    tx.emit(ConnectionEnded(id=str(other)), to=[me])
    tx.emit(ConnectionEnded(id=str(me)), to=[other])
    tx.emit(TiesChanged(member_id=me, others=[other]))
    return True


# -- blocking ------------------------------------------------------------------------------------


def block(tx: Transaction, me: int, other: int) -> bool:
    """Hides two members from each other everywhere, at once; False when it was so already."""
    known = members(tx, [other])
    if other == me or other not in known:
        raise Refusal("network.nobody", status=404)
    row = tx.first(queries.FIND_BLOCK, me=me, other=other)
    if row is not None and row.mine:
        return False
    if row is None and known[other].closed:
        raise Refusal("network.nobody", status=404)
    disconnect(tx, me, other)
    tx.run(queries.ADD_MY_BLOCK, member_id=me, other_id=other, mine=1, theirs=0, at=tx.now)
    tx.run(queries.ADD_THEIR_BLOCK, member_id=other, other_id=me, mine=0, theirs=1, at=tx.now)
    tx.emit(Blocked(member_id=me, other_id=other))
    return True


def unblock(tx: Transaction, me: int, other: int) -> bool:
    """Lifts the member's own block; False when there is none."""
    row = tx.first(queries.FIND_BLOCK, me=me, other=other)
    if row is None or not row.mine:
        return False
    for one, another, lift in (
        (me, other, queries.LIFT_MY_BLOCK),
        (other, me, queries.LIFT_THEIR_BLOCK),
    ):
        tx.run(lift, me=one, other=another)
        tx.run(queries.DROP_EMPTY_BLOCK, me=one, other=another)
    tx.emit(Unblocked(member_id=me, other_id=other))
    return True
