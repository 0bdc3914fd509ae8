"""What we build on may be used under Apache-2.0."""

import json
import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata

from tests.rules.source import ROOT, none

# Each of these may be combined with Apache-2.0 code. The weak copyleft ones (LGPL, MPL) bind only
# changes to the library itself, which we do not make: we import it, unchanged.
FITTING = {
    "0BSD", "Apache-2.0", "BlueOak-1.0.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "HPND",
    "ISC", "LGPL-3.0-only", "LGPL-3.0-or-later", "MIT", "MIT-0", "MIT-CMU", "MPL-2.0", "OFL-1.1",
    "PSF-2.0", "Python-2.0", "Unlicense", "Zlib",
}  # fmt: skip

CLASSIFIED = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
SPOKEN = {
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "MIT License": "MIT",
    "The MIT License": "MIT",
}


def locked() -> list[str]:
    text = (ROOT / "requirements-dev.txt").read_text(encoding="utf-8")
    return re.findall(r"^([A-Za-z0-9_.\-]+)(?:\[[^]]*\])?==", text, re.MULTILINE)


def licence_of(name: str) -> str:
    """The SPDX expression of an installed package, as well as its metadata tell."""
    about = metadata(name)
    if expression := about.get_all("License-Expression"):
        return str(expression[0])
    marked = [c for c in about.get_all("Classifier", []) if c.startswith("License :: OSI")]
    names = [CLASSIFIED.get(c.rsplit(" :: ", 1)[1], c) for c in marked]
    if names:
        return " OR ".join(names)
    told = " ".join(about.get_all("License") or []).strip().splitlines()
    return SPOKEN.get(told[0], told[0]) if told else "unknown"


def fits(expression: str) -> bool:
    """Whether an SPDX expression can be met: one of the `OR`, all of the `AND`."""
    plain = re.sub(r"\s+WITH\s+\S+", "", expression).replace("(", " ").replace(")", " ")
    return any(
        all(part.strip() in FITTING for part in choice.split(" AND "))
        for choice in plain.split(" OR ")
    )


def python_faults() -> Iterator[str]:
    for name in locked():
        try:
            licence = licence_of(name)
        except PackageNotFoundError:
            continue  # locked for another platform
        if not fits(licence):
            yield f"{name}: {licence}"


def client_faults() -> Iterator[str]:
    path = ROOT / "web" / "package-lock.json"
    packages = json.loads(path.read_text(encoding="utf-8"))["packages"] if path.exists() else {}
    for name, package in packages.items():
        licence = package.get("license", "unknown")
        if name and not package.get("link") and not fits(str(licence)):
            yield f"{name}: {licence}"


def test_python_packages() -> None:
    none(python_faults())


def test_client_packages() -> None:
    none(client_faults())


def test_ours() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_expressions() -> None:
    assert fits("MIT")
    assert fits("(MIT OR GPL-3.0-only)")
    assert fits("Apache-2.0 AND BSD-3-Clause")
    assert fits("Apache-2.0 WITH LLVM-exception OR MIT")
    assert not fits("GPL-3.0-only")
    assert not fits("MIT AND AGPL-3.0-only")
    assert not fits("unknown")
