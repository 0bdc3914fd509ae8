"""What never changes in a statement stands in its text."""

from typing import Any

from sqlalchemy import BindParameter
from sqlalchemy.sql.compiler import SQLCompiler


class Constants(SQLCompiler):
    """Writes constants into the text: the database plans for them, and nobody hands them over each
    time.
    """

    def visit_bindparam(self, bindparam: BindParameter[Any], **kw: Any) -> str:  # type: ignore[override]
        if bindparam.unique:
            kw["literal_binds"] = True
        rendered: str = super().visit_bindparam(bindparam, **kw)  # type: ignore[no-untyped-call]
        return rendered
