"""Imports and exports over HTTP."""

import logging
from urllib.parse import unquote

import msgspec

from entregent.accounts import account
from entregent.kit.errors import Refusal
from entregent.kit.ids import ClientId
from entregent.kit.routes import Call, Raw, Routes

from . import actions, reading
from .jobs import ChildFailed, child
from .linkedin import Report
from .model import Import
from .spooling import collect, new_file, remove, sent

routes = Routes("transfer")
_log = logging.getLogger(__name__)
_DISPOSITION = b'attachment; filename="entregent.zip"'


class ImportQuery(msgspec.Struct):
    """The client's own id of the command: the same file sent again is the same import."""

    client_id: ClientId


class OneImport(msgspec.Struct):
    """An import as it stands."""

    # `import` is a word of Python's.
    import_: Import = msgspec.field(name="import")


class ImportList(msgspec.Struct):
    """The member's imports, the newest first."""

    imports: list[Import]


class ImportReport(msgspec.Struct):
    """An import, and what became of every file of it."""

    import_: Import = msgspec.field(name="import")
    report: Report


class UndoImport(msgspec.Struct):
    """Undoing takes nothing but the command's own id."""

    client_id: ClientId


@routes.post("/api/imports", raw=True, limit="import")
async def bring(call: Call, query: ImportQuery) -> OneImport:
    """Takes a file in; what it is, its content says and never its name."""
    before = await call.ports.db.read(reading.repeated, call.me, query.client_id)
    if before is not None:
        async for _ in call.body():
            pass  # an answer before the end would look like a broken line
        return OneImport(before)
    name = unquote(call.headers.get(b"x-file-name", b"").decode("latin-1"), errors="replace")
    file, spool = await new_file(call.ports.settings, call.me)
    try:
        with file:
            size, digest = await collect(call.body(), file)
        if not size:
            raise Refusal("transfer.empty", field="file")
        asked = actions.Begin(call.me, query.client_id, name, digest, str(spool))
        begun = await call.ports.db.write(actions.begin, asked)
    except BaseException:
        await remove(spool)
        raise
    if not await call.ports.db.read(reading.reads, call.me, int(begun.id), str(spool)):
        await remove(spool)  # the same command came twice at once, or the worker was faster
    return OneImport(begun)


@routes.get("/api/imports")
async def every_import(call: Call) -> ImportList:
    """All imports."""
    return ImportList(await call.ports.db.read(reading.every_import, call.me))


@routes.get("/api/imports/{id}")
async def one_import(call: Call) -> ImportReport:
    """One import with its report."""
    return ImportReport(*await call.ports.db.read(reading.one_import, call.me, call.id("id")))


@routes.post("/api/imports/{id}/undo")
async def undo(call: Call, body: UndoImport) -> OneImport:  # noqa: ARG001 (nothing is in it)
    """Takes a whole import back. Repeating it changes nothing."""
    return OneImport(await call.ports.db.write(actions.undo, call.me, call.id("id")))


@routes.get("/api/export", limit="export", scope="export", media="application/zip")
async def export(call: Call) -> Raw:
    """Everything of the member's in one ZIP."""
    mine = await call.ports.db.read(account, call.me)
    file, place = await new_file(call.ports.settings, call.me)
    try:
        async for _ in child(call.ports.settings, "export", "--member", mine.email, str(place)):
            pass
    except ChildFailed as failed:
        file.close()
        _log.error("transfer: no export for %s: %s", call.me, failed)
        raise Refusal("transfer.not_written", status=500) from None
    finally:
        await remove(place)  # what is open stays until it is sent
    return Raw(sent(file), "application/zip", ((b"content-disposition", _DISPOSITION),))
