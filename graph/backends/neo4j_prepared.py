"""Documents on their way into the Neo4j store: what can be made of them before the server has its turn."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from graph.backends.neo4j_base import Row
from graph.backends.neo4j_packing import Told, form_key, known, pack, pack_batch
from graph.backends.sqlite_rows import carry_of
from graph.facts import facts_of
from graph.resolution import block_of
from graph.results import Evidence
from graph.revision import revision_of
from graph.searching import units_of
from graph.statements import Body, DocumentFacts, Duty, Sign
from graph.store import Batch


class Whole:
    """All that is kept of a document.

    Args:
        batch: The document.
    """

    def __init__(self, batch: Batch) -> None:
        self.facts = facts_of(batch)
        self.owner = batch.path
        self.forms: dict[str, Body] = {form_key(b): b for b in self.facts.bodies}
        self.signs: dict[str, Sign] = {m.sign.id: m.sign for m in self.facts.mentions}
        self.row = _document(self, batch.text)


class Prepared:
    """A document that waits for its transaction; a transaction that is tried again finds it made."""

    def __init__(self, batch: Batch) -> None:
        self.path = batch.path
        self.source = batch.record.source
        self.raw, self.mark = pack_batch(batch)
        self._batch = batch

    @cached_property
    def whole(self) -> Whole:
        """The facts; raises what making them raises."""
        return Whole(self._batch)

    def make_ready(self) -> bool:
        """Make the facts and rows ahead of time; false where that fails, as it will again in its turn."""
        try:
            return bool(self.whole.row and self.part is not None)
        except Exception:
            return False

    @cached_property
    def part(self) -> int:
        """What the document adds to the revision of the store."""
        return revision_of(self._batch)

    @property
    def file(self) -> Row:
        """The row of its file."""
        return {
            "path": self.path,
            "name": self.source.file,
            "sha": self.source.sha256,
            "mark": self.mark,
            "part": self.part,
            "batch": self.raw,
        }

    def weight(self) -> int:
        """Letters of its text."""
        return len(self._batch.text)


def grouped(batches: Iterable[Batch], documents: int, letters: int) -> Iterator[list[Prepared]]:
    """Give documents in groups for a transaction each: so many at most, and of more than so many letters only one.

    What the iterator raises comes after the group of the documents before it.
    """
    group: list[Prepared] = []
    left = letters
    given = iter(batches)
    while True:
        try:
            one = Prepared(next(given))
        except StopIteration:
            break
        except Exception:
            if group:
                yield group
            raise
        group.append(one)
        left -= one.weight()
        if len(group) >= documents or left <= 0:
            yield group
            group, left = [], letters
    if group:
        yield group


def sign_row(sign: Sign, uses: int) -> Row:
    """A new sign and how many documents use it."""
    return known(
        id=sign.id,
        block=block_of(sign),
        uses=uses,
        data=pack(sign),
        type=sign.type,
        number=sign.shown,
        date=sign.date,
        title=sign.title,
    )


_LISTS = ("mentions", "statements", "duties", "passages")


def part_of_row(row: Row, name: str) -> Row:
    """What one statement wants of a document's row."""
    wanted = ("sha", "file", "date", name) if name in _LISTS else ("kept", "own", "issuers")
    return {key: row[key] for key in wanted}


def _document(whole: Whole, text: str) -> Row:
    facts = whole.facts
    signs = [m.sign.id for m in facts.mentions]
    units = list(units_of(text, facts.duties))
    words = {duty: folded for _, _, duty, folded in units if duty is not None}
    return {
        "own": signs[0],
        "issuers": list(dict.fromkeys(facts.issuers)),
        "kept": _kept(facts, whole),
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


def _kept(facts: DocumentFacts, whole: Whole) -> Row:
    return known(
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
        forms=list(whole.forms),
        names=[f"{iri}|{name}" for iri, name in facts.names],
        told=pack(Told(unparsed=facts.unparsed, proofs=facts.mentions[0].proofs)),
    )


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
