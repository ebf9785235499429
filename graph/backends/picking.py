"""Filters in plain Python: what the memory store selects by and what SQL must agree with."""

from graph.asking.instruments import CARRYING
from graph.asking.outlines import DutyRow, Outline, outline_of
from graph.asking.reading import DutyPick, Statement
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
    one = outline_of(row)
    return listed(row.document, row.sha256, one, pick) and filtered(row.date, one, pick)


def listed(document: str, sha256: str, one: Outline, pick: DutyPick) -> bool:
    """Whether one of the lists of a pick names a duty, or none is given."""
    given = (pick.bearers, pick.parties, pick.documents, pick.carrying, pick.ids)
    if all(wanted is None for wanted in given):
        return True
    return (
        (pick.bearers is not None and any(b.body.id in pick.bearers for b in one.sides.bearers))
        or (pick.parties is not None and any(c.body.id in pick.parties for c in one.sides.others))
        or (pick.documents is not None and document in pick.documents)
        or (pick.carrying is not None and not pick.carrying.isdisjoint(one.implements))
        or (pick.ids is not None and f"{sha256}|{one.ordinal}" in pick.ids)
    )


def filtered(date: str | None, one: Outline, pick: DutyPick) -> bool:
    """Whether a duty of a document of some date passes all but the lists of a pick."""
    last = one.term[3] if one.term else None
    if (pick.due_from or pick.due_to) and last is None:
        return False
    if last is not None and ((pick.due_from and last < pick.due_from) or (pick.due_to and last > pick.due_to)):
        return False
    if pick.as_of and (date is None or date > pick.as_of):
        return False
    if pick.with_targets and not one.targeted:
        return False
    return not pick.kinds or (one.term[0] if one.term else "none") in pick.kinds


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
