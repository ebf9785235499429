"""What was read from one file in RDF, to the last character: the record, its text and pages, as one ``ld:Reading``."""

import hashlib
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import msgspec
from rdflib import RDF, XSD, Literal, URIRef
from rdflib.namespace import PROV

from graph.rdf_nodes import OA, Quad, exact, fact_iri, ld, moment, range_quads, target_iri
from graph.rdf_terms import CLASSES, CNT, MOMENTS, is_part, ranges_of, steps_of
from graph.store import Batch
from ontology.identity import BASE, document_iri, duty_iri
from ontology.record import Part, Record
from ontology.vocabulary import term_iri

_ENCODER = msgspec.msgpack.Encoder(order="deterministic")
_MEMBER = str(RDF) + "_"
Child = Callable[[str, str, int], str]


def reading_iri(batch: Batch) -> URIRef:
    """Give the IRI of what was read: equal readings of equal files are one, whatever the files are called."""
    source = msgspec.structs.replace(batch.record.source, file="")
    record = msgspec.structs.replace(batch.record, source=source)
    digest = hashlib.blake2b(_ENCODER.encode((record, batch.text, batch.pages)), digest_size=12).hexdigest()
    return URIRef(f"{BASE}reading/{batch.record.source.sha256.lower()}/{digest}")


def citation_iri(sha256: str, ordinal: int) -> str:
    """Give the IRI of a citation: the document and its place (from 1) in text order."""
    return f"{BASE}citation/{sha256.lower()}/{ordinal}"


def file_quads(batch: Batch, reading: URIRef) -> Iterator[Quad]:
    """Say where a document is kept and what was read there."""
    document = URIRef(document_iri(batch.record.source.sha256))
    node = fact_iri("file", batch.path)
    yield document, ld("storedAs"), node, document
    yield node, RDF.type, ld("File"), document
    yield node, ld("path"), exact(batch.path), document
    yield node, ld("file"), exact(batch.record.source.file), document
    yield node, ld("reading"), reading, document


def reading_quads(batch: Batch, reading: URIRef, *, speaks: bool) -> Iterator[Quad]:
    """Say all that was read.

    Args:
        batch: The document.
        reading: Its ``reading_iri``.
        speaks: Whether the store answers by it; of two readings of one document one is only kept.
    """
    sha256 = batch.record.source.sha256
    name = URIRef(document_iri(sha256))
    writer = _Writer(sha256.lower(), name, speaks=speaks)
    yield reading, PROV.wasDerivedFrom, name, name
    yield reading, CNT.chars, exact(batch.text), name
    if batch.pages:
        yield from writer.sequence(reading, ld("pageStarts"), f"{reading}/pages", batch.pages)
    yield from writer.part(reading, batch.record)
    yield from writer.fields(reading, batch.record.source)
    yield from writer.fields(reading, batch.record.instrument)


class _Writer:
    def __init__(self, sha256: str, name: URIRef, *, speaks: bool) -> None:
        self._sha256 = sha256
        self._name = name
        self._speaks = speaks

    def part(self, node: URIRef, part: Part) -> Iterator[Quad]:
        """A part with its type and fields."""
        if self._speaks or isinstance(part, Record):
            yield node, RDF.type, CLASSES.get(type(part), ld(type(part).__name__)), self._name
        yield from self.fields(node, part)

    def fields(self, node: URIRef, part: Part) -> Iterator[Quad]:
        """The fields of a part, told of a node."""
        for low, high, term, optional in ranges_of(type(part)):
            start, end = getattr(part, low), getattr(part, high)
            if not optional or start or end:
                yield from self._range(node, term, start, end)
        for step in steps_of(type(part)):
            value = getattr(part, step.name)
            if value is None or (not step.told and value == step.default):
                continue
            if step.name == "refers_to":
                yield node, step.property, URIRef(self._child(str(node), "citations", value + 1)), self._name
            elif isinstance(value, dict):
                yield from self._spans(node, step.property, value)
            elif is_part(step.type):
                child = URIRef(f"{node}/{step.name}")
                yield node, step.property, child, self._name
                yield from self.part(child, value)
            elif isinstance(value, tuple):
                yield from self._many(node, step.name, step.property, value)
            else:
                yield node, step.property, scalar(value, step.name), self._name

    def _many(self, node: URIRef, name: str, term: URIRef, values: tuple[Any, ...]) -> Iterator[Quad]:
        if not values or not isinstance(values[0], Part):
            yield from self.sequence(node, term, f"{node}/{name}", values)
            return
        for at, value in enumerate(values, start=1):
            child = URIRef(self._child(str(node), name, at))
            yield node, term, child, self._name
            yield child, ld("ordinal"), Literal(at), self._name
            yield from self.part(child, value)

    def sequence(self, node: URIRef, term: URIRef, at: str, values: tuple[Any, ...]) -> Iterator[Quad]:
        """Values in their order, as an ``rdf:Seq``."""
        whole = URIRef(at)
        yield node, term, whole, self._name
        yield whole, RDF.type, RDF.Seq, self._name
        for n, value in enumerate(values, start=1):
            member = URIRef(f"{_MEMBER}{n}")
            if isinstance(value, tuple):
                yield from self.sequence(whole, member, f"{at}/{n}", value)
            else:
                yield whole, member, scalar(value), self._name

    def _spans(self, node: URIRef, term: URIRef, spans: dict[str, tuple[int, int]]) -> Iterator[Quad]:
        for field, (start, end) in sorted(spans.items()):
            child = URIRef(f"{node}/spans/{quote(field, safe='')}")
            yield node, term, child, self._name
            yield child, RDF.type, ld("HeaderField"), self._name
            yield child, ld("fieldName"), exact(field), self._name
            yield from self._range(child, OA.hasTarget, start, end)

    def _range(self, node: URIRef, term: URIRef, start: int, end: int) -> Iterator[Quad]:
        yield node, term, target_iri(self._sha256, start, end), self._name
        yield from range_quads(self._sha256, start, end, self._name)

    def _child(self, node: str, name: str, at: int) -> str:
        if self._speaks and name == "obligations":
            return duty_iri(self._sha256, at)
        if self._speaks and name == "citations":
            return citation_iri(self._sha256, at)
        if name == "citations":
            node = node.partition("/citations/")[0]
        return f"{node}/{name}/{at}"


def scalar(value: Any, name: str = "") -> Literal | URIRef:
    """Give one value: a word of a closed vocabulary as its IRI, dates as dates, numbers to the last digit."""
    if isinstance(value, bool):
        return Literal(value)
    if isinstance(value, float):
        return Literal(repr(value), datatype=XSD.double, normalize=False)
    if isinstance(value, int):
        return Literal(value)
    try:
        return URIRef(term_iri(value))
    except KeyError:
        return moment(value) if name in MOMENTS else exact(value)
