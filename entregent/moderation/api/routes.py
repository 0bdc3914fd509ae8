"""The routes of moderation, and what several of its topics share."""

from entregent.kit.routes import Call, Routes

routes = Routes("moderation")


def shut(call: Call, person: int, ended: list[int]) -> None:
    """Closes the streams of what has ended; how an account stands is looked up anew."""
    for identifier in [*ended, 0]:
        call.ports.session_ended(person, identifier)
