"""Nodes and literals that all parts of the RDF mapping share."""

import hashlib
from collections.abc import Iterator

from rdflib import RDF, XSD, Literal, Namespace, URIRef

from graph.results import Evidence
from ontology.identity import BASE, document_iri
from ontology.vocabulary import PREFIXES, VOCABULARY

ELI = Namespace(PREFIXES["eli"])
OA = Namespace(PREFIXES["oa"])
Quad = tuple[URIRef, URIRef, URIRef | Literal, URIRef]

_TYPES = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}
_CONTROL = {code: None for code in (*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000))}


def ld(name: str) -> URIRef:
    """Give a term of the vocabulary."""
    return URIRef(VOCABULARY + name)


def text(value: str) -> str:
    """Drop the characters that RDF and XML forms cannot hold."""
    return value.translate(_CONTROL)


def moment(date: str) -> Literal:
    """Give an ISO day, month or year as the XML Schema type that says how much is known."""
    return Literal(date, datatype=_TYPES.get(len(date), XSD.string), normalize=False)


def fact_iri(kind: str, *parts: str) -> URIRef:
    """Give a stable IRI for a fact that has no name of its own, from what it says."""
    digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:24]
    return URIRef(f"{BASE}{kind}/{digest}")


def evidence_quads(fact: URIRef, item: Evidence, name: URIRef) -> Iterator[Quad]:
    """Say in Web Annotation where a fact was read: source, offsets, the sentence, line and page."""
    place = f"{BASE}evidence/{item.sha256}/{item.start}-{item.end}"
    node = fact_iri(f"evidence/{item.sha256}/{item.start}-{item.end}", str(fact))
    target, position, quote = (URIRef(f"{place}#{part}") for part in ("target", "position", "quote"))
    yield fact, ld("evidence"), node, name
    yield node, RDF.type, ld("Evidence"), name
    yield node, OA.hasBody, fact, name
    yield node, OA.hasTarget, target, name
    yield target, RDF.type, OA.SpecificResource, name
    yield target, OA.hasSource, URIRef(document_iri(item.sha256)), name
    yield target, OA.hasSelector, position, name
    yield target, OA.hasSelector, quote, name
    yield position, RDF.type, OA.TextPositionSelector, name
    yield position, OA.start, Literal(item.start, datatype=XSD.nonNegativeInteger), name
    yield position, OA.end, Literal(item.end, datatype=XSD.nonNegativeInteger), name
    yield quote, RDF.type, OA.TextQuoteSelector, name
    yield quote, OA.exact, Literal(text(item.text)), name
    yield node, ld("line"), Literal(item.line), name
    if item.section:
        yield node, ld("section"), Literal(text(item.section)), name
    if item.page is not None:
        yield node, ld("page"), Literal(item.page), name
