"""Rows of bodies in the Neo4j store: as documents tell them, by what they are found, and what stands above them."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import msgspec
from neo4j import ManagedTransaction

from graph.backends.neo4j_base import Row, Terms, all_rows, statements
from graph.backends.neo4j_packing import BODY, known, pack
from graph.backends.neo4j_prepared import Whole
from graph.statements import Body
from graph.wording import body_words


class BodyRows:
    """Bodies, their forms (as one document tells them) and written names, each counted by the documents that use it.

    Args:
        tx: A writing transaction.
    """

    def __init__(self, tx: ManagedTransaction) -> None:
        self._tx = tx
        self._touched: set[str] = set()
        self._released: set[str] = set()  # bodies of which fewer documents tell a form or a name

    def _run(self, name: str, **values: Any) -> list[Row]:
        return all_rows(self._tx, statements("writing")[name], **values)

    def release(self, bodies: Iterable[str]) -> None:
        """Note bodies of which documents that go told a form or a name."""
        self._released.update(bodies)

    def insert(self, documents: list[Whole]) -> None:
        """Count what documents tell of bodies, and make what is new."""
        forms: dict[str, Body] = {}
        form_uses: Counter[str] = Counter()
        name_uses: Counter[str] = Counter()
        names: dict[str, tuple[str, str]] = {}
        for whole in documents:
            forms |= whole.forms
            form_uses.update(list(whole.forms))
            told = {f"{iri}|{name}": (iri, name) for iri, name in whole.facts.names}
            names |= told
            name_uses.update(list(told))
        new_forms: list[Row] = [
            {"key": k, "body": forms[k].id, "uses": n, "data": pack(forms[k])}
            for k, n in self._fresh("use_forms", form_uses)
        ]
        new_names: list[Row] = [
            {"key": k, "body": names[k][0], "text": names[k][1], "uses": n}
            for k, n in self._fresh("use_names", name_uses)
        ]
        for name, rows in (("forms", new_forms), ("names", new_names)):
            if rows:
                self._run(f"put_{name}", **{name: rows})
            self._touched.update(row["body"] for row in rows)

    def _fresh(self, name: str, uses: Counter[str]) -> list[tuple[str, int]]:
        """Count uses; gives those of what is not there yet."""
        rows: Any = self._run(name, uses=[[k, uses[k]] for k in sorted(uses)])
        there = {row["key"] for row in rows}
        return [(k, uses[k]) for k in sorted(uses.keys() - there)]

    def settle(self) -> None:
        """Bring the touched bodies up to date with their forms and names."""
        if self._released:
            self._run("drop_unused", bodies=sorted(self._released))
        bodies = sorted(self._touched | self._released)
        if not bodies:
            return
        gone, kept = [], []
        more: list[Terms] = []
        less: list[Terms] = []
        for row in self._run("bodies", bodies=bodies):
            if not row["forms"]:
                gone.append(row["iri"])
                continue
            best = min((BODY.decode(raw) for raw in row["forms"]), key=msgspec.json.encode)
            words = {f"word|body|{w}" for w in body_words(best, row["names"])}
            had = set(row["terms"])
            more += [[best.id, sorted(words - had)]] if words - had else []
            less += [[best.id, sorted(had - words)]] if had - words else []
            if row["data"] != pack(best):
                kept.append(_row(best))
        changes: tuple[tuple[str, str, list[Any]], ...] = (
            ("put_bodies", "bodies", kept),
            ("drop_body_terms", "rows", less),
            ("put_body_terms", "rows", more),
            ("untell_bodies", "bodies", gone),
        )
        for name, key, rows in changes:
            if rows:
                self._run(name, **{key: rows})
        self._touched.clear()
        self._released.clear()


def _row(body: Body) -> Row:
    ref = body.ref
    return {
        "kept": known(
            iri=body.id,
            name=ref.name,
            kind=ref.kind.value,
            jurisdiction=ref.jurisdiction,
            valid_from=ref.valid_from,
            valid_to=ref.valid_to,
            level=body.level,
            family=body.family,
            data=pack(body),
        ),
        "above": [{"iri": iri, "n": n} for n, iri in enumerate(dict.fromkeys(s.id for s in body.superiors))],
    }
