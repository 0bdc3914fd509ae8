"""`entregent demo`: fills an empty instance with a fictional community."""

import argparse
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from entregent.ports.clock import MachineClock

from ..config import BadSetting, settings
from ..house import command_node
from ..revision import ensure
from .community import NAME, plan
from .filling import NotEmpty, fill
from .talks import SMALL, Numbers


def declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command."""
    parser = commands.add_parser("demo", help="fill an empty instance with a fictional community")
    parser.add_argument("--data", help="folder for everything that is kept")
    parser.add_argument("--small", action="store_true", help="fewer members, ready at once")
    parser.add_argument(
        "--progress", action="store_true", help="print `done total` lines, for programs"
    )
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Fills the instance; one that has members is left as it is."""
    began = time.monotonic()
    read = settings(data=chosen.data)
    with ThreadPoolExecutor(1) as beside:  # migrating is a process of its own: no need to watch
        migrated = beside.submit(ensure, read.database)
        paper = plan(MachineClock().now(), SMALL if chosen.small else Numbers())
        migrated.result()

    def report(done: int, total: int) -> None:
        if chosen.progress:
            print(done, total, flush=True)
        elif sys.stderr.isatty():
            print(f"\rBuilding the community: {done * 100 // total} %", end="", file=sys.stderr)

    try:
        fill(read, paper, report, node=command_node())
    except NotEmpty:
        raise BadSetting(
            "This instance has members already, and a demo is made in an empty one only. "
            "Choose another folder with --data DIR, and serve it with the same --data."
        ) from None
    if not chosen.progress:
        if sys.stderr.isatty():
            print(file=sys.stderr)
        seconds = time.monotonic() - began
        print(
            f"{NAME} is ready ({seconds:.0f} s), with {paper.size} fictional members. "
            "With the server running, open /demo to sign in as one of its cast."
        )
    return 0
