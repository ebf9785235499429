"""A record in a form that a person can review: one line a fact, quotes instead of offsets."""

from typing import Any

from ontology.record import Bearer, Citation, Counterparty, Deadline, Header, Obligation, Record, Target


def compact(text: str, record: Record) -> dict[str, Any]:
    """Give the record of a document as plain values for YAML; what is absent is left out."""
    return _filled(
        header=_header(record.instrument),
        citations=[_citation(text, c) for c in record.citations],
        obligations=[_duty(o) for o in record.obligations],
        warnings=[f"{w.code}: {w.message}" for w in record.warnings],
        unparsed=[f"{' '.join(text[u.start : u.end].split())} ({u.why})" for u in record.unparsed],
    )


def _filled(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def _header(header: Header) -> dict[str, Any]:
    return _filled(
        is_=" ".join([header.type or "?", f"{header.number or '…'}/{header.symbol}", header.date or "?"]),
        place=header.place,
        jurisdiction=header.jurisdiction,
        earliest=header.earliest,
        title=header.title,
        issuers=[f"{i.name} (inferred)" if i.inferred else i.name for i in header.issuers],
        signers=[f"{s.name}, {s.position}" if s.position else s.name for s in header.signers],
        addressees=list(header.addressees),
        recipients=list(header.recipients),
        urgency=header.urgency,
    )


def _citation(text: str, citation: Citation) -> dict[str, Any]:
    number = "/".join(part for part in (citation.number, citation.symbol) if part)
    named = " ".join(part for part in (citation.type, number, citation.title, citation.date) if part)
    of = f" of {citation.subject}" if citation.subject != "self" else ""
    stage = f" ({citation.stage})" if citation.stage != "issued" else ""
    return _filled(
        at=f"{citation.section}: {' '.join(text[citation.start : citation.end].split())}",
        is_=f"{named} [{citation.jurisdiction or '?'}]",
        issuer=citation.issuer_body,
        relation=f"{citation.relation.value}{of}{stage}",
        provision=" ".join("-".join(part) for part in citation.provision or ()),
        refers_to=None if citation.refers_to is None else citation.refers_to + 1,
        also=[f"{relation.value} by {subject}" for relation, subject in citation.also],
    )


def _duty(duty: Obligation) -> dict[str, Any]:
    return _filled(
        at=duty.section,
        action=duty.action,
        bearers=[_bearer(b) for b in duty.bearers],
        others=[_other(c) for c in duty.counterparties],
        deadline=_deadline(duty.deadline),
        targets=[_target(t) for t in duty.targets],
        implements=list(duty.implements),
    )


def _bearer(bearer: Bearer) -> str:
    body = f" = {bearer.body}" if bearer.body and bearer.body != bearer.name else ""
    return f"{bearer.role.value}: {bearer.name}{body}{' (implied)' if bearer.implied else ''}"


def _other(other: Counterparty) -> str:
    body = f" = {other.body}" if other.body and other.body != other.name else ""
    return f"{other.kind.value}: {other.name}{body}"


def _deadline(deadline: Deadline | None) -> str | None:
    if deadline is None:
        return None
    last = f", last day {deadline.last_day}" if deadline.last_day else ""
    return f"{deadline.kind.value} {deadline.value or '?'}{last} «{deadline.phrase}»"


def _target(target: Target) -> str:
    value = "?" if target.value is None else f"{target.value:g}"
    return f"{target.comparator or '?'} {value} {target.unit or ''} «{target.text}»"
