"""The command line: `serve`, `member add`, `admin grant`, `reports`, `import`, `demo` and more."""

import argparse
import sys
from collections.abc import Callable, Sequence

from entregent import __version__

from . import members, moderating, reference, serve, transfers
from .config import BadSetting
from .demo import command as demo

# argparse does not name the type of what `add_subparsers` gives.
Declare = Callable[["argparse._SubParsersAction[argparse.ArgumentParser]"], None]  # noqa: SLF001

COMMANDS: dict[str, Declare] = {
    "serve": serve.declare,
    "member": members.declare,
    "admin": moderating.declare_admin,
    "reports": moderating.declare_reports,
    "links": moderating.declare_links,
    "import": transfers.declare_import,
    "export": transfers.declare_export,
    "demo": demo.declare,
    "wire": reference.declare,
}


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    root = argparse.ArgumentParser(prog="entregent", description=__doc__)
    root.add_argument("--version", action="version", version=f"entregent {__version__}")
    commands = root.add_subparsers(required=True, metavar="COMMAND")
    for declare in COMMANDS.values():
        declare(commands)
    return root


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs a command; a failure is one sentence on standard error and exit code 1."""
    chosen = parser().parse_args(arguments)
    try:
        code = chosen.run(chosen)
    except BadSetting as error:
        print(f"entregent: {error}", file=sys.stderr)
        code = 2
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)
