"""The small files: which column is which field, read and written from one description each."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from . import dates, model
from .people import profile_url, slug


class Column(msgspec.Struct, frozen=True):
    """A field, the names that its column has had (the first is written), and its two ways.

    A `rare` column is one that today's exports do not have.
    """

    field: str
    names: tuple[str, ...]
    parse: Callable[[str], Any]
    write: Callable[[Any], str]
    dated: bool = False
    rare: bool = False


class Form(msgspec.Struct, frozen=True):
    """A file: its name as written, the type of its rows, its columns, those that tell it."""

    file: str
    row: type[msgspec.Struct]
    columns: tuple[Column, ...]
    required: tuple[tuple[str, ...], ...]
    sniffed: bool = True


def _same(text: str) -> str:
    return text


def text(field: str, *names: str) -> Column:
    return Column(field, names, _same, _same)


def line(field: str, *names: str) -> Column:
    return Column(field, names, str.strip, _same)


def rare(field: str, *names: str) -> Column:
    return Column(field, names, str.strip, _same, rare=True)


def flag(field: str, *names: str) -> Column:
    return Column(field, names, is_yes, lambda value: "Yes" if value else "No")


def person(field: str, *names: str) -> Column:
    return Column(field, names, slug, profile_url)


def partial(field: str, *names: str) -> Column:
    return Column(field, names, dates.whole_day, _or_empty(dates.write_partial), dated=True)


def moment(
    field: str,
    *names: str,
    parse: Callable[[str], int | None] = dates.stamp,
    write: Callable[[int], str] = dates.write_stamp,
) -> Column:
    return Column(field, names, lambda value: parse(value.strip()), _or_empty(write), dated=True)


def listed(field: str, *names: str) -> Column:
    return Column(field, names, _unlisted, lambda values: f"[{','.join(values)}]" if values else "")


def is_yes(value: str) -> bool:
    """`Yes` in exports, `true` in some copies of them."""
    return value.strip().lower() in {"yes", "true", "1"}


def _or_empty(write: Callable[[Any], str]) -> Callable[[Any], str]:
    return lambda value: "" if value is None else write(value)


def _unlisted(value: str) -> tuple[str, ...]:
    """`[PERSONAL:https://a,PORTFOLIO:https://b]` as its items."""
    value = value.strip()
    if value.startswith("[") and value.endswith("]"):
        value = value[1:-1]
    return tuple(item for item in (part.strip() for part in value.split(",")) if item)


def _form(
    file: str,
    row: type[msgspec.Struct],
    *columns: Column,
    required: tuple[tuple[str, ...], ...] = (),
    sniffed: bool = True,
) -> Form:
    names = tuple(column.names[0].lower() for column in columns)
    return Form(file, row, columns, required or (names[:3],), sniffed)


_RECOMMENDATION = (
    line("first_name", "First Name"),
    line("last_name", "Last Name"),
    line("company", "Company"),
    line("job", "Job Title"),
    text("text", "Text"),
    moment("written_at", "Creation Date", parse=dates.us, write=dates.write_us),
    line("status", "Status"),
)


def _endorsement(side: str) -> tuple[Column, ...]:
    return (
        moment("at", "Endorsement Date", write=dates.write_slashed),
        line("skill", "Skill Name"),
        line("first_name", f"{side} First Name"),
        line("last_name", f"{side} Last Name"),
        Column(
            "slug",
            (f"{side} Public Url",),
            slug,
            lambda key: profile_url(key).removeprefix("https://"),
        ),
        line("status", "Endorsement Status"),
    )


FORMS: Mapping[str, Form] = {
    "profile": _form(
        "Profile.csv",
        model.Profile,
        line("first_name", "First Name"),
        line("last_name", "Last Name"),
        line("maiden_name", "Maiden Name"),
        line("address", "Address"),
        line("birth_date", "Birth Date"),
        line("headline", "Headline"),
        text("summary", "Summary"),
        line("industry", "Industry"),
        rare("country", "Country"),
        line("zip_code", "Zip Code"),
        line("location", "Geo Location"),
        listed("twitter", "Twitter Handles"),
        listed("websites", "Websites"),
        line("messengers", "Instant Messengers"),
        required=(("first name", "last name", "headline"),),
    ),
    "profile_summary": _form("Profile Summary.csv", model.Summary, text("text", "Profile Summary")),
    "positions": _form(
        "Positions.csv",
        model.Position,
        line("company", "Company Name"),
        line("title", "Title"),
        text("description", "Description"),
        line("location", "Location"),
        partial("started", "Started On"),
        partial("finished", "Finished On"),
        required=(("company name", "title", "started on"),),
    ),
    "education": _form(
        "Education.csv",
        model.Education,
        line("school", "School Name"),
        partial("started", "Start Date"),
        partial("finished", "End Date"),
        text("notes", "Notes"),
        line("degree", "Degree Name"),
        text("activities", "Activities"),
        required=(("school name",),),
    ),
    "skills": _form("Skills.csv", model.Skill, line("name", "Name"), sniffed=False),
    "languages": _form(
        "Languages.csv", model.Language, line("name", "Name"), line("proficiency", "Proficiency")
    ),
    "certifications": _form(
        "Certifications.csv",
        model.Certification,
        line("name", "Name"),
        line("url", "Url"),
        line("authority", "Authority"),
        partial("started", "Started On"),
        partial("finished", "Finished On"),
        line("license", "License Number"),
        required=(("name", "authority"),),
    ),
    "projects": _form(
        "Projects.csv",
        model.Project,
        line("title", "Title"),
        text("description", "Description"),
        line("url", "Url"),
        partial("started", "Started On", "Start Date"),
        partial("finished", "Finished On", "End Date"),
        required=(("title", "description", "url"),),
    ),
    "publications": _form(
        "Publications.csv",
        model.Publication,
        line("name", "Name"),
        partial("published", "Published On"),
        text("description", "Description"),
        line("publisher", "Publisher"),
        line("url", "Url"),
        required=(("name", "publisher"),),
    ),
    "honors": _form(
        "Honors.csv",
        model.Honor,
        line("title", "Title"),
        text("description", "Description"),
        partial("issued", "Issued On", "Issue Date"),
        rare("issuer", "Issuer"),
        required=(("title", "issued on"), ("title", "issue date")),
    ),
    "volunteering": _form(
        "Volunteering.csv",
        model.Volunteering,
        line("company", "Company Name"),
        line("role", "Role"),
        line("cause", "Cause"),
        partial("started", "Started On"),
        partial("finished", "Finished On"),
        text("description", "Description"),
        required=(("role", "cause"),),
    ),
    "causes": _form("Causes You Care About.csv", model.Cause, line("name", "Supported Cause")),
    "emails": _form(
        "Email Addresses.csv",
        model.Email,
        line("address", "Email Address"),
        flag("confirmed", "Confirmed"),
        flag("primary", "Primary"),
        moment("updated_at", "Updated On", parse=dates.us, write=dates.write_us),
    ),
    "phones": _form(
        "PhoneNumbers.csv",
        model.Phone,
        line("extension", "Extension"),
        line("number", "Number"),
        line("kind", "Type"),
    ),
    "recommendations_received": _form(
        "Recommendations_Received.csv",
        model.Recommendation,
        *_RECOMMENDATION,
        required=(("first name", "text", "creation date"),),
        sniffed=False,
    ),
    "recommendations_given": _form(
        "Recommendations_Given.csv",
        model.Recommendation,
        *_RECOMMENDATION,
        required=(("first name", "text", "creation date"),),
        sniffed=False,
    ),
    "endorsements_received": _form(
        "Endorsement_Received_Info.csv", model.Endorsement, *_endorsement("Endorser")
    ),
    "endorsements_given": _form(
        "Endorsement_Given_Info.csv", model.Endorsement, *_endorsement("Endorsee")
    ),
    "shares": _form(
        "Shares.csv",
        model.Share,
        moment("at", "Date"),
        line("link", "ShareLink", "Share Link"),
        text("text", "ShareCommentary", "Share Commentary"),
        line("shared_url", "SharedUrl", "Shared URL"),
        line("media_url", "MediaUrl", "Media URL"),
        line("visibility", "Visibility"),
        required=(("date", "sharelink"), ("date", "share link")),
    ),
    "comments": _form(
        "Comments.csv",
        model.Comment,
        moment("at", "Date"),
        line("link", "Link"),
        text("text", "Message"),
    ),
    "reactions": _form(
        "Reactions.csv",
        model.Reaction,
        moment("at", "Date"),
        line("kind", "Type"),
        line("link", "Link"),
    ),
    "reposts": _form(
        "InstantReposts.csv",
        model.Repost,
        moment("at", "Date"),
        line("link", "Link"),
        sniffed=False,
    ),
    "votes": _form(
        "Votes.csv",
        model.Vote,
        moment("at", "Date"),
        line("link", "Link"),
        line("option", "OptionText"),
    ),
    "saved_items": _form(
        "Saved_Items.csv",
        model.SavedItem,
        line("link", "savedItem"),
        moment("at", "CreatedTime"),
    ),
    "rich_media": _form(
        "Rich_Media.csv",
        model.Upload,
        text("said", "Date/Time", "Time"),
        text("description", "Media Description"),
        line("link", "Media Link"),
        required=(("media link",),),
    ),
    "company_follows": _form(
        "Company Follows.csv",
        model.CompanyFollow,
        line("organization", "Organization"),
        moment("at", "Followed On", parse=dates.unix, write=dates.write_unix),
    ),
    "member_follows": _form(
        "Member_Follows.csv",
        model.MemberFollow,
        moment("at", "Date"),
        line("status", "Status"),
        line("name", "FullName"),
    ),
    "hashtag_follows": _form(
        "Hashtag_Follows.csv",
        model.HashtagFollow,
        line("hashtag", "HashTag"),
        moment("at", "CreatedTime"),
        moment("changed_at", "LastModifiedTime"),
        line("state", "State"),
    ),
    "connection_notes": _form(
        "Notes.csv",
        model.PersonNote,
        line("first_name", "Connection First Name"),
        line("last_name", "Connection Last Name"),
        person("slug", "Connection Profile URL"),
        text("text", "Note"),
        moment("at", "Created On", write=dates.write_zoned),
        moment("edited_at", "Edited On", write=dates.write_zoned),
        required=(("connection profile url", "note"),),
    ),
    "connections": _form(
        "Connections.csv",
        model.Connection,
        line("first_name", "First Name"),
        line("last_name", "Last Name"),
        person("slug", "URL"),
        line("email", "Email Address"),
        line("company", "Company"),
        line("position", "Position"),
        moment("connected_on", "Connected On", parse=dates.connected, write=dates.write_day),
        required=(("first name", "connected on"),),
    ),
}
