"""Every statement over accounts."""

from sqlalchemy import Integer, bindparam, delete, or_, select, update

from entregent.ports.db import in_list, insert_row, statement

from .tables import access_tokens, accounts, emails, proofs, sessions

_mine = accounts.c.member_id == bindparam("owner_id")

# Nobody comes in while the host has the account suspended.
_let_in = or_(accounts.c.suspended_until.is_(None), accounts.c.suspended_until <= bindparam("now"))

ADD_ACCOUNT = statement(insert_row(accounts, "restricted_until", "suspended_until"))
FIND_ACCOUNT = statement(select(accounts).where(_mine, accounts.c.closed_at.is_(None)))
LOCK_ACCOUNT = statement(
    select(accounts).where(_mine, accounts.c.closed_at.is_(None)).with_for_update()
)
FIND_MEMBERS = statement(
    select(
        accounts.c.member_id,
        accounts.c.name,
        accounts.c.language,
        accounts.c.closed_at,
        accounts.c.receipts,
        accounts.c.presence,
    ).where(in_list(accounts.c.member_id, "members"))
)
PAGE_OF_MEMBERS = statement(
    select(accounts.c.member_id, accounts.c.name)
    .where(accounts.c.member_id > bindparam("after"), accounts.c.closed_at.is_(None))
    .order_by(accounts.c.member_id)
    .limit(bindparam("limit", type_=Integer))
)
SET_SETTINGS = statement(
    update(accounts)
    .where(_mine)
    .values(
        language=bindparam("language"),
        theme=bindparam("theme"),
        density=bindparam("density"),
        shortcuts=bindparam("shortcuts"),
        receipts=bindparam("receipts"),
        presence=bindparam("presence"),
        undo_seconds=bindparam("undo_seconds"),
    )
)
SET_NAME = statement(update(accounts).where(_mine).values(name=bindparam("name")))
SET_PASSWORD = statement(
    update(accounts).where(_mine).values(password_hash=bindparam("password_hash"))
)
SET_VERIFIED = statement(update(accounts).where(_mine).values(verified_at=bindparam("verified_at")))
STANDING = statement(
    select(accounts.c.member_id, accounts.c.restricted_until, accounts.c.suspended_until).where(
        in_list(accounts.c.member_id, "members")
    )
)
SET_STANDING = statement(
    update(accounts)
    .where(_mine)
    .values(
        restricted_until=bindparam("restricted"),
        suspended_until=bindparam("suspended"),
    )
)
CLOSE_ACCOUNT = statement(
    update(accounts)
    .where(_mine)
    .values(email="", password_hash="", name="", verified_at=None, closed_at=bindparam("closed_at"))
)

ADD_EMAIL = statement(insert_row(emails))
FIND_EMAIL = statement(select(emails.c.member_id).where(emails.c.email == bindparam("email_key")))
FIND_VERIFIED_EMAILS = statement(
    select(emails.c.email, emails.c.member_id).where(
        in_list(emails.c.email, "emails"), emails.c.verified_at.is_not(None)
    )
)
SET_EMAIL_VERIFIED = statement(
    update(emails)
    .where(emails.c.email == bindparam("email_key"), emails.c.member_id == bindparam("owner_id"))
    .values(verified_at=bindparam("verified_at"))
)
DROP_EMAIL = statement(
    delete(emails).where(
        emails.c.email == bindparam("email_key"), emails.c.member_id == bindparam("owner_id")
    )
)

ADD_SESSION = statement(insert_row(sessions))
FIND_SESSION = statement(
    select(
        sessions.c.token_hash,
        sessions.c.seen_at,
        accounts.c.language,
        accounts.c.restricted_until,
    )
    .select_from(sessions.join(accounts, accounts.c.member_id == sessions.c.member_id))
    .where(
        sessions.c.member_id == bindparam("owner_id"),
        sessions.c.id == bindparam("session_id"),
        accounts.c.closed_at.is_(None),
        _let_in,
    )
)
SESSIONS_OF = statement(
    select(
        sessions.c.id,
        sessions.c.created_at,
        sessions.c.seen_at,
        sessions.c.address,
        sessions.c.agent,
    )
    .where(sessions.c.member_id == bindparam("owner_id"), sessions.c.seen_at > bindparam("since"))
    .order_by(sessions.c.seen_at.desc(), sessions.c.id.desc())
    .limit(200)
)
TOUCH_SESSION = statement(
    update(sessions)
    .where(sessions.c.member_id == bindparam("owner_id"), sessions.c.id == bindparam("session_id"))
    .values(seen_at=bindparam("seen_at"))
)
DROP_SESSION = statement(
    delete(sessions).where(
        sessions.c.member_id == bindparam("owner_id"), sessions.c.id == bindparam("session_id")
    )
)
OTHER_SESSIONS = statement(
    select(sessions.c.id)
    .where(sessions.c.member_id == bindparam("owner_id"), sessions.c.id != bindparam("session_id"))
    .order_by(sessions.c.id)
)
DROP_OTHER_SESSIONS = statement(
    delete(sessions).where(
        sessions.c.member_id == bindparam("owner_id"), sessions.c.id != bindparam("session_id")
    )
)
DROP_OLD_SESSIONS = statement(
    delete(sessions).where(
        sessions.c.member_id == bindparam("owner_id"), sessions.c.seen_at <= bindparam("since")
    )
)

ADD_PROOF = statement(insert_row(proofs))
FIND_PROOF = statement(
    select(proofs.c.email, proofs.c.token_hash, proofs.c.expires_at, proofs.c.used_at).where(
        proofs.c.member_id == bindparam("owner_id"),
        proofs.c.id == bindparam("proof_id"),
        proofs.c.purpose == bindparam("purpose"),
    )
)
USE_PROOF = statement(
    update(proofs)
    .where(proofs.c.member_id == bindparam("owner_id"), proofs.c.id == bindparam("proof_id"))
    .values(used_at=bindparam("used_at"))
)
DROP_OLD_PROOFS = statement(
    delete(proofs).where(
        proofs.c.member_id == bindparam("owner_id"), proofs.c.expires_at < bindparam("before")
    )
)
DROP_PROOFS = statement(delete(proofs).where(proofs.c.member_id == bindparam("owner_id")))
DROP_PROOFS_FOR = statement(  # those not used yet
    delete(proofs).where(
        proofs.c.member_id == bindparam("owner_id"),
        in_list(proofs.c.purpose, "purposes"),
        proofs.c.used_at.is_(None),
    )
)
SET_EMAIL = statement(
    update(accounts)
    .where(_mine)
    .values(email=bindparam("email"), verified_at=bindparam("verified_at"))
)

_token = (
    access_tokens.c.member_id == bindparam("owner_id"),
    access_tokens.c.id == bindparam("token_id"),
)
_TOKEN_COLUMNS = (
    access_tokens.c.id,
    access_tokens.c.name,
    access_tokens.c.token_hash,
    access_tokens.c.scopes,
    access_tokens.c.created_at,
    access_tokens.c.expires_at,
    access_tokens.c.seen_at,
)
ADD_TOKEN = statement(insert_row(access_tokens))
FIND_TOKEN = statement(
    select(*_TOKEN_COLUMNS, accounts.c.language, accounts.c.restricted_until)
    .select_from(access_tokens.join(accounts, accounts.c.member_id == access_tokens.c.member_id))
    .where(*_token, accounts.c.closed_at.is_(None), _let_in)
)
TOKENS_OF = statement(
    select(*_TOKEN_COLUMNS)
    .where(access_tokens.c.member_id == bindparam("owner_id"))
    .order_by(access_tokens.c.id.desc())
    .limit(200)
)
SET_TOKEN_HASH = statement(
    update(access_tokens).where(*_token).values(token_hash=bindparam("token_hash"))
)
TOUCH_TOKEN = statement(update(access_tokens).where(*_token).values(seen_at=bindparam("seen_at")))
DROP_TOKEN = statement(delete(access_tokens).where(*_token))
DROP_TOKENS = statement(
    delete(access_tokens).where(access_tokens.c.member_id == bindparam("owner_id"))
)
