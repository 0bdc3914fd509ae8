"""The tests in several processes (`-n 2`): those of a file stay together, for they share what is
slow to make, and so do all that need a browser: two of them at once only wait for each other.
"""

from xdist.scheduler import LoadScopeScheduling

BROWSER = "tests/browser/"


class ByFile(LoadScopeScheduling):  # type: ignore[misc]  # it says nothing of types
    """Hands out files, and what the browser is needed for as one."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return BROWSER if file.startswith(BROWSER) else file
