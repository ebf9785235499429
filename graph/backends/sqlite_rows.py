"""Rows of the SQLite store: the facts of a document into tables and out again."""

import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import msgspec

from graph.asking.instruments import CARRYING, ORDER
from graph.asking.reading import UNDATED
from graph.backends.sqlite_bodies import BodyRows
from graph.backends.sqlite_days import day_number, due_body, due_days
from graph.backends.sqlite_packing import (
    Kept,
    action_of,
    hash64,
    kept_duty,
    listed,
    pack_facts,
    pack_sign,
    sha_in,
    sign_key,
    unpack_facts,
    unpack_sign,
)
from graph.backends.sqlite_remembered import Remembered
from graph.backends.sqlite_scopes import spot_of
from graph.resolution import block_of
from graph.results import Evidence
from graph.searching import plain_fold, units_of
from graph.statements import Body, DocumentFacts, Relation, Sign
from ontology.terms import DeadlineKind, RelationKind, Strength

DUTIES = 1 << 20  # a duty's integer is its document's times this plus its ordinal
UNITS = 1 << 24  # units of one day in the full-text index
BEARER, PARTY = 0, 1
KINDS = {kind: n for n, kind in enumerate(RelationKind)}
NONE_BIT = 1  # of documents that have duties without a deadline
KIND_BITS = {"none": NONE_BIT} | {kind.value: 2 << n for n, kind in enumerate(DeadlineKind)}
_ENCODER = msgspec.msgpack.Encoder()
_BODY = msgspec.msgpack.Decoder(Body)
_MOST = 200_000  # remembered keys of a writer
_IN_ORDER = frozenset({"sign", "document", "file"})  # rows that come numbered


@dataclass
class Touched:
    """What a write leaves to be settled."""

    blocks: set[str] = field(default_factory=set)  # blocks to be judged anew as wholes
    spots: set[tuple[str, int, int]] = field(default_factory=set)  # where signs came or went: block, place, year
    signs: set[int] = field(default_factory=set)  # signs of which more or fewer documents make use
    subjects: set[int] = field(default_factory=set)  # signs that are subjects of new statements
    subject_nodes: set[int] = field(default_factory=set)  # nodes that are subjects of statements that went
    deleted: bool = False
    changed: int = 0


class Writer(BodyRows):
    """Writes documents in one transaction; remembers integers and keeps back the words of units for one go.

    Args:
        db: Connection inside a write transaction.
        remembered: What earlier transactions left.
    """

    def __init__(self, db: sqlite3.Connection, remembered: Remembered) -> None:
        super().__init__(db, remembered)
        self.touched = Touched()
        self._signs: dict[int, int] = {}
        self._absent: set[int] = set()  # keys of signs that the database does not have
        self._next: dict[int, int] = {}
        self._units: list[tuple[int, str]] = []
        self._uses: Counter[int] = Counter()
        self._rows: dict[str, list[tuple[Any, ...]]] = {}  # kept back, by table
        self._last: dict[str, int] = {}

    def flush(self) -> None:
        """Write what was kept back."""
        for table, rows in self._rows.items():
            if not rows:
                continue
            slots = ", ".join("?" * len(rows[0]))
            if table == "duty_due":
                rows.sort(key=lambda row: (row[0], str(row[1]), row[2]))  # some days are texts
            elif table not in _IN_ORDER:
                rows.sort()
            self.db.executemany(f"INSERT INTO {table} VALUES ({slots})", rows)  # noqa: S608 - fixed names
            rows.clear()
        self._units.sort()
        self.db.executemany("INSERT INTO folded (rowid, words) VALUES (?, ?)", self._units)
        self._units.clear()
        for table, uses in (("sign", self._uses), ("form", self.form_uses), ("name", self.name_uses)):
            counts = sorted((at, n) for at, n in uses.items())
            self.db.executemany(f"UPDATE {table} SET uses = uses + ?2 WHERE id = ?1", counts)  # noqa: S608 - fixed names
            uses.clear()

    def keep_back(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Write rows in order with the next flush."""
        self._rows.setdefault(table, []).extend(rows)

    def number(self, table: str) -> int:
        """The next integer of a table."""
        if table not in self._last:
            sql = f"SELECT coalesce(max(id), 0) FROM {table}"  # noqa: S608 - fixed names
            self._last[table] = self.db.execute(sql).fetchone()[0]
        self._last[table] += 1
        return self._last[table]

    def expect(self, some: Iterable[DocumentFacts]) -> None:
        """Look up in one go the signs that documents to be inserted mention."""
        keys = {sign_key(m.sign.id) for facts in some for m in facts.mentions} - self._signs.keys() - self._absent
        sql = "SELECT s.key, s.id FROM json_each(?) j CROSS JOIN sign s ON s.key = j.value"
        self._signs |= self.db.execute(sql, (listed(sorted(keys)),)).fetchall()
        self._absent |= keys - self._signs.keys()

    # -- insert -----------------------------------------------------------------------------------------------------
    def insert(self, facts: DocumentFacts, owner: int, text: str) -> None:
        """Keep all facts of one document."""
        signs = [self._sign(m.sign) for m in facts.mentions]
        forms = {body.id: self.form(body) for body in facts.bodies}
        form_of = {iri: form for iri, (form, _) in forms.items()}
        body_of = {iri: body for iri, (_, body) in forms.items()}
        names = tuple(self.name(body_of[iri], name) for iri, name in facts.names)
        units = list(units_of(text, facts.duties))
        first = self._place(facts.date, len(units))
        kept = Kept(
            citations=facts.citations,
            signers=facts.signers,
            recipients=facts.recipients,
            addressees=facts.addressees,
            warnings=facts.warnings,
            text_from=facts.text_from,
            unparsed=tuple(_span(e) for e in facts.unparsed),
            proofs={name: _span(e) for name, e in facts.mentions[0].proofs.items()},
            forms=tuple(form_of.values()),
            names=names,
            issuers=tuple(body_of[i] for i in facts.issuers),
            units=tuple((start, end, duty or 0) for start, end, duty, _ in units),
            duties=tuple(kept_duty(d, text, form_of) for d in facts.duties),
        )
        doc = self.number("document")
        row = (
            doc,
            sha_in(facts.sha256),
            owner,
            signs[0],
            facts.date,
            len(facts.unparsed),
            len(facts.duties),
            _mask(facts),
            sum(1 for d in facts.duties if d.targets),
            first,
            len(units),
            pack_facts(kept),
        )
        self.keep_back("document", [row])
        self._units += [(first + n, words) for n, (*_, words) in enumerate(units)]
        self._uses.update(set(signs))
        self.touched.signs.update(signs)
        self.form_uses.update(kept.forms)
        self.name_uses.update(names)
        self._insert_mentions(doc, facts, signs)
        self._insert_duties(doc, facts, signs, body_of)
        self.keep_back("issued", ((b, doc) for b in kept.issuers))

    def _insert_mentions(self, doc: int, facts: DocumentFacts, signs: list[int]) -> None:
        self.touched.subjects.update(signs[r.subject] for r in facts.relations)
        self.keep_back(
            "mention",
            ((doc, m.ordinal, s, *_span(m.evidence)) for m, s in zip(facts.mentions, signs, strict=True)),
        )
        self.keep_back(
            "relation",
            (
                (
                    doc,
                    n,
                    signs[r.subject],
                    KINDS[r.kind],
                    signs[r.object],
                    ORDER[r.strength],
                    r.stage,
                    carry_of(r),
                    *_span(r.evidence),
                )
                for n, r in enumerate(facts.relations)
            ),
        )

    def _insert_duties(self, doc: int, facts: DocumentFacts, signs: list[int], body_of: dict[str, int]) -> None:
        when = day_number(facts.date or UNDATED)
        parties, implements, ends = set(), set(), set()
        for duty in facts.duties:
            at = doc * DUTIES + duty.ordinal
            bearers = {body_of[b.body.id] for b in duty.bearers}
            parties |= {(body, BEARER, when, at) for body in bearers}
            parties |= {(body_of[c.body.id], PARTY, when, at) for c in duty.counterparties}
            implements |= {(signs[n], at) for n in duty.implements}
            if days := due_days(duty.deadline):
                bearers.add(due_body(duty.deadline))
                ends |= {(body, day, at) for body in bearers for day in days}
        self.keep_back("duty_body", parties)
        self.keep_back("duty_sign", implements)
        self.keep_back("duty_due", ends)

    def _place(self, date: str | None, units: int) -> int:
        """Rows for the units of a document, after those of the same day."""
        day = day_number(date)
        if day not in self._next:
            low = day * UNITS
            sql = (
                "SELECT first + units FROM document WHERE first >= ? AND first < ?"
                " ORDER BY first DESC, units DESC LIMIT 1"
            )
            row = self.db.execute(sql, (low, low + UNITS)).fetchone()
            self._next[day] = max(row[0], low + 1) if row else low + 1
        first = self._next[day]
        self._next[day] = first + units
        return first

    def _sign(self, sign: Sign) -> int:
        key = sign_key(sign.id)
        found = self._signs.get(key)
        if found is None:
            row = None
            if key not in self._absent:
                row = self.db.execute("SELECT id FROM sign WHERE key = ?", (key,)).fetchone()
            if row is None:
                found = self.number("sign")
                block = block_of(sign)
                place, year = spot_of(block, sign)
                values = (found, key, hash64(block), place, year, 0, None, pack_sign(sign))
                self.keep_back("sign", [values])
                self.touched.spots.add((block, place, year))
                self._absent.discard(key)
            else:
                found = int(row[0])
            if len(self._signs) > _MOST:
                self._forget_signs()
            self._signs[key] = found
        return found

    def _forget_signs(self) -> None:
        self.flush()  # what is no longer remembered must be found in the database
        self._signs.clear()
        self._absent.clear()

    # -- delete -----------------------------------------------------------------------------------------------------
    def delete(self, doc: int, text: str) -> None:
        """Forget all facts of one document."""
        self.flush()
        self.touched.deleted = True
        first, raw = self.db.execute("SELECT first, facts FROM document WHERE id = ?", (doc,)).fetchone()
        kept = unpack_facts(raw)
        words = enumerate(self._folded(kept, text), first)
        self.db.executemany("INSERT INTO folded (folded, rowid, words) VALUES ('delete', ?, ?)", list(words))
        rows = self.db.execute(
            "SELECT DISTINCT s.id, s.data FROM mention m JOIN sign s ON s.id = m.sign WHERE doc = ?", (doc,)
        )
        signs = {at: unpack_sign(data) for at, data in rows.fetchall()}
        blocks = [(block_of(s), s) for s in signs.values()]
        self.touched.spots |= {(block, *spot_of(block, s)) for block, s in blocks}
        sql = "SELECT DISTINCT s.node FROM relation r JOIN sign s ON s.id = r.subject WHERE r.doc = ?"
        self.touched.subject_nodes |= {node for (node,) in self.db.execute(sql, (doc,)) if node is not None}
        self.db.executemany("UPDATE sign SET uses = uses - 1 WHERE id = ?", [(s,) for s in signs])
        self._delete_duties(doc, kept, list(signs))
        for table, column in (("mention", "doc"), ("relation", "doc"), ("document", "id")):
            self.db.execute(f"DELETE FROM {table} WHERE {column} = ?", (doc,))  # noqa: S608 - fixed names
        self.db.executemany("DELETE FROM issued WHERE body = ? AND doc = ?", [(b, doc) for b in kept.issuers])
        self.db.executemany("UPDATE form SET uses = uses - 1 WHERE id = ?", [(f,) for f in kept.forms])
        self.db.executemany("UPDATE name SET uses = uses - 1 WHERE id = ?", [(n,) for n in kept.names])
        self.settle_bodies(kept)
        self._signs.clear()
        self._absent.clear()
        self.forget_known()
        self._next.clear()

    @staticmethod
    def _folded(kept: Kept, text: str) -> list[str]:
        """Words of the units, which the index wants back to forget them."""
        return [
            plain_fold(action_of(kept.duties[duty - 1], text) if duty else text[start:end])
            for start, end, duty in kept.units
        ]

    def _delete_duties(self, doc: int, kept: Kept, signs: list[int]) -> None:
        (date,) = self.db.execute("SELECT date FROM document WHERE id = ?", (doc,)).fetchone()
        when = day_number(date or UNDATED)
        rows = self.db.execute(
            "SELECT id, body FROM form WHERE id IN (SELECT value FROM json_each(?))", (listed(kept.forms),)
        )
        body_of = dict(rows.fetchall())
        parties, days = [], []
        for ordinal, duty in enumerate(kept.duties, 1):
            at = doc * DUTIES + ordinal
            parties += [(body_of[form], BEARER, at) for form, *_ in duty.bearers]
            parties += [(body_of[form], PARTY, at) for form, *_ in duty.parties]
            deadline = duty.given_deadline()
            bearers = {due_body(deadline), *(body_of[form] for form, *_ in duty.bearers)}
            days += [(body, day, at) for body in bearers for day in due_days(deadline)]
        sql = "DELETE FROM duty_body WHERE body = ?1 AND part = ?2 AND day = ?4 AND duty = ?3"
        self.db.executemany(sql, [(*p, when) for p in parties])
        self.db.executemany("DELETE FROM duty_due WHERE body = ? AND day = ? AND duty = ?", days)
        low = doc * DUTIES
        spans = [(sign, low, low + DUTIES) for sign in signs]
        self.db.executemany("DELETE FROM duty_sign WHERE sign = ? AND duty BETWEEN ? AND ?", spans)


def carry_of(relation: Relation) -> int | None:
    """The rank of a statement that counts as carrying out, as ``graph.backends.picking.carries`` has it."""
    if relation.kind not in CARRYING or relation.stage != "issued":
        return None
    if relation.kind is RelationKind.BASED_ON and relation.strength is not Strength.DOCUMENT:
        return None
    return ORDER[relation.strength]


def _span(evidence: Evidence) -> tuple[int, int, str]:
    return evidence.start, evidence.end, evidence.section


def _mask(facts: DocumentFacts) -> int:
    mask = 0
    for duty in facts.duties:
        mask |= KIND_BITS[duty.deadline.kind.value if duty.deadline else "none"]
    return mask
