"""Answers of SPARQL queries on the wire: SELECT and ASK as JSON, XML, CSV, TSV; CONSTRUCT and DESCRIBE as RDF."""

import csv
import io
import json
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import msgspec
import pyoxigraph as ox

from ontology.errors import InvalidInputError
from ontology.vocabulary import PREFIXES

TABLE_FORMS = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
}
GRAPH_FORMS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "text/plain": ox.RdfFormat.N_TRIPLES,
}
SHORT = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "turtle": "text/turtle",
    "ntriples": "application/n-triples",
    "json-ld": "application/ld+json",
    "rdf-xml": "application/rdf+xml",
}
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">'
_STRING = "http://www.w3.org/2001/XMLSchema#string"
_TAIL = "</sparql>\n"
Term = ox.NamedNode | ox.BlankNode | ox.Literal
Rows = list[tuple[Term | None, ...]]


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """An answer: its bytes, what they are, how many rows or triples, and whether there would have been more."""

    body: bytes
    media_type: str
    rows: int
    truncated: bool = False


def written(answer: Any, accept: str, most: int) -> Written:
    """Write what ``pyoxigraph`` answered.

    Args:
        answer: Solutions, triples or a truth value.
        accept: The Accept header; empty for the usual form.
        most: Rows or triples that are given.

    Raises:
        InvalidInputError: No form that is asked for can hold the answer.
    """
    if isinstance(answer, ox.QueryTriples):
        media = chosen(accept, tuple(GRAPH_FORMS))
        triples, more = _first(answer, most)
        body = ox.serialize(triples, format=GRAPH_FORMS[media], prefixes=dict(PREFIXES)) or b""
        return Written(body=body, media_type=media, rows=len(triples), truncated=more)
    media = chosen(accept, tuple(TABLE_FORMS))
    form = TABLE_FORMS[media]
    if isinstance(answer, ox.QueryBoolean):
        return Written(body=_truth(bool(answer), form), media_type=media, rows=1)
    names = [variable.value for variable in answer.variables]
    solutions, more = _first(answer, most)
    rows = [tuple(solution[name] for name in names) for solution in solutions]
    return Written(body=_TABLES[form](names, rows), media_type=media, rows=len(rows), truncated=more)


def chosen(accept: str, offered: tuple[str, ...]) -> str:
    """Choose the form that an Accept header likes best of those that are offered.

    Raises:
        InvalidInputError: It takes none of them.
    """
    wanted = sorted(_wishes(accept), key=lambda wish: -wish[1])
    for kind, quality in wanted or [("*/*", 1.0)]:
        family = kind.removesuffix("*")
        for media in offered:
            if quality > 0 and (kind in (media, "*/*") or (kind.endswith("/*") and media.startswith(family))):
                return media
    raise InvalidInputError(
        f"Không trả lời được theo dạng {accept[:100]!r}; dùng một trong: {', '.join(offered)}", accept=accept[:100]
    )


def _wishes(accept: str) -> list[tuple[str, float]]:
    found = []
    for part in accept.split(","):
        kind, *parameters = (word.strip().lower() for word in part.split(";"))
        quality = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        if kind:
            found.append((kind, float(quality) if quality.replace(".", "", 1).isdigit() else 0.0))
    return found


def _first(found: Iterable[Any], most: int) -> tuple[list[Any], bool]:
    given = list(islice(found, most + 1))
    return given[:most], len(given) > most


def _truth(value: bool, form: str) -> bytes:
    said = "true" if value else "false"
    if form == "json":
        return json.dumps({"head": {}, "boolean": value}).encode()
    return f"{_HEAD}<head/><boolean>{said}</boolean>{_TAIL}".encode() if form == "xml" else f"{said}\n".encode()


def _json(names: list[str], rows: Rows) -> bytes:
    bindings = [{n: _json_term(t) for n, t in zip(names, row, strict=True) if t is not None} for row in rows]
    return json.dumps({"head": {"vars": names}, "results": {"bindings": bindings}}, ensure_ascii=False).encode()


def _json_term(term: Term) -> dict[str, str]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    said = {"type": "literal", "value": term.value}
    if term.language:
        said["xml:lang"] = term.language
    elif term.datatype.value != _STRING:
        said["datatype"] = term.datatype.value
    return said


def _xml(names: list[str], rows: Rows) -> bytes:
    head = "".join(f"<variable name={quoteattr(name)}/>" for name in names)
    results = "".join(
        "<result>"
        + "".join(
            f"<binding name={quoteattr(n)}>{_xml_term(t)}</binding>" for n, t in zip(names, row, strict=True) if t
        )
        + "</result>\n"
        for row in rows
    )
    return f"{_HEAD}<head>{head}</head><results>\n{results}</results>{_TAIL}".encode()


def _xml_term(term: Term) -> str:
    if isinstance(term, ox.NamedNode):
        return f"<uri>{escape(term.value)}</uri>"
    if isinstance(term, ox.BlankNode):
        return f"<bnode>{escape(term.value)}</bnode>"
    kind = f" xml:lang={quoteattr(term.language)}" if term.language else ""
    if not kind and term.datatype.value != _STRING:
        kind = f" datatype={quoteattr(term.datatype.value)}"
    return f"<literal{kind}>{escape(term.value)}</literal>"


def _csv(names: list[str], rows: Rows) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([_plain(term) for term in row] for row in rows)
    return out.getvalue().encode()


def _plain(term: Term | None) -> str:
    if term is None:
        return ""
    return f"_:{term.value}" if isinstance(term, ox.BlankNode) else term.value


def _tsv(names: list[str], rows: Rows) -> bytes:
    lines = ["\t".join(f"?{name}" for name in names)]
    lines += ["\t".join("" if t is None else str(t).replace("\t", "\\t") for t in row) for row in rows]
    return "".join(f"{line}\n" for line in lines).encode()


_TABLES: dict[str, Callable[[list[str], Rows], bytes]] = {"json": _json, "xml": _xml, "csv": _csv, "tsv": _tsv}
