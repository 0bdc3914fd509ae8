"""Members are found by the schools of their profiles, too."""

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

AT_ONCE = 500  # profiles, as large as they may be
# As words were folded and cut when this was written.
WORDS = re.compile(r"[^\W_]+", re.UNICODE)
PLAIN = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ı": "i", "œ": "oe", "æ": "ae", "’": "'", "ʼ": "'"}
)
LEVELS = {"public": 0, "members": 1, "connections": 2}
PROFILES = sa.text(
    "SELECT member_id, details, audiences FROM profiles WHERE member_id > :after"
    " ORDER BY member_id LIMIT :most"
)
ADD = sa.text(
    "INSERT INTO profile_words (member_id, word, level) VALUES (:member_id, :word, :level)"
    " ON CONFLICT (member_id, word) DO UPDATE SET level = excluded.level"
    " WHERE excluded.level < profile_words.level"
)


def upgrade() -> None:
    """Adds the words of schools; what was found more widely stays so."""
    connection = op.get_bind()
    after = 0
    while rows := connection.execute(PROFILES, {"after": after, "most": AT_ONCE}).all():
        found = [one for row in rows for one in _words(row)]
        if found:
            connection.execute(ADD, found)
        after = rows[-1].member_id


def _words(row: sa.Row[tuple[int, str, str]]) -> Iterator[dict[str, object]]:
    level = LEVELS.get(json.loads(row.audiences).get("education", "members"))
    if level is None:
        return
    schools = " ".join(one["school"] for one in json.loads(row.details).get("education", ()))
    for word in sorted(set(WORDS.findall(_folded(schools)))):
        yield {"member_id": row.member_id, "word": word[:64], "level": level}


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in decomposed if not unicodedata.combining(one)).translate(PLAIN)
