"""A pytest plugin: with CI set a skipped test is a failed one. It also counts, for script/test.

Loaded by `-p tests.servers.no_skips` in pyproject.toml.
"""

import os
import sys
from collections.abc import Generator
from pathlib import Path

import pytest

COUNTED = ("passed", "failed", "error", "skipped", "xfailed", "xpassed", "deselected")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI"):
        report.outcome = "failed"
        report.longrepr = f"With CI set nothing may be skipped: {_reason(call)}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if report.skipped and os.environ.get("CI"):
        report.outcome = "failed"
        report.longrepr = f"With CI set nothing may be skipped: {report.longrepr}"
    return report


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    place = os.environ.get("ENTREGENT_TEST_COUNTS")
    if place:
        stats = terminalreporter.stats
        lines = [f"{word} {len(stats.get(word, []))}" for word in COUNTED]
        Path(place).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _reason(call: pytest.CallInfo[None]) -> str:
    return str(call.excinfo.value) if call.excinfo else "no reason given"


def closing_line(counts: str, failed_before: str) -> str:
    """`N passed, N failed`, with the checks before pytest counted as one failure each."""
    numbers = {word: int(number) for word, number in (line.split() for line in counts.splitlines())}
    failed = numbers.get("failed", 0) + numbers.get("error", 0)
    return f"{numbers.get('passed', 0)} passed, {failed + len(failed_before.split(', '))} failed"


if __name__ == "__main__":
    place = Path(sys.argv[1])
    print(closing_line(place.read_text(encoding="utf-8") if place.exists() else "", sys.argv[2]))
