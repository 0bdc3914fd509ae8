"""Media: the one entrance for every byte that members bring, and the one way it is shown again.

A file comes in parts, is received whole, looked at and made anew by the codec, and is then ready or
refused. Slices above use it: `attach` within the transaction that says something with it, `detach`
when that is gone; with its last use a file is deleted, and its bytes with it. Who may see a use,
its slice says by a door that `server` registers.
"""

from .actions import (
    Begin,
    attach,
    detach,
    files_of,
    kept_of,
    may_see_own,
    move,
    pass_on,
    release,
    seen_through,
)
from .bringing import bring_now
from .events import MediaChanged, MediaRemoved, MediaSettled
from .model import (
    OWN,
    Kept,
    KeptFile,
    Media,
    MediaFile,
    MediaRefusal,
    MediaState,
    Spoken,
    Use,
    link,
    main_file,
    saved_as,
)
from .queries import Shown, is_shown
from .working import work

__all__ = [
    "OWN",
    "Begin",
    "Kept",
    "KeptFile",
    "Media",
    "MediaChanged",
    "MediaFile",
    "MediaRefusal",
    "MediaRemoved",
    "MediaSettled",
    "MediaState",
    "Shown",
    "Spoken",
    "Use",
    "attach",
    "bring_now",
    "detach",
    "files_of",
    "is_shown",
    "kept_of",
    "link",
    "main_file",
    "may_see_own",
    "move",
    "pass_on",
    "release",
    "saved_as",
    "seen_through",
    "work",
]
