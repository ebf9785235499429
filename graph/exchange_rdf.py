"""Turtle, TriG, N-Quads and JSON-LD from quads, sorted; blank nodes never occur, so equal stores give equal bytes."""

import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import Any, BinaryIO

from rdflib import RDF, XSD, Literal, URIRef

from graph.rdf_context import context
from graph.rdf_nodes import Quad
from ontology.vocabulary import PREFIXES, VOCABULARY

_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*\Z")
_BASES = {base: prefix for prefix, base in PREFIXES.items()}
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_NEXT = " ;\n    "
_INTEGER = re.compile(r"(?:0|-?[1-9]\d{0,14})\Z", re.ASCII)
_UNSAFE_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')


def write_nquads(quads: Iterable[Quad], out: BinaryIO) -> None:
    """Write one quad a line, sorted."""
    out.writelines(line.encode() for line in sorted({nquad(quad) for quad in quads}))


def nquad(quad: Quad) -> str:
    """Write one quad as a line."""
    subject, predicate, object_, name = quad
    return f"{_full(subject)} {_full(predicate)} {_full(object_)} {_full(name)} .\n"


def ntriple(quad: Quad) -> str:
    """Write one quad as a line without its graph."""
    subject, predicate, object_, _ = quad
    return f"{_full(subject)} {_full(predicate)} {_full(object_)} .\n"


def write_turtle(quads: Iterable[Quad], out: BinaryIO) -> None:
    """Write all graphs as one, sorted by subject, predicate and object."""
    _prefixes(out)
    triples = sorted({(_short(s), _short(p), _short(o)) for s, p, o, _ in quads}, key=_order)
    for block in _blocks(triples):
        out.write(f"\n{block}\n".encode())


def write_trig(quads: Iterable[Quad], out: BinaryIO) -> None:
    """Write each graph with its name, sorted."""
    _prefixes(out)
    rows = sorted({(_full(g), _short(s), _short(p), _short(o)) for s, p, o, g in quads}, key=_order_in_graph)
    for name, group in groupby(rows, key=lambda row: row[0]):
        out.write(f"\n{name} {{\n".encode())
        for block in _blocks([row[1:] for row in group]):
            out.write(f"{block}\n".encode())
        out.write(b"}\n")


def write_json_ld(quads: Iterable[Quad], out: BinaryIO) -> None:
    """Write JSON-LD with its context (``ontology/context.jsonld``) inside: named graphs of nodes, sorted."""
    rows = sorted(set(quads), key=lambda q: (str(q[3]), str(q[0]), str(q[1]), _full(q[2])))
    graphs = []
    for name, group in groupby(rows, key=lambda q: q[3]):
        nodes = [_node(subject, list(own)) for subject, own in groupby(group, key=lambda q: q[0])]
        graphs.append({"@id": str(name), "@graph": nodes})
    document = {"@context": context(), "@graph": graphs}
    text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True)
    out.write(text.encode())
    out.write(b"\n")


def _node(subject: URIRef, quads: list[Quad]) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": str(subject)}
    for predicate, group in groupby(quads, key=lambda q: q[1]):
        objects = [q[2] for q in group]
        if predicate == RDF.type:
            node["@type"] = [_compact(str(o)) for o in objects]
        else:
            key, linked = _key(str(predicate))
            node[key] = [_compact(str(o)) if linked and isinstance(o, URIRef) else _json_value(o) for o in objects]
    return node


@lru_cache(maxsize=1024)
def _key(predicate: str) -> tuple[str, bool]:
    """The name of a property in the context, and whether its plain texts are IRIs there."""
    name = predicate.removeprefix(VOCABULARY)
    term = context().get(name)
    if term is None or name == predicate:
        return _compact(predicate), False
    return name, term.get("@type") == "@id"


def _json_value(term: URIRef | Literal) -> Any:
    if not isinstance(term, Literal):
        return {"@id": str(term)}
    value = {"@value": str(term)}
    if term.datatype == XSD.boolean and str(term) in ("true", "false"):
        return str(term) == "true"
    if term.datatype == XSD.integer and _INTEGER.match(str(term)):
        return int(term)
    if not term.language and term.datatype in (None, XSD.string):
        return str(term)
    if term.language:
        value["@language"] = term.language
    elif term.datatype is not None and term.datatype != XSD.string:
        value["@type"] = _compact(str(term.datatype))
    return value


def _prefixes(out: BinaryIO) -> None:
    for prefix, iri in sorted(PREFIXES.items()):
        out.write(f"@prefix {prefix}: <{iri}> .\n".encode())


def _order(triple: tuple[str, str, str]) -> tuple[str, bool, str, str]:
    """By subject and predicate, types first as people expect."""
    return triple[0], triple[1] != "a", triple[1], triple[2]


def _order_in_graph(row: tuple[str, str, str, str]) -> tuple[str, str, bool, str, str]:
    return row[0], *_order(row[1:])


def _blocks(triples: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    for subject, own in groupby(triples, key=lambda t: t[0]):
        parts = []
        for predicate, group in groupby(own, key=lambda t: t[1]):
            parts.append(f"{predicate} {', '.join(t[2] for t in group)}")
        yield f"{subject} {_NEXT.join(parts)} ."


def _short(term: URIRef | Literal) -> str:
    if isinstance(term, Literal):
        return _literal(term, _short)
    if term == RDF.type:
        return "a"
    compact = _compact(str(term))
    return compact if compact != str(term) else _full(term)


def _full(term: URIRef | Literal) -> str:
    if isinstance(term, Literal):
        return _literal(term, _full)
    return f"<{_UNSAFE_IRI.sub(lambda m: f'%{ord(m.group()):02X}', str(term))}>"


def _literal(term: Literal, iri: Any) -> str:  # one of the two functions above
    value = str(term).translate(_ESCAPES)
    if term.language:
        return f'"{value}"@{term.language}'
    if term.datatype is None or term.datatype == XSD.string:
        return f'"{value}"'
    return f'"{value}"^^{iri(term.datatype)}'


@lru_cache(maxsize=65536)
def _compact(iri: str) -> str:
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    prefix = _BASES.get(iri[:cut])
    return f"{prefix}:{iri[cut:]}" if prefix and _LOCAL.match(iri[cut:]) else iri
