"""What stands next to instruments, for pictures: the nearest and strongest first, and how many there are."""

from collections.abc import Iterable

import msgspec

from graph.asking.instruments import ORDER, by_date
from graph.asking.reading import Statement
from graph.asking.texts import TextQuestions
from ontology.terms import RelationKind

DRAWN = tuple(k for k in RelationKind if k is not RelationKind.MENTIONS)


class Link(msgspec.Struct, frozen=True, order=True, gc=False):
    """An instrument of a border and another that it points to (``up``), or that points to it (IRIs).

    ``rank`` is that of the strongest statement between the two.
    """

    at: str
    down: bool
    other: str
    rank: int

    @property
    def up(self) -> bool:
        """Whether the one of the border points to the other."""
        return not self.down


class NearQuestions(TextQuestions):
    """Selections for pictures; a back end may find them without the statements."""

    def near(self, border: frozenset[str], known: frozenset[str], most: int) -> tuple[list[Link], int]:
        """Links from a border to instruments that are not known yet, and how many of these there are.

        Args:
            border: IRIs of the instruments to go out from.
            known: IRIs of those that are not asked for.
            most: Links to so many of the others are given: the strongest, then by date and IRI.

        Returns:
            All links to those others, and the number of others with those left out.
        """
        found: dict[tuple[str, bool, str], int] = {}
        for one in self.statements_near(border, DRAWN):
            for at, other, down in ((one.subject, one.object, False), (one.object, one.subject, True)):
                if at in border and other not in known and at != other and one.stage == "issued":
                    key = at, down, other
                    found[key] = min(found.get(key, ORDER[one.strength]), ORDER[one.strength])
        links = [Link(*key, rank) for key, rank in found.items()]
        best: dict[str, int] = {}
        for link in links:
            best[link.other] = min(best.get(link.other, link.rank), link.rank)
        refs = self.refs(best)
        kept = set(sorted(best, key=lambda i: (best[i], *by_date(refs[i])))[:most])
        return [link for link in links if link.other in kept], len(best)

    def between(self, iris: frozenset[str]) -> list[Statement]:
        """Statements that are drawn, from one to another of some instruments; the texts of quotes may be left out."""
        near = self.statements_near(iris, DRAWN)
        return [s for s in near if s.stage == "issued" and s.subject in iris and s.object in iris]


def first_links(links: Iterable[Link]) -> dict[str, tuple[Link, int]]:
    """The first link to each other end, and the rank of the strongest; outgoing ones come first."""
    found: dict[str, tuple[Link, int]] = {}
    for link in sorted(links):
        first, rank = found.get(link.other, (link, link.rank))
        found[link.other] = first, min(rank, link.rank)
    return found
