"""GraphML, for Gephi, yEd and Cytoscape: instruments, bodies and duties as nodes, relations and parts as edges.

All that was read stands in the nodes of the documents, as rows in an extension of GraphML's ``data``, so that a file
can be imported again; other programs pass it over.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from graph.exchange_limits import Imported, Watch, wrong
from graph.exchange_record import Cells, Row, RowError, Tables
from graph.exchange_record import rows_of as reading_rows
from graph.exchange_rows import bodies_of
from graph.rdf_nodes import text
from graph.store import Store
from ontology.vocabulary import VOCABULARY

_KEYS = (
    ("label", "node"),
    ("kind", "node"),
    ("type", "node"),
    ("date", "node"),
    ("family", "node"),
    ("jurisdiction", "node"),
    ("loaded", "node"),
    ("relation", "edge"),
    ("strength", "edge"),
    ("stage", "edge"),
    ("sentence", "edge"),
    ("reading", "node"),
)
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f'<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:ld="{VOCABULARY}">\n'
)
_CHUNK = 1 << 20
_RETURN = {"\r": "&#13;"}
Data = tuple[tuple[str, str | None], ...]


def write_graphml(store: Store, out: BinaryIO) -> None:
    """Write the store as one directed graph, nodes and edges in a fixed order."""
    out.write(_HEAD.encode())
    for name, where in _KEYS:
        key = f'  <key id="{name}" for="{where}" attr.name="{name}" attr.type="string"/>\n'
        out.write(key.encode())
    out.write(b'  <graph id="luocdo" edgedefault="directed">\n')
    for iri, cells in _nodes(store):
        out.write(f"    <node id={quoteattr(iri)}>{_data(cells)}</node>\n".encode())
    for number, batch in enumerate(store.batches(), start=1):
        data = _data((("label", batch.record.source.file), ("kind", "document")))
        out.write(f'    <node id="file/{number}">{data}<data key="reading">\n'.encode())
        out.writelines(_rows(reading_rows("files", number, batch)))
        out.write(b"    </data></node>\n")
    records = [r for n, record in enumerate(store.judgements(), start=1) for r in reading_rows("judgements", n, record)]
    if records:
        out.write(b'    <node id="judgements"><data key="kind">judgements</data><data key="reading">\n')
        out.writelines(_rows(records))
        out.write(b"    </data></node>\n")
    for at, (source, target, cells) in enumerate(_edges(store), start=1):
        ends = f"source={quoteattr(source)} target={quoteattr(target)}"
        out.write(f'    <edge id="e{at}" {ends}>{_data(cells)}</edge>\n'.encode())
    out.write(b"  </graph>\n</graphml>\n")


def _nodes(store: Store) -> Iterator[tuple[str, Data]]:
    for ref in store.instruments():
        yield (
            ref.id,
            (
                ("label", ref.label),
                ("kind", "instrument"),
                ("type", ref.type),
                ("date", ref.date),
                ("family", ref.family),
                ("jurisdiction", ref.jurisdiction),
                ("loaded", str(ref.loaded).lower()),
            ),
        )
    for body in bodies_of(store):
        yield body.id, (("label", body.name), ("kind", body.kind.value), ("jurisdiction", body.jurisdiction))
    for duty in store.obligations():
        yield duty.id, (("label", duty.action), ("kind", "duty"))


def _edges(store: Store) -> Iterator[tuple[str, str, Data]]:
    for relation in store.relations():
        sentence = relation.evidence[0].text if relation.evidence else None
        cells = (
            ("relation", relation.kind.value),
            ("strength", relation.strength.value),
            ("stage", relation.stage),
            ("sentence", sentence),
        )
        yield relation.subject.id, relation.object.id, cells
    for duty in store.obligations():
        yield duty.instrument.id, duty.id, (("relation", "lays"),)
        for party in (*duty.bearers, *duty.counterparties):
            part = party.role or party.kind
            yield duty.id, party.body.id, (("relation", part.value if part else None),)
        for instrument in duty.implements:
            yield duty.id, instrument.id, (("relation", "carries_out"),)


def _data(cells: Data) -> str:
    return "".join(f'<data key="{key}">{escape(text(value))}</data>' for key, value in cells if value)


def _rows(rows: Iterable[Row]) -> Iterator[bytes]:
    for row in rows:
        cells = "".join(
            f"<ld:cell name={quoteattr(name)}>{escape(value, _RETURN)}</ld:cell>"
            for name, value in row.cells.items()
            if value is not None
        )
        yield f"<ld:row table={quoteattr(row.table)} key={quoteattr(row.key)}>{cells}</ld:row>\n".encode()


def read_graphml(path: Path, watch: Watch) -> Imported:
    """Read what ``write_graphml`` wrote.

    Raises:
        InvalidInputError: It is no such file; a document type or entity is refused.
        LimitExceededError: It goes beyond a limit.
    """
    reader = _Reader(path.name, watch)
    try:
        with path.open("rb") as data:
            while part := data.read(_CHUNK):
                reader.feed(part)
        reader.end()
        files, judgements = reader.tables.read("files"), reader.tables.read("judgements")
        reader.tables.check()
    except expat.ExpatError as error:
        raise wrong(path.name, error.lineno, "không phải XML đúng dạng") from error
    except RowError as error:
        raise wrong(path.name, None, error.message) from error
    return Imported(batches=tuple(files), judgements=tuple(judgements))


class _Reader:
    """Rows out of GraphML as it streams by."""

    def __init__(self, file: str, watch: Watch) -> None:
        self.tables = Tables()
        self._file = file
        self._watch = watch
        self._row: tuple[str, str, Cells] | None = None
        self._cell: str | None = None
        self._text: list[str] = []
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.EntityDeclHandler = self._refuse
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._finish
        self._parser.CharacterDataHandler = self._said

    def feed(self, part: bytes) -> None:
        self._parser.Parse(part, False)

    def end(self) -> None:
        self._parser.Parse(b"", True)

    def _refuse(self, *_: object) -> None:
        raise wrong(self._file, self._parser.CurrentLineNumber, "XML có khai báo DOCTYPE hoặc thực thể, không nhận")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == f"{VOCABULARY} row":
            self._row = (attributes.get("table", ""), attributes.get("key", ""), {})
        elif name == f"{VOCABULARY} cell":
            self._watch.step()
            self._cell, self._text = attributes.get("name", ""), []

    def _said(self, text: str) -> None:
        if self._cell is not None:
            self._text.append(text)

    def _finish(self, name: str) -> None:
        if self._row is None:
            return
        table, key, cells = self._row
        if name == f"{VOCABULARY} cell" and self._cell is not None:
            cells[self._cell] = "".join(self._text)
            self._cell = None
        elif name == f"{VOCABULARY} row":
            try:
                self.tables.add(Row(table, key, cells))
            except RowError as error:
                raise wrong(self._file, self._parser.CurrentLineNumber, error.message) from error
            self._row = None
