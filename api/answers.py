"""The answer as every door gives it (answer.md): status, kind, parameters, sentences, items with evidence, choices."""

from typing import Any

import msgspec

from graph.results import (
    BodyRef,
    Candidate,
    ChainNode,
    Corpus,
    DueView,
    DutyView,
    Evidence,
    InstrumentRef,
    RelationView,
    SearchHit,
    WhyPath,
)
from graph.store import Store

ANSWERED = "answered"
UNKNOWN = "unknown"
AMBIGUOUS = "ambiguous"
NOT_UNDERSTOOD = "not_understood"


class AnswerEvidence(msgspec.Struct, frozen=True, kw_only=True):
    """Where a fact stands: offsets in the source text, physical line from 1, the sentence itself."""

    file: str
    start: int
    end: int
    line: int
    text: str
    section: str = ""
    page: int | None = None
    sha256: str = ""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One fact that answers; ``derived`` where a rule inferred it."""

    text: str
    id: str
    derived: bool = False
    evidence: tuple[AnswerEvidence, ...] = ()


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """One of several instruments or bodies that fit what was asked."""

    text: str
    id: str


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """An answer; the wire form is fixed by answer.md."""

    question: str
    status: str
    kind: str | None = None
    parameters: dict[str, str] = msgspec.field(default_factory=dict)
    text: str = ""
    items: tuple[Item, ...] = ()
    choices: tuple[Choice, ...] = ()
    corpus: Corpus = msgspec.field(default_factory=lambda: Corpus(documents=0))


def to_builtins(value: Answer | Item) -> Any:  # JSON has no better static type
    """Give an answer as plain dicts and lists, ready for ``json``."""
    return msgspec.to_builtins(value)


def evidence_of(evidence: tuple[Evidence, ...]) -> tuple[AnswerEvidence, ...]:
    """Turn the evidence of results into that of answers, doubles dropped, order kept."""
    seen: dict[tuple[str, int, int], AnswerEvidence] = {}
    for e in evidence:
        key = (e.sha256, e.start, e.end)
        if key not in seen:
            seen[key] = AnswerEvidence(
                file=e.file,
                start=e.start,
                end=e.end,
                line=e.line,
                text=e.text,
                section=e.section,
                page=e.page,
                sha256=e.sha256,
            )
    return tuple(seen.values())


def item(text: str, id_: str, evidence: tuple[Evidence, ...], *, derived: bool = False) -> Item:
    """Build one item."""
    return Item(text=text, id=id_, derived=derived, evidence=evidence_of(evidence))


def backed(items: list[Item]) -> tuple[Item, ...]:
    """Keep items that have evidence: a claim without its sentence is not given; doubles are dropped."""
    seen: set[tuple[str, str]] = set()
    kept: list[Item] = []
    for it in items:
        key = (it.id, it.text)
        if it.evidence and key not in seen:
            seen.add(key)
            kept.append(it)
    return tuple(kept)


def answered(  # noqa: PLR0917 - the fields of an answer in their order
    store: Store, question: str, kind: str, parameters: dict[str, str], text: str, items: list[Item]
) -> Answer:
    """Build an answer with items; without any backed item it becomes ``unknown``."""
    kept = backed(items)
    return Answer(
        question=question,
        status=ANSWERED if kept else UNKNOWN,
        kind=kind,
        parameters=parameters,
        text=text,
        items=kept,
        corpus=store.corpus(),
    )


# -- labels ---------------------------------------------------------------------------------------------


def day_vi(iso: str | None) -> str:
    """Write an ISO date, or part of one, as Vietnamese offices do.

    Example:
        >>> day_vi("2021-11-26"), day_vi("2024-03"), day_vi("2023")
        ('26/11/2021', '3/2024', '2023')
        >>> day_vi("2022-09-06"), day_vi("2021-01-11")
        ('06/9/2022', '11/01/2021')
    """
    if not iso:
        return ""
    parts = iso.split("-")
    if len(parts) < 2:
        return iso
    month = (
        f"{int(parts[1]):02d}" if int(parts[1]) < 3 else str(int(parts[1]))
    )  # zero only before 1 and 2: Decree 30/2020
    return f"{parts[2]}/{month}/{parts[0]}" if len(parts) == 3 else f"{month}/{parts[0]}"


def instrument_label(ref: InstrumentRef) -> str:
    """Label of an instrument with its issuer where the label alone would not tell it apart."""
    if ref.issuer and ref.issuer.casefold() not in ref.label.casefold():
        return f"{ref.label} ({ref.issuer})"
    return ref.label


def choice_of(candidate: Candidate) -> Choice:
    """Choice for a candidate instrument or body, with what tells it from the others."""
    if candidate.instrument is not None:
        return Choice(text=instrument_label(candidate.instrument), id=candidate.id)
    return Choice(text=candidate.label, id=candidate.id)


# -- items of results ---------------------------------------------------------------------------------------------


def chain_items(root: ChainNode) -> list[Item]:
    """Items of a chain, parents before children, the root itself left out."""
    items: list[Item] = []
    stack = list(reversed(root.children))
    while stack:
        node = stack.pop()
        items.append(item(instrument_label(node.instrument), node.instrument.id, node.evidence))
        stack.extend(reversed(node.children))
    return items


def duty_text(duty: DutyView) -> str:
    """One line for a duty: who, what, when, where it stands."""
    who = ", ".join(dict.fromkeys(b.name for b in duty.bearers))
    parts = [f"{who}: {duty.action}" if who else duty.action]
    if duty.deadline is not None and duty.deadline.phrase:
        parts.append(f"thời hạn: {duty.deadline.phrase}")
    place = duty.instrument.label + (f", mục {duty.section}" if duty.section else "")
    return f"{'; '.join(p.rstrip(' .;') for p in parts)} ({place})"


def duty_item(duty: DutyView) -> Item:
    """Item of a duty."""
    return item(duty_text(duty), duty.id, duty.evidence, derived=duty.derived)


def due_item(due: DueView) -> Item:
    """Item of a due date."""
    duty = due.duty
    return item(f"{day_vi(due.day)}: {duty_text(duty)}", duty.id, duty.evidence, derived=due.derived or duty.derived)


def relation_item(relation: RelationView, text: str | None = None, *, at: InstrumentRef | None = None) -> Item:
    """Item of a relation; ``at`` is the instrument the item speaks of (its subject by default)."""
    ref = at or relation.subject
    return item(text or instrument_label(ref), ref.id, relation.evidence)


def why_items(paths: list[WhyPath]) -> list[Item]:
    """Items of paths: each duty, then its hops upward."""
    items: list[Item] = []
    for path in paths:
        if path.duty is not None:
            items.append(duty_item(path.duty))
        for hop in path.hops:
            text = f"{instrument_label(hop.subject)} → {instrument_label(hop.object)}"
            items.append(item(text, hop.object.id, hop.evidence))
    return items


def hit_item(hit: SearchHit) -> Item:
    """Item of a full-text match; always derived, for it is no fact but a place to look."""
    text = hit.label if hit.kind == "instrument" else f"{hit.instrument.label}: {hit.label}"
    return item(text, hit.id, (hit.evidence,), derived=True)


def body_label(body: BodyRef) -> str:
    """Name of a body with the day it ended, where it did."""
    return f"{body.name} (đến {day_vi(body.valid_to)})" if body.valid_to else body.name
