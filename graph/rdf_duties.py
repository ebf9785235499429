"""Duties in RDF: odrl:Duty with parties, deadline and targets, each node under the duty's own IRI."""

from collections.abc import Iterator

from rdflib import RDF, XSD, Literal, Namespace, URIRef

from graph.rdf_nodes import Quad, ld, moment, text
from graph.results import DutyView, PartyView
from ontology.record import Deadline, Target
from ontology.terms import DeadlineKind
from ontology.vocabulary import PREFIXES, term_iri

ODRL = Namespace(PREFIXES["odrl"])
_OPERATORS = {DeadlineKind.BEFORE: ODRL.lt, DeadlineKind.BY: ODRL.lteq, DeadlineKind.INTERVAL: ODRL.lteq}
_DAY = len("2023-04-01")


def duty_quads(duty: DutyView, ordinal: int, name: URIRef) -> Iterator[Quad]:
    """Say one duty in a named graph; its evidence is added by the caller.

    Args:
        duty: The duty as the store gives it.
        ordinal: Its place in its document, from 1.
        name: The graph of the document that lays it.
    """
    node = URIRef(duty.id)
    yield node, RDF.type, ld("Obligation"), name
    yield node, RDF.type, ODRL.Duty, name
    yield URIRef(duty.instrument.id), ODRL.obligation, node, name
    yield node, ld("action"), Literal(text(duty.action)), name
    yield node, ODRL.action, ld("undertake"), name
    yield node, ld("section"), Literal(text(duty.section)), name
    yield node, ld("ordinal"), Literal(ordinal), name
    yield node, ld("confidence"), Literal(f"{duty.confidence:.4f}", datatype=XSD.decimal, normalize=False), name
    for at, party in enumerate((*duty.bearers, *duty.counterparties), start=1):
        yield from _party_quads(node, party, at, name)
    if duty.deadline is not None:
        yield from _deadline_quads(node, duty.deadline, name)
    for at, target in enumerate(duty.targets, start=1):
        yield from _target_quads(node, target, at, name)
    for instrument in duty.implements:
        yield node, ld("carriesOut"), URIRef(instrument.id), name


def _party_quads(duty: URIRef, party: PartyView, at: int, name: URIRef) -> Iterator[Quad]:
    node = URIRef(f"{duty}/party/{at}")
    term = party.role or party.kind
    if term is None:
        return
    part = URIRef(term_iri(term))
    yield duty, part, URIRef(party.body.id), name
    yield duty, ld("participation"), node, name
    yield node, RDF.type, ld("Participation"), name
    yield node, ld("part"), part, name
    yield node, ld("body"), URIRef(party.body.id), name
    yield node, ld("writtenName"), Literal(text(party.name)), name
    yield node, ld("implied"), Literal(party.implied), name


def _deadline_quads(duty: URIRef, deadline: Deadline, name: URIRef) -> Iterator[Quad]:
    node = URIRef(f"{duty}/deadline")
    yield duty, ld("deadline"), node, name
    yield node, RDF.type, ld("Deadline"), name
    yield node, ld("deadlineKind"), URIRef(term_iri(deadline.kind)), name
    yield node, ld("phrase"), Literal(text(deadline.phrase)), name
    if deadline.value:
        yield node, ld("deadlineValue"), Literal(text(deadline.value)), name
    if deadline.last_day and len(deadline.last_day) == _DAY:
        yield node, ld("lastDay"), moment(deadline.last_day), name
    operator = _OPERATORS.get(deadline.kind)
    last = deadline.value if deadline.kind is DeadlineKind.BEFORE else deadline.last_day
    if operator is not None and last and len(last) == _DAY:
        yield duty, ODRL.constraint, node, name
        yield node, ODRL.leftOperand, ODRL.dateTime, name
        yield node, ODRL.operator, operator, name
        yield node, ODRL.rightOperand, moment(last), name


def _target_quads(duty: URIRef, target: Target, at: int, name: URIRef) -> Iterator[Quad]:
    node = URIRef(f"{duty}/target/{at}")
    yield duty, ld("target"), node, name
    yield node, RDF.type, ld("Target"), name
    yield node, ld("phrase"), Literal(text(target.text)), name
    if target.comparator:
        yield node, ld("comparator"), Literal(target.comparator), name
    if target.value is not None:
        yield node, ld("value"), Literal(target.value, datatype=XSD.double), name
    if target.unit:
        yield node, ld("unit"), Literal(text(target.unit)), name
