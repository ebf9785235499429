"""Rows of the Neo4j store: the facts of documents as nodes and relationships, written by whole batches."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from neo4j import ManagedTransaction

from graph.backends.neo4j_base import Row, all_rows, statements
from graph.backends.neo4j_bodies import BodyRows
from graph.backends.neo4j_packing import Told, form_key, known, pack
from graph.backends.sqlite_rows import carry_of
from graph.resolution import block_of
from graph.results import Evidence
from graph.searching import units_of
from graph.statements import DocumentFacts, Duty, Sign


@dataclass
class Touched:
    """What a write leaves to be settled."""

    blocks: set[str] = field(default_factory=set)  # blocks that gained or lost signs
    signs: set[str] = field(default_factory=set)  # signs of which more or fewer documents make use


@dataclass(frozen=True)
class Whole:
    """A document to be kept, with the path whose facts these are."""

    facts: DocumentFacts
    owner: str
    text: str


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
        self._bodies.touched.update(gone)

    def insert(self, documents: list[Whole]) -> None:
        """Keep all facts of some documents."""
        if documents:
            self._signs(m.sign for d in documents for m in d.facts.mentions)
            self._bodies.insert([d.facts for d in documents])
        self._bodies.settle()
        if not documents:
            return
        uses = Counter(s for d in documents for s in {m.sign.id for m in d.facts.mentions})
        self.touched.signs |= set(uses)
        self.run("use_signs", uses=[{"id": s, "n": n} for s, n in sorted(uses.items())])
        rows = [_document(d) for d in documents]
        for name in ("documents", "mentions", "statements", "duties", "passages"):
            self.run(f"put_{name}", documents=[_part(row, name) for row in rows])

    def _signs(self, mentioned: Iterable[Sign]) -> None:
        signs = {s.id: s for s in mentioned}
        there = {row["id"] for row in self.run("known_signs", ids=sorted(signs))}
        fresh = [signs[i] for i in sorted(signs.keys() - there)]
        rows = [
            known(
                id=s.id,
                block=block_of(s),
                uses=0,
                data=pack(s),
                type=s.type,
                number=s.shown,
                date=s.date,
                title=s.title,
            )
            for s in fresh
        ]
        if rows:
            self.run("put_signs", signs=rows)
        self.touched.blocks |= {row["block"] for row in rows}


_LISTS = ("mentions", "statements", "duties", "passages")


def _part(row: Row, name: str) -> Row:
    """What one statement wants of a document's row."""
    wanted = ("sha", "file", "date", name) if name in _LISTS else ("kept", "own", "issuers")
    return {key: row[key] for key in wanted}


def _document(whole: Whole) -> Row:
    facts = whole.facts
    told = Told(unparsed=facts.unparsed, proofs=facts.mentions[0].proofs)
    signs = [m.sign.id for m in facts.mentions]
    units = list(units_of(whole.text, facts.duties))
    words = {duty: folded for _, _, duty, folded in units if duty is not None}
    return {
        "own": signs[0],
        "issuers": list(dict.fromkeys(facts.issuers)),
        "kept": known(
            sha=facts.sha256,
            owner=whole.owner,
            file=facts.file,
            date=facts.date,
            citations=facts.citations,
            duties=len(facts.duties),
            unparsed=len(facts.unparsed),
            signers=list(facts.signers),
            recipients=list(facts.recipients),
            addressees=list(facts.addressees),
            warnings=list(facts.warnings),
            text_from=facts.text_from,
            forms=[form_key(b) for b in facts.bodies],
            names=[f"{iri}|{name}" for iri, name in facts.names],
            told=pack(told),
        ),
        "sha": facts.sha256,
        "file": facts.file,
        "date": facts.date or "",
        "mentions": [[m.sign.id, m.ordinal, *_place(m.evidence)] for m in facts.mentions],
        "statements": [
            [
                signs[r.subject],
                signs[r.object],
                *_place(r.evidence),
                r.kind.value,
                r.strength.value,
                r.stage,
                carry_of(r),
            ]
            for r in facts.relations
        ],
        "duties": [_duty(d, signs, words.get(d.ordinal)) for d in facts.duties],
        "passages": [[start, end, folded] for start, end, duty, folded in units if duty is None],
    }


def _place(evidence: Evidence) -> list[Any]:
    """Evidence as a list: the document's digest and file name are told once for all."""
    return [evidence.start, evidence.end, evidence.line, evidence.text, evidence.section, evidence.page]


def _duty(duty: Duty, signs: list[str], words: str | None) -> list[Any]:
    deadline = duty.deadline
    return [
        duty.ordinal,
        duty.section,
        duty.action,
        deadline.last_day if deadline else None,
        deadline.kind.value if deadline else "none",
        len(duty.targets),
        duty.evidence.start,
        duty.evidence.end,
        words,
        pack(duty),
        list(dict.fromkeys(b.body.id for b in duty.bearers)),
        list(dict.fromkeys(c.body.id for c in duty.counterparties)),
        [[signs[n], n] for n in duty.implements],
    ]
