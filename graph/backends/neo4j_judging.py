"""Selections of the Neo4j store: signs, judgements and what joined them."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from graph.backends.neo4j_base import Row, statements
from graph.backends.neo4j_judged import JudgedForms
from graph.backends.neo4j_known import Neo4jBase
from graph.backends.neo4j_packing import SIGN
from graph.judgements import Judgement
from graph.nodes import Node, Peer
from graph.resolution import Cluster, Link, clusters_of
from graph.rulings import Rulings
from graph.statements import Sign


class Neo4jJudging(Neo4jBase):
    """See ``graph.asking.evidence.IdentityReading``."""

    def _judging(self, name: str, **values: Any) -> list[Row]:
        return self.connection.rows(statements("judging")[name], **values)

    def signs(self, ids: Iterable[str]) -> dict[str, Sign]:
        """See ``IdentityReading.signs``."""
        rows = self._judging("signs", ids=sorted(set(ids)))
        return {sign.id: sign for sign in (SIGN.decode(row["data"]) for row in rows)}

    def citing(self, ids: Iterable[str]) -> int:
        """See ``IdentityReading.citing``."""
        return int(self._judging("citing", ids=sorted(set(ids)))[0]["n"])

    def together(self, a: Iterable[str], b: Iterable[str]) -> bool:
        """See ``IdentityReading.together``."""
        rows = self.connection.rows(statements("settling")["together"], one=sorted(set(a)), two=sorted(set(b)))
        return bool(rows)

    def peers(self, series: str) -> list[Peer]:
        """See ``IdentityReading.peers``."""
        rows = self.connection.rows(statements("settling")["peers"], series=series)
        return [(row["day"], row["num"]) for row in rows]

    def joined(self, node: Node) -> tuple[list[Cluster], list[Link]]:
        """See ``IdentityReading.joined``."""
        ruled, mine = self.rulings(), frozenset(node.signs)
        blocks: dict[str, list[Sign]] = defaultdict(list)
        for row in self._judging("blocks", iri=node.id):
            blocks[row["block"]].append(SIGN.decode(row["data"]))
        found = [c for block, signs in blocks.items() for c in clusters_of(block, signs, ruled)]
        links = [Link(**row) for row in self._judging("joining", iri=node.id)]
        return [c for c in found if c.signs[0].id in mine], links

    def rulings(self) -> Rulings:
        """See ``IdentityReading.rulings``."""
        known = self.memo
        if known.rulings is None:
            known.rulings = JudgedForms(self._judging).rulings()
        return known.rulings

    def records(self) -> list[Judgement]:
        """See ``IdentityReading.records``."""
        return JudgedForms(self._judging).records

    def pointings(self, sha256: str) -> tuple[str, ...]:
        """See ``graph.store.Store.pointings``."""
        self.document(sha256)
        return tuple(row["iri"] for row in self._judging("pointings", sha=sha256))
