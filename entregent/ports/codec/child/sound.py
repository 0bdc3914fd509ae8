"""Sound, made anew as AAC, and what it looks like."""

import contextlib
from array import array
from fractions import Fraction
from typing import Protocol

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.filter import Graph

RATES = {16_000, 22_050, 24_000, 32_000, 44_100, 48_000}
USUAL_RATE = 48_000
BIT_RATES = {"mono": 64_000, "stereo": 128_000}

BARS = 64
LOUDEST = 100
# A voice lies below 4 kHz, and its peaks in fiftieths of a second are finer than any bar.
PEAK_RATE, PEAK_SAMPLES = 8_000, 160


class Waveform:
    """Collects how loud a sound is over its time."""

    def __init__(self) -> None:
        self._resampler = av.AudioResampler(format="s16", layout="mono", rate=PEAK_RATE)
        self._rest = array("h")
        self._peaks: list[int] = []

    def hear(self, frame: AudioFrame | None) -> None:
        """Takes the next frame, or the end."""
        for heard in self._resampler.resample(frame):
            self._rest.frombytes(bytes(heard.planes[0])[: heard.samples * 2])
        whole = len(self._rest) // PEAK_SAMPLES * PEAK_SAMPLES
        end = whole if frame is not None else len(self._rest)
        for at in range(0, end, PEAK_SAMPLES):
            piece = self._rest[at : at + PEAK_SAMPLES]
            self._peaks.append(_peak(piece))
        del self._rest[:end]

    def bars(self) -> list[int]:
        """64 values, the loudest of which is 100; of silence all are 0."""
        loudest = max(self._peaks, default=0)
        if loudest < 32:  # a thousandth of what can be said
            return [0] * BARS
        count = len(self._peaks)
        found = []
        for bar in range(BARS):
            begin = bar * count // BARS
            piece = self._peaks[begin : max(begin + 1, (bar + 1) * count // BARS)]
            found.append(round(LOUDEST * max(piece) / loudest))
        return found


def _peak(piece: "array[int]") -> int:
    highest, lowest = max(piece), min(piece)
    return max(highest, -lowest)


class Frames(Protocol):
    """What hears the sound as it is kept."""

    def hear(self, frame: AudioFrame | None) -> None: ...


class Sound:
    """One track of sound on its way from a reader to a writer, beginning at the film's zero."""

    def __init__(
        self,
        source: AudioStream,
        out: OutputContainer,
        listener: Frames | None = None,
        seconds: float | None = None,
    ) -> None:
        """`seconds` is where it ends, when the file says so: what its last packet holds beyond
        that was never recorded."""
        context = source.codec_context
        layout = "mono" if context.channels == 1 else "stereo"
        self.rate = context.sample_rate if context.sample_rate in RATES else USUAL_RATE
        self.samples = 0
        self._layout = layout
        self._listener = listener
        self._most = round(seconds * self.rate) if seconds else None
        self._out = out
        self._graph: Graph | None = None
        self._shape: tuple[str, str, int] | None = None
        self._stream = out.add_stream("aac", rate=self.rate)
        self._stream.layout = layout
        self._stream.format = "fltp"
        self._stream.bit_rate = BIT_RATES[layout]
        self._stream.time_base = Fraction(1, self.rate)

    @property
    def seconds(self) -> float:
        """How much of it there is by now."""
        return self.samples / self.rate

    def add(self, frame: AudioFrame, start: Fraction) -> None:
        """Takes a decoded frame; `start` is when the film begins."""
        if frame.pts is None or frame.time_base is None or not frame.samples:
            return
        shape = frame.format.name, frame.layout.name, frame.sample_rate
        if shape != self._shape:
            self._finish_graph()
            self._graph, self._shape = self._made_graph(frame, first=self._shape is None), shape
        assert self._graph is not None
        frame.pts -= round(start / frame.time_base)
        with contextlib.suppress(av.EOFError):  # it has said that it ends here
            self._graph.push(frame)
        self._pull(self._graph)

    def end(self) -> None:
        """Writes what is left."""
        self._finish_graph()
        if self._listener:
            self._listener.hear(None)
        for packet in self._stream.encode(None):
            self._out.mux(packet)

    def _made_graph(self, frame: AudioFrame, *, first: bool) -> Graph:
        """Fills gaps with silence, so that a paused recording does not run ahead of its film."""
        graph = Graph()
        options = "async=1:min_hard_comp=0.1" + (":first_pts=0" if first else "")
        nodes = [
            graph.add_abuffer(
                sample_rate=frame.sample_rate,
                format=frame.format.name,
                layout=frame.layout.name,
                time_base=frame.time_base,
            ),
            graph.add("aresample", f"{self.rate}:{options}"),
            graph.add(
                "aformat",
                f"sample_fmts=fltp:sample_rates={self.rate}:channel_layouts={self._layout}",
            ),
            *([graph.add("atrim", f"end_sample={self._most}")] if first and self._most else []),
            graph.add("abuffersink"),
        ]
        graph.link_nodes(*nodes).configure()
        return graph

    def _finish_graph(self) -> None:
        if self._graph is not None:
            with contextlib.suppress(av.EOFError):
                self._graph.push(None)
            self._pull(self._graph)
            self._graph = None

    def _pull(self, graph: Graph) -> None:
        while True:
            try:
                frame = graph.pull()
            except (av.BlockingIOError, av.EOFError):
                return
            assert isinstance(frame, AudioFrame)
            frame.pts = self.samples
            frame.time_base = Fraction(1, self.rate)
            self.samples += frame.samples
            if self._listener:
                self._listener.hear(frame)
            for packet in self._stream.encode(frame):
                self._out.mux(packet)
