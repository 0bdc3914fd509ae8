"""The pictures of a film, made anew as H.264, upright and no larger than a screen needs."""

import os
from fractions import Fraction

from av.container import OutputContainer
from av.filter import Graph
from av.filter.context import FilterContext
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image

LONGER_SIDE, SHORTER_SIDE = 1920, 1080
FASTEST = 60
TICKS = 90_000
KEY_SECONDS = 2
MOST_THREADS = 4
# A film is looked at soon after it is sent, so time counts for more than the last tenth of size.
X264 = {"preset": "veryfast", "crf": "23", "maxrate": "6M", "bufsize": "12M", "profile": "high"}
BT709, BT2020, LIMITED, FULL = 1, (9, 10), 1, 2
# A poster shows something: of the first second, the first frame that is not all one colour.
POSTER_SECONDS, POSTER_STEP, POSTER_CONTRAST = 1.0, 0.1, 32
TURNED = (("hflip", None), ("vflip", None))
TURNS: dict[int, tuple[tuple[str, str | None], ...]] = {
    90: (("transpose", "cclock"),),
    -90: (("transpose", "clock"),),
    180: TURNED,
    -180: TURNED,
}


def threads() -> int:
    """As many as this process may use, and not so many that memory goes into them."""
    return min(MOST_THREADS, os.cpu_count() or 1)


def fitted(width: int, height: int) -> tuple[int, int]:
    """The size that is kept: within 1080p, lying or standing, in even numbers; never larger."""
    scale = min(1.0, LONGER_SIDE / max(width, height), SHORTER_SIDE / min(width, height))
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)


class Moving:
    """The pictures of one film on their way from a reader to a writer."""

    def __init__(self, source: VideoStream, out: OutputContainer) -> None:
        self._source = source
        self._out = out
        self._stream: VideoStream | None = None
        self._graph: Graph | None = None
        self._ends: tuple[FilterContext, FilterContext] | None = None
        self._shape: tuple[object, ...] | None = None
        self._due = Fraction(0)
        self._last = -1
        self.frames = 0
        self.size = (0, 0)
        self.poster: Image.Image | None = None
        self._poster_due = 0.0
        self._poster_found = False

    def begin(self, frame: VideoFrame) -> None:
        """Adds the track to the film, once it is known how large it is."""
        width, height = upright(frame, self._aspect())
        self.size = fitted(width, height)
        told = self._source.average_rate or self._source.guessed_rate or Fraction(30)
        rate = min(max(told, Fraction(1)), Fraction(FASTEST))
        stream = self._out.add_stream(
            "libx264", rate=rate.limit_denominator(1001), options=dict(X264)
        )
        stream.width, stream.height = self.size
        stream.pix_fmt = "yuv420p"
        context = stream.codec_context
        context.time_base = Fraction(1, TICKS)
        context.gop_size = max(1, round(rate * KEY_SECONDS))
        context.thread_count = threads()
        context.color_range = LIMITED
        # Colours that a screen of today shows as they are, are passed on with their names.
        wide = frame.colorspace in BT2020
        context.colorspace = BT709 if wide else frame.colorspace
        context.color_primaries = BT709 if wide else frame.color_primaries
        context.color_trc = BT709 if wide else frame.color_trc
        self._stream = stream

    @property
    def began(self) -> bool:
        """Whether a first frame was there."""
        return self._stream is not None

    def add(self, frame: VideoFrame, moment: Fraction) -> None:
        """Takes the frame that is shown at this moment, unless one was shown just before."""
        if moment < self._due - Fraction(1, 4 * FASTEST):
            return
        self._due = max(self._due + Fraction(1, FASTEST), moment - Fraction(1, FASTEST))
        ready = self._drawn(frame)
        ready.pts = max(self._last + 1, round(moment * TICKS))
        ready.time_base = Fraction(1, TICKS)
        self._last = ready.pts
        self._consider(ready, float(moment))
        self.frames += 1
        assert self._stream is not None
        for packet in self._stream.encode(ready):
            self._out.mux(packet)

    def end(self) -> None:
        """Writes what is left."""
        if self._stream is not None:
            for packet in self._stream.encode(None):
                self._out.mux(packet)

    def _aspect(self) -> Fraction:
        """How much wider than high a pixel is shown."""
        told = self._source.sample_aspect_ratio or Fraction(1)
        return told if Fraction(1, 4) <= told <= 4 else Fraction(1)

    def _drawn(self, frame: VideoFrame) -> VideoFrame:
        """The frame in the size, position and colours that are kept."""
        shape = (frame.width, frame.height, frame.format.name, frame.rotation, frame.colorspace,
                 frame.color_range)  # fmt: skip
        if shape != self._shape:
            self._ends, self._shape = self._made_graph(frame), shape
        assert self._ends is not None
        self._ends[0].push(frame)
        drawn = self._ends[1].pull()
        assert isinstance(drawn, VideoFrame)
        drawn.pict_type = 0  # the camera's choice of key frames is not ours
        return drawn

    def _made_graph(self, frame: VideoFrame) -> tuple[FilterContext, FilterContext]:
        graph = Graph()
        graph.threads = threads()
        turned = frame.rotation % 180 != 0
        width, height = self.size[::-1] if turned else self.size
        buffer = graph.add_buffer(
            width=frame.width, height=frame.height, format=frame.format,
            time_base=frame.time_base,
        )  # fmt: skip
        nodes = [
            *self._scaled(graph, frame, (width, height)),
            graph.add("format", "yuv420p"),
            *(graph.add(name, given) for name, given in TURNS.get(frame.rotation, ())),
            graph.add("setsar", "1"),
        ]
        sink = graph.add("buffersink")
        graph.link_nodes(buffer, *nodes, sink).configure()
        self._graph = graph
        return buffer, sink

    def _scaled(
        self, graph: Graph, frame: VideoFrame, size: tuple[int, int]
    ) -> list[FilterContext]:
        """Scaling touches every pixel, so that what fits is left as it is."""
        fits = (frame.width, frame.height) == size and frame.format.name == "yuv420p"
        if fits and frame.color_range != FULL and frame.colorspace not in BT2020:
            return []
        matrix = ":out_color_matrix=bt709" if frame.colorspace in BT2020 else ""
        return [graph.add("scale", f"{size[0]}:{size[1]}:flags=bicubic:out_range=limited{matrix}")]

    def _consider(self, frame: VideoFrame, moment: float) -> None:
        """Keeps the frame as the poster, if there is none yet that shows something."""
        if self._poster_found or moment < self._poster_due or moment > POSTER_SECONDS:
            return
        self._poster_due = moment + POSTER_STEP
        drawn = frame.reformat(format="rgb24")
        plane = drawn.planes[0]
        picture = Image.frombuffer(
            "RGB", self.size, bytes(plane), "raw", "RGB", plane.line_size, 1
        ).copy()
        gray = picture.convert("L").resize((16, 16), Image.Resampling.BOX).tobytes()
        self._poster_found = max(gray) - min(gray) >= POSTER_CONTRAST
        if self.poster is None or self._poster_found:
            self.poster = picture


def upright(frame: VideoFrame, aspect: Fraction) -> tuple[int, int]:
    """The size in which a viewer sees the frame."""
    width, height = max(1, round(frame.width * aspect)), frame.height
    return (height, width) if frame.rotation % 180 else (width, height)
