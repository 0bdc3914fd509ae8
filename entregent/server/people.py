"""Adds people's cards to what the slices answer: one query for everyone on the page."""

from entregent.kit.people import Card, WithPeople
from entregent.ports.db import Database, Transaction
from entregent.profiles import cards


async def add_cards(db: Database, viewer: int, answer: WithPeople) -> None:
    """Fills `answer.cards` with everyone that the answer speaks of."""
    wanted = set(answer.people()) - {int(card.id) for card in answer.cards}
    if wanted:
        answer.cards = answer.cards + await db.read(_cards, viewer, sorted(wanted))


def _cards(tx: Transaction, viewer: int, wanted: list[int]) -> list[Card]:
    return cards(tx, viewer, wanted)
