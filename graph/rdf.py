"""The graph as RDF: one named graph a document with what it states, one for what is merged, one for the tables."""

from collections.abc import Iterator

from rdflib import RDF, RDFS, SKOS, Dataset, Literal, URIRef
from rdflib.namespace import ORG, PROV

from graph.rdf_duties import duty_quads
from graph.rdf_nodes import ELI, Quad, evidence_quads, fact_iri, ld, moment, text
from graph.rdf_places import place_quads
from graph.results import (
    BodyDetail,
    BodyRef,
    Change,
    Claim,
    DocumentInfo,
    Evidence,
    InstrumentDetail,
    RelationView,
)
from graph.store import Store
from ontology.identity import BASE, document_iri, kind_iri, province_iri
from ontology.terms import BodyKind, Family
from ontology.vocabulary import PREFIXES, term_iri

MERGED = URIRef(f"{BASE}graph/merged")
TABLES = URIRef(f"{BASE}graph/tables")
_CLAIMED = {
    "number": ld("number"),
    "symbol": ld("symbol"),
    "date": ELI.date_document,
    "issuer": ld("issuer"),
    "title": ELI.title,
    "type": ELI.type_document,
}


def dataset_of(store: Store) -> Dataset:
    """Give the whole store as an RDF dataset with the vocabulary's prefixes.

    What a document states stands in the graph named by its IRI; preferred values and labels, which rest on all
    documents together, in ``…/graph/merged``; bodies and reorganisations in ``…/graph/tables``. A relation that is only
    drafted or proposed is described and never asserted.
    """
    dataset = Dataset()
    for prefix, iri in PREFIXES.items():
        dataset.bind(prefix, iri, replace=True)
    for subject, predicate, object_, name in quads_of(store):
        dataset.graph(name).add((subject, predicate, object_))
    return dataset


def quads_of(store: Store) -> Iterator[Quad]:
    """Give the store as quads, repeats possible; no blank nodes, no clock, so the set is the same every time."""
    for info in store.documents():
        yield from _document_quads(info)
    bodies: dict[str, BodyRef] = {}
    described: set[str] = set()
    for ref in store.instruments():
        yield from _described(store, ref.id, described)
    for relation in store.relations():
        yield from _relation_quads(relation)
        for ref in (relation.subject, relation.object):  # bills are in no list of instruments
            yield from _described(store, ref.id, described)
    places: dict[str, int] = {}
    for duty in store.obligations():
        places[duty.instrument.id] = places.get(duty.instrument.id, 0) + 1
        for party in (*duty.bearers, *duty.counterparties):
            bodies[party.body.id] = party.body
        name = _graph(duty.evidence[0]) if duty.evidence else MERGED
        yield from duty_quads(duty, places[duty.instrument.id], name)
        for ref in duty.implements:
            yield from _described(store, ref.id, described)
        yield from _evidence(URIRef(duty.id), duty.evidence)
    yield from _bodies_quads(store, bodies)
    if described:
        yield from place_quads(TABLES)


def _described(store: Store, iri: str, done: set[str]) -> Iterator[Quad]:
    """Describe an instrument unless that was done."""
    if iri not in done:
        done.add(iri)
        yield from _instrument_quads(store.instrument(iri))


def _document_quads(info: DocumentInfo) -> Iterator[Quad]:
    node = URIRef(document_iri(info.sha256))
    yield node, RDF.type, ld("Document"), node
    yield node, ld("file"), Literal(text(info.file)), node
    yield node, ld("sha256"), Literal(info.sha256), node
    yield URIRef(info.instrument.id), ld("readFrom"), node, node


def _instrument_quads(detail: InstrumentDetail) -> Iterator[Quad]:
    ref, node = detail.instrument, URIRef(detail.instrument.id)
    yield node, RDF.type, ld("Instrument"), MERGED
    yield node, RDFS.label, Literal(text(ref.label), lang="vi"), MERGED
    yield node, ld("loaded"), Literal(ref.loaded), MERGED
    yield node, ld("conflict"), Literal(ref.conflict), MERGED
    for name in ("number", "symbol", "issuer"):
        if value := getattr(ref, name):
            yield node, ld(name), Literal(text(value)), MERGED
    if ref.title:
        yield node, ELI.title, Literal(text(ref.title), lang="vi"), MERGED
    if ref.date:
        yield node, ELI.date_document, moment(ref.date), MERGED
    if ref.type:
        yield node, ELI.type_document, URIRef(kind_iri(ref.type)), MERGED
    if ref.family:
        yield node, ld("family"), URIRef(term_iri(Family(ref.family))), MERGED
    if ref.jurisdiction:
        yield node, ld("placeOf"), URIRef(province_iri(ref.jurisdiction)), MERGED
    for claim in detail.claims:
        yield from _claim_quads(node, claim)


def _claim_quads(instrument: URIRef, claim: Claim) -> Iterator[Quad]:
    node = fact_iri("claim", str(instrument), claim.property, claim.value)
    for name in _graphs(claim.evidence):
        yield node, RDF.type, ld("Claim"), name
        yield node, RDF.subject, instrument, name
        yield node, RDF.predicate, _CLAIMED.get(claim.property, ld(claim.property)), name
        yield node, RDF.object, _claimed(claim), name
        yield node, ld("claimed"), Literal(claim.property), name
    yield node, ld("preferred"), Literal(claim.preferred), MERGED
    yield from _evidence(node, claim.evidence)


def _claimed(claim: Claim) -> Literal | URIRef:
    if claim.property == "date":
        return moment(claim.value)
    if claim.property == "type":
        return URIRef(kind_iri(claim.value))
    return Literal(text(claim.value), lang="vi") if claim.property == "title" else Literal(text(claim.value))


def _relation_quads(relation: RelationView) -> Iterator[Quad]:
    subject, object_ = URIRef(relation.subject.id), URIRef(relation.object.id)
    predicate = URIRef(term_iri(relation.kind))
    node = fact_iri("relation", str(subject), relation.kind.value, str(object_), relation.stage)
    for name in _graphs(relation.evidence):
        if relation.stage == "issued":
            yield subject, predicate, object_, name
        else:
            yield node, RDF.type, ld("ProspectiveRelation"), name
        yield node, RDF.type, ld("Relation"), name
        yield node, RDF.subject, subject, name
        yield node, RDF.predicate, predicate, name
        yield node, RDF.object, object_, name
        yield node, ld("stage"), Literal(relation.stage), name
    yield node, ld("strength"), URIRef(term_iri(relation.strength)), MERGED
    yield from _evidence(node, relation.evidence)


def _bodies_quads(store: Store, bodies: dict[str, BodyRef]) -> Iterator[Quad]:
    pending, done = list(bodies.values()), set[str]()
    while pending:
        ref = pending.pop()
        if ref.id in done:
            continue
        done.add(ref.id)
        yield from _body_quads(ref)
        if ref.id not in bodies:
            continue
        detail = store.body(ref.id)
        yield from _place_quads(detail)
        for change in detail.changes:
            yield from _change_quads(change)
            pending += [*change.originals, *change.results]
        pending += detail.superiors


def _body_quads(ref: BodyRef) -> Iterator[Quad]:
    node = URIRef(ref.id)
    yield node, RDF.type, URIRef(term_iri(ref.kind)), TABLES
    yield node, SKOS.prefLabel, Literal(text(ref.name), lang="vi"), TABLES
    if ref.jurisdiction:
        yield node, ld("placeOf"), URIRef(province_iri(ref.jurisdiction)), TABLES
    for name, value in (("validFrom", ref.valid_from), ("validTo", ref.valid_to)):
        if value:
            yield node, ld(name), moment(value), TABLES


def _place_quads(detail: BodyDetail) -> Iterator[Quad]:
    node = URIRef(detail.body.id)
    for name in detail.names:
        if name != detail.body.name:
            yield node, SKOS.altLabel, Literal(text(name), lang="vi"), MERGED
    if detail.superiors:
        above = URIRef(detail.superiors[0].id)
        yield node, ld("superior"), above, TABLES
        if detail.body.kind is BodyKind.ORGANIZATION and detail.superiors[0].kind is BodyKind.ORGANIZATION:
            yield node, ORG.subOrganizationOf, above, TABLES
        if detail.body.kind is BodyKind.POST:
            yield node, ORG.postIn, above, TABLES


def _change_quads(change: Change) -> Iterator[Quad]:
    node = URIRef(change.id) if change.id.startswith(BASE) else fact_iri("change", change.id, change.date)
    yield node, RDF.type, ORG.ChangeEvent, TABLES
    yield node, RDFS.label, Literal(text(change.label), lang="vi"), TABLES
    yield node, PROV.atTime, moment(change.date), TABLES
    if change.legal_basis:
        yield node, ld("legalBasis"), Literal(text(change.legal_basis)), TABLES
    for body in change.originals:
        yield node, ORG.originalOrganization, URIRef(body.id), TABLES
    for body in change.results:
        yield node, ORG.resultingOrganization, URIRef(body.id), TABLES


def _graph(evidence: Evidence) -> URIRef:
    return URIRef(document_iri(evidence.sha256))


def _graphs(evidence: tuple[Evidence, ...]) -> list[URIRef]:
    return sorted({_graph(item) for item in evidence}) or [MERGED]


def _evidence(fact: URIRef, evidence: tuple[Evidence, ...]) -> Iterator[Quad]:
    for item in evidence:
        yield from evidence_quads(fact, item, _graph(item))
