"""The walls around the process: what a file does that takes a decoder over, it does in here."""

import ctypes
import os
import resource
import sys
import threading
from pathlib import Path

from ..job import Job

# From Linux' headers; the numbers are the same on every architecture that has wheels.
PR_SET_PDEATHSIG = 1
PR_SET_NO_NEW_PRIVS = 38
CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000
CAPABILITY_VERSION_3 = 0x20080522
LANDLOCK_CREATE_RULESET = 444
LANDLOCK_ADD_RULE = 445
LANDLOCK_RESTRICT_SELF = 446
LANDLOCK_CREATE_RULESET_VERSION = 1
LANDLOCK_RULE_PATH_BENEATH = 1
# How many rights over files each version of Landlock knows; the last one here is that of version 5.
RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15}
LATEST_RIGHTS = 16
WRITE_FILE, READ_FILE, READ_DIR, REMOVE_FILE, MAKE_REG = 1 << 1, 1 << 2, 1 << 3, 1 << 5, 1 << 8
REFER, TRUNCATE = 1 << 13, 1 << 14
NET_BIND_AND_CONNECT = 0b11
SCOPE_SIGNAL_AND_SOCKET = 0b11

OPEN_FILES = 64


class _Capabilities(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def confine(job: Job) -> list[str]:
    """Puts up every wall that this system has, and names those that stand.

    Called when everything is imported and before the first byte of the file is read. The limits
    hold everywhere; the rest is Linux', and containers often forbid namespaces.
    """
    os.environ.clear()
    os.umask(0o077)
    os.nice(5)  # whoever waits for an answer of the server comes first
    _limit(resource.RLIMIT_AS, job.memory)
    _limit(resource.RLIMIT_CPU, job.cpu, job.cpu + 5)
    _limit(resource.RLIMIT_FSIZE, job.disk)
    _limit(resource.RLIMIT_NOFILE, OPEN_FILES)
    _limit(resource.RLIMIT_CORE, 0)
    walls = ["limits"]
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.syscall.restype = ctypes.c_long
        libc.prctl(PR_SET_PDEATHSIG, 9, 0, 0, 0)
        libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        if _own_namespaces(libc):
            walls.append("namespaces")
        if _landlocked(libc, Path.cwd()):
            walls.append("landlock")
    threading.Thread(target=_die_with_parent, daemon=True).start()
    return walls


def _limit(what: int, soft: int, hard: int | None = None) -> None:
    """Lowers a limit, never past the one that holds already."""
    _, highest = resource.getrlimit(what)
    values = [soft, soft if hard is None else hard]
    if highest != resource.RLIM_INFINITY:
        values = [min(value, highest) for value in values]
    try:
        resource.setrlimit(what, (values[0], values[1]))
    except (OSError, ValueError):
        if sys.platform == "linux":
            raise  # macOS does not limit address space


def _own_namespaces(libc: ctypes.CDLL) -> bool:
    """A network of its own, in which there is none; and, in it, no rights at all."""
    user, group = os.getuid(), os.getgid()
    if libc.unshare(CLONE_NEWUSER | CLONE_NEWNET):
        return False
    for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"),
                       ("gid_map", f"{group} {group} 1")):  # fmt: skip
        Path("/proc/self", name).write_text(text, encoding="ascii")
    none = (ctypes.c_uint32 * 6)()
    head = _Capabilities(CAPABILITY_VERSION_3, 0)
    return bool(libc.capset(ctypes.byref(head), none) == 0)


def _landlocked(libc: ctypes.CDLL, folder: Path) -> bool:
    """Nothing can be opened any more but files in the folder, nothing run, nobody called."""
    version = libc.syscall(LANDLOCK_CREATE_RULESET, None, _word(0), LANDLOCK_CREATE_RULESET_VERSION)
    if version < 1:
        return False
    known = (1 << RIGHTS.get(version, LATEST_RIGHTS)) - 1
    rules = _Ruleset(
        known,
        NET_BIND_AND_CONNECT if version >= 4 else 0,
        SCOPE_SIGNAL_AND_SOCKET if version >= 6 else 0,
    )
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    ruleset = libc.syscall(LANDLOCK_CREATE_RULESET, ctypes.byref(rules), _word(size), 0)
    if ruleset < 0:
        return False
    inside = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    allowed = WRITE_FILE | READ_FILE | READ_DIR | REMOVE_FILE | MAKE_REG | REFER | TRUNCATE
    rule = _Beneath(allowed & known, inside)
    try:
        added = libc.syscall(
            LANDLOCK_ADD_RULE, ruleset, LANDLOCK_RULE_PATH_BENEATH, ctypes.byref(rule), 0
        )
        return bool(added == 0 and libc.syscall(LANDLOCK_RESTRICT_SELF, ruleset, 0) == 0)
    finally:
        os.close(inside)
        os.close(ruleset)


def _word(value: int) -> ctypes.c_ulong:
    return ctypes.c_ulong(value)


def _die_with_parent() -> None:
    """Ends this process when the other end of its standard input closes, as it does when the
    server ends in whichever way: Linux alone could be asked to see to that."""
    while os.read(0, 4096):
        pass
    os._exit(1)
