"""What a receiver does about invitations, one and many, and how it is undone."""

from typing import Any

import pytest

from entregent.invitations import withdraw
from entregent.invitations.actions import page
from entregent.invitations.actions.running import act, carry_on, find_run, run_of, stop, undo
from entregent.invitations.model import Selection, Verb
from entregent.kit.errors import Refusal
from entregent.messaging import Begin, Send, begin_conversation, send_messages
from entregent.messaging import page as inbox
from entregent.network import block, following_among, relation, unblock
from tests.invitations.asking import RULES, asked, box, do, finish, groups
from tests.world import World

SILENT: tuple[Verb, ...] = ("follow", "ignore", "unknown", "report")


def rows(world: World, me: int) -> list[Any]:
    return world.see(inbox, me, "inbox", None, 50)[0]


def write(world: World, me: int, other: int, text: str) -> Any:
    row = world.do(begin_conversation, Begin(me, [other], None, 50))
    [answer] = world.do(
        lambda tx: send_messages(tx, [Send(me, int(row.id), f"said-{text}", text, 8_000)])
    )
    return answer


@pytest.mark.parametrize("verb", SILENT)
def test_silence_can_be_undone_and_is_not_heard(world: World, verb: Verb) -> None:
    key = asked(world, world.emi, world.ana, "Hello Ana")
    heard = world.cursor(world.emi)
    run = do(world, world.ana, [key], verb)
    assert (run.state, run.done, run.counts) == ("done", 1, {verb: 1})
    assert box(world, world.ana) == []
    assert box(world, world.emi, "sent") == [world.ana]
    assert world.see(following_among, world.ana, [world.emi]) == (
        {world.emi} if verb == "follow" else set()
    )
    undone = world.do(undo, world.ana, int(run.id), RULES)
    assert (undone.state, undone.undoable) == ("undone", False)
    assert box(world, world.ana) == [world.emi]
    assert world.see(following_among, world.ana, [world.emi]) == set()
    assert world.log(world.emi, heard) == []


def test_accepting_can_be_undone(world: World) -> None:
    key = asked(world, world.emi, world.ana, "We met in Nantes.")
    run = do(world, world.ana, [key], "accept")
    assert world.see(relation, world.ana, world.emi).connected
    [row] = rows(world, world.ana)
    assert (row.snippet, row.unread) == ("We met in Nantes.", False)
    world.do(undo, world.ana, int(run.id), RULES)
    assert not world.see(relation, world.ana, world.emi).connected
    assert rows(world, world.ana) == rows(world, world.emi) == []
    assert (box(world, world.ana), box(world, world.emi, "sent")) == ([world.emi], [world.ana])
    do(world, world.ana, [key], "accept")  # and once more
    assert world.see(relation, world.ana, world.emi).connected
    assert [row.snippet for row in rows(world, world.emi)] == ["We met in Nantes."]


async def test_an_undone_acceptance_is_told_no_more(world: World) -> None:
    async with world.client(world.emi) as client:
        run = do(world, world.ana, [asked(world, world.emi, world.ana)], "accept")
        await finish(world)
        [told] = (await client.get("/api/notices")).json()["notices"]
        assert told["kind"] == "accepted"
        world.do(undo, world.ana, int(run.id), RULES)
        await finish(world)
        assert (await client.get("/api/notices")).json()["notices"] == []


def test_what_was_written_since_stays(world: World) -> None:
    key = asked(world, world.emi, world.ana, "We met in Nantes.")
    run = do(world, world.ana, [key], "accept")
    write(world, world.emi, world.ana, "Thank you!")
    world.do(undo, world.ana, int(run.id), RULES)
    assert [row.snippet for row in rows(world, world.ana)] == ["Thank you!"]
    assert box(world, world.ana) == [world.emi]


def test_accepting_with_words(world: World) -> None:
    key = asked(world, world.emi, world.ana, "We met in Nantes.")
    do(world, world.ana, [key], "accept", "Of course, {first_name}!")
    [row] = rows(world, world.emi)
    assert (row.snippet, row.unread, row.last_seq) == ("Of course, Emi!", True, 2)


def test_a_reply_does_not_accept(world: World) -> None:
    key = asked(world, world.emi, world.ana, "May I?")
    do(world, world.ana, [key], "reply", "Who are you?")
    assert not world.see(relation, world.ana, world.emi).connected
    assert box(world, world.ana) == []
    assert box(world, world.ana, "replied") == [world.emi]
    assert box(world, world.emi, "sent") == [world.ana]
    [row] = rows(world, world.emi)
    assert (row.snippet, row.unread, row.writable) == ("Who are you?", True, True)
    [mine] = rows(world, world.ana)
    assert (mine.unread, mine.last_seq) == (False, 2)
    write(world, world.emi, world.ana, "The one of the bridge.")
    do(world, world.ana, [key], "accept")
    assert world.see(relation, world.ana, world.emi).connected
    assert box(world, world.ana, "replied") == box(world, world.emi, "sent") == []


def test_a_refusal_after_a_reply_closes_it_and_says_so(world: World) -> None:
    key = asked(world, world.emi, world.ana, "May I?")
    assert do(world, world.ana, [key], "refuse").skipped == 1  # nothing was said yet
    do(world, world.ana, [key], "reply", "Who are you?")
    run = do(world, world.ana, [key], "refuse")
    assert (run.done, run.skipped) == (1, 0)
    assert box(world, world.emi, "sent") == []
    refused = write(world, world.emi, world.ana, "Please")
    assert isinstance(refused, Refusal)
    assert refused.code == "messaging.closed_refused"
    assert rows(world, world.emi)[0].writable is False
    with pytest.raises(Refusal, match="too_soon"):
        asked(world, world.emi, world.ana)
    world.do(undo, world.ana, int(run.id), RULES)
    assert rows(world, world.emi)[0].writable is True
    assert box(world, world.emi, "sent") == [world.ana]


def test_no_block_lifted_opens_what_was_refused(world: World) -> None:
    from_emi = asked(world, world.emi, world.ana)
    do(world, world.ana, [from_emi], "ask", "How do we know each other?")
    do(world, world.ana, [from_emi], "refuse")
    world.do(block, world.ana, world.emi)
    world.do(unblock, world.ana, world.emi)
    assert isinstance(write(world, world.emi, world.ana, "Please"), Refusal)
    assert asked(world, world.ana, world.emi)  # whoever refused may think better of it


def test_blocking_and_taking_it_back(world: World) -> None:
    key = asked(world, world.emi, world.ana)
    run = do(world, world.ana, [key], "block")
    assert not world.see(relation, world.emi, world.ana).reachable
    assert box(world, world.emi, "sent") == []
    world.do(undo, world.ana, int(run.id), RULES)
    assert world.see(relation, world.emi, world.ana).reachable
    assert box(world, world.ana) == [world.emi]
    assert box(world, world.emi, "sent") == [world.ana]


def test_whoever_was_said_to_be_unknown_reaches_nobody_again(world: World) -> None:
    key = asked(world, world.emi, world.ana)
    do(world, world.ana, [key], "unknown")
    world.clock.forward(days=181)
    heard = world.cursor(world.ana)
    asked(world, world.emi, world.ana, "Me again")
    assert box(world, world.ana) == []
    assert box(world, world.ana, "held") == [world.emi]
    assert box(world, world.emi, "sent") == [world.ana]
    assert world.log(world.ana, heard) == []


def test_nobody_acts_for_another(world: World) -> None:
    key = asked(world, world.emi, world.ana)
    for member in (world.bruno, world.emi):
        with pytest.raises(Refusal, match="not_found"):
            do(world, member, [key], "accept")
    run = do(world, world.ana, [key], "ignore")
    with pytest.raises(Refusal, match="no_run"):
        world.do(undo, world.bruno, int(run.id), RULES)


def test_what_the_sender_took_back_is_left_out(world: World) -> None:
    first = asked(world, world.emi, world.ana)
    second = asked(world, world.chloe, world.ana)
    world.do(withdraw, world.emi, first)
    run = do(world, world.ana, [first, second], "accept")
    assert (run.done, run.skipped) == (2, 1)
    assert world.see(relation, world.ana, world.chloe).connected
    assert not world.see(relation, world.ana, world.emi).connected


async def test_a_whole_group_but_one(world: World) -> None:
    people = world.members(70)
    for number, one in enumerate(people):
        asked(world, one, world.ana, f"Note {number} about the {number}th bridge" * (number % 2))
    left = world.see(page, world.ana, "received", RULES).invitations[0]
    selection = Selection(group="all", except_=[left.id])
    heard = world.cursor(world.ana)
    run = world.do(act, world.ana, None, selection, "accept", RULES)
    assert (run.state, run.done, run.total) == ("running", 0, 69)
    await finish(world)
    assert box(world, world.ana) == [int(left.person_id)]
    told = [one["type"] for one in world.log(world.ana, heard)]
    assert told[-1] == "invitations.refreshed"
    assert "connections.refreshed" in told
    assert "invitation.settled" not in told
    done = run_of(world.see(find_run, world.ana, int(run.id)))
    assert (done.state, done.done, done.skipped) == ("done", 69, 0)
    world.do(undo, world.ana, int(run.id), RULES)
    await finish(world)
    assert len(box(world, world.ana)) == 70
    assert not world.see(relation, world.ana, people[3]).connected
    assert run_of(world.see(find_run, world.ana, int(run.id))).state == "undone"
    assert all(box(world, one, "sent") == [world.ana] for one in people[:3])


async def test_a_run_can_be_stopped(world: World) -> None:
    for one in world.members(60):
        asked(world, one, world.ana)
    run = world.do(act, world.ana, None, Selection(), "ignore", RULES)
    stopped = world.do(stop, world.ana, int(run.id))
    assert (stopped.state, stopped.undoable) == ("stopped", False)
    await finish(world)
    assert len(box(world, world.ana)) == 60


def test_groups_count_exactly(world: World) -> None:
    plain = asked(world, world.emi, world.ana)
    asked(world, world.chloe, world.ana, "Do you remember the workshop on bridges?")
    counted = groups(world, world.ana)
    assert counted == {"all": 2, "personal": 1, "no_note": 1, "empty_profile": 2, "no_photo": 2}
    assert box(world, world.ana, group="no_note") == [world.emi]
    assert box(world, world.ana, group="personal") == [world.chloe]
    do(world, world.ana, [plain], "ignore")
    assert groups(world, world.ana) == {"all": 1, "personal": 1, "empty_profile": 1, "no_photo": 1}


async def test_what_is_stopped_in_the_middle_stays_half_done_and_is_undone_whole(
    world: World,
) -> None:
    for one in world.members(200):
        asked(world, one, world.ana)
    run = world.do(act, world.ana, None, Selection(), "accept", RULES)
    assert world.do(carry_on, world.ana, int(run.id), RULES)
    halfway = run_of(world.see(find_run, world.ana, int(run.id)))
    assert (halfway.state, halfway.total) == ("running", 200)
    assert 0 < halfway.done < 200
    stopped = world.do(stop, world.ana, int(run.id))
    assert (stopped.state, stopped.done, stopped.undoable) == ("stopped", halfway.done, True)
    await finish(world)  # the job finds nothing left to do
    assert len(box(world, world.ana)) == 200 - halfway.done
    told = world.log(world.ana)
    assert [one["type"] for one in told[-2:]] == ["invitations.refreshed", "run.progressed"]
    assert "inbox.refreshed" in {one["type"] for one in told}
    world.do(undo, world.ana, int(run.id), RULES)
    await finish(world)
    assert len(box(world, world.ana)) == 200
    undone = run_of(world.see(find_run, world.ana, int(run.id)))
    assert (undone.state, undone.done, undone.undoable) == ("undone", 0, False)
