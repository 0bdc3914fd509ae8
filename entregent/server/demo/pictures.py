"""Portraits and landscapes for some members of the demo: drawn here, each out of a name.

Nobody's likeness: a head without a face before a colour, and hills under a sky.
"""

import colorsys
import io
import math
import random

from PIL import Image, ImageDraw

SIDE = 400
WIDE, HIGH = 1_200, 300
FINER = 2  # drawn so much larger, so that edges are smooth

Colour = tuple[int, int, int]

SKINS: tuple[Colour, ...] = (
    (246, 214, 189),
    (232, 190, 158),
    (205, 155, 118),
    (167, 115, 82),
    (121, 80, 58),
    (88, 58, 44),
)
HAIRS: tuple[Colour, ...] = (
    (36, 31, 33),
    (66, 46, 38),
    (104, 71, 48),
    (150, 98, 58),
    (190, 152, 98),
    (150, 150, 155),
)


def portrait(name: str, *, long_hair: bool) -> bytes:
    """A square picture of somebody, as JPEG."""
    chance = random.Random(f"portrait {name}")  # noqa: S311 (a picture, not a secret)
    size = SIDE * FINER
    hue = chance.random()
    image = _fade(size, size, _tone(hue, 0.26, 0.93), _tone(hue + 0.05, 0.4, 0.74))
    pen = ImageDraw.Draw(image)
    skin, hair = chance.choice(SKINS), chance.choice(HAIRS)
    shade = _mixed(skin, (90, 50, 45), 0.18)
    middle, top = 0.5 + chance.uniform(-0.012, 0.012), 0.2 + chance.uniform(-0.01, 0.015)
    width = 0.155 + chance.uniform(-0.008, 0.01)

    def round_(x: float, y: float, rx: float, ry: float, fill: Colour) -> None:
        pen.ellipse([(v * size) for v in (x - rx, y - ry, x + rx, y + ry)], fill=fill)

    def block(x: float, y: float, x2: float, y2: float, corner: float, fill: Colour) -> None:
        box = [v * size for v in (x, y, x2, y2)]
        pen.rounded_rectangle(box, radius=corner * size, fill=fill)

    face = top + 0.235  # where its middle is
    if long_hair:
        end = chance.choice((0.66, 0.74, 0.8))
        block(middle - width - 0.055, face - 0.16, middle + width + 0.055, end, 0.11, hair)
        round_(middle, face - 0.06, width + 0.055, 0.19, hair)
    cloth = _tone(hue + chance.choice((0.33, 0.45, 0.55)), chance.uniform(0.35, 0.6), 0.56)
    round_(middle, 1.04, 0.36 + chance.uniform(0, 0.05), 0.36, cloth)
    block(middle - 0.07, face + 0.1, middle + 0.07, face + 0.31, 0.07, shade)
    _collar(pen, size, (middle, face + 0.235), cloth, chance)
    if not long_hair:
        round_(middle, face - 0.075, width + 0.022, 0.165, hair)
        for side in (-1, 1):  # ears
            round_(middle + side * width, face + 0.02, 0.026, 0.042, shade)
    round_(middle, face, width, 0.2, skin)
    _fringe(pen, size, (middle, face, width), hair, chance)
    if not long_hair and chance.random() < 0.4:
        box = [v * size for v in (middle - width, face - 0.2, middle + width, face + 0.2)]
        pen.chord(box, 22, 158, fill=hair)
    if chance.random() < 0.4:
        _glasses(pen, size, (middle, face, width))
    return _jpeg(image)


def landscape(name: str, wide: int = WIDE, high: int = HIGH) -> bytes:
    """A picture of hills, as JPEG; wide enough for a cover where no size is given."""
    chance = random.Random(f"landscape {name}")  # noqa: S311 (as above)
    width, height = wide * FINER, high * FINER
    hue = chance.random()
    low = _tone(hue + 0.08, 0.22, 0.95)
    image = _fade(width, height, _tone(hue, 0.42, 0.82), low)
    pen = ImageDraw.Draw(image)
    x, y = chance.uniform(0.2, 0.8) * width, chance.uniform(0.25, 0.45) * height
    radius = chance.uniform(0.09, 0.15) * min(width, height)
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=_tone(hue + 0.12, 0.12, 1))
    rows = 4
    for row in range(rows):
        near = (row + 1) / rows
        waves = [
            (chance.uniform(0.4, 1.1) * (2 + row), chance.uniform(0, 6), chance.uniform(0.4, 1))
            for _ in range(3)
        ]
        ground = height * (0.42 + 0.15 * row)
        swell = height * 0.075
        line = [
            (
                step * width / 160,
                ground + swell * sum(p * math.sin(step / 160 * f * 2 + b) for f, b, p in waves),
            )
            for step in range(161)
        ]
        colour = _mixed(low, _tone(hue + 0.02 * row, 0.55, 0.36), 0.25 + 0.7 * near)
        pen.polygon([*line, (width, height), (0, height)], fill=colour)
    return _jpeg(image)


def _collar(
    pen: ImageDraw.ImageDraw,
    size: int,
    at: tuple[float, float],
    cloth: Colour,
    chance: random.Random,
) -> None:
    x, y = at
    inner = _mixed(cloth, (255, 255, 255), chance.choice((0.2, 0.75)))
    for side in (-1, 1):
        tips = ((0.075, -0.01), (0.0, 0.115), (0.115, 0.06))
        pen.polygon([((x + side * dx) * size, (y + dy) * size) for dx, dy in tips], fill=inner)


def _fringe(
    pen: ImageDraw.ImageDraw,
    size: int,
    face: tuple[float, float, float],
    hair: Colour,
    chance: random.Random,
) -> None:
    x, y, width = face
    box = [v * size for v in (x - width, y - 0.2, x + width, y + 0.2)]
    tilt = chance.choice((-14, 0, 14))
    pen.chord(box, 212 + tilt, 328 + tilt, fill=hair)


def _glasses(pen: ImageDraw.ImageDraw, size: int, face: tuple[float, float, float]) -> None:
    x, y, width = face
    ink, line = (44, 44, 52), round(0.009 * size)
    for side in (-1, 1):
        middle = x + side * width * 0.46
        box = [v * size for v in (middle - 0.055, y - 0.035, middle + 0.055, y + 0.055)]
        pen.rounded_rectangle(box, radius=0.035 * size, outline=ink, width=line)
    gap = width * 0.46 - 0.055
    pen.line([(v * size) for v in (x - gap, y, x + gap, y)], fill=ink, width=line)


def _tone(hue: float, saturation: float, value: float) -> Colour:
    red, green, blue = colorsys.hsv_to_rgb(hue % 1, saturation, value)
    return round(red * 255), round(green * 255), round(blue * 255)


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * min(1, share)) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _fade(width: int, height: int, top: Colour, bottom: Colour) -> Image.Image:
    strip = Image.new("RGB", (1, 2))
    strip.putpixel((0, 0), top)
    strip.putpixel((0, 1), bottom)
    return strip.resize((width, height), Image.Resampling.BILINEAR)


def _jpeg(image: Image.Image) -> bytes:
    kept = io.BytesIO()
    image.reduce(FINER).save(kept, "JPEG", quality=88)
    return kept.getvalue()
