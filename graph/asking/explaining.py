"""How an instrument came together, from its clusters and links: parts, and why each is one with the others; pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from graph.identities import identity_of
from graph.judgements import Judgement
from graph.nodes import Node
from graph.resolution import Cluster, Link, rank_of, sign_iri
from graph.results import Evidence, InstrumentRef
from graph.results_identity import Explanation, Join, Part
from graph.statements import Sign

MOST_PARTS = 40


@dataclass(frozen=True)
class Piece:
    """Signs of one cluster that point in one way."""

    name: str
    signs: tuple[Sign, ...]  # the best first

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of its signs."""
        return tuple(s.id for s in self.signs)

    def seen(self, documents: int, evidence: tuple[Evidence, ...]) -> Part:
        """The piece as it is shown."""

        def first(name: str) -> str | None:
            return next((v for s in self.signs if (v := getattr(s, name))), None)

        issuers = next((s.issuers for s in self.signs if s.issuers), ())
        return Part(
            identity=identity_of(self.signs, next((s.shown for s in self.signs if s.shown), first("title") or "")),
            type=first("type"),
            number=first("number"),
            symbol=first("symbol"),
            date=first("date"),
            issuer=" và ".join(issuers) or None,
            title=first("title"),
            loaded=any(s.loaded for s in self.signs),
            documents=documents,
            evidence=evidence,
        )


@dataclass(frozen=True)
class Pieces:
    """All pieces of an instrument in order, those that are shown, and what joins them by their places."""

    shown: tuple[Piece, ...]
    more: int
    joins: tuple[Join, ...]


def parts_of(node: Node, clusters: Iterable[Cluster], links: Iterable[Link]) -> Pieces:
    """Take a node apart into what documents say of it.

    Args:
        node: The instrument.
        clusters: Its clusters with their joins.
        links: What joined the clusters.
    """
    groups: dict[tuple[str, str], list[Sign]] = {}
    mine = sorted((c for c in clusters if c.signs[0].id in node.signs), key=lambda c: c.id)
    for cluster in mine:
        for sign in cluster.signs:
            groups.setdefault((cluster.id, sign_iri(sign)), []).append(sign)
    pieces = [Piece(name, tuple(sorted(signs, key=rank_of))) for (_, name), signs in sorted(groups.items())]
    pieces.sort(key=lambda p: (not p.signs[0].loaded, -len(p.signs), p.name, p.signs[0].id))
    shown = tuple(pieces[:MOST_PARTS])
    place = {s.id: n for n, piece in enumerate(shown) for s in piece.signs}
    best = {c.id: min(c.signs, key=rank_of).id for c in mine}
    told: list[tuple[str, str, str, str | None]] = [(a, b, why, None) for c in mine for a, b, why in c.joins]
    told += [
        (best[k.a], best[k.b], k.reason, k.key.removeprefix("judged|") if k.kind == "judged" else None)
        for k in links
        if k.a in best and k.b in best
    ]
    return Pieces(shown, len(pieces) - len(shown), _joins(told, place))


def _joins(told: Iterable[tuple[str, str, str, str | None]], place: dict[str, int]) -> tuple[Join, ...]:
    found = set()
    for a, b, why, judged in told:
        if a in place and b in place and place[a] != place[b]:
            one, two = sorted((place[a], place[b]))
            found.add((one, two, judged or "", why))
    return tuple(Join(a=a, b=b, reason=why, judgement=judged or None) for a, b, judged, why in sorted(found))


def explanation_of(ref: InstrumentRef, pieces: Pieces, shown: list[Part], about: list[Judgement]) -> Explanation:
    """Put the answer together."""
    return Explanation(
        instrument=ref, parts=tuple(shown), joins=pieces.joins, judgements=tuple(about), more=pieces.more
    )
