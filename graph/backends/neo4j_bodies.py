"""Rows of bodies in the Neo4j store: as documents tell them, by what they are found, and what stands above them."""

from collections import Counter
from typing import Any

import msgspec
from neo4j import ManagedTransaction

from graph.backends.neo4j_base import Row, all_rows, statements
from graph.backends.neo4j_packing import BODY, form_key, known, pack
from graph.statements import Body, DocumentFacts
from graph.wording import body_words


class BodyRows:
    """Bodies, their forms (as one document tells them) and written names, each counted by the documents that use it.

    Args:
        tx: A writing transaction.
    """

    def __init__(self, tx: ManagedTransaction) -> None:
        self._tx = tx
        self.touched: set[str] = set()

    def _run(self, name: str, **values: Any) -> list[Row]:
        return all_rows(self._tx, statements("writing")[name], **values)

    def insert(self, documents: list[DocumentFacts]) -> None:
        """Count what documents tell of bodies, and make what is new."""
        forms: dict[str, Body] = {}
        form_uses: Counter[str] = Counter()
        name_uses: Counter[tuple[str, str]] = Counter()
        for facts in documents:
            keyed = {form_key(b): b for b in facts.bodies}
            forms |= keyed
            form_uses.update(list(keyed))
            name_uses.update(facts.names)
        there = {row["key"] for row in self._run("known_forms", keys=sorted(forms))}
        fresh: list[Row] = [
            {"key": k, "body": forms[k].id, "uses": 0, "data": pack(forms[k])} for k in sorted(forms.keys() - there)
        ]
        if fresh:
            self._run("put_forms", forms=fresh)
        self._run("use_forms", uses=[{"key": k, "n": n} for k, n in sorted(form_uses.items())])
        self._names(name_uses)
        self.touched.update(row["body"] for row in fresh)

    def _names(self, uses: Counter[tuple[str, str]]) -> None:
        keys = {f"{iri}|{name}": (iri, name) for iri, name in uses}
        there = {row["key"] for row in self._run("known_names", keys=sorted(keys))}
        fresh: list[Row] = [
            {"key": k, "body": keys[k][0], "text": keys[k][1], "uses": 0} for k in sorted(keys.keys() - there)
        ]
        if fresh:
            self._run("put_names", names=fresh)
        self._run("use_names", uses=[{"key": k, "n": uses[keys[k]]} for k in sorted(keys)])
        self.touched.update(row["body"] for row in fresh)

    def settle(self) -> None:
        """Bring the touched bodies up to date with their forms and names."""
        if not self.touched:
            return
        bodies = sorted(self.touched)
        self._run("drop_unused", bodies=bodies)
        gone, kept, more, less = [], [], [], []
        for row in self._run("bodies", bodies=bodies):
            if not row["forms"]:
                gone.append(row["iri"])
                continue
            best = min((BODY.decode(raw) for raw in row["forms"]), key=msgspec.json.encode)
            words = {f"word|body|{w}" for w in body_words(best, row["names"])}
            more += [{"iri": best.id, "key": k} for k in sorted(words - set(row["terms"]))]
            less += [{"iri": best.id, "key": k} for k in sorted(set(row["terms"]) - words)]
            if row["data"] != pack(best):
                kept.append(_row(best))
        for name, key, rows in (
            ("put_bodies", "bodies", kept),
            ("drop_body_terms", "rows", less),
            ("put_body_terms", "rows", more),
            ("untell_bodies", "bodies", gone),
        ):
            if rows:
                self._run(name, **{key: rows})
        self.touched.clear()


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
