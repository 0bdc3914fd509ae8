"""ThumbHash: some 25 bytes from which a browser paints what a picture roughly looks like.

The format is Evan Wallace's; its description is at https://evanw.github.io/thumbhash/.
"""

import math
from collections.abc import Sequence

Channel = tuple[float, list[float], float]


def thumbhash(width: int, height: int, pixels: Sequence[tuple[int, int, int, int]]) -> bytes:
    """The hash of a picture of at most 100 pixels a side, given as rows of RGBA."""
    count = width * height
    total = [0.0, 0.0, 0.0, 0.0]
    for r, g, b, a in pixels:
        alpha = a / 255
        total[0] += alpha / 255 * r
        total[1] += alpha / 255 * g
        total[2] += alpha / 255 * b
        total[3] += alpha
    mean = [part / total[3] if total[3] else 0.0 for part in total[:3]]
    has_alpha = total[3] < count
    limit = 5 if has_alpha else 7
    longer = max(width, height)
    lx = max(1, _round(limit * width / longer))
    ly = max(1, _round(limit * height / longer))

    light, yellow, red, alphas = [], [], [], []
    for r, g, b, a in pixels:
        alpha = a / 255
        rr = mean[0] * (1 - alpha) + alpha / 255 * r
        gg = mean[1] * (1 - alpha) + alpha / 255 * g
        bb = mean[2] * (1 - alpha) + alpha / 255 * b
        light.append((rr + gg + bb) / 3)
        yellow.append((rr + gg) / 2 - bb)
        red.append(rr - gg)
        alphas.append(alpha)

    size = width, height
    l_dc, l_ac, l_scale = _channel(light, size, max(3, lx), max(3, ly))
    p_dc, p_ac, p_scale = _channel(yellow, size, 3, 3)
    q_dc, q_ac, q_scale = _channel(red, size, 3, 3)
    landscape = width > height
    header = (
        _round(63 * l_dc)
        | _round(31.5 + 31.5 * p_dc) << 6
        | _round(31.5 + 31.5 * q_dc) << 12
        | _round(31 * l_scale) << 18
        | has_alpha << 23
    )
    shape = (
        (ly if landscape else lx)
        | _round(63 * p_scale) << 3
        | _round(63 * q_scale) << 9
        | landscape << 15
    )
    found = bytearray([*header.to_bytes(3, "little"), *shape.to_bytes(2, "little")])
    factors = [*l_ac, *p_ac, *q_ac]
    if has_alpha:
        a_dc, a_ac, a_scale = _channel(alphas, size, 5, 5)
        found.append(_round(15 * a_dc) | _round(15 * a_scale) << 4)
        factors += a_ac
    for at in range(0, len(factors), 2):
        pair = factors[at : at + 2]
        found.append(sum(_round(15 * value) << 4 * n for n, value in enumerate(pair)))
    return bytes(found)


def _channel(values: list[float], size: tuple[int, int], nx: int, ny: int) -> Channel:
    """The mean, the waves as shares of the strongest, and how strong that is."""
    width, height = size
    across = [
        [math.cos(math.pi / width * cx * (x + 0.5)) for x in range(width)] for cx in range(nx)
    ]
    down = [
        [math.cos(math.pi / height * cy * (y + 0.5)) for y in range(height)] for cy in range(ny)
    ]
    rows = [values[y * width : (y + 1) * width] for y in range(height)]
    # First along the rows, then along the columns: the sums are the same, and far fewer.
    along = [[sum(map(float.__mul__, row, wave)) for row in rows] for wave in across]
    mean, scale = 0.0, 0.0
    waves: list[float] = []
    for cy in range(ny):
        for cx in range(nx):
            if cx * ny >= nx * (ny - cy):
                break
            factor = sum(map(float.__mul__, along[cx], down[cy])) / (width * height)
            if cx or cy:
                waves.append(factor)
                scale = max(scale, abs(factor))
            else:
                mean = factor
    if scale:
        waves = [0.5 + 0.5 / scale * factor for factor in waves]
    return mean, waves, scale


def _round(value: float) -> int:
    """As JavaScript rounds: halves go up."""
    return math.floor(value + 0.5)
