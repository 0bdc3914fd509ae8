"""What is done with stories."""
from typing import NamedTuple
from .. import events as events
class Writing(NamedTuple):
    a: int
