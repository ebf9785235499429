"""Instruments as all documents together tell of them, and what a person should judge."""

from collections.abc import Iterator

from rdflib import RDF, RDFS, Literal, URIRef

from graph.nodes import Node
from graph.rdf_document import claim_iri
from graph.rdf_nodes import ELI, Quad, fact_iri, ld, moment, text
from graph.results import InstrumentRef
from graph.results_identity import Conflict
from ontology.identity import kind_iri, province_iri
from ontology.terms import Family
from ontology.vocabulary import term_iri


def instrument_quads(ref: InstrumentRef, name: URIRef, known: Node | None = None) -> Iterator[Quad]:
    """Describe an instrument by its preferred values.

    Args:
        ref: The instrument as it stands in lists.
        name: The graph.
        known: What the store knows of it beside that, where it tells.
    """
    node = URIRef(ref.id)
    if known is not None:
        yield from _known_quads(node, known, name)
    yield node, RDF.type, ld("Instrument"), name
    yield node, RDFS.label, Literal(text(ref.label), lang="vi"), name
    yield node, ld("loaded"), Literal(ref.loaded), name
    yield node, ld("conflict"), Literal(ref.conflict), name
    yield node, ld("stage"), Literal(ref.stage), name
    for property_ in ("number", "symbol", "issuer"):
        if value := getattr(ref, property_):
            yield node, ld(property_), Literal(text(value)), name
            yield node, ld("preferredClaim"), claim_iri(ref.id, property_, value), name
    for property_, term, said in (
        ("title", ELI.title, ref.title and Literal(text(ref.title), lang="vi")),
        ("date", ELI.date_document, ref.date and moment(ref.date)),
        ("type", ELI.type_document, ref.type and URIRef(kind_iri(ref.type))),
    ):
        if said:
            yield node, term, said, name
            yield node, ld("preferredClaim"), claim_iri(ref.id, property_, getattr(ref, property_)), name
    if ref.family:
        yield node, ld("family"), URIRef(term_iri(Family(ref.family))), name
    if ref.jurisdiction:
        yield node, ld("placeOf"), URIRef(province_iri(ref.jurisdiction)), name


def _known_quads(node: URIRef, known: Node, name: URIRef) -> Iterator[Quad]:
    if known.level:
        yield node, ld("level"), Literal(known.level), name
    for num in known.nums:
        yield node, ld("num"), Literal(num), name
    for alias in known.aliases:
        yield node, ld("alias"), URIRef(alias), name
    if known.issuers:
        whole = URIRef(f"{node}#issuers")
        yield node, ld("issuers"), whole, name
        yield whole, RDF.type, RDF.Seq, name
        for at, issuer in enumerate(known.issuers, start=1):
            yield whole, URIRef(f"{RDF}_{at}"), Literal(text(issuer)), name


def conflict_quads(conflict: Conflict, at: int, name: URIRef) -> Iterator[Quad]:
    """Tell what disagrees of an instrument, or that two may be one; a person has to judge it.

    Args:
        conflict: What the store lists.
        at: Its place in that list, from 1.
        name: The graph.
    """
    first, *others = (URIRef(ref.id) for ref in conflict.instruments)
    node = fact_iri("conflict", conflict.kind, *(ref.id for ref in conflict.instruments), conflict.reason)
    yield node, RDF.type, ld("Conflict"), name
    yield node, ld("ordinal"), Literal(at), name
    yield node, ld("conflictKind"), Literal(conflict.kind), name
    yield node, ld("concerns"), first, name
    for other in others:
        yield node, ld("perhapsSame"), other, name
    yield node, ld("reason"), Literal(text(conflict.reason), lang="vi"), name
