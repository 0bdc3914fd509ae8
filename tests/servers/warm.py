"""A process that has the server's modules loaded, and from which those that tests kill are forked.

To load them takes a process longer than most of what a test has it do. Nothing more is shared: what
is forked opens all files and databases itself, and dies alone.
"""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
WAITING = "import entregent.server.cli, tests.servers.warm as warm; warm.wait(0)"
LONGEST = 1 << 16


class Forked:
    """A process that runs, and what it says."""

    def __init__(self, pid: int, said: int) -> None:
        self._pid = pid
        self.stdout = os.fdopen(said, encoding="utf-8")

    def kill(self) -> None:
        """Ends it as a power cut would; it has ended when nobody holds its standard output."""
        if not self.stdout.closed:
            os.kill(self._pid, signal.SIGKILL)
            with self.stdout:
                self.stdout.read()


class Warm:
    """The process that waits."""

    def __init__(self) -> None:
        self._asking, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", WAITING],
                stdin=theirs.fileno(),
                cwd=CHECKOUT,
                env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
            )

    def run(self, code: str, *arguments: str, **environment: str) -> Forked:
        """Runs code in a process of its own, as `python -c` would."""
        reading, writing = os.pipe()
        order = json.dumps([code, arguments, environment]).encode()
        socket.send_fds(self._asking, [order], [writing])
        os.close(writing)
        return Forked(int(self._asking.recv(LONGEST)), reading)

    def close(self) -> None:
        """Ends it; what was forked from it goes on."""
        self._asking.close()
        self._process.wait()


def wait(place: int) -> None:
    """Forks for each order that comes, and returns in what was forked when its work is done."""
    asked = socket.socket(fileno=os.dup(place))
    while True:
        order, passed, _, _ = socket.recv_fds(asked, LONGEST, 1)
        if not order:
            return
        pid = os.fork()
        if not pid:
            break
        os.close(passed[0])
        asked.send(str(pid).encode())
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:  # who has died since
                pass
    asked.close()
    nothing = os.open(os.devnull, os.O_RDONLY)
    for one, other in ((nothing, place), (passed[0], 1)):
        os.dup2(one, other)
        os.close(one)
    code, arguments, environment = json.loads(order)
    sys.argv[1:] = arguments
    os.environ.update(environment)
    exec(code, {"__name__": "__main__"})
