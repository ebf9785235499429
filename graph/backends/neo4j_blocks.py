"""Signs and clusters of the blocks that one transaction of the Neo4j store touches, each read once."""

from collections.abc import Iterable, Mapping
from typing import Any

from neo4j import ManagedTransaction

from graph.backends.neo4j_base import Row, all_rows, statements
from graph.backends.neo4j_packing import SIGN
from graph.resolution import Cluster, clusters_of
from graph.rulings import Rulings
from graph.statements import Sign

_MOST = 50_000  # signs that are remembered over transactions: what bears an id never changes


def _settling(tx: ManagedTransaction, name: str, **values: Any) -> list[Row]:
    return all_rows(tx, statements("settling")[name], **values)


class _Signs:
    """Signs by their ids, those that were written or read last."""

    def __init__(self) -> None:
        self._known: dict[str, Sign] = {}

    def learn(self, signs: Mapping[str, Sign]) -> None:
        """Remember some signs."""
        if len(self._known) + len(signs) > _MOST:
            self._known = {}
        self._known.update(signs)

    def of(self, tx: ManagedTransaction, ids: list[str]) -> dict[str, Sign]:
        """Signs that are there, out of memory or the store."""
        known = self._known
        missing = [i for i in ids if i not in known]
        rows = _settling(tx, "sign_data", ids=missing) if missing else []
        read = {row["id"]: SIGN.decode(row["data"]) for row in rows}
        if read:
            self.learn(read)
        return {i: known[i] if i in known else read[i] for i in ids}


SIGNS = _Signs()


class Blocks:
    """The signs and clusters of blocks, each block read and judged once in a batch."""

    def __init__(self, tx: ManagedTransaction) -> None:
        self._tx = tx
        self.ruled = Rulings()
        self.uses: dict[str, int] = {}
        self.node_of_sign: dict[str, str | None] = {}
        self.dead: set[str] = set()
        self._signs: dict[str, list[Sign]] = {}
        self._clusters: dict[str, list[Cluster]] = {}

    def load(self, blocks: Iterable[str]) -> None:
        """Read what was not read yet."""
        missing = sorted(set(blocks) - self._signs.keys())
        if not missing:
            return
        of_block: dict[str, list[str]] = {block: [] for block in missing}
        for row in _settling(self._tx, "signs", blocks=missing):
            if row["uses"] <= 0:
                self.dead.add(row["id"])
                continue
            of_block[row["block"]].append(row["id"])
            self.uses[row["id"]] = row["uses"]
            self.node_of_sign[row["id"]] = row["node"]
        ids = sorted(i for given in of_block.values() for i in given)
        signs = SIGNS.of(self._tx, ids)
        self._signs |= {block: [signs[i] for i in given] for block, given in of_block.items()}

    def signs_of(self, blocks: Iterable[str]) -> dict[str, Sign | None]:
        """Signs of blocks by their ids; None for those that no document uses any more."""
        names = list(blocks)
        self.load(names)
        found: dict[str, Sign | None] = dict.fromkeys(self.dead)
        return found | {sign.id: sign for block in names for sign in self._signs[block]}

    def clusters(self, block: str) -> list[Cluster]:
        """The clusters of a block that was read."""
        if block not in self._clusters:
            self._clusters[block] = list(clusters_of(block, self._signs[block], self.ruled))
        return self._clusters[block]
