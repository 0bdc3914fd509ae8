"""A NATS server for the tests."""

from pathlib import Path

from .processes import Process, Server, accepts, find_program, free_port


class NatsServer(Server):
    """Can be stopped and started again on the same port, as in an outage."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self._process = Process(
            [find_program("nats-server"), "-a", "127.0.0.1", "-p", str(self.port)],
            folder / "nats.log",
        )

    @property
    def url(self) -> str:
        return f"nats://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Starts it and waits until it accepts connections."""
        self._process.start(lambda: accepts(self.port))

    def stop(self) -> None:
        """Kills it."""
        self._process.stop()
