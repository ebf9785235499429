"""Files that ``luocdo export`` wrote, read back: untrusted, within limits, nothing fetched, all or an error."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox

from graph.exchange_csv import read_csv
from graph.exchange_limits import Imported, ImportLimits, Watch, wrong
from graph.exchange_xml import read_graphml
from graph.rdf_read import Nodes, NotReadableError, batches_of, index, judgements_of
from ontology.errors import InvalidInputError
from ontology.system import said

_RDF = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
    "json-ld": ox.RdfFormat.JSON_LD,
}


def read(path: Path, format_: str, limits: ImportLimits | None = None) -> Imported:
    """Read a file that ``export`` wrote; nothing is kept, nothing fetched.

    Args:
        path: The file.
        format_: A name of ``graph.exchange.FORMATS``.
        limits: What it may cost.

    Raises:
        InvalidInputError: The file cannot be read, is not of the format, or tells a document in part only; the message
            names file, line where there is one, and remedy.
        LimitExceededError: It goes beyond a limit.
    """
    watch = Watch(path.name, limits or ImportLimits())
    try:
        watch.weigh(path.stat().st_size)
        return _READERS[format_](path, watch) if format_ in _READERS else _read_rdf(path, format_, watch)
    except OSError as error:
        raise InvalidInputError(f"không đọc được {path}: {said(error)}", file=str(path)) from error


def _read_rdf(path: Path, format_: str, watch: Watch) -> Imported:
    try:
        with path.open("rb") as data:
            nodes = index(_triples(data, format_, watch))
    except SyntaxError as error:  # the parser's own words; its line is part of them
        raise wrong(path.name, error.lineno, f"không phải {format_} đúng dạng ({error.msg})") from error
    except MemoryError as error:  # the parser's own limit of one value
        raise wrong(path.name, None, "có một giá trị quá dài") from error
    try:
        return imported_of(nodes)
    except NotReadableError as error:
        node = str(error.details["node"])
        raise wrong(path.name, _line_of(path, node), f"{node}: {error.details['reason']}") from error


def _triples(data: BinaryIO, format_: str, watch: Watch) -> Iterator[tuple[str, str, str, str | None]]:
    for quad in ox.parse(input=data, format=_RDF[format_]):
        watch.step()
        object_ = quad.object
        kind = object_.datatype.value if isinstance(object_, ox.Literal) else None
        yield _name(quad.subject), quad.predicate.value, _name(object_), kind


def _name(term: object) -> str:
    if isinstance(term, ox.BlankNode):
        return f"_:{term.value}"
    if isinstance(term, ox.NamedNode | ox.Literal):
        return term.value
    raise InvalidInputError("RDF có bộ ba lồng nhau, Lược Đồ không dùng")


def imported_of(nodes: Nodes) -> Imported:
    """Give the documents and judgements of triples.

    Raises:
        InvalidInputError: Something is told in part only.
    """
    return Imported(batches=tuple(batches_of(nodes)), judgements=tuple(judgements_of(nodes)))


def _line_of(path: Path, node: str) -> int | None:
    """The first line that names a node, for people; the parser no longer knows."""
    wanted = node.rpartition("luocdo/")[2].encode()
    with path.open("rb") as data:
        return next((n for n, line in enumerate(data, start=1) if wanted in line), None)


_READERS: dict[str, Callable[[Path, Watch], Imported]] = {"csv": read_csv, "graphml": read_graphml}
