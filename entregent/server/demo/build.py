"""Carries a community out: every member, tie and message comes of the action that a member takes.

The clock is moved through the eighteen months, so that accounts, ids and conversations are as old
as they say. What happens within some days shares a transaction, and messages within it one call.

The logs stay empty: a log is what a page missed since its fresh state, and of an instance that is
being filled no page has one. So the journal is taken off while it is built; every log stands
complete at number 0, and the first fresh state holds everything.
"""

import asyncio
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, NamedTuple

import msgspec

from entregent.accounts import create_member
from entregent.invitations import (
    Filled,
    Rules,
    accept,
    fill_invitations,
    ignore,
    invite,
    withdraw,
)
from entregent.kit.errors import Refusal
from entregent.media import Begin as BeginFile
from entregent.media import Use, attach, bring_now, work
from entregent.messaging import (
    Begin,
    Send,
    begin_conversation,
    fill_index_now,
    mark,
    save_draft,
    send_messages,
)
from entregent.moderation import grant, report_person
from entregent.network import connect_many
from entregent.ports.clock import StoppedClock
from entregent.ports.db import Transaction
from entregent.ports.ports import Ports
from entregent.profiles import ProfileChange, change_profile
from entregent.stories import publish, set_prompt
from entregent.videos import Film, NewVideoReply, VideoKey, like, reply, see, write_track
from entregent.videos import publish as publish_video

from .almanac import DAY, MINUTE
from .community import NAME, Plan
from .fact import Demo, keep
from .knocking import Knock
from .network import Asking, Tie
from .people import CAST, COMPLAINTS, HOSTS, Person
from .pictures import landscape, portrait
from .showing import Shown, films
from .talks import Talk, Word
from .telling import QUESTION, Told, stories

FILM = "video/x-msvideo"
STEP = 600  # happenings in one transaction
WORKED_ON_MS = 10 * MINUTE  # on films, which takes seconds here

IN_PUBLIC = ProfileChange(audiences={"headline": "public", "photo": "public", "cover": "public"})

Report = Callable[[int, int], None]


class Line(NamedTuple):
    """A message of a conversation."""

    talk: Talk
    number: int
    word: Word


class Some(NamedTuple):
    """What happens within some days, each in the order of time."""

    people: list[tuple[int, Person]]
    ties: list[tuple[int, Tie]]
    askings: list[tuple[int, Asking]]
    answers: list[tuple[int, Asking]]
    talks: list[tuple[int, Talk]]
    lines: list[tuple[int, Line]]


class Builder:
    """Builds one plan in one empty house, whose clock is the one given."""

    def __init__(self, ports: Ports, clock: StoppedClock, plan: Plan) -> None:
        self._ports = ports
        self._db, self._settings = ports.db, ports.settings
        self._clock = clock
        self._plan = plan
        self._rules = Rules.of(ports.settings)
        self._ids: dict[int, int] = {}  # of members, by their number
        self._keys: dict[int, int] = {}  # of conversations, by their place in the plan
        self._places = {id(talk): place for place, talk in enumerate(plan.talks)}
        self._asked: dict[tuple[int, int], int] = {}  # of invitations, by the numbers of the two

    def build(self, report: Report) -> None:
        """Does everything, and tells how far it is."""
        self._db.journal = None
        steps = list(_steps(_everything(self._plan)))
        for number, some in enumerate(steps):
            report(number, len(steps) + 1)
            self._db.write_now(self._happen, some)
        report(len(steps), len(steps) + 1)
        self._knock()
        shows = [(shown, *self._publish(shown)) for shown in films(self._plan.pictured)]
        self._clock.at = self._plan.now
        # Films are worked on in processes of their own. Nobody answers one before it is to be seen.
        with ThreadPoolExecutor(1) as beside:
            seen = beside.submit(asyncio.run, self._work_on([media for *_, media in shows]))
            fill_index_now(self._db)
            self._db.write_now(self._tidy)
            for person in self._plan.pictured:
                self._picture(person)
            seen.result()
        for shown, video, _ in shows:
            self._converse(shown, video)
        for told in stories(self._plan.pictured):
            self._tell(told)
        self._clock.at = self._plan.now
        report(len(steps) + 1, len(steps) + 1)

    # -- what happens ------------------------------------------------------------------------------

    def _happen(self, tx: Transaction, some: Some) -> None:
        for at, person in some.people:
            self._turn_to(tx, at)
            self._ids[person.number] = self._join(tx, person)
        for day in sorted({at // DAY for at, _ in some.ties}):
            ties = [tie for at, tie in some.ties if at // DAY == day]
            self._turn_to(tx, ties[0].at)
            connect_many(tx, [(self._id(tie.one), self._id(tie.other)) for tie in ties])
        for at, asking in some.askings:
            self._turn_to(tx, at)
            self._ask(tx, asking)
        for at, asking in some.answers:
            self._turn_to(tx, at)
            self._answer(tx, asking)
        for at, talk in some.talks:
            self._turn_to(tx, at)
            self._begin(tx, talk)
        if some.lines:
            self._turn_to(tx, some.lines[-1][0])
            self._say(tx, [line for _, line in some.lines])

    def _turn_to(self, tx: Transaction, at: int) -> None:
        """It is now that moment, for ids too."""
        tx.now = self._clock.at = at

    def _id(self, person: Person) -> int:
        return self._ids[person.number]

    def _join(self, tx: Transaction, person: Person) -> int:
        # Without a hash nobody signs in by password; the demo has its own way in.
        member_id = create_member(tx, person.email, "", person.name, person.language, True)
        change_profile(tx, member_id, person.change)
        return member_id

    def _ask(self, tx: Transaction, asking: Asking) -> None:
        asked = invite(
            tx,
            self._id(asking.sender),
            self._id(asking.receiver),
            asking.reason,
            asking.note,
            self._rules,
        )
        assert asked.invitation is not None
        self._asked[asking.sender.number, asking.receiver.number] = int(asked.invitation.id)

    def _answer(self, tx: Transaction, asking: Asking) -> None:
        key = self._asked[asking.sender.number, asking.receiver.number]
        if asking.answer == "accept":
            accept(tx, self._id(asking.receiver), key, self._rules)
        elif asking.answer == "ignore":
            ignore(tx, self._id(asking.receiver), key)
        else:
            withdraw(tx, self._id(asking.sender), key)

    def _begin(self, tx: Transaction, talk: Talk) -> None:
        first, *others = [self._id(person) for person in talk.people]
        begun = begin_conversation(tx, Begin(first, others, talk.title, self._settings.max_group))
        self._keys[self._places[id(talk)]] = int(begun.id)

    def _say(self, tx: Transaction, lines: list[Line]) -> None:
        sends = []
        for line in lines:
            place = self._places[id(line.talk)]
            sends.append(
                Send(
                    self._id(line.word.author),
                    self._keys[place],
                    f"demo-{place}-{line.number}",
                    line.word.text,
                    self._settings.max_message,
                    line.word.at,
                )
            )
        for answer in send_messages(tx, sends):
            if isinstance(answer, Refusal):
                raise answer

    def _knock(self) -> None:
        """Those who came because of the flooded member, who know a few others, and wait."""
        knocks = self._plan.knocks
        for start in range(0, len(knocks), STEP):
            self._db.write_now(self._come, knocks[start : start + STEP])
        self._clock.at = self._plan.now
        filled = [Filled(self._id(k.sender), k.reason, k.note, k.at, k.sent) for k in knocks]
        flooded = self._id(self._plan.network.part("flooded"))
        self._db.write_now(fill_invitations, flooded, filled)

    def _come(self, tx: Transaction, some: Sequence[Knock]) -> None:
        fresh = [knock for knock in some if knock.sender.number not in self._ids]
        for knock in sorted(fresh, key=lambda knock: -knock.sender.joined):
            self._turn_to(tx, self._plan.now - round(knock.sender.joined * DAY))
            self._ids[knock.sender.number] = self._join(tx, knock.sender)
        pairs = [(self._id(k.sender), self._id(one)) for k in fresh for one in k.knows]
        connect_many(tx, pairs)

    def _picture(self, person: Person) -> None:
        """A photo and a cover, which the server looks at like all that members bring; they are
        seen once it has."""
        me = self._id(person)
        for kind, content in (
            ("photo", portrait(person.name, long_hair=person.female)),
            ("cover", landscape(person.name)),
        ):
            asked = BeginFile(f"demo-{kind}", len(content), f"{kind}.jpg", "image/jpeg")
            join = partial(_wear, me, Use(kind, str(me)))
            bring_now(self._db, self._settings, me, asked, content, join)
        # The cast is chosen from before anybody is signed in.
        self._db.write_now(change_profile, me, IN_PUBLIC)

    def _tell(self, told: Told) -> None:
        me = self._id(told.person)
        self._clock.at = self._plan.now - told.ago
        if told.file is None:
            self._db.write_now(publish, me, told.story, told.person.language)
            return
        kind = "video" if told.moves else "photo"
        name, type_ = ("story.avi", FILM) if told.moves else ("story.jpg", "image/jpeg")
        asked = BeginFile("demo-story", len(told.file), name, type_)
        join = partial(_show, me, told, kind)
        bring_now(self._db, self._settings, me, asked, told.file, join)

    def _publish(self, shown: Shown) -> tuple[VideoKey, tuple[int, int]]:
        me, made = self._id(shown.person), list[tuple[int, int]]()
        self._clock.at = self._plan.now - shown.ago

        def publish_it(tx: Transaction, key: str) -> None:
            new = msgspec.structs.replace(shown.video, media_id=key)
            done = publish_video(tx, me, new, shown.person.language)
            made.append((int(done.video.id), int(key)))

        size = len(shown.film)
        asked = BeginFile("demo-video", size, "film.avi", FILM, lasting=True)
        # A server that runs already keeps off what is worked on here.
        at = self._plan.now + WORKED_ON_MS
        bring_now(self._db, self._settings, me, asked, shown.film, publish_it, at)
        video, media = made[-1]
        return (me, video), (me, media)

    async def _work_on(self, files: Sequence[tuple[int, int]]) -> None:
        for me, media in files:
            await work(self._ports, me, media)

    def _converse(self, shown: Shown, video: VideoKey) -> None:
        """Subtitles, answers an hour or so after one another, and those who like it."""
        self._clock.at = self._plan.now - shown.ago
        film, language = Film(*video), shown.person.language
        self._db.write_now(write_track, video[0], film, language, shown.cues, None)
        numbers: list[str] = []
        for said in shown.said:
            self._clock.at += 97 * MINUTE
            me = self._id(said.person)
            above = None if said.answers is None else numbers[said.answers]
            new = NewVideoReply(client_id="demo-reply", text=said.text, parent_id=above)
            answer = partial(_answer, me, video, new, numbers)
            if said.film is None:
                self._db.write_now(answer, None)
            else:
                size = len(said.film)
                asked = BeginFile(f"demo-{len(numbers)}", size, "answer.avi", FILM)
                bring_now(self._db, self._settings, me, asked, said.film, answer)
        for fan in shown.fans:
            self._db.write_now(see, self._id(fan), video)
            self._db.write_now(like, self._id(fan), video, True, language)

    # -- what is left of it ------------------------------------------------------------------------

    def _tidy(self, tx: Transaction) -> None:
        """Everyone has read what they have read, and handled it; the instance knows what it is."""
        read: dict[int, list[int]] = {}
        for place, talk in enumerate(self._plan.talks):
            for person in talk.people:
                if person not in talk.unread and person is not talk.last.author:
                    read.setdefault(person.number, []).append(self._keys[place])
        for number, keys in read.items():
            mark(tx, self._ids[number], keys, "read")
        flooded = self._id(self._plan.network.part("flooded"))
        placed = {
            kind: [self._keys[p] for p, talk in enumerate(self._plan.talks) if talk.place == kind]
            for kind in ("archived", "spam")
        }
        mark(tx, flooded, placed["archived"], "archived")
        mark(tx, flooded, placed["spam"], "spam")
        for place, talk in enumerate(self._plan.talks):
            for number, text in talk.drafts.items():
                key = self._keys[place]
                save_draft(tx, self._ids[number], key, text, self._settings.max_message)
        cast = [self._id(self._plan.network.part(character.part)) for character in CAST]
        keep(tx, Demo(NAME, cast))
        self._host(tx)

    def _host(self, tx: Transaction) -> None:
        """The hosts ask something, and have somebody to decide about."""
        for part in HOSTS:
            grant(tx, self._id(self._plan.network.part(part)))
        set_prompt(tx, QUESTION, "en")
        loudest = max(self._plan.knocks, key=lambda knock: knock.sent).sender
        for part, note in COMPLAINTS.items():
            who = self._id(self._plan.network.part(part))
            report_person(tx, who, self._id(loudest), "spam", note)


def _answer(
    me: int,
    video: VideoKey,
    new: NewVideoReply,
    numbers: list[str],
    tx: Transaction,
    media: str | None,
) -> None:
    done = reply(tx, me, video, msgspec.structs.replace(new, media_id=media))
    numbers.append(done.reply.id)


def _wear(me: int, use: Use, tx: Transaction, key: str) -> None:
    attach(tx, me, [key], use)


def _show(me: int, told: Told, kind: str, tx: Transaction, key: str) -> None:
    for frame in told.story.frames:
        if frame.kind == kind:
            frame.media_id = key
    publish(tx, me, told.story, told.person.language)


def _everything(plan: Plan) -> Some:
    """All that happens, each kind in the order of time."""
    invited = {frozenset((one.sender.number, one.receiver.number)) for one in plan.invited}
    ties = [
        (tie.at, tie)
        for numbers, tie in plan.network.ties.items()
        if frozenset(numbers) not in invited
    ]
    askings = [*plan.invited, *plan.network.askings]
    return Some(
        sorted(
            ((plan.now - round(one.joined * DAY), one) for one in plan.people),
            key=lambda pair: pair[0],
        ),
        sorted(ties, key=lambda pair: pair[0]),
        sorted(((one.at, one) for one in askings), key=lambda pair: pair[0]),
        sorted(((one.answered_at, one) for one in askings if one.answer), key=lambda p: p[0]),
        sorted(((talk.words[0].at, talk) for talk in plan.talks), key=lambda pair: pair[0]),
        sorted(
            (
                (word.at, Line(talk, number, word))
                for talk in plan.talks
                for number, word in enumerate(talk.words)
            ),
            key=lambda pair: pair[0],
        ),
    )


def _steps(all_of_it: Some) -> Iterator[Some]:
    """The same in steps of about `STEP` happenings."""
    kinds: Sequence[list[Any]] = all_of_it
    times = [[at for at, _ in kind] for kind in kinds]
    moments = sorted(at for kind in times for at in kind)
    edges = sorted({*moments[STEP::STEP], moments[-1] + 1})
    begins = [0] * len(times)
    for edge in edges:
        ends = [bisect_left(kind, edge) for kind in times]
        yield Some(*(kind[a:b] for kind, a, b in zip(kinds, begins, ends, strict=True)))
        begins = ends
