"""The answer as every door gives it (answer.md): status, kind, parameters, sentences, items with evidence, choices."""

from typing import Any

import msgspec
from msgspec import structs

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
from ontology.validity import written
from viz import words

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


class DutyPart(msgspec.Struct, frozen=True, kw_only=True):
    """What the sentence of a duty says, part by part, for tables.

    Attributes:
        deadline: The time phrase as written; empty where none is stated.
        last_day: ISO day by which it must be done, where the phrase tells one.
        document: Label of the document that lays it, with the section.
    """

    action: str
    bearers: tuple[str, ...] = ()
    deadline: str = ""
    last_day: str | None = None
    document: str = ""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One fact that answers; ``derived`` where a rule inferred it; ``duty`` its parts where it is a duty."""

    text: str
    id: str
    derived: bool = False
    evidence: tuple[AnswerEvidence, ...] = ()
    duty: DutyPart | None = None


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """One of several instruments or bodies that fit what was asked."""

    text: str
    id: str


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """An answer; the wire form is fixed by answer.md.

    Attributes:
        total: How many facts answer in all; ``items`` are a part of them where a part was asked for.
        offset: How many of them come before the first of ``items``.
        total_at_least: True where counting was given up: there are so many, and perhaps more.
    """

    question: str
    status: str
    kind: str | None = None
    parameters: dict[str, str] = msgspec.field(default_factory=dict)
    text: str = ""
    items: tuple[Item, ...] = ()
    choices: tuple[Choice, ...] = ()
    corpus: Corpus = msgspec.field(default_factory=lambda: Corpus(documents=0))
    total: int | None = None
    offset: int = 0
    total_at_least: bool = False

    def __post_init__(self) -> None:
        """Count the items of an answer that is given whole."""
        if self.total is None:
            structs.force_setattr(self, "total", self.offset + len(self.items))

    @property
    def more(self) -> bool:
        """True where facts come after those given."""
        return self.total_at_least or (self.total or 0) > self.offset + len(self.items)


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
    store: Store,
    question: str,
    kind: str,
    parameters: dict[str, str],
    text: str,
    items: list[Item],
    *,
    total: int | None = None,
    offset: int = 0,
    total_at_least: bool = False,
) -> Answer:
    """Build an answer with items, which may be a part of ``total``; without any backed item it becomes ``unknown``."""
    kept = backed(items)
    return Answer(
        question=question,
        status=ANSWERED if kept or total else UNKNOWN,
        kind=kind,
        parameters=parameters,
        text=text,
        items=kept,
        corpus=store.corpus(),
        total=total,
        offset=offset,
        total_at_least=total_at_least,
    )


# -- labels ---------------------------------------------------------------------------------------------


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
    """Items of a chain, each document followed by what carries it out, the root itself left out."""
    nodes: list[ChainNode] = []
    stack = list(reversed(root.children))
    while stack:
        node = stack.pop()
        nodes.append(node)
        stack.extend(reversed(node.children))
    return _of_nodes(nodes)


def chain_items_by_distance(root: ChainNode) -> list[Item]:
    """Items of a chain, nearest first, the root itself left out."""
    nodes = list(root.children)
    for node in nodes:  # grows while it is read: breadth first
        nodes.extend(node.children)
    return _of_nodes(nodes)


def _of_nodes(nodes: list[ChainNode]) -> list[Item]:
    return [item(instrument_label(n.instrument), n.instrument.id, n.evidence) for n in nodes]


def duty_text(duty: DutyView) -> str:
    """One line for a duty: who, what, when, where it stands."""
    part = duty_part(duty)
    who = ", ".join(part.bearers)
    who = who[:1].upper() + who[1:]
    parts = [f"{who}: {duty.action}" if who else duty.action]
    if part.deadline and part.deadline.casefold() not in duty.action.casefold():
        parts.append(f"thời hạn: {part.deadline}")
    return f"{'; '.join(p.rstrip(' .;') for p in parts)} ({part.document})"


def duty_part(duty: DutyView) -> DutyPart:
    """The parts of a duty."""
    deadline = duty.deadline
    return DutyPart(
        action=duty.action,
        bearers=tuple(dict.fromkeys(b.name for b in duty.bearers)),
        deadline=" ".join(deadline.phrase.split()) if deadline is not None else "",
        last_day=deadline.last_day if deadline is not None else None,
        document=", ".join(p for p in (duty.instrument.label, section_name(duty.section)) if p),
    )


def section_name(section: str) -> str:
    """Write the path of a section as people cite it.

    Example:
        >>> section_name("II.1"), section_name("III#2.1"), section_name("closing"), section_name("")
        ('mục II.1', 'mục III (thứ 2).1', 'phần cuối', '')
    """
    if not section:
        return ""
    head = section.partition(".")[0].partition("#")[0]
    name = words.section(section)
    return name if words.section(head) != head else f"mục {name}"  # a zone or a Điều needs no word before it


def duty_item(duty: DutyView) -> Item:
    """Item of a duty."""
    told = item(duty_text(duty), duty.id, duty.evidence, derived=duty.derived)
    return structs.replace(told, duty=duty_part(duty))


def due_item(due: DueView) -> Item:
    """Item of a due date."""
    duty = due.duty
    derived = due.derived or duty.derived
    told = item(f"{written(due.day)}: {duty_text(duty)}", duty.id, duty.evidence, derived=derived)
    return structs.replace(told, duty=structs.replace(duty_part(duty), last_day=due.day))


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
    return f"{body.name} (đến {written(body.valid_to)})" if body.valid_to else body.name
