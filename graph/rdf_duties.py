"""Duties in RDF as odrl:Duty: who lays them, their bodies, deadlines as constraints; the record says the rest."""

from collections.abc import Iterator

from rdflib import RDF, RDFS, Literal, Namespace, URIRef

from graph.rdf_nodes import Quad, is_moment, ld, moment, text
from graph.results import PartyView
from graph.statements import Duty
from ontology.record import Deadline
from ontology.terms import DeadlineKind
from ontology.vocabulary import PREFIXES, term_iri

ODRL = Namespace(PREFIXES["odrl"])
_OPERATORS = {DeadlineKind.BEFORE: ODRL.lt, DeadlineKind.BY: ODRL.lteq, DeadlineKind.INTERVAL: ODRL.lteq}
_DAY = len("2023-04-01")


def duty_quads(duty: Duty, instrument: URIRef, carried: tuple[str, ...], name: URIRef) -> Iterator[Quad]:
    """Say one duty in a named graph, beside what the record says of it; its evidence is added by the caller.

    Args:
        duty: The duty with its bodies resolved.
        instrument: The instrument that lays it.
        carried: IRIs of the instruments that it carries out.
        name: The graph of the document that lays it.
    """
    node = URIRef(duty.id)
    yield node, RDF.type, ODRL.Duty, name
    yield instrument, ODRL.obligation, node, name
    yield node, ODRL.action, ld("undertake"), name
    for kind, parties in (("bearers", duty.bearers), ("counterparties", duty.counterparties)):
        for at, party in enumerate(parties, start=1):
            yield from _party_quads(node, party, URIRef(f"{node}/{kind}/{at}"), name)
    if duty.deadline is not None:
        yield from _deadline_quads(node, duty.deadline, name)
    whole = URIRef(f"{node}/carried")
    for at, iri in enumerate(carried, start=1):
        yield node, ld("carriesOut"), URIRef(iri), name
        yield node, ld("carriedInOrder"), whole, name
        yield whole, RDF.type, RDF.Seq, name
        yield whole, URIRef(f"{RDF}_{at}"), URIRef(iri), name


def _party_quads(duty: URIRef, party: PartyView, node: URIRef, name: URIRef) -> Iterator[Quad]:
    term = party.role or party.kind
    if term is not None:
        yield duty, URIRef(term_iri(term)), URIRef(party.body.id), name
    yield duty, ld("participation"), node, name
    yield node, ld("body"), URIRef(party.body.id), name
    yield node, RDFS.label, Literal(text(party.body.name), lang="vi"), name


def _deadline_quads(duty: URIRef, deadline: Deadline, name: URIRef) -> Iterator[Quad]:
    operator = _OPERATORS.get(deadline.kind)
    last = deadline.value if deadline.kind is DeadlineKind.BEFORE else deadline.last_day
    if operator is not None and last and len(last) == _DAY and is_moment(last):
        node = URIRef(f"{duty}/deadline")
        yield duty, ODRL.constraint, node, name
        yield node, ODRL.leftOperand, ODRL.dateTime, name
        yield node, ODRL.operator, operator, name
        yield node, ODRL.rightOperand, moment(last), name
