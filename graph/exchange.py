"""The store written out for other programs: RDF forms, GraphML and CSV, the same bytes every time."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable
from typing import BinaryIO

from graph.exchange_rdf import write_json_ld, write_nquads, write_trig, write_turtle
from graph.exchange_rows import TABLES, rows_of
from graph.exchange_xml import write_graphml
from graph.rdf import quads_of
from graph.store import Store
from ontology.errors import InvalidInputError

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that zip knows: archives must not depend on the clock


def export(store: Store, format: str, out: BinaryIO) -> None:  # noqa: A002 - the word that users type
    """Write a store in one of ``FORMATS``.

    Args:
        store: What to write.
        format: A name or other name of a format ("turtle", "ttl", "json-ld", "csv" …).
        out: Where the bytes go; it is not closed.

    Raises:
        InvalidInputError: The format is not known.
    """
    writer = FORMATS.get(ALIASES.get(format.lower(), format.lower()))
    if writer is None:
        known = ", ".join(sorted(FORMATS))
        raise InvalidInputError(f"không có định dạng {format!r}; dùng một trong: {known}", format=format, known=known)
    writer(store, out)


def _csv(store: Store, out: BinaryIO) -> None:
    """Write a zip of CSV files, one a table, UTF-8 with a byte order mark so that spreadsheets show Vietnamese."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in TABLES:
            info = zipfile.ZipInfo(f"{name}.csv", _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, _sheet(TABLES[name], rows_of(store, name)))


def _sheet(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    """Keep a spreadsheet from running a cell of a document as a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


FORMATS: dict[str, Callable[[Store, BinaryIO], None]] = {
    "turtle": lambda store, out: write_turtle(quads_of(store), out),
    "trig": lambda store, out: write_trig(quads_of(store), out),
    "nquads": lambda store, out: write_nquads(quads_of(store), out),
    "json-ld": lambda store, out: write_json_ld(quads_of(store), out),
    "graphml": write_graphml,
    "csv": _csv,
}
ALIASES = {
    "ttl": "turtle",
    "n-quads": "nquads",
    "nq": "nquads",
    "jsonld": "json-ld",
    "xml": "graphml",
    "zip": "csv",
}
EXTENSIONS = {
    "turtle": ".ttl",
    "trig": ".trig",
    "nquads": ".nq",
    "json-ld": ".jsonld",
    "graphml": ".graphml",
    "csv": ".zip",
}
MEDIA_TYPES = {
    "turtle": "text/turtle",
    "trig": "application/trig",
    "nquads": "application/n-quads",
    "json-ld": "application/ld+json",
    "graphml": "application/graphml+xml",
    "csv": "application/zip",
}
