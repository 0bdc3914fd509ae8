"""`python -m entregent.ports.codec.child.films JOB`: sound and film."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, BinaryIO

import av
import av.logging
import av.subtitles.stream
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.filter import Graph
from av.packet import Packet
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image, WebPImagePlugin

from ..job import Answer, Job, Rendition
from .moving import Moving, threads, upright
from .renditions import Name, keep, placeholder, shrunk, within
from .sound import Sound, Waveform
from .work import BROKEN, NotTaken, run

# What these libraries would import when they first need it, they cannot within the walls.
EARLY = (Graph, WebPImagePlugin, av.subtitles.stream)

# The formats that we ask FFmpeg to read; its many others are out of reach.
VIDEO_CODECS = {
    "h264", "hevc", "vp8", "vp9", "libdav1d", "av1", "mpeg4", "h263", "mjpeg", "prores",
    "theora",
}  # fmt: skip
AUDIO_CODECS = {
    "aac", "opus", "libopus", "vorbis", "mp3", "mp3float", "flac", "alac", "amrnb", "amrwb",
    "libopencore_amrnb", "libopencore_amrwb", "pcm_s16le", "pcm_s16be", "pcm_s24le", "pcm_s32le",
    "pcm_f32le", "pcm_u8", "pcm_alaw", "pcm_mulaw",
}  # fmt: skip
MICROSECONDS = 1_000_000
# A clip that was cut to sixty seconds is often a frame or a packet longer.
GRACE = Fraction(1, 2)
# What is promised by the header and missing from the file, before we say that the file is broken.
MISSING_SHARE, MISSING_SECONDS = 0.9, 0.5
POSTER_SIDES: tuple[tuple[Name, int], ...] = (("poster", 1280), ("small", 320))


class Film:
    """An open file and the tracks of it that we keep."""

    def __init__(self, source: BinaryIO, job: Job) -> None:
        source.seek(0)
        self._says = job.format == "mov"
        known = ",".join(sorted(VIDEO_CODECS | AUDIO_CODECS))
        self.container: InputContainer = av.open(
            source,
            "r",
            format=job.format,
            container_options={
                "protocol_whitelist": "none",
                "format_whitelist": "mov,matroska,webm,ogg,avi,wav,caf,mp3,flac,aac,"
                "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm",
                "codec_whitelist": known,
                "enable_drefs": "0",
            },
            io_open=_nothing_else,
        )
        video = [s for s in self.container.streams.video if _moves(s)]
        audio = [s for s in self.container.streams.audio if _known(s, AUDIO_CODECS)]
        self.unknown = len(video) < sum(
            not s.disposition & Disposition.attached_pic for s in self.container.streams.video
        )
        self.video = max(video, key=lambda s: s.width * s.height, default=None)
        self.audio = audio[0] if audio else None
        for stream in (self.video, self.audio):
            if stream is not None:
                stream.codec_context.thread_count = threads()
        if self.video is not None:
            self.video.thread_type = "AUTO"

    @property
    def tracks(self) -> list[VideoStream | AudioStream]:
        return [track for track in (self.video, self.audio) if track is not None]

    def told_seconds(self) -> float | None:
        """How long the file says it is."""
        told = self.container.duration
        return told / MICROSECONDS if told is not None and told > 0 else None

    def sound_seconds(self) -> float | None:
        """How long the file says its sound is; only MP4 says it to the sample."""
        if self.audio is None or not self._says or not self.audio.duration:
            return None
        return float(self.audio.duration * (self.audio.time_base or 0))

    def packets(self) -> "Iterator[Packet[Any]]":
        """All packets of the tracks; a file that breaks off ends."""
        packets = self.container.demux(self.tracks)
        while True:
            try:
                yield next(packets)
            except StopIteration:
                return
            except av.FFmpegError:
                return

    def measured_seconds(self, most: float) -> float:
        """How long the file is, counted without looking into any packet."""
        first, last = None, Fraction(0)
        for packet in self.packets():
            if packet.pts is None or packet.time_base is None:
                continue
            begin = packet.pts * packet.time_base
            first = begin if first is None else min(first, begin)
            last = max(last, begin + (packet.duration or 0) * packet.time_base)
            if last - first > most + 2:
                break
        return float(last - (first or 0))


def _nothing_else(*_: object) -> object:
    raise PermissionError("a film is one file")


def _known(stream: VideoStream | AudioStream, codecs: set[str]) -> bool:
    # A stream that FFmpeg has no decoder for has no context, whatever its type says.
    return getattr(stream.codec_context, "name", "") in codecs


def _moves(stream: VideoStream) -> bool:
    """Covers of records are streams of pictures too."""
    attached = stream.disposition & (Disposition.attached_pic | Disposition.still_image)
    return not attached and _known(stream, VIDEO_CODECS) and bool(stream.width and stream.height)


def make(source: BinaryIO, job: Job) -> Answer:
    """Everything that a sound or a film becomes."""
    try:
        return _made(source, job)
    except (MemoryError, NotTaken):
        raise
    except BROKEN as error:
        if isinstance(error, OSError) and error.errno == 27:  # past what one file may fill
            raise NotTaken("too_heavy") from error
        raise NotTaken("broken") from error


def _made(source: BinaryIO, job: Job) -> Answer:
    film = Film(source, job)
    kind = "video" if film.video is not None else "audio"
    if not film.tracks or film.unknown:
        raise NotTaken("broken")
    if kind not in job.wanted:
        raise NotTaken("not_wanted", kind=kind)
    if film.video is not None and film.video.width * film.video.height > job.max_pixels:
        raise NotTaken("too_many_pixels", limit=job.max_pixels)
    told = film.told_seconds()
    if told is None or job.format in {"ogg", "mp3", "aac"}:
        # Recorders in browsers do not come back to write how long it was.
        seconds = film.measured_seconds(job.max_seconds)
        film.container.close()
        film = Film(source, job)
    else:
        seconds = told
    if seconds > job.max_seconds + GRACE:
        raise NotTaken("too_long", limit=job.max_seconds)
    if kind == "audio":
        return _audio(film, job, told)
    return _video(film, job, told)


def _frames(film: Film) -> Iterator[VideoFrame | AudioFrame]:
    """All frames that can be made out; a damaged packet is passed over, as players do."""
    for packet in film.packets():
        try:
            decoded = packet.decode()
        except av.InvalidDataError:
            continue
        for frame in decoded:
            if frame.pts is not None and isinstance(frame, VideoFrame | AudioFrame):
                yield frame


def _begin(film: Film) -> Fraction:
    return Fraction(film.container.start_time or 0, MICROSECONDS)


def _writer(name: str) -> OutputContainer:
    return av.open(
        name, "w", format="mp4", options={"movflags": "+faststart", "fflags": "+bitexact"}
    )


def _check_length(seconds: float, told: float | None, job: Job) -> None:
    """The last word on how long it is: what was really there."""
    if seconds > job.max_seconds + 1:
        raise NotTaken("too_long", limit=job.max_seconds)
    if told is not None and seconds < told * MISSING_SHARE - MISSING_SECONDS:
        raise NotTaken("broken")


def _audio(film: Film, job: Job, told: float | None) -> Answer:
    assert film.audio is not None
    waveform = Waveform()
    start = Fraction(0)
    with _writer("audio") as out:
        sound = Sound(film.audio, out, waveform, film.sound_seconds())
        for frame in _frames(film):
            assert isinstance(frame, AudioFrame)
            if not sound.samples:
                start = Fraction(frame.pts or 0) * (frame.time_base or 1)
            sound.add(frame, start)
            if sound.seconds > job.max_seconds + 1:
                raise NotTaken("too_long", limit=job.max_seconds)
        sound.end()
    if not sound.samples:
        raise NotTaken("broken")
    _check_length(sound.seconds, told, job)
    return Answer(
        kind="audio",
        duration_ms=round(sound.seconds * 1000),
        waveform=waveform.bars(),
        renditions=[Rendition(name="audio", type="audio/mp4")],
    )


def _video(film: Film, job: Job, told: float | None) -> Answer:
    assert film.video is not None
    start, end, shown = _begin(film), Fraction(0), (0, 0)
    with _writer("video") as out:
        moving = Moving(film.video, out)
        sound: Sound | None = None
        # Both tracks are added before anything is written; sound that comes first waits.
        waiting: list[AudioFrame] = []
        for frame in _frames(film):
            moment = Fraction(frame.pts or 0) * (frame.time_base or 1) - start
            end = max(end, moment)
            if end > job.max_seconds + 1:
                raise NotTaken("too_long", limit=job.max_seconds)
            if isinstance(frame, VideoFrame):
                if not moving.began:
                    moving.begin(frame)
                    shown = upright(frame, Fraction(1))
                    if film.audio is not None:
                        sound = Sound(film.audio, out, None, film.sound_seconds())
                if moment >= 0:
                    moving.add(frame, moment)
                    end = max(end, moment + _duration(frame))
            elif moving.began and sound is not None:
                for early in waiting:
                    sound.add(early, start)
                waiting.clear()
                sound.add(frame, start)
            else:
                waiting.append(frame)
        moving.end()
        if sound is not None:
            sound.end()
    if moving.poster is None:
        raise NotTaken("broken")
    seconds = max(float(end), sound.seconds if sound else 0.0)
    _check_length(seconds, told, job)
    renditions = [
        Rendition(name="video", type="video/mp4", width=moving.size[0], height=moving.size[1])
    ]
    return _with_poster(moving.poster, renditions, shown, seconds)


def _duration(frame: VideoFrame) -> Fraction:
    told = frame.duration or 0
    return min(Fraction(1), told * (frame.time_base or Fraction(0)))


def _with_poster(
    poster: Image.Image, renditions: list[Rendition], shown: tuple[int, int], seconds: float
) -> Answer:
    picture = poster
    for name, side in POSTER_SIDES:
        picture = shrunk(picture, within(picture.size, side))
        renditions.append(keep(picture, name))
    return Answer(
        kind="video",
        width=shown[0],
        height=shown[1],
        duration_ms=round(seconds * 1000),
        placeholder=placeholder(picture),
        renditions=renditions,
    )


if __name__ == "__main__":
    av.logging.set_level(None)
    Image.preinit()
    run(make)
