"""Filters in plain Python: what the memory store selects by and what SQL must agree with."""

from graph.asking.instruments import CARRYING
from graph.asking.reading import DutyPick, DutyRow, Statement
from graph.nodes import Node
from graph.periods import FULL
from graph.store import InstrumentFilter
from ontology.terms import RelationKind, Strength


def carries(stated: Statement, strengths: tuple[str, ...]) -> bool:
    """Whether a statement counts as carrying out; a basis only where the whole document rests on it."""
    return (
        stated.kind in CARRYING
        and stated.stage == "issued"
        and stated.subject != stated.object
        and stated.strength.value in strengths
        and (stated.kind is not RelationKind.BASED_ON or stated.strength is Strength.DOCUMENT)
    )


def passes(row: DutyRow, pick: DutyPick) -> bool:
    """Whether a duty passes a pick."""
    return _listed(row, pick) and _dated(row, pick) and (not pick.with_targets or bool(row.duty.targets))


def _listed(row: DutyRow, pick: DutyPick) -> bool:
    duty = row.duty
    lists = (
        (pick.bearers, {b.body.id for b in duty.bearers}),
        (pick.parties, {c.body.id for c in duty.counterparties}),
        (pick.documents, {row.document}),
        (pick.carrying, set(row.implements)),
        (pick.ids, {f"{row.sha256}|{duty.ordinal}"}),
    )
    given = [(wanted, have) for wanted, have in lists if wanted is not None]
    return not given or any(not wanted.isdisjoint(have) for wanted, have in given)


def _dated(row: DutyRow, pick: DutyPick) -> bool:
    deadline = row.duty.deadline
    last = deadline.last_day if deadline else None
    if (pick.due_from or pick.due_to) and last is None:
        return False
    if last is not None and ((pick.due_from and last < pick.due_from) or (pick.due_to and last > pick.due_to)):
        return False
    if pick.as_of and (row.date is None or row.date > pick.as_of):
        return False
    return not pick.kinds or (deadline.kind.value if deadline else "none") in pick.kinds


def fits_instrument(node: Node, where: InstrumentFilter) -> bool:
    """Whether a node passes all filters but ``cited_by``."""
    ref = node.ref
    lacking = {
        "number": ref.number is None,
        "date": ref.date is None or len(ref.date) < FULL,
        "issuer": ref.issuer is None,
    }
    return (
        where.loaded in (None, ref.loaded)
        and where.stage in (None, ref.stage)
        and (not where.families or ref.family in where.families)
        and (not where.types or ref.type in where.types)
        and (not where.missing or any(lacking[m] for m in where.missing))
        and where.jurisdiction in (None, ref.jurisdiction)
        and where.level in (None, level_of(node))
    )


def level_of(node: Node) -> str | None:
    """``central`` or ``local``, from the code of the issuer, else from the seat."""
    jurisdiction = node.ref.jurisdiction
    if node.level is not None or jurisdiction is None:
        return node.level
    return "central" if jurisdiction == "vn" else "local"
