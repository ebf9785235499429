"""Rows of the Neo4j store: the facts of documents as nodes and relationships, written by whole batches."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from neo4j import ManagedTransaction

from graph.backends.neo4j_base import Row, all_rows, statements
from graph.backends.neo4j_bodies import BodyRows
from graph.backends.neo4j_prepared import Whole, part_of_row, sign_row
from graph.statements import Sign


@dataclass
class Touched:
    """What a write leaves to be settled."""

    blocks: set[str] = field(default_factory=set)  # blocks that gained or lost signs
    signs: set[str] = field(default_factory=set)  # signs of which more or fewer documents make use
    known: dict[str, Sign] = field(default_factory=dict)  # signs that were written and need not be read


class Writer:
    """Writes documents in one transaction.

    Args:
        tx: The transaction.
    """

    def __init__(self, tx: ManagedTransaction) -> None:
        self.tx = tx
        self.touched = Touched()
        self._bodies = BodyRows(tx)

    def run(self, name: str, **values: Any) -> list[Row]:
        """Run a statement of ``writing.cypher``."""
        return all_rows(self.tx, statements("writing")[name], **values)

    def delete(self, shas: list[str]) -> None:
        """Forget all facts of some contents."""
        if not shas:
            return
        self.touched.blocks |= {row["block"] for row in self.run("drop_uses", shas=shas)}
        gone = [row["body"] for name in ("drop_forms", "drop_names") for row in self.run(name, shas=shas)]
        for name in ("drop_statements", "drop_documents"):
            self.run(name, shas=shas)
        self._bodies.release(gone)

    def insert(self, documents: list[Whole]) -> None:
        """Keep all facts of some documents."""
        if documents:
            self._signs(documents)
            self._bodies.insert(documents)
        self._bodies.settle()
        if not documents:
            return
        for name in ("documents", "mentions", "statements", "duties", "passages"):
            self.run(f"put_{name}", documents=[part_of_row(d.row, name) for d in documents])

    def _signs(self, documents: list[Whole]) -> None:
        """Count who uses signs, and make those that are new."""
        uses = Counter(s for d in documents for s in d.signs)
        signs = {i: s for d in documents for i, s in d.signs.items()}
        there = {row["id"] for row in self.run("use_signs", uses=[[s, n] for s, n in sorted(uses.items())])}
        fresh = [sign_row(signs[i], uses[i]) for i in sorted(signs.keys() - there)]
        if fresh:
            self.run("put_signs", signs=fresh)
        self.touched.blocks |= {row["block"] for row in fresh}
        self.touched.signs |= set(uses)
        self.touched.known |= signs
