"""The bus seam: hints between the processes of one instance.

`memory:` stays in this process. `nats://host:4222/name` reaches every process that uses the same
name (default `entregent`); several seed servers are joined by commas, `tls://` encrypts.
"""

from .memory import MemoryBus
from .model import MAX_PAYLOAD, Bus, Listener
from .nats import NatsBus

__all__ = ["MAX_PAYLOAD", "Bus", "Listener", "MemoryBus", "NatsBus", "open_bus"]


def open_bus(url: str) -> Bus:
    """The bus that a URL names, not yet started."""
    scheme = url.partition(":")[0]
    if scheme == "memory":
        return MemoryBus()
    if scheme in ("nats", "tls"):
        return NatsBus(url)
    raise ValueError(f"no such bus: {scheme}: (memory: or nats://host:port)")
