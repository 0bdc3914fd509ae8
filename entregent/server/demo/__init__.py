"""The demo network: a fictional community in two languages, built through the real actions.

`fact` remembers that an instance is a demo. On paper: `people`, `network` and `talks` make a
`community` from a seed and the day, out of the names and phrase books in `texts`. `build` then
carries it out. Nothing but `fact` is read by a server that is no demo.
"""

from .fact import cast, is_empty, is_made, known

__all__ = ["cast", "is_empty", "is_made", "known"]
