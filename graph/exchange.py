"""The store written out for other programs: RDF forms, GraphML and CSV, the same bytes every time."""

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from graph.exchange_csv import write_csv
from graph.exchange_rdf import write_json_ld, write_nquads, write_trig, write_turtle
from graph.exchange_xml import write_graphml
from graph.rdf import quads_of
from graph.store import Store
from ontology.errors import InvalidInputError


def export(store: Store, format: str, out: BinaryIO) -> None:  # noqa: A002 - the word that users type
    """Write a store in one of ``FORMATS``.

    Args:
        store: What to write.
        format: A name or other name of a format ("turtle", "ttl", "json-ld", "csv" …).
        out: Where the bytes go; it is not closed.

    Raises:
        InvalidInputError: The format is not known.
    """
    FORMATS[format_of(format)](store, out)


def format_of(name: str | None, path: Path | None = None) -> str:
    """Give a name of ``FORMATS`` for a name as people type it, or for the extension of a file.

    Raises:
        InvalidInputError: The format is not known.
    """
    if name is None and path is not None:
        name = "csv" if path.is_dir() else path.suffix.lstrip(".")
    word = (name or "").lower()
    found = ALIASES.get(word, word)
    if found not in FORMATS:
        known = ", ".join(sorted(FORMATS))
        raise InvalidInputError(f"không có định dạng {word!r}; dùng một trong: {known}", format=word, known=known)
    return found


FORMATS: dict[str, Callable[[Store, BinaryIO], None]] = {
    "turtle": lambda store, out: write_turtle(quads_of(store), out),
    "trig": lambda store, out: write_trig(quads_of(store), out),
    "nquads": lambda store, out: write_nquads(quads_of(store), out),
    "json-ld": lambda store, out: write_json_ld(quads_of(store), out),
    "graphml": write_graphml,
    "csv": write_csv,
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
