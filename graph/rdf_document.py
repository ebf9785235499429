"""What one document states, in its own named graph: claims, relations, duties, and the places where each was read."""

from collections.abc import Iterator

from rdflib import RDF, SKOS, Literal, URIRef

from graph.asking.instruments import CARRYING
from graph.nodes import values_in
from graph.rdf_duties import duty_quads
from graph.rdf_nodes import ELI, Quad, evidence_quads, fact_iri, ld, moment, text
from graph.rdf_record import citation_iri
from graph.statements import DocumentFacts, Mention, proof_of
from ontology.identity import document_iri, kind_iri
from ontology.terms import RelationKind, Strength
from ontology.vocabulary import term_iri

CLAIMED = {
    "number": ld("number"),
    "symbol": ld("symbol"),
    "date": ELI.date_document,
    "issuer": ld("issuer"),
    "title": ELI.title,
    "type": ELI.type_document,
}


# Relations that count as carrying out, by how strongly a place states them: what is walked by property paths.
_RESTS = {
    Strength.DOCUMENT: (ld("restsOn"), ld("restsOnInTask"), ld("restsOnWhole")),
    Strength.TASK: (ld("restsOn"), ld("restsOnInTask")),
    Strength.MENTION: (ld("restsOn"),),
}


def stated_quads(facts: DocumentFacts, ends: tuple[str, ...]) -> Iterator[Quad]:
    """Give what a document states of instruments and bodies.

    Args:
        facts: The facts of the document by which the store answers.
        ends: IRIs of the instruments that its mentions mean (``Store.pointings``).
    """
    node = URIRef(document_iri(facts.sha256))
    own = URIRef(ends[0])
    yield node, RDF.type, ld("Document"), node
    yield node, ld("file"), Literal(text(facts.file)), node
    yield node, ld("sha256"), Literal(facts.sha256), node
    yield own, ld("readFrom"), node, node
    if facts.date:
        yield node, ld("day"), moment(facts.date), node
    for issuer in facts.issuers:
        yield own, ld("issuedBy"), URIRef(issuer), node
    for mention in facts.mentions:
        if mention.ordinal:
            yield URIRef(citation_iri(facts.sha256, mention.ordinal)), ld("means"), URIRef(ends[mention.ordinal]), node
        yield from _claims(mention, URIRef(ends[mention.ordinal]), node)
    yield from _relations(facts, ends, node)
    for duty in facts.duties:
        yield from duty_quads(duty, own, tuple(dict.fromkeys(ends[n] for n in duty.implements)), node)
        yield from evidence_quads(URIRef(duty.id), duty.evidence, node)
    for count, items in (
        ("citationCount", facts.citations),
        ("dutyCount", len(facts.duties)),
        ("unparsedCount", len(facts.unparsed)),
        ("warningCount", len(facts.warnings)),
    ):
        yield node, ld(count), Literal(items), node
    for body in facts.bodies:
        yield node, ld("names"), URIRef(body.id), node
    named = {body.id: body.ref.name for body in facts.bodies}
    for iri, written in facts.names:
        yield URIRef(iri), ld("writtenName"), Literal(text(written)), node
        if written != named[iri]:
            yield URIRef(iri), SKOS.altLabel, Literal(text(written), lang="vi"), node


def claim_iri(instrument: str, name: str, value: str) -> URIRef:
    """Give the IRI of a value that is claimed of an instrument."""
    return fact_iri("claim", instrument, name, value)


def _claims(mention: Mention, instrument: URIRef, name: URIRef) -> Iterator[Quad]:
    for property_, term in CLAIMED.items():
        for value in values_in(mention.sign, property_):  # one place bears out all that it claims
            node = claim_iri(str(instrument), property_, value)
            yield node, RDF.type, ld("Claim"), name
            yield node, RDF.subject, instrument, name
            yield node, RDF.predicate, term, name
            yield node, RDF.object, claimed(property_, value), name
            yield node, ld("claimed"), Literal(property_), name
            yield from evidence_quads(node, proof_of(mention, property_), name)


def claimed(property_: str, value: str) -> Literal | URIRef:
    """Give the value of a property of an instrument."""
    if property_ == "date":
        return moment(value)
    if property_ == "type":
        return URIRef(kind_iri(value))
    return Literal(text(value), lang="vi") if property_ == "title" else Literal(text(value))


def _relations(facts: DocumentFacts, ends: tuple[str, ...], name: URIRef) -> Iterator[Quad]:
    for relation in facts.relations:
        subject, object_ = URIRef(ends[relation.subject]), URIRef(ends[relation.object])
        if subject == object_:
            continue
        predicate = URIRef(term_iri(relation.kind))
        node = fact_iri("relation", str(subject), relation.kind.value, str(object_), relation.stage)
        if relation.stage == "issued":
            yield subject, predicate, object_, name
        else:
            yield node, RDF.type, ld("ProspectiveRelation"), name
        yield node, RDF.type, ld("Relation"), name
        yield node, RDF.subject, subject, name
        yield node, RDF.predicate, predicate, name
        yield node, RDF.object, object_, name
        yield node, ld("stage"), Literal(relation.stage), name
        whole = relation.kind is not RelationKind.BASED_ON or relation.strength is Strength.DOCUMENT
        if relation.stage == "issued" and relation.kind in CARRYING and whole:
            for term in _RESTS[relation.strength]:
                yield subject, term, object_, name
        yield from evidence_quads(node, relation.evidence, name, URIRef(term_iri(relation.strength)))
