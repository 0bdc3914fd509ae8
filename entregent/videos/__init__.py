"""Videos: what stays on a profile, and the conversation beneath it.

A video is its author's; what is said beneath it, who has seen it and who likes it belong to the
video. Who may see either is asked anew at every reading (`sight.find_for`), so that what is taken
back is gone at once, subtitles and files too.
"""

from .actions import like, publish, reply, see, write_track
from .events import VideoReported
from .leaving import ExportedVideos, exported
from .model import NewVideo, NewVideoReply, VideoCue
from .sight import Film, may_see
from .sight import Key as VideoKey

__all__ = [
    "ExportedVideos",
    "Film",
    "NewVideo",
    "NewVideoReply",
    "VideoCue",
    "VideoKey",
    "VideoReported",
    "exported",
    "like",
    "may_see",
    "publish",
    "reply",
    "see",
    "write_track",
]
