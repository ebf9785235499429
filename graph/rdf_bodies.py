"""Bodies, posts and classes in RDF, their place in the tree, the reorganisations that the tables know."""

from collections.abc import Iterable, Iterator

import msgspec
from rdflib import RDF, RDFS, SKOS, Literal, URIRef
from rdflib.namespace import ORG, PROV

from graph.bodies import changes_of, covers
from graph.rdf_nodes import Quad, fact_iri, ld, moment, text
from graph.results import BodyRef, Change
from graph.statements import Body
from ontology.identity import BASE, province_iri
from ontology.terms import BodyKind
from ontology.vocabulary import term_iri


class BodyTable:
    """The bodies that documents name; of several readings of one body the store's own choice holds."""

    def __init__(self) -> None:
        self._bodies: dict[str, Body] = {}

    def add(self, bodies: Iterable[Body]) -> None:
        """Take the bodies of a document."""
        for body in bodies:
            self._bodies[body.id] = min(self._bodies.get(body.id, body), body, key=msgspec.json.encode)

    def quads(self, name: URIRef) -> Iterator[Quad]:
        """Describe all bodies in a graph."""
        told = set(self._bodies)
        near: dict[str, list[Body]] = {}
        for body in self._bodies.values():
            yield from _body_quads(body.ref, name)
            yield from _place_quads(body, name)
            for superior in body.superiors[:1]:
                near.setdefault(superior.id, []).append(body)
            for change in changes_of(body.ref):
                yield from _change_quads(change, name)
                for party in (*change.originals, *change.results):
                    if party.id not in told:
                        told.add(party.id)
                        yield from _body_quads(party, name)
        for bodies in near.values():
            for group in (b for b in bodies if b.ref.kind is BodyKind.CLASS):
                for member in bodies:
                    if covers(group, member):
                        yield URIRef(group.id), ld("covers"), URIRef(member.id), name


def _body_quads(ref: BodyRef, name: URIRef) -> Iterator[Quad]:
    node = URIRef(ref.id)
    yield node, RDF.type, URIRef(term_iri(ref.kind)), name
    yield node, SKOS.prefLabel, Literal(text(ref.name), lang="vi"), name
    if ref.jurisdiction:
        yield node, ld("placeOf"), URIRef(province_iri(ref.jurisdiction)), name
    for term, value in (("validFrom", ref.valid_from), ("validTo", ref.valid_to)):
        if value:
            yield node, ld(term), moment(value), name


def _place_quads(body: Body, name: URIRef) -> Iterator[Quad]:
    node = URIRef(body.id)
    for term, value in (("level", body.level), ("bodyFamily", body.family)):
        if value:
            yield node, ld(term), Literal(value), name
    if body.superiors:
        whole = URIRef(f"{node}#superiors")
        yield node, ld("superiors"), whole, name
        yield whole, RDF.type, RDF.Seq, name
        for at, superior in enumerate(body.superiors, start=1):
            yield node, ld("under"), URIRef(superior.id), name
            yield whole, URIRef(f"{RDF}_{at}"), URIRef(superior.id), name
        above = URIRef(body.superiors[0].id)
        yield node, ld("superior"), above, name
        if body.ref.kind is BodyKind.ORGANIZATION and body.superiors[0].kind is BodyKind.ORGANIZATION:
            yield node, ORG.subOrganizationOf, above, name
        if body.ref.kind is BodyKind.POST:
            yield node, ORG.postIn, above, name


def _change_quads(change: Change, name: URIRef) -> Iterator[Quad]:
    node = URIRef(change.id) if change.id.startswith(BASE) else fact_iri("change", change.id, change.date)
    yield node, RDF.type, ORG.ChangeEvent, name
    yield node, RDFS.label, Literal(text(change.label), lang="vi"), name
    yield node, PROV.atTime, moment(change.date), name
    if change.legal_basis:
        yield node, ld("legalBasis"), Literal(text(change.legal_basis)), name
    for body in change.originals:
        yield node, ORG.originalOrganization, URIRef(body.id), name
    for body in change.results:
        yield node, ORG.resultingOrganization, URIRef(body.id), name
