"""Mail into a folder of `.eml` files, which any mail program opens."""

import asyncio
from pathlib import Path

from .compose import Composed, Composer
from .model import Letter, MailUnavailable


class FolderMail:
    """One file a letter, named so that they sort by time; never half written."""

    def __init__(self, folder: Path, composer: Composer) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._composer = composer

    async def send(self, letter: Letter) -> str:
        composed = self._composer.compose(letter)
        try:
            await asyncio.to_thread(self._write, composed)
        except OSError as error:
            raise MailUnavailable(str(error)) from error
        return composed.message_id

    def _write(self, composed: Composed) -> None:
        place = self._folder / f"{composed.number}.eml"
        aside = place.with_suffix(".part")
        aside.write_bytes(composed.content)
        aside.replace(place)
