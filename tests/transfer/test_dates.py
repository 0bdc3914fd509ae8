"""Each shape that LinkedIn writes dates in, and none that would have to be guessed."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entregent.transfer.linkedin import dates

MOMENTS = st.integers(-62_135_596_800, 253_402_300_799).map(lambda seconds: seconds * 1000)
MINUTES = st.integers(-1_035_593_280, 4_223_371_679).map(lambda minutes: minutes * 60_000)


@pytest.mark.parametrize(
    ("parse", "text", "iso"),
    [
        (dates.stamp, "2025-06-01 14:03:22 UTC", "2025-06-01T14:03:22Z"),
        (dates.stamp, "2025/06/01 14:03:22 UTC", "2025-06-01T14:03:22Z"),
        (dates.stamp, "2024-05-15 10:30:00", "2024-05-15T10:30:00Z"),
        (dates.stamp, "2020-12-29 14:24 UTC", "2020-12-29T14:24:00Z"),
        (dates.stamp, "2024-01-02T10:00:00Z", "2024-01-02T10:00:00Z"),
        (dates.stamp, "2024-01-02T10:00:00.250+02:00", "2024-01-02T08:00:00Z"),
        (dates.stamp, "2024-06-12", "2024-06-12T00:00:00Z"),
        (dates.stamp, "0001-01-01 00:00:00 UTC", "0001-01-01T00:00:00Z"),
        (dates.stamp, "9999-12-31 23:59:59 UTC", "9999-12-31T23:59:59Z"),
        (dates.us, "1/29/26, 2:37 PM", "2026-01-29T14:37:00Z"),
        (dates.us, "1/29/26, 2:37\u202fPM", "2026-01-29T14:37:00Z"),
        (dates.us, "05/03/25, 09:00 AM", "2025-05-03T09:00:00Z"),
        (dates.us, "8/9/18, 12:04 AM", "2018-08-09T00:04:00Z"),
        (dates.us, "8/9/18, 12:04 PM", "2018-08-09T12:04:00Z"),
        (dates.connected, "08 Feb 2026", "2026-02-08T00:00:00Z"),
        (dates.connected, "8/9/18, 3:04 PM", "2018-08-09T00:00:00Z"),
        (dates.connected, "15-janv-24", "2024-01-15T00:00:00Z"),
        (dates.connected, "08-févr.-26", "2026-02-08T00:00:00Z"),
        (dates.connected, "4-Apr-21", "2021-04-04T00:00:00Z"),
        (dates.unix, "Fri Jan 24 02:54:41 UTC 2025", "2025-01-24T02:54:41Z"),
        (
            dates.uploaded,
            "You uploaded a feed photo on April 12, 2026 at 8:03 AM (GMT)",
            "2026-04-12T08:03:00Z",
        ),
    ],
)
def test_shapes(parse: Callable[[str], int | None], text: str, iso: str) -> None:
    at = parse(text)
    assert at is not None
    assert dates.iso(at) == iso


@pytest.mark.parametrize("parse", [dates.stamp, dates.us, dates.connected, dates.unix])
@pytest.mark.parametrize(
    "text",
    [
        "",
        "not-a-date",
        "N/A",
        "Not Available",
        "2024-13-45 99:99:99 UTC",
        "2024-02-30 10:00:00 UTC",
        "04/05/2021",
        "13/13/21, 2:00 PM",
        "1/1/21, 13:00 PM",
        "1/1/21, 0:30 AM",
        "0000-01-01 00:00:00 UTC",
        "٢٠٢٤-٠١-٠٢ 10:00:00 UTC",
        "2024-W01-1 10:00:00 UTC",
        "0001-01-01T00:00:00+14:00",
    ],
)
def test_what_is_not_read(parse: Callable[[str], int | None], text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("text", "partial"),
    [
        ("Sep 2022", "2022-09"),
        ("2016", "2016"),
        ("Jan 14, 2026", "2026-01-14"),
        ("2024-06-12", "2024-06-12"),
        ("", None),
        ("Smarch 2022", None),
    ],
)
def test_parts_of_dates(text: str, partial: str | None) -> None:
    assert dates.whole_day(text) == partial
    if partial and text != partial:
        assert dates.write_partial(partial) == text


@given(MOMENTS)
def test_moments_are_written_as_they_are_read(at: int) -> None:
    assert dates.stamp(dates.write_stamp(at)) == at
    assert dates.stamp(dates.write_zoned(at)) == at
    assert dates.stamp(dates.write_slashed(at)) == at
    assert dates.unix(dates.write_unix(at)) == at
    assert dates.connected(dates.write_day(at)) == at - at % dates.DAY_MS


@given(MINUTES)
def test_minutes_are_written_as_they_are_read(at: int) -> None:
    assert dates.us(dates.write_us(at)) == at
