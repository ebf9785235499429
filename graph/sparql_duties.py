"""One duty out of the RDF, as all stores give it."""

import pyoxigraph as ox

from graph.asking.outlines import DutyRow
from graph.results import PartyView
from graph.sparql_rows import Row, asked, body_ref_of, evidence_of, iri, term_of
from graph.statements import Duty
from ontology.record import Deadline, Target
from ontology.terms import CounterpartyKind, DeadlineKind, Role


def duty_of(quads: ox.Store, duty: str) -> DutyRow:
    """Give a duty by its IRI."""
    node = iri(duty)
    (row,) = asked(quads, "duty", duty=node)
    parties = [_party(one) for one in asked(quads, "duty_parties", duty=node)]
    told = Duty(
        id=duty,
        ordinal=int(row["ordinal"]),
        section=row["section"] or "",
        action=row["action"] or "",
        bearers=tuple(p for p in parties if p.role),
        counterparties=tuple(p for p in parties if p.kind),
        deadline=_deadline(row),
        targets=tuple(_target(one) for one in asked(quads, "duty_targets", duty=node)),
        implements=(),
        confidence=float(row["confidence"]) if row["confidence"] else 0.0,
        evidence=evidence_of(row, "place"),
    )
    carried = asked(quads, "duty_carried", duty=node)
    return DutyRow(
        duty=told,
        sha256=row["sha256"],
        document=row["document"],
        date=row["day"],
        implements=tuple(one["instrument"] for one in carried),
    )


def _party(row: Row) -> PartyView:
    bears = row["bears"] == "true"
    part = term_of(row["part"])
    return PartyView(
        body=body_ref_of(row),
        name=row["written"],
        role=Role(part) if bears else None,
        kind=None if bears else CounterpartyKind(part),
        implied=row["implied"] == "true",
    )


def _deadline(row: Row) -> Deadline | None:
    if row["deadlineKind"] is None:
        return None
    return Deadline(
        kind=DeadlineKind(term_of(row["deadlineKind"])),
        value=row["deadlineValue"],
        phrase=row["phrase"] or "",
        last_day=row["lastDay"],
        implied=row["implied"] == "true",
    )


def _target(row: Row) -> Target:
    return Target(
        text=row["text"] or "",
        comparator=row["comparator"],
        value=float(row["value"]) if row["value"] else None,
        unit=row["unit"],
    )
