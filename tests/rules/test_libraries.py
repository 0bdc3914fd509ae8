"""Each third-party library has one home, so that replacing it means opening one folder."""

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator

from tests.rules.source import PACKAGE, ROOT, Module, modules, none, sample

EVERYWHERE = {"msgspec"}  # the wire types are the words of every slice

# Library → the modules, by prefix, that may import it. `*` stands for any one slice.
HOMES = {
    "alembic": ["entregent.migrations", "entregent.server"],
    "argon2": ["entregent.accounts.passwords"],
    "av": ["entregent.ports.codec"],
    "cryptography": ["entregent.ports.push"],
    "h11": ["entregent.ports.fetch"],
    "nats": ["entregent.ports.bus"],
    "obstore": ["entregent.ports.blobs"],
    "PIL": ["entregent.ports.codec", "entregent.server.demo"],
    "pi_heif": ["entregent.ports.codec"],
    "psycopg": ["entregent.ports.db"],
    "sqlalchemy": [
        "entregent.*.queries",
        "entregent.*.tables",
        "entregent.migrations",
        "entregent.ports.db",
        "entregent.ports.jobs",
        "entregent.server.revision",
        "entregent.server.schema",
    ],
    "starlette": ["entregent.server"],
    "uvicorn": ["entregent.server"],
    "uvloop": ["entregent.server"],
    # Of the standard library, what would be a way around a seam.
    "http.client": ["entregent.ports.fetch"],
    "smtplib": ["entregent.ports.mail"],
    "sqlite3": ["entregent.ports.db"],
    "urllib.request": ["entregent.ports.fetch"],
}


def at_home(module: str, home: str) -> bool:
    parts, prefix = module.split("."), home.split(".")
    return len(parts) >= len(prefix) and all(
        wanted in {"*", part} for part, wanted in zip(parts, prefix, strict=False)
    )


def library_faults(house: Iterable[Module]) -> Iterator[str]:
    for module in house:
        for found in module.imports:
            whole = f"{found.module}.{found.name}"
            top = found.module.split(".")[0]
            homes = HOMES.get(top)
            for name in (found.module, whole):
                homes = HOMES.get(name, homes)
            if homes is None:
                known = top in sys.stdlib_module_names or top in EVERYWHERE or top == PACKAGE
                if not known:
                    yield f"{module.at(found.line)}: {top} has no home in tests/rules"
            elif not any(at_home(module.name, home) for home in homes):
                yield f"{module.at(found.line)}: {top} lives in {', '.join(homes)}"


def test_libraries_stay_at_home() -> None:
    none(library_faults(modules()))


def test_what_is_imported_is_named_in_pyproject() -> None:
    """What only another library brings along may go with that library's next release."""
    about = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    named = {re.split(r"[\[<>=~]", text)[0] for text in about["project"]["dependencies"]}
    called = {"PIL": "pillow", "argon2": "argon2-cffi", "nats": "nats-py", "pi_heif": "pi-heif"}
    third = {found.module.split(".")[0] for module in modules() for found in module.imports}
    third -= {*sys.stdlib_module_names, PACKAGE}
    none(f"{name}: not in pyproject.toml" for name in third if called.get(name, name) not in named)


def test_the_rule_bites() -> None:
    house = [
        sample("entregent.feed.actions", "from sqlalchemy import select"),
        sample("entregent.feed.queries.newest", "from sqlalchemy import select"),
        sample("entregent.feed.model", "import requests\nimport json"),
        sample("entregent.feed.jobs", "from urllib import request, parse"),
    ]
    assert [fault.split(":")[0] for fault in library_faults(house)] == [
        "entregent/feed/actions.py",
        "entregent/feed/model.py",
        "entregent/feed/jobs.py",
    ]
