"""A row of stories says up to which frame a story stands in it, where it said only that it does."""

from collections.abc import Sequence

from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

MOST_FRAMES = 20  # of a story, when this was written


def upgrade() -> None:
    """Finds the last frame of each story that is told: the highest bit of its mask."""
    cases = " ".join(f"WHEN mask >= {1 << one} THEN {one}" for one in range(MOST_FRAMES, 0, -1))
    of_story = (
        "FROM stories WHERE stories.author_id = story_tray.author_id"
        " AND stories.story_id = story_tray.story_id"
    )
    op.execute(
        f"UPDATE story_tray SET listed = (SELECT CASE {cases} ELSE 0 END {of_story})"  # noqa: S608
        f" WHERE listed = 1 AND EXISTS (SELECT 1 {of_story})"
    )
