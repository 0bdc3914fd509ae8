"""Accounts: who a member is to the house. Signing up and in, sessions, settings, closing.

An account holds the address, the password's hash, the name and the settings; what a member shows
to others is a profile. Addresses are unique by a table keyed by the folded address.
"""

from .actions import (
    account,
    change_settings,
    close_account,
    create_member,
    find_member,
    members,
    members_by_email,
    open_session,
    page_of_members,
    rename,
    sessions_of,
    set_password,
    verify_email,
)
from .entrance import Entered, SignIn, SignUp, recognise, sign_in, sign_up
from .events import (
    AccountChanged,
    AccountClosed,
    AccountClosing,
    EmailVerified,
    MemberJoined,
    MemberRenamed,
    SignedIn,
)
from .model import (
    Account,
    Density,
    Language,
    Member,
    SettingsChange,
    Theme,
    UndoSeconds,
    check_new_password,
    email_key,
)
from .passwords import check_password, hash_password
from .sessions import Sessions, no_cookie, session_cookie
from .standing import FOR_GOOD, Standing, check_may_send, may_send, set_standing, standings

__all__ = [
    "FOR_GOOD",
    "Account",
    "AccountChanged",
    "AccountClosed",
    "AccountClosing",
    "Density",
    "EmailVerified",
    "Entered",
    "Language",
    "Member",
    "MemberJoined",
    "MemberRenamed",
    "Sessions",
    "SettingsChange",
    "SignIn",
    "SignUp",
    "SignedIn",
    "Standing",
    "Theme",
    "UndoSeconds",
    "account",
    "change_settings",
    "check_may_send",
    "check_new_password",
    "check_password",
    "close_account",
    "create_member",
    "email_key",
    "find_member",
    "hash_password",
    "may_send",
    "members",
    "members_by_email",
    "no_cookie",
    "open_session",
    "page_of_members",
    "recognise",
    "rename",
    "session_cookie",
    "sessions_of",
    "set_password",
    "set_standing",
    "sign_in",
    "sign_up",
    "standings",
    "verify_email",
]
