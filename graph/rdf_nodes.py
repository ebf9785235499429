"""Nodes and literals that all parts of the RDF mapping share."""

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from rdflib import RDF, XSD, Literal, Namespace, URIRef

from graph.results import Evidence
from ontology.identity import BASE, document_iri
from ontology.vocabulary import PREFIXES, VOCABULARY

ELI = Namespace(PREFIXES["eli"])
OA = Namespace(PREFIXES["oa"])
Quad = tuple[URIRef, URIRef, URIRef | Literal, URIRef]

_TYPES = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}
_MOMENT = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?\Z", re.ASCII)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"\\(?:\\|u([0-9a-f]{4}))")
_CONTROL = {code: None for code in (*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000))}


@lru_cache(maxsize=512)
def ld(name: str) -> URIRef:
    """Give a term of the vocabulary."""
    return URIRef(VOCABULARY + name)


ESCAPED = ld("escaped")


def text(value: str) -> str:
    """Drop the characters that RDF and XML forms cannot hold."""
    return value.translate(_CONTROL)


def escape(value: str) -> str:
    """Write a text without the characters that RDF and XML forms cannot hold; ``unescape`` gives it back."""
    doubled = value.replace("\\", "\\\\")
    return _FORBIDDEN.sub(lambda m: f"\\u{ord(m.group()):04x}", doubled)


def unescape(value: str) -> str:
    """Read what ``escape`` wrote."""
    return _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else "\\", value)


def exact(value: str) -> Literal:
    """Give a text so that it can be read back to the character, in a datatype of ours where RDF could not hold it."""
    if _FORBIDDEN.search(value):
        return Literal(escape(value), datatype=ESCAPED, normalize=False)
    return Literal(value)


def moment(day: str) -> Literal:
    """Give an ISO day, month or year as the XML Schema type that says how much is known; what is none as a text."""
    return Literal(day, datatype=_TYPES[len(day)], normalize=False) if is_moment(day) else exact(day)


@lru_cache(maxsize=8192)
def is_moment(day: str) -> bool:
    """Whether a text is a day, month or year of the calendar."""
    if not _MOMENT.match(day):
        return False
    try:
        date.fromisoformat(f"{day}-01-01"[:10] if len(day) != 7 else f"{day}-01")
    except ValueError:
        return False
    return True


def fact_iri(kind: str, *parts: str) -> URIRef:
    """Give a stable IRI for a fact that has no name of its own, from what it says."""
    digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:24]
    return URIRef(f"{BASE}{kind}/{digest}")


def place_iri(sha256: str, start: int, end: int) -> str:
    """Give the IRI of a range of a document's text."""
    return f"{BASE}evidence/{sha256}/{start}-{end}"


def range_quads(sha256: str, start: int, end: int, name: URIRef) -> Iterator[Quad]:
    """Describe a range of a document's text as the target of an annotation; its IRI is ``target_iri``."""
    place = place_iri(sha256, start, end)
    target, position = URIRef(f"{place}#target"), URIRef(f"{place}#position")
    yield target, RDF.type, OA.SpecificResource, name
    yield target, OA.hasSource, URIRef(document_iri(sha256)), name
    yield target, OA.hasSelector, position, name
    yield position, RDF.type, OA.TextPositionSelector, name
    yield position, OA.start, _offset(start), name
    yield position, OA.end, _offset(end), name


def target_iri(sha256: str, start: int, end: int) -> URIRef:
    """Give the IRI of a range as the target of an annotation."""
    return URIRef(f"{place_iri(sha256, start, end)}#target")


def _offset(value: int) -> Literal:
    kind = XSD.nonNegativeInteger if value >= 0 else XSD.integer
    return Literal(str(value), datatype=kind, normalize=False)


def evidence_quads(fact: URIRef, item: Evidence, name: URIRef, strength: URIRef | None = None) -> Iterator[Quad]:
    """Say in Web Annotation where a fact was read: source, offsets, the sentence, line and page.

    Args:
        fact: What was read.
        item: Where.
        name: The graph of the document.
        strength: How strongly this place states a relation.
    """
    place = place_iri(item.sha256, item.start, item.end)
    node = fact_iri(f"evidence/{item.sha256}/{item.start}-{item.end}", str(fact))
    target, quote = URIRef(f"{place}#target"), URIRef(f"{place}#quote")
    yield fact, ld("evidence"), node, name
    yield node, RDF.type, ld("Evidence"), name
    yield node, OA.hasBody, fact, name
    yield node, OA.hasTarget, target, name
    yield from range_quads(item.sha256, item.start, item.end, name)
    yield target, OA.hasSelector, quote, name
    yield quote, RDF.type, OA.TextQuoteSelector, name
    yield quote, OA.exact, Literal(text(item.text)), name
    yield node, ld("line"), Literal(item.line), name
    if strength is not None:
        yield node, ld("strength"), strength, name
    if item.section:
        yield node, ld("section"), Literal(text(item.section)), name
    if item.page is not None:
        yield node, ld("page"), Literal(item.page), name
