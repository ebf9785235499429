"""Instruments of the Neo4j store: what stands stays, and only what is new, changed or gone is written."""

from typing import Any, LiteralString

from neo4j import ManagedTransaction

from graph.backends.neo4j_base import Row, Terms, all_rows, statements
from graph.backends.neo4j_packing import NODE, known, pack
from graph.backends.picking import level_of
from graph.nodes import Node
from graph.wording import node_words


class NodeRows:
    """Instruments of one settling.

    Args:
        tx: A writing transaction.
    """

    def __init__(self, tx: ManagedTransaction) -> None:
        self._tx = tx
        self._stale: set[str] = set()  # instruments that are made anew or go
        self._old: dict[str, Node] = {}
        self._rows: list[Row] = []
        self._more: list[Terms] = []
        self._less: list[Terms] = []
        self._meanings: list[Row] = []
        self._parts: list[Row] = []

    def stale(self, iri: str | None) -> None:
        """Note an instrument that is made anew or goes."""
        if iri is not None:
            self._stale.add(iri)

    def load(self, iris: set[str]) -> None:
        """Read the stale instruments and those that are made, to tell what changes."""
        wanted = sorted(self._stale | iris)
        for row in all_rows(self._tx, statements("settling")["nodes"], iris=wanted) if wanted else ():
            self._old[row["iri"]] = NODE.decode(row["data"])

    def keep(self, node: Node, parts: dict[str, str | None], meant: dict[str, str | None]) -> None:
        """Keep an instrument with what it is found by.

        Args:
            node: The instrument.
            parts: Its clusters, with the instrument that each was part of before.
            meant: What each sign meant before.
        """
        old = self._old.pop(node.id, None)
        if old != node:
            self._rows.append(_row(node))
            self._differ(node.id, _terms(old), _terms(node))
        self._meanings += [{"id": s, "node": node.id} for s in node.signs if meant.get(s) != node.id]
        self._parts += [{"iri": c, "node": node.id} for c, before in sorted(parts.items()) if before != node.id]

    def _differ(self, iri: str, had: set[str], has: set[str]) -> None:
        if has - had:
            self._more.append([iri, sorted(has - had)])
        if had - has:
            self._less.append([iri, sorted(had - has)])

    def write(self) -> None:
        """Write what was kept, and delete the stale instruments that were not made anew."""
        settling, writing = statements("settling"), statements("writing")
        changes: tuple[tuple[LiteralString, str, list[Any]], ...] = (
            (settling["put_nodes"], "nodes", self._rows),
            (writing["drop_instrument_terms"], "rows", self._less),
            (writing["put_instrument_terms"], "rows", self._more),
            (settling["put_meanings"], "rows", self._meanings),
            (settling["put_parts"], "rows", self._parts),
            (settling["drop_nodes"], "iris", sorted(self._old)),
        )
        for text, name, rows in changes:
            if rows:
                all_rows(self._tx, text, **{name: rows})


def _terms(node: Node | None) -> set[str]:
    """What an instrument is found by: words, numbers, other IRIs."""
    if node is None:
        return set()
    words = {f"word|instrument|{w}" for w in node_words(node)}
    return words | {f"number|{n}" for n in node.nums} | {f"alias|{a}" for a in node.aliases}


def _row(node: Node) -> Row:
    ref = node.ref
    return known(
        iri=ref.id,
        type=ref.type,
        label=ref.label,
        number=ref.number,
        symbol=ref.symbol,
        date=ref.date,
        issuer=ref.issuer,
        title=ref.title,
        jurisdiction=ref.jurisdiction,
        family=ref.family,
        level=level_of(node),
        stage=ref.stage,
        loaded=ref.loaded,
        conflict=ref.conflict,
        disputed=True if node.disputes else None,
        ref=pack(ref),
        data=pack(node),
    )
