"""Selections of the SQLite store: every question's rows by the SQL file of its name."""

from collections.abc import Iterable
from typing import Any

import msgspec

from graph.asking.instruments import CARRYING
from graph.asking.pictures import Questions
from graph.asking.reading import DocumentRow, DutyPick, DutyRow, Passage, Statement
from graph.backends.sqlite_base import Connections, query
from graph.backends.sqlite_rows import evidence, listed, unpack
from graph.backends.sqlite_search import find_passages
from graph.nodes import Node
from graph.results import Evidence, InstrumentRef
from graph.statements import Body, Duty
from graph.store import InstrumentFilter
from ontology.errors import NotFoundError
from ontology.terms import RelationKind, Strength


class SqliteReading(Questions):
    """See ``graph.asking.reading.Reading``."""

    def __init__(self, connections: Connections) -> None:
        self.connections = connections

    def _ask(self, name: str, **values: Any) -> list[tuple[Any, ...]]:  # SQLite's own types are what rows hold
        return self.connections.rows(query(name), values)

    def node(self, iri: str) -> Node:
        """See ``Reading.node``."""
        rows = self.connections.rows("SELECT data FROM node WHERE id = ?", (iri,)) or self.connections.rows(
            "SELECT data FROM node WHERE id = (SELECT min(node) FROM alias WHERE iri = ?)", (iri,)
        )
        if not rows:
            raise NotFoundError(f"không có văn bản {iri} trong kho", iri=iri)
        return msgspec.json.decode(rows[0][0], type=Node)

    def refs(self, iris: Iterable[str]) -> dict[str, InstrumentRef]:
        """See ``Reading.refs``."""
        rows = self.connections.rows(
            "SELECT ref FROM json_each(?) j JOIN node n ON n.id = j.value", (listed(set(iris)),)
        )
        refs = (msgspec.json.decode(raw, type=InstrumentRef) for (raw,) in rows)
        return {ref.id: ref for ref in refs}

    def nodes_where(self, where: InstrumentFilter) -> list[InstrumentRef]:
        """See ``Reading.nodes_where``."""
        rows = self._ask(
            "instruments",
            loaded=where.loaded,
            stage=where.stage,
            families=_list(where.families),
            types=_list(where.types),
            jurisdiction=where.jurisdiction,
            level=where.level,
            missing=_list(where.missing),
        )
        return [msgspec.json.decode(raw, type=InstrumentRef) for (raw,) in rows]

    def nodes_numbered(self, num: int) -> list[Node]:
        """See ``Reading.nodes_numbered``."""
        return [msgspec.json.decode(raw, type=Node) for (raw,) in self._ask("find_numbers", num=num)]

    def nodes_worded(self, words: frozenset[str], least: int) -> list[Node]:
        """See ``Reading.nodes_worded``."""
        rows = self._ask("find_instruments", words=listed(words), least=least)
        return [msgspec.json.decode(raw, type=Node) for (raw,) in rows]

    def words(self, kind: str) -> frozenset[str]:
        """See ``Reading.words``."""
        return frozenset(word for (word,) in self._ask("words", kind=kind))

    def disputed(self) -> list[Node]:
        """See ``Reading.disputed``."""
        rows = self.connections.rows("SELECT data FROM node WHERE disputed")
        return [msgspec.json.decode(raw, type=Node) for (raw,) in rows]

    def quotes(self, signs: Iterable[str], property_: str, limit: int) -> tuple[Evidence, ...]:
        """See ``Reading.quotes``."""
        rows = self._ask("quotes", signs=listed(signs), property=property_, limit=limit)
        return tuple(evidence(raw) for (raw,) in rows)

    def statements(
        self,
        kinds: tuple[RelationKind, ...] = (),
        subject: str | None = None,
        object_: str | None = None,
        document: str | None = None,
    ) -> list[Statement]:
        """See ``Reading.statements``."""
        rows = self._ask("relations", kinds=_list(kinds), subject=subject, object=object_, document=document)
        return [_statement(row) for row in rows]

    def carried(self, iri: str, depth: int, strengths: tuple[str, ...], *, up: bool) -> list[Statement]:
        """See ``Reading.carried``."""
        if depth <= 0:
            return []
        name = "basis" if up else "implementers"
        rows = self._ask(name, iri=iri, depth=depth, kinds=_list(CARRYING), strengths=listed(strengths))
        return [_statement(row) for row in rows]

    def duty_rows(self, pick: DutyPick) -> list[DutyRow]:
        """See ``Reading.duty_rows``."""
        lists = {n: getattr(pick, n) for n in ("bearers", "parties", "documents", "carrying", "ids")}
        filters = {
            "due_from": pick.due_from,
            "due_to": pick.due_to,
            "as_of": pick.as_of,
            "kinds": _list(pick.kinds),
            "with_targets": pick.with_targets,
        }
        if any(v is not None for v in lists.values()):
            rows = self._ask("duties", **{n: None if v is None else listed(v) for n, v in lists.items()}, **filters)
        elif pick.due_from and pick.due_to:
            rows = self._ask("due", **filters)
        else:
            rows = self._ask("obligations", **filters)
        return [_duty(row) for row in rows]

    def body_of(self, iri: str) -> Body:
        """See ``Reading.body_of``."""
        rows = self.connections.rows("SELECT data FROM body WHERE id = ?", (iri,))
        if not rows:
            raise NotFoundError(f"không có cơ quan {iri} trong kho", iri=iri)
        return msgspec.json.decode(rows[0][0], type=Body)

    def bodies_below(self, iri: str) -> list[Body]:
        """See ``Reading.bodies_below``."""
        sql = "SELECT b.data FROM body_above a JOIN body b ON b.id = a.id WHERE a.above = ?"
        return [msgspec.json.decode(raw, type=Body) for (raw,) in self.connections.rows(sql, (iri,))]

    def bodies_worded(self, words: frozenset[str], least: int) -> list[tuple[Body, tuple[str, ...]]]:
        """See ``Reading.bodies_worded``."""
        rows = self._ask("find_bodies", words=listed(words), least=least)
        return [
            (msgspec.json.decode(raw, type=Body), tuple(sorted(msgspec.json.decode(names, type=list[str]))))
            for raw, names in rows
        ]

    def names_of(self, iri: str) -> tuple[str, ...]:
        """See ``Reading.names_of``."""
        rows = self.connections.rows("SELECT DISTINCT name FROM body_name WHERE id = ?", (iri,))
        return tuple(sorted(name for (name,) in rows))

    def issued_by(self, iris: frozenset[str]) -> frozenset[str]:
        """See ``Reading.issued_by``."""
        sql = (
            "SELECT DISTINCT s.node FROM json_each(?) j JOIN issued i ON i.body = j.value"
            " JOIN document d ON d.sha = i.sha JOIN sign s ON s.id = d.sign"
        )
        return frozenset(node for (node,) in self.connections.rows(sql, (listed(iris),)))

    def passages(self, words: tuple[str, ...], limit: int) -> list[Passage]:
        """See ``Reading.passages``."""
        return find_passages(self.connections, words, limit)

    def document(self, sha256: str) -> DocumentRow:
        """See ``Reading.document``."""
        found = self._documents("d.sha = ?", sha256)
        if not found:
            raise NotFoundError(f"không có văn bản {sha256[:12]} trong kho", sha256=sha256)
        return found[0]

    def documents_of(self, instrument: str) -> list[DocumentRow]:
        """See ``Reading.documents_of``."""
        return self._documents("s.node = ?", instrument)

    def document_rows(self) -> list[tuple[str, DocumentRow]]:
        """See ``Reading.document_rows``."""
        return [(path, row) for row in self._documents("1") for path in row.files]

    def _documents(self, where: str, *values: str) -> list[DocumentRow]:
        sql = f"{_DOCUMENTS} WHERE {where} ORDER BY d.sha"
        rows = self.connections.rows(sql, values)
        return [
            msgspec.structs.replace(
                msgspec.json.decode(raw, type=DocumentRow),
                instrument=node,
                files=tuple(sorted(msgspec.json.decode(files, type=list[str]))),
            )
            for raw, node, files in rows
        ]

    def source_text(self, sha256: str) -> str:
        """See ``Reading.source_text``."""
        rows = self.connections.rows(
            "SELECT f.batch FROM document d JOIN file f ON f.path = d.owner WHERE d.sha = ?", (sha256,)
        )
        if not rows:
            raise NotFoundError(f"không có văn bản {sha256[:12]} trong kho", sha256=sha256)
        return unpack(rows[0][0]).text

    def extent(self) -> tuple[int, str | None, str | None]:
        """See ``Reading.extent``."""
        [(documents, first, last)] = self.connections.rows(
            "SELECT count(*), min(n.date), max(n.date) FROM document d JOIN sign s ON s.id = d.sign"
            " JOIN node n ON n.id = s.node"
        )
        return documents, first, last

    def counts(self) -> dict[str, int]:
        """See ``Reading.counts``."""
        return {name: self.connections.rows(sql)[0][0] for name, sql in _COUNTS.items()}


_DOCUMENTS = (
    "SELECT d.data, s.node, (SELECT json_group_array(path) FROM file WHERE file.sha = d.sha)"
    " FROM document d JOIN sign s ON s.id = d.sign"
)
_COUNTS = {
    "instruments": "SELECT count(*) FROM node WHERE stage = 'issued'",
    "cited_only": "SELECT count(*) FROM node WHERE stage = 'issued' AND NOT loaded",
    "bodies": "SELECT count(*) FROM body",
    "duties": "SELECT count(*) FROM duty",
    "relations": "SELECT count(*) FROM (SELECT DISTINCT s.node, r.kind, o.node, r.stage FROM relation r"
    " JOIN sign s ON s.id = r.subject JOIN sign o ON o.id = r.object WHERE s.node <> o.node)",
    "unparsed": "SELECT coalesce(sum(unparsed), 0) FROM document",
}


def _list(values: Iterable[str]) -> str | None:
    return listed(values) if values else None


def _statement(row: tuple[Any, ...]) -> Statement:
    subject, kind, object_, strength, stage, raw = row
    return Statement(
        subject=subject,
        kind=RelationKind(kind),
        object=object_,
        strength=Strength(strength),
        stage=stage,
        evidence=evidence(raw),
    )


def _duty(row: tuple[Any, ...]) -> DutyRow:
    raw, sha, document, date, carried = row
    return DutyRow(
        duty=msgspec.json.decode(raw, type=Duty),
        sha256=sha,
        document=document,
        date=date,
        implements=tuple(dict.fromkeys(msgspec.json.decode(carried, type=list[str]))),
    )
