"""What an account is, and the rules for what is typed at the door."""

import unicodedata
from typing import Literal, NamedTuple

import msgspec

from entregent.kit.errors import Refusal
from entregent.kit.text import clean_line, fold, words

Language = Literal["en", "fr"]
Theme = Literal["auto", "light", "dark"]
Density = Literal["comfortable", "compact"]
UndoSeconds = Literal[0, 5, 10, 30]
Purpose = Literal["verify", "reset", "email"]  # of a letter with a link

MAX_NAME = 50
MAX_EMAIL = 254
MIN_PASSWORD = 10
MAX_PASSWORD = 256
MAX_AGENT = 300
MAX_KEYS = 200
PROOF_MS = 3 * 86_400_000
RESET_MS = 3_600_000
MAX_TOKENS = 50
MAX_TOKEN_NAME = 60
MAX_TOKEN_DAYS = 3_660
SEEN_EVERY_MS = 300_000

# The commonest passwords of ten characters and more, folded; shorter ones are refused anyway.
COMMONEST = frozenset(
    [
        "0000000000",
        "0123456789",
        "0987654321",
        "1111111111",
        "1234567890",
        "12345678910",
        "123456789a",
        "1234qwerasdf",
        "1password1",
        "1q2w3e4r5t",
        "1qaz2wsx3edc",
        "9876543210",
        "aaaaaaaaaa",
        "abc1234567",
        "abcd123456",
        "abcdefghij",
        "abcdefghijk",
        "admin12345",
        "administrator",
        "asdfghjkl123",
        "azerty1234",
        "azerty12345",
        "azertyuiop",
        "azertyuiop123",
        "basketball",
        "bienvenue1",
        "bienvenue123",
        "changeme123",
        "doudou1234",
        "entregent123",
        "football123",
        "footballer",
        "iloveyou12",
        "iloveyou123",
        "jetaime123",
        "jetaime1234",
        "letmein123",
        "linkedin123",
        "liverpool123",
        "loulou1234",
        "marseille13",
        "motdepasse",
        "motdepasse1",
        "motdepasse123",
        "mypassword",
        "mypassword1",
        "p@ssword123",
        "passw0rd123",
        "password12",
        "password123",
        "password1234",
        "princess123",
        "q1w2e3r4t5",
        "qwerty1234",
        "qwerty12345",
        "qwerty123456",
        "qwertyuiop",
        "qwertyuiop123",
        "spiderman123",
        "sunshine123",
        "superman123",
        "trustno1trustno1",
        "welcome123",
        "welcome1234",
        "zxcvbnm123",
    ]
)


class Shortcuts(msgspec.Struct, kw_only=True):
    """Whether single keys act, and which keys the member moved (`command` to `chord`)."""

    on: bool = True
    keys: dict[str, str] = {}


class SettingsChange(msgspec.Struct, kw_only=True):
    """What a member changes of the settings; what is left out stays."""

    language: Language | None = None
    theme: Theme | None = None
    density: Density | None = None
    shortcuts: bool | None = None
    keys: dict[str, str] | None = None
    receipts: bool | None = None
    presence: bool | None = None
    undo_seconds: UndoSeconds | None = None


class Account(NamedTuple):
    """A member's account, for the member's own eyes."""

    member_id: int
    email: str
    name: str
    language: Language
    theme: Theme
    density: Density
    shortcuts: Shortcuts
    created_at: int
    verified_at: int | None
    receipts: bool
    presence: bool
    undo_seconds: UndoSeconds


class Member(NamedTuple):
    """What other slices may know of any member."""

    member_id: int
    name: str
    language: Language
    closed: bool
    receipts: bool = True
    presence: bool = True


def email_key(email: str) -> str:
    """The form by which two spellings of one address are the same."""
    return unicodedata.normalize("NFKC", clean_line(email)).casefold()


def checked_email(email: str) -> str:
    """The address as we keep it; refuses what cannot be one."""
    text = unicodedata.normalize("NFC", email.strip())
    name, at, host = text.rpartition("@")
    if (
        not at
        or not name
        or len(text) > MAX_EMAIL
        or len(name) > 64
        or any(c.isspace() or not c.isprintable() or c in '<>(),;:"[]\\' for c in text)
        or "@" in name
        or not _is_host(host)
    ):
        raise Refusal("accounts.bad_email", field="email")
    return text


def _is_host(host: str) -> bool:
    labels = host.split(".")
    return len(host) <= 253 and all(
        label and len(label) <= 63 and not label.startswith("-") and not label.endswith("-")
        for label in labels
    )


def checked_name(name: str) -> str:
    """The name as we keep it; refuses none at all and one that is too long."""
    text = clean_line(name)
    if not words(text):
        raise Refusal("accounts.name_missing", field="name")
    if len(text) > MAX_NAME:
        raise Refusal("accounts.name_too_long", field="name", most=MAX_NAME)
    return text


def check_new_password(password: str, email: str, name: str, field: str = "password") -> None:
    """Refuses a password that somebody else would try."""
    if len(password) < MIN_PASSWORD:
        raise Refusal("accounts.password_too_short", field=field, least=MIN_PASSWORD)
    if len(password) > MAX_PASSWORD:
        raise Refusal("accounts.password_too_long", field=field, most=MAX_PASSWORD)
    folded = fold(password)
    if folded in COMMONEST or len(set(folded)) < 3:
        raise Refusal("accounts.password_common", field=field)
    letters = "".join(words(folded))
    local = email.rpartition("@")[0]
    personal = {"".join(words(text)) for text in (email, local, name)}
    if letters.rstrip("0123456789") in personal or letters in personal:
        raise Refusal("accounts.password_personal", field=field)
