"""Puts the house together: picks the adapters by their URLs, hangs the slices' listeners in."""

import asyncio
import os
import secrets
from collections.abc import Coroutine, Iterable
from email.utils import parseaddr
from pathlib import Path
from types import ModuleType
from typing import Any

from entregent.accounts import Sessions
from entregent.accounts import api as accounts_api
from entregent.accounts import jobs as accounts_jobs
from entregent.invitations import api as invitations_api
from entregent.invitations import jobs as invitations_jobs
from entregent.invitations import listeners as invitations_listeners
from entregent.kit.routes import Route
from entregent.kit.scopes import Scope
from entregent.kit.settings import Settings
from entregent.live import Hub, LogJournal, Presence
from entregent.media import OWN, may_see_own
from entregent.media import api as media_api
from entregent.media import jobs as media_jobs
from entregent.media import listeners as media_listeners
from entregent.messaging import Deliveries, know_house, may_see, presence_event, watchers
from entregent.messaging import api as messaging_api
from entregent.messaging import jobs as messaging_jobs
from entregent.messaging import listeners as messaging_listeners
from entregent.moderation import api as moderation_api
from entregent.moderation import jobs as moderation_jobs
from entregent.moderation import listeners as moderation_listeners
from entregent.network import api as network_api
from entregent.network import listeners as network_listeners
from entregent.notifications import api as notifications_api
from entregent.notifications import jobs as notifications_jobs
from entregent.notifications import listeners as notifications_listeners
from entregent.ports.blobs import open_blobs
from entregent.ports.bus import MemoryBus, open_bus
from entregent.ports.clock import Clock, MachineClock
from entregent.ports.codec import open_codec
from entregent.ports.db import Database, open_database
from entregent.ports.fetch import open_fetch
from entregent.ports.ids import NodeIds
from entregent.ports.jobs import Handlers, Worker
from entregent.ports.limits import Limits
from entregent.ports.mail import Mailbox, open_mail
from entregent.ports.ports import Door, Ports
from entregent.ports.push import open_push
from entregent.profiles import api as profiles_api
from entregent.profiles import listeners as profiles_listeners
from entregent.profiles import may_see_cover, may_see_photo
from entregent.stories import OFFERED, offered_to
from entregent.stories import api as stories_api
from entregent.stories import jobs as stories_jobs
from entregent.stories import listeners as stories_listeners
from entregent.stories import may_see as may_see_frame
from entregent.transfer import api as transfer_api
from entregent.transfer import jobs as transfer_jobs
from entregent.transfer import listeners as transfer_listeners
from entregent.videos import api as videos_api
from entregent.videos import jobs as videos_jobs
from entregent.videos import listeners as videos_listeners
from entregent.videos import may_see as may_see_video
from entregent.webhooks import api as webhooks_api
from entregent.webhooks import jobs as webhooks_jobs
from entregent.webhooks import listeners as webhooks_listeners

from . import entrance
from .demo import api as demo_api
from .demo import known
from .hooks import Hooks

LISTENERS: tuple[ModuleType, ...] = (
    webhooks_listeners,
    media_listeners,
    network_listeners,
    profiles_listeners,
    notifications_listeners,
    invitations_listeners,
    messaging_listeners,
    stories_listeners,
    videos_listeners,
    transfer_listeners,
    moderation_listeners,
)
APIS: tuple[ModuleType, ...] = (
    messaging_api,
    accounts_api,
    webhooks_api,
    media_api,
    network_api,
    profiles_api,
    notifications_api,
    invitations_api,
    stories_api,
    videos_api,
    transfer_api,
    moderation_api,
    entrance,
    demo_api,
)
JOBS: tuple[Handlers, ...] = (
    accounts_jobs.handlers,
    webhooks_jobs.handlers,
    media_jobs.handlers,
    notifications_jobs.handlers,
    invitations_jobs.handlers,
    messaging_jobs.handlers,
    stories_jobs.handlers,
    videos_jobs.handlers,
    transfer_jobs.handlers,
    moderation_jobs.handlers,
)

# Who may see what is attached, by the kind of use.
FACES: frozenset[Scope] = frozenset({"messages.read", "network.read", "profile.read"})
# A face on every page is not asked for again on each.
FRESH_FACES = 3_600
DOORS: dict[str, Door] = {
    OWN: Door(may_see_own, frozenset({"messages.read", "messages.write"})),
    "photo": Door(may_see_photo, FACES, FRESH_FACES),
    "cover": Door(may_see_cover, FACES, FRESH_FACES),
    "message": Door(may_see, frozenset({"messages.read"})),
    "story": Door(may_see_frame, frozenset()),
    "video": Door(may_see_video, frozenset()),
}


def routes() -> Iterable[Route]:
    """Every route of every slice, the hot ones first."""
    declared = [route for api in APIS for route in api.routes.declared]
    return sorted(declared, key=lambda route: not route.hot)


def listen(db: Database) -> None:
    """Has every slice react to the facts from below."""
    for module in LISTENERS:
        for event, listener in module.LISTENERS:
            db.listen(event, listener)


def _sender(text: str) -> Mailbox:
    """The instance's own address, from `Name <address>`."""
    name, address = parseaddr(text)
    return Mailbox(address, name)


def _contact(settings: Settings) -> str:
    """Where a push service finds who sends: the instance's address, or that of its mails."""
    if settings.address.startswith("https://"):
        return settings.address
    return f"mailto:{_sender(settings.mail_from).address}"


def command_node() -> int:
    """A node for a command that runs beside the server: the upper half of the numbers is theirs,
    so that ids made in the same millisecond do not meet."""
    return 512 + os.getpid() % 512


class House:
    """One running house: ports, hub, sessions."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock | None = None,
        limit_factor: float = 1.0,
        node: int | None = None,
    ) -> None:
        self.settings = settings
        self._process = b""  # its name among several
        clock = clock or MachineClock()
        ids = NodeIds(clock, settings.node if node is None else node)
        self.db = open_database(settings.database, clock, ids)
        listen(self.db)
        self.hub = Hub(most=settings.max_streams)
        self.db.journal = LogJournal(self.hub)
        self.hooks = Hooks(self.db, self.hub)
        self.sessions = Sessions(self.db, clock, settings.session_days)
        self.ports = Ports(
            settings=settings,
            clock=clock,
            ids=ids,
            db=self.db,
            bus=MemoryBus(),
            limits=Limits(clock, limit_factor),
            session_ended=self.session_ended,
            whisper=self.whisper,
            present=self.present,
            blobs=open_blobs(settings.blobs) if settings.blobs else None,
            fetch=open_fetch(settings.fetch),
            push=open_push(
                settings.push,
                key=settings.push_key,
                folder=Path(settings.data),
                subject=_contact(settings),
                clock=clock,
            ),
            codec=open_codec(settings.codec),
            doors=DOORS,
            mail=open_mail(settings.mail, sender=_sender(settings.mail_from), clock=clock, ids=ids),
        )
        self.worker = Worker(self.ports, JOBS)
        self.presence = Presence(clock)
        self.deliveries = Deliveries()
        self.hub.on_carried = self.deliveries.note
        self._telling: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Learns what the instance is; joins its other processes, if there are any; begins to do
        what waits."""
        self.settings = self.ports.settings = await self.db.read(known, self.settings)
        blocked = self.settings.blocked_domains.replace(",", " ").split()
        await self.db.write(know_house, self.settings.address, blocked)
        if self.settings.bus != "memory:":
            self._join()
        self.ports.bus.subscribe(OFFERED, self._offered)
        await self.ports.bus.start()
        await self.hooks.sweep()
        await self.worker.start()

    def _join(self) -> None:
        bus = self.ports.bus = open_bus(self.settings.bus)
        mine = secrets.token_hex(8).encode()
        self.hub.announce = lambda members: bus.publish("log.grown", mine + b":" + members)

        def grown(_topic: str, payload: bytes) -> None:
            process, _, members = payload.partition(b":")
            if process != mine:
                self.hub.hinted(int(member) for member in members.split(b","))

        def ended(_topic: str, payload: bytes) -> None:
            member_id, _, session_id = payload.partition(b":")
            self._end(int(member_id), int(session_id))

        def whispered(_topic: str, payload: bytes) -> None:
            process, members, event = payload.split(b":", 2)
            if process != mine:
                self.hub.whisper([int(one) for one in members.split(b",")], event)

        def came_or_went(_topic: str, payload: bytes) -> None:
            process, member_id, here = payload.split(b":")
            if process != mine:
                self._note(int(member_id), here == b"1")

        self._process = mine
        bus.subscribe("live.now", whispered)
        bus.subscribe("live.here", came_or_went)
        bus.subscribe("log.grown", grown)
        bus.subscribe("session.ended", ended)
        bus.on_gap(lambda: self.hub.hinted(self.hub.members()))

    def whisper(self, members: Iterable[int], event: bytes) -> None:
        """Tells members what is true at this moment only, whichever process they follow."""
        told = list(members)
        self.hub.whisper(told, event)
        for start in range(0, len(told) if self._process else 0, 1_000):
            some = b",".join(b"%d" % one for one in told[start : start + 1_000])
            self.ports.bus.publish("live.now", b"%s:%s:%s" % (self._process, some, event))

    def present(self, member_id: int, here: bool) -> list[int]:
        """Notes that a member is here, or away; gives who is here."""
        if self._process and (self.presence.due(member_id) or not here):
            self.ports.bus.publish("live.here", b"%s:%d:%d" % (self._process, member_id, here))
        self._note(member_id, here)
        return self.presence.members()

    def lapse(self) -> None:
        """Those of whom nothing was heard for long are away."""
        for member_id in self.presence.lapsed():
            self._note(member_id, False)

    def _note(self, member_id: int, here: bool) -> None:
        if self.presence.note(member_id, here) and self.hub.members():
            self._tell(self._tell_presence(member_id, here))

    def _tell(self, telling: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(telling)
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    def _offered(self, _topic: str, hint: bytes) -> None:
        self._tell(self._tell_offered(hint))

    async def _tell_offered(self, hint: bytes) -> None:
        async for told, event in offered_to(self.db, hint, self.hub.members()):
            self.hub.whisper(told, event)

    async def _tell_presence(self, member_id: int, here: bool) -> None:
        told = await self.db.read(watchers, member_id, self.hub.members())
        self.hub.whisper(told, presence_event(member_id, here))

    def session_ended(self, member_id: int, session_id: int) -> None:
        """Forgets a session and closes its streams, here and in other processes."""
        self._end(member_id, session_id)
        self.ports.bus.publish("session.ended", b"%d:%d" % (member_id, session_id))

    def _end(self, member_id: int, session_id: int) -> None:
        self.sessions.forget(member_id, session_id)
        self.hub.end_session(member_id, session_id)

    async def end_lapsed(self) -> None:
        """Ends streams whose session or token is too old; what was used meanwhile lives on."""
        now = self.ports.clock.now()
        for follower in self.hub.lapsed(now):
            key = follower.member_id, follower.session_id
            follower.until = await self.sessions.until(*key)
            if follower.until <= now:
                follower.end("revoked")

    async def close(self) -> None:
        """Ends everything that was opened."""
        await self.worker.close()
        await self.ports.bus.close()
        await self.hooks.close()
        for task in self._telling:
            task.cancel()
        await asyncio.gather(*self._telling, return_exceptions=True)
        if self.ports.fetch is not None:
            await self.ports.fetch.close()
        self.db.close()
