"""Reads an export: `read` looks through all of it once, `Archive.threads` gives the messages."""

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from . import own
from .activity import Comments, article, mended
from .files import File, Files
from .forms import FORMS
from .limits import LIMITS, Limits
from .messages import MessageRows, Row, message
from .model import (
    Article,
    Connection,
    Conversation,
    Invitation,
    Message,
    Owner,
    Profile,
    Thread,
    Who,
)
from .own import ConversationExtra, Manifest, MessageExtra
from .people import OwnerVotes, People, Presence
from .refusals import nothing_found
from .report import FileReport, Report
from .sides import Budget, Rows, read_form
from .snapshot import Page
from .source import Source
from .survey import Figures, Survey, Twins
from .tables import Table
from .threads import Gatherer, Notes
from .ties import Connections, read_invitations

_NETWORK = ("connections", "messages", "invitations")
_WRITTEN_BY_LINKEDIN = {("utf-8", ","), ("utf-16", "\t")}


class Archive:
    """Everything that an export says; `sides` has the rows of each small family.

    The messages are not in it: `threads` reads them from the source, which must stay open.
    """

    def __init__(self, source: Source, files: Files, report: Report, limits: Limits) -> None:
        self.source = source
        self.report = report
        self.owner = Owner()
        self.manifest: Manifest | None = None
        self.profile: Profile | None = None
        self.sides: dict[str, list[Any]] = {}
        self.connections: list[Connection] = []
        self.invitations: list[Invitation] = []
        self.articles: list[Article] = []
        self.conversations: dict[str, Conversation] = {}
        self.figures = Figures()
        self.people = People()
        self.message_slugs: set[str] = set()
        self.notes_found: set[tuple[str, str]] = set()
        self._files = files
        self._limits = limits
        self._twins = Twins()
        self._thread_owner = Owner()

    @property
    def families(self) -> set[str]:
        """The families that the export has files of."""
        return {f.family for f in self.report.files if f.family and f.ignored is None}

    @property
    def first_part(self) -> bool:
        """Only the first of LinkedIn's two mails: a profile without any of the network files."""
        return not self.families.intersection(_NETWORK)

    def threads(self) -> Iterator[Thread]:
        """The messages and drafts by conversation; reads the source anew each time."""
        notes = Notes(self.invitations, self.people)
        gatherer = Gatherer(
            self.conversations, self._twins, notes, self.people, self.owner, self._limits
        )
        return gatherer.threads((row, one) for _, row, one in self._messages(first=False))

    def look_through(self, hint: Owner) -> None:
        """The first pass: fills everything in."""
        votes = OwnerVotes()
        self._read_manifest()
        self._read_sides(votes)
        self._learn_names(votes)
        # Threads of 2018 are told by who else is in them, so the owner is needed beforehand.
        self._thread_owner = self._decided(votes.decide(Presence(), hint))
        survey = Survey(self.people, self.invitations, self._limits)
        for file, row, one in self._messages(first=True):
            survey.add(row, one, file.report)
        for person, count in survey.figures.senders.items():
            votes.sender(person, count)
        presence = Presence()
        for conversation in survey.presence():
            presence.add(conversation)
        self.owner = self._decided(votes.decide(presence, hint))
        self.conversations = survey.finish(self.owner)
        self.figures = survey.figures
        self.message_slugs = survey.slugs
        self.notes_found = survey.notes_found
        self._twins = survey.twins
        self._complete_conversations()

    def _messages(self, *, first: bool) -> Iterator[tuple[File, Row, Message]]:
        return _messages(
            self._files, self.people, self._thread_owner, self.manifest, self._limits, first=first
        )

    def _decided(self, found: Owner) -> Owner:
        """Our own exports say whose they are."""
        manifest = self.manifest
        if manifest is None or not (manifest.name or manifest.slug):
            return found
        return Owner(manifest.name, manifest.slug)

    def _read_manifest(self) -> None:
        entry = self._files.own.get(own.MANIFEST)
        text = None if entry is None else self._files.text(entry)
        self.manifest = None if text is None else own.read_manifest(text)
        self._files.theirs = self.manifest is None
        self.people.literal = self.manifest is not None

    def _read_sides(self, votes: OwnerVotes) -> None:
        budget = Budget(self._limits)
        connections = Connections()
        for file in self._files.files:
            if file.family == "messages":
                continue
            rows = self._files.open(file, file.report.refuse)
            if rows is None:
                continue
            if file.family == "connections":
                connections.read(rows, file.report, self._limits, budget)
            else:
                values = self._values(file, rows, budget)
                known = self._list(file.family)
                new = _unlike(values, known)
                file.report.imported = len(new)
                file.report.duplicates = len(values) - len(new)
                known.extend(new)
            _finish(file.report, rows)
        self.connections = connections.all()
        self._read_articles(budget)
        self._settle_profile()
        if self.profile is not None:
            votes.profile_name = self.profile.name or None
        for one in self.invitations:
            votes.invitation(one.invitee if one.incoming else one.inviter)

    def _list(self, family: str) -> list[Any]:
        if family == "invitations":
            return self.invitations
        return self.sides.setdefault(family, [])

    def _values(self, file: File, rows: Table | Page, budget: Budget) -> list[Any]:
        if file.family == "invitations":
            return read_invitations(rows, self.people, file.report, self._limits, budget)
        source: Rows = rows
        theirs = self._files.theirs and isinstance(rows, Table)
        if theirs and file.family == "comments" and isinstance(rows, Table):
            source = Comments(rows, file.report, self._limits)
        values = read_form(source, FORMS[file.family], file.report, self._limits, budget)
        return [mended(v) for v in values] if theirs and file.family == "shares" else values

    def _settle_profile(self) -> None:
        profiles: list[Profile] = self.sides.pop("profile", [])
        summaries = [s.text for s in self.sides.pop("profile_summary", []) if s.text.strip()]
        if profiles or summaries:
            profile = profiles[0] if profiles else Profile()
            self.profile = replace(profile, summary=profile.summary or "".join(summaries[:1]))

    def _read_articles(self, budget: Budget) -> None:
        for entry, report in self._files.articles:
            text = self._files.text(entry)
            if text is None or len(self.articles) >= self._limits.articles:
                report.ignored = "too_large"
                continue
            budget.keep(text)
            report.rows = report.imported = 1
            self.articles.append(article(text))

    def _learn_names(self, votes: OwnerVotes) -> None:
        """Names from every file that has them, before any list of names is split."""
        people = self.people
        for one in self.connections:
            people.learn(Who(one.name, one.slug))
        for family in ("endorsements_received", "endorsements_given", "connection_notes"):
            for row in self.sides.get(family, []):
                people.learn(Who(f"{row.first_name} {row.last_name}".strip(), row.slug))
        for file in self._files.of("messages"):
            rows = self._files.open(file, lambda *_: None)
            found = None if rows is None else MessageRows(rows, FileReport(""))
            if found is None or found.has_urls:
                continue
            for row in found:
                sender = people.who(row.cells[2], row.cells[3])
                if row.outgoing:
                    votes.invitation(sender)
        people.freeze()

    def _complete_conversations(self) -> None:
        entry = self._files.own.get(own.CONVERSATIONS)
        if self.manifest is None or entry is None:
            return
        for extra in own.read_lines(self._files.pieces(entry), ConversationExtra, self._limits):
            known = self.conversations.get(extra.id)
            if known is not None:
                self.conversations[extra.id] = own.completed(known, extra)


def read(source: Source, hint: Owner | None = None, limits: Limits = LIMITS) -> Archive:
    """Looks through an export; `hint` is what the caller knows of its owner."""
    report = Report()
    archive = Archive(source, Files(source, report, limits), report, limits)
    archive.look_through(hint or Owner())
    if not archive.families:
        raise nothing_found()
    if archive.first_part:
        report.notes.append("first_part")
    return archive


def _messages(
    files: Files,
    people: People,
    owner: Owner,
    manifest: Manifest | None,
    limits: Limits,
    *,
    first: bool,
) -> Iterator[tuple[File, Row, Message]]:
    """Every row of every message file; only the first pass writes into the reports."""
    extras: Iterator[MessageExtra] = iter(())
    entry = files.own.get(own.MESSAGES)
    if manifest is not None and entry is not None:
        extras = own.read_lines(files.pieces(entry), MessageExtra, limits)
    for file in files.of("messages"):
        report = file.report if first else FileReport(file.report.name)
        rows = files.open(file, report.refuse)
        if rows is None:
            continue
        found = MessageRows(rows, report)
        for row in found:
            one = message(row, people, owner)
            extra = next(extras, None)
            if extra is not None and extra.conversation == one.conversation:
                one = own.extended(one, extra)
            else:
                # Out of step, so somebody edited one of the two: the rows are the truth.
                extras = iter(())
            yield file, row, one
        if first:
            _finish(report, rows)
            if found.legacy:
                report.note("approximate_threads")


def _finish(report: FileReport, rows: Table | Page) -> None:
    """What is only known of a file once it was read to its end."""
    report.encoding = rows.encoding
    report.delimiter = rows.delimiter
    report.columns = len(rows.columns)
    report.preamble_rows = rows.preamble
    report.blank = rows.blank
    if rows.undecodable:
        report.note("undecodable_bytes")
    if rows.doubled:
        report.note("letters_repaired")
    by_linkedin = (rows.encoding, rows.delimiter) in _WRITTEN_BY_LINKEDIN
    if rows.delimiter is not None and not by_linkedin:
        report.note("saved_by_a_spreadsheet")


def _unlike(values: list[Any], known: list[Any]) -> list[Any]:
    """The values that no earlier file of the same family holds: it may lie there twice."""
    if not known:
        return values
    before = set(known)
    return [value for value in values if value not in before]
