"""Which file of an export is which, by a name that users, browsers and LinkedIn all vary."""

import re
import unicodedata

_EXTENSION = re.compile(r"\.(csv|json|html?)$")
_COPY = re.compile(r"( \(\d+\)| - copie| - copy| copy| copie)$")
_NUMBER = re.compile(r"_\d+$")

# Key of a file to the family whose rows it holds.
FAMILIES = {
    "messages": "messages",
    "connections": "connections",
    "invitations": "invitations",
    "profile": "profile",
    "profilesummary": "profile_summary",
    "positions": "positions",
    "education": "education",
    "skills": "skills",
    "languages": "languages",
    "certifications": "certifications",
    "projects": "projects",
    "publications": "publications",
    "honors": "honors",
    "volunteering": "volunteering",
    "volunteeringexperiences": "volunteering",
    "causesyoucareabout": "causes",
    "emailaddresses": "emails",
    "phonenumbers": "phones",
    "recommendationsreceived": "recommendations_received",
    "recommendationsgiven": "recommendations_given",
    "endorsementreceivedinfo": "endorsements_received",
    "endorsementgiveninfo": "endorsements_given",
    "shares": "shares",
    "comments": "comments",
    "reactions": "reactions",
    "instantreposts": "reposts",
    "votes": "votes",
    "saveditems": "saved_items",
    "richmedia": "rich_media",
    "companyfollows": "company_follows",
    "memberfollows": "member_follows",
    "hashtagfollows": "hashtag_follows",
    "notes": "connection_notes",
}

# Transcripts of assistants: message columns, but nobody wrote them to anybody.
_TRANSCRIPTS = {
    "guidemessages",
    "learningcoachmessages",
    "learningroleplaymessages",
    "coachmessages",
}
# What LinkedIn knows of its member; a copy of it elsewhere helps nobody.
_SENSITIVE = {
    "accountstatushistory",
    "adsclicked",
    "adtargeting",
    "inferencesaboutyou",
    "lanadsengagement",
    "logins",
    "privateidentityasset",
    "privateidentityassets",
    "receipts",
    "receiptsv2",
    "registration",
    "searchqueries",
    "securitychallenges",
    "verifications",
    "whatsappphonenumbers",
}
# An address book that was uploaded once: other people's numbers, who were never asked.
_ADDRESS_BOOK = {"contacts", "importedcontacts"}
_UNUSED = {
    "events",
    "jobapplications",
    "jobseekerpreferences",
    "learning",
    "savedjobalerts",
    "savedjobs",
    "videos",
}

# Domain of the Member Snapshot API to family; what is not here goes by its own name.
_DOMAINS = {
    "inbox": "messages",
    "membershareinfo": "shares",
    "allcomments": "comments",
    "alllikes": "reactions",
    "allvotes": "votes",
    "instantreposts": "reposts",
    "profilesummary": "profile_summary",
    "recommendations": "recommendations_received",
    "endorsements": "endorsements_received",
}


def file_key(path: str) -> str:
    """`Jobs/Job Applications_1 (2).csv` becomes `jobapplications`."""
    name = unicodedata.normalize("NFC", path.rpartition("/")[2]).lower()
    name = _EXTENSION.sub("", name)
    while (shorter := _COPY.sub("", name)) != name:
        name = shorter
    name = _NUMBER.sub("", name)
    return name.replace(" ", "").replace("_", "")


def family(path: str) -> str | None:
    """The family of a CSV, or None if its rows have no place here."""
    return FAMILIES.get(file_key(path)) if path.lower().endswith(".csv") else None


def domain_family(domain: str) -> str | None:
    """The family of a domain of the Member Snapshot API."""
    key = domain.lower().replace("_", "")
    return _DOMAINS.get(key) or FAMILIES.get(key)


def is_article(path: str) -> bool:
    """Long texts lie as HTML in a folder `Articles`, at any depth."""
    parts = path.lower().split("/")
    return "articles" in parts[:-1] and parts[-1].endswith((".html", ".htm"))


def why_unused(path: str) -> str:
    """The code of the reason for which a file that may be read is not."""
    if not path.lower().endswith(".csv"):
        return "not_data"
    key = file_key(path)
    if key in _TRANSCRIPTS:
        return "transcript"
    if key in _SENSITIVE:
        return "sensitive"
    if key in _ADDRESS_BOOK:
        return "address_book"
    if key in _UNUSED:
        return "not_used"
    return "unknown"
