"""What an export says, as plain values: what the reader gives and the writer takes.

Moments are milliseconds since 1970 in UTC; days, months and years alone are ISO 8601 text.
"""

from typing import Literal

import msgspec

HIDDEN_NAME = "LinkedIn Member"

Place = Literal["inbox", "archived", "spam", "promotions"]


class Who(msgspec.Struct, frozen=True, gc=False):
    """A person as one row names them; `slug` is the key of a profile, or None if unknown."""

    name: str
    slug: str | None = None

    @property
    def hidden(self) -> bool:
        """A closed, hidden or blocking account: nobody knows which."""
        return self.slug is None and self.name == HIDDEN_NAME


class Owner(msgspec.Struct, frozen=True):
    """Whose export it is, as far as the files tell."""

    name: str | None = None
    slug: str | None = None

    def is_(self, who: Who) -> bool:
        """Whether this is the owner: by slug, or by name where there is no slug."""
        if who.slug is not None:
            return who.slug == self.slug
        return who.name == self.name and bool(who.name)


class Message(msgspec.Struct, frozen=True, gc=False):
    """One message or draft; `at` is None where the date cannot be read.

    `identity` and `occurrence` are the same for the same message in every export of the member.
    `note` marks the note of an invitation, which shows up here once it was accepted. `id` is ours,
    if the export is one of ours.
    """

    conversation: str
    sender: Who
    recipients: tuple[Who, ...] = ()
    at: int | None = None
    subject: str = ""
    content: str = ""
    folder: str = ""
    attachments: tuple[str, ...] = ()
    draft: bool = False
    note: bool = False
    sponsored: bool = False
    identity: int = 0
    occurrence: int = 1
    id: str = ""


class Conversation(msgspec.Struct, frozen=True):
    """A conversation as a whole; `people` are all but the owner, `size` counts everyone.

    `approximate` marks a thread that was pieced together because the export has no key for it.
    """

    id: str
    title: str
    people: tuple[Who, ...]
    size: int
    group: bool
    place: Place
    messages: int
    drafts: int
    sponsored: int
    first_at: int | None
    last_at: int | None
    approximate: bool = False
    unread: bool = False


class Thread(msgspec.Struct, frozen=True):
    """Messages of one conversation, oldest first; `whole` if these are all that there are."""

    conversation: Conversation
    messages: list[Message]
    drafts: list[Message]
    whole: bool = True


class Connection(msgspec.Struct, frozen=True, gc=False):
    first_name: str
    last_name: str
    slug: str | None = None
    email: str = ""
    company: str = ""
    position: str = ""
    connected_on: int | None = None

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


class Invitation(msgspec.Struct, frozen=True, gc=False):
    inviter: Who
    invitee: Who
    sent_at: int | None
    message: str = ""
    incoming: bool = True

    @property
    def other(self) -> Who:
        """The one of the two who is not the owner."""
        return self.inviter if self.incoming else self.invitee


class Profile(msgspec.Struct, frozen=True, gc=False):
    first_name: str = ""
    last_name: str = ""
    maiden_name: str = ""
    address: str = ""
    birth_date: str = ""
    headline: str = ""
    summary: str = ""
    industry: str = ""
    country: str = ""
    zip_code: str = ""
    location: str = ""
    twitter: tuple[str, ...] = ()
    websites: tuple[str, ...] = ()
    messengers: str = ""

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


class Summary(msgspec.Struct, frozen=True, gc=False):
    text: str = ""


class Position(msgspec.Struct, frozen=True, gc=False):
    company: str = ""
    title: str = ""
    description: str = ""
    location: str = ""
    started: str | None = None
    finished: str | None = None


class Education(msgspec.Struct, frozen=True, gc=False):
    school: str = ""
    started: str | None = None
    finished: str | None = None
    notes: str = ""
    degree: str = ""
    activities: str = ""


class Skill(msgspec.Struct, frozen=True, gc=False):
    name: str = ""


class Language(msgspec.Struct, frozen=True, gc=False):
    name: str = ""
    proficiency: str = ""


class Certification(msgspec.Struct, frozen=True, gc=False):
    name: str = ""
    url: str = ""
    authority: str = ""
    started: str | None = None
    finished: str | None = None
    license: str = ""


class Project(msgspec.Struct, frozen=True, gc=False):
    title: str = ""
    description: str = ""
    url: str = ""
    started: str | None = None
    finished: str | None = None


class Publication(msgspec.Struct, frozen=True, gc=False):
    name: str = ""
    published: str | None = None
    description: str = ""
    publisher: str = ""
    url: str = ""


class Honor(msgspec.Struct, frozen=True, gc=False):
    title: str = ""
    description: str = ""
    issued: str | None = None
    issuer: str = ""


class Volunteering(msgspec.Struct, frozen=True, gc=False):
    company: str = ""
    role: str = ""
    cause: str = ""
    started: str | None = None
    finished: str | None = None
    description: str = ""


class Cause(msgspec.Struct, frozen=True, gc=False):
    name: str = ""


class Email(msgspec.Struct, frozen=True, gc=False):
    address: str = ""
    confirmed: bool = False
    primary: bool = False
    updated_at: int | None = None


class Phone(msgspec.Struct, frozen=True, gc=False):
    extension: str = ""
    number: str = ""
    kind: str = ""


class Recommendation(msgspec.Struct, frozen=True, gc=False):
    first_name: str = ""
    last_name: str = ""
    company: str = ""
    job: str = ""
    text: str = ""
    written_at: int | None = None
    status: str = ""


class Endorsement(msgspec.Struct, frozen=True, gc=False):
    at: int | None = None
    skill: str = ""
    first_name: str = ""
    last_name: str = ""
    slug: str | None = None
    status: str = ""


class Share(msgspec.Struct, frozen=True, gc=False):
    at: int | None = None
    link: str = ""
    text: str = ""
    shared_url: str = ""
    media_url: str = ""
    visibility: str = ""


class Comment(msgspec.Struct, frozen=True, gc=False):
    at: int | None = None
    link: str = ""
    text: str = ""


class Reaction(msgspec.Struct, frozen=True, gc=False):
    at: int | None = None
    kind: str = ""
    link: str = ""


class Repost(msgspec.Struct, frozen=True, gc=False):
    at: int | None = None
    link: str = ""


class Vote(msgspec.Struct, frozen=True, gc=False):
    at: int | None = None
    link: str = ""
    option: str = ""


class SavedItem(msgspec.Struct, frozen=True, gc=False):
    link: str = ""
    at: int | None = None


class Upload(msgspec.Struct, frozen=True, gc=False):
    said: str = ""
    description: str = ""
    link: str = ""


class CompanyFollow(msgspec.Struct, frozen=True, gc=False):
    organization: str = ""
    at: int | None = None


class MemberFollow(msgspec.Struct, frozen=True, gc=False):
    at: int | None = None
    status: str = ""
    name: str = ""


class HashtagFollow(msgspec.Struct, frozen=True, gc=False):
    hashtag: str = ""
    at: int | None = None
    changed_at: int | None = None
    state: str = ""


class PersonNote(msgspec.Struct, frozen=True, gc=False):
    """A private note on a connection."""

    first_name: str = ""
    last_name: str = ""
    slug: str | None = None
    text: str = ""
    at: int | None = None
    edited_at: int | None = None


class Article(msgspec.Struct, frozen=True, gc=False):
    """A long text that the owner published, as text."""

    title: str = ""
    text: str = ""
    link: str = ""
