"""Refusals: what a member is told when something cannot be done."""

from typing import Any


class Refusal(Exception):
    """A request that is refused for a reason the member can understand.

    `code` is stable and is the key of a sentence in the slice's catalogues; `params` fill that
    sentence. `field` names the input at fault, `retry_after` is in seconds.
    """

    def __init__(
        self,
        code: str,
        *,
        status: int = 422,
        field: str | None = None,
        retry_after: int | None = None,
        **params: Any,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self.field = field
        self.retry_after = retry_after
        self.params = params
