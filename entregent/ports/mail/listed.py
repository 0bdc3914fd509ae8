"""Mail that goes nowhere: a list, for tests."""

from .compose import Composer
from .model import Letter


class ListedMail:
    """Keeps every letter in `sent`, composed like a real one so that it refuses the same."""

    def __init__(self, composer: Composer) -> None:
        self._composer = composer
        self.sent: list[Letter] = []

    async def send(self, letter: Letter) -> str:
        composed = self._composer.compose(letter)
        self.sent.append(letter)
        return composed.message_id
