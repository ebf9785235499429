"""Questions in Vietnamese or English → answers with their sentences, offline and without any model.

A question is laid flat (``text``), what it names is found (``instruments``, ``described``, ``bodies``, ``places``,
``days``), the kind of question is chosen from a table (``reading``, ``data/questions.yaml``), and one function a kind
asks the store.
"""

from collections.abc import Callable
from dataclasses import replace

from msgspec import structs

from api.answers import AMBIGUOUS, ANSWERED, UNKNOWN, Answer, Choice, choice_of, instrument_label
from api.ask import aims, corpus, counts, days_due, documents, duties, identity, parties, people, relations
from api.ask.bodies import BodyMention, grouped
from api.ask.reading import Reading, read_question
from api.ask.saying import listed, parameters, say
from api.ask.text import read
from api.ask.topics import is_topic
from api.ask.wide import HITS, TooWideError, leaves_out
from api.parts import WHOLE, Part, cut
from graph.results import BodyRef
from graph.store import InstrumentFilter, Store
from ontology.errors import InvalidInputError
from ontology.terms import Direction

__all__ = ["HANDLERS", "LONGEST", "ask"]

LONGEST = 1000  # characters; people ask in a sentence, and the cost of reading grows with the square

# Answers one kind of question. Args: the loaded documents; the question as it was understood, in which every instrument
# named was found and every body is one. Returns: an answer of status ``answered`` whose every item has evidence, else
# ``unknown``, with its sentence from ``data/wording.yaml``. Raises nothing but what the store raises.
Handler = Callable[[Store, Reading], Answer]

HANDLERS: dict[str, Handler] = {
    "implementers": documents.implementers,
    "basis": documents.basis,
    "chain": documents.chain,
    "impact": documents.impact,
    "cited_by": documents.cited_by,
    "cites": documents.cites,
    "cited_of_issuer": documents.listing,
    "listing": documents.listing,
    "bound_by": parties.bound_by,
    "basis_of_issuer": documents.basis_of_issuer,
    "common": counts.common,
    "most_cited": counts.most_cited,
    "reviews": counts.reviews,
    "family_count": counts.family_count,
    "missing": counts.missing,
    "what_is": identity.what_is,
    "issuer": identity.issuer,
    "date": identity.date,
    "signer": identity.signer,
    "recipients": identity.recipients,
    "same": identity.same,
    "relation": relations.relation,
    "validity": relations.validity,
    "changes": relations.changes,
    "source_text": identity.source_text,
    "quote": days_due.quote,
    "provision": identity.provision,
    "number": identity.number,
    "person": people.person,
    "holder": people.holder,
    "duties": duties.duties,
    "body_under": duties.duties,
    "carriers": duties.carriers,
    "document_duties": duties.document_duties,
    "role": parties.role,
    "contact": parties.contact,
    "receives": parties.receives,
    "undated": duties.undated,
    "dated": duties.dated,
    "exchange": parties.exchange,
    "why_bound": parties.why_bound,
    "due": days_due.due,
    "overdue": days_due.overdue,
    "targets": aims.targets,
    "when_topic": days_due.when_topic,
    "who_topic": days_due.who_topic,
    "topic": days_due.topic,
    "outside": corpus.outside,
    "status": corpus.status,
    "conflicts": corpus.conflicts,
    "body": corpus.body,
}
_TOPICAL = frozenset({"topic", "when_topic", "who_topic", "quote", "role"})
_BODY_FREE = frozenset(
    {
        "outside",
        "family_count",
        "status",
        "missing",
        "most_cited",
        "basis_of_issuer",
        "cited_of_issuer",
        "listing",
        "person",
        "quote",
        "signer",
        "issuer",
        "date",
    }
)


def ask(store: Store, question: str, part: Part = WHOLE) -> Answer:
    """Answer a question from the loaded documents; nothing is invented.

    Args:
        store: The loaded documents.
        question: Vietnamese with or without accents, or English.
        part: Which of the facts that answer are given; the sentences and ``total`` speak of all of them.

    Returns:
        An answer of one of the four kinds of status of answer.md.

    Raises:
        InvalidInputError: The question is longer than ``LONGEST`` characters.
    """
    if len(question) > LONGEST:
        raise InvalidInputError(f"câu hỏi dài quá {LONGEST} ký tự", length=len(question))
    return cut(_answer(store, replace(read_question(read(question), store), part=part)), part)


def _answer(store: Store, reading: Reading) -> Answer:
    kind = reading.kind
    if kind is None:
        return days_due.search_only(store, reading)
    refused = _refuse(store, reading)
    if refused is not None:
        return refused
    chosen = _choose_bodies(store, reading)
    several = _several(store, chosen)
    if several is not None:
        return several
    try:
        answer = HANDLERS[kind](store, chosen)
    except TooWideError as error:
        [(of_what, count)] = error.details.items()
        written = f"{count:,}" if reading.english else f"{count:,}".replace(",", ".")
        return _unknown(store, reading, say(reading, f"too_many_{of_what}", n=written))
    return _with_limit(store, _with_others(answer, reading, chosen), chosen)


def _with_limit(store: Store, answer: Answer, reading: Reading) -> Answer:
    """Say so where more passages speak of a topic than were looked at."""
    named = any(b.found for b in reading.bodies) or bool(reading.instruments)
    if reading.kind not in _TOPICAL or named or not is_topic(reading.rest):
        return answer
    if not leaves_out(store, reading.rest, where_many=reading.kind == "role"):
        return answer
    text = f"{answer.text} {say(reading, 'looked_at', n=HITS)}"
    return structs.replace(answer, text=text, total_at_least=answer.status == ANSWERED)


def _with_others(answer: Answer, asked: Reading, chosen: Reading) -> Answer:
    """Say so where bodies of other places bear the name too and were left aside, for nothing is told of them."""
    if asked.kind in _BODY_FREE or not answer.text.endswith("."):
        return answer
    for before, after in zip(asked.bodies, chosen.bodies, strict=True):
        kept = {b.jurisdiction for b in after.found}
        others = [b.name for b in before.found if b.jurisdiction is not None and b.jurisdiction not in kept]
        if others and len(after.found) == 1:
            y = after.found[0].name
            told = listed(others, asked.english)
            text = say(asked, "taken_for", text=answer.text, x=before.text, y=y, list=told)
            answer = structs.replace(answer, text=text)
    return answer


def _refuse(store: Store, reading: Reading) -> Answer | None:
    """Say so where what the question names is not in the loaded documents."""
    if reading.kind == "outside":
        return None
    for mention in reading.instruments:
        if not mention.found:
            near = [choice_of(c).text for c in mention.near]
            tail = say(reading, "near", list=listed(near, reading.english)) if near else ""
            return _unknown(store, reading, say(reading, "absent", x=f"«{mention.text}»", near=tail))
    for body in reading.bodies if reading.kind not in _BODY_FREE | {"holder"} else ():
        if not body.found:
            place = next((p.name for p in reading.places if p.slug == body.province), "")
            name = f"«{body.text}{' ' + place if place else ''}»"
            return _unknown(store, reading, say(reading, "absent", x=name, near=""))
    return None


def _unknown(store: Store, reading: Reading, text: str) -> Answer:
    return Answer(
        question=reading.question.asked,
        status=UNKNOWN,
        kind=reading.kind,
        parameters=parameters(reading),
        text=text,
        corpus=store.corpus(),
    )


def _choose_bodies(store: Store, reading: Reading) -> Reading:
    """Among bodies of one name keep those of which the documents tell duties."""
    bodies = tuple(_with_duties(store, b) if len(b.found) > 1 else b for b in reading.bodies)
    return replace(reading, bodies=bodies)


def _with_duties(store: Store, body: BodyMention) -> BodyMention:
    groups = grouped(body.text, body.found)
    told = [g for g in groups if any(_has_facts(store, b) for b in g)] if len(groups) > 1 else groups
    chosen = told or groups[:1]
    also = chosen[0][1:] if len(chosen) == 1 else ()
    return replace(body, found=tuple(g[0] for g in chosen), also=also)


def _has_facts(store: Store, body: BodyRef) -> bool:
    if any(store.duties(body.id, d, limit=1) for d in Direction):
        return True
    issued = store.instruments(InstrumentFilter(loaded=True, jurisdiction=body.jurisdiction))
    return any(r.issuer == body.name for r in issued)


def _several(store: Store, reading: Reading) -> Answer | None:
    """Ask back where two instruments or bodies fit."""
    if reading.kind == "outside":
        return None
    for mention in reading.instruments:
        if len(mention.found) > 1:
            choices = [
                Choice(text=instrument_label(r) + (f": {r.title}" if r.title else ""), id=r.id) for r in mention.found
            ]
            return _ambiguous(store, reading, "choose_instrument", mention.text, choices)
    for body in reading.bodies if reading.kind not in _BODY_FREE else ():
        if len(body.found) > 1:
            return _ambiguous(
                store, reading, "choose_body", body.text, [Choice(text=b.name, id=b.id) for b in body.found]
            )
    return None


def _ambiguous(store: Store, reading: Reading, key: str, name: str, choices: list[Choice]) -> Answer:
    return Answer(
        question=reading.question.asked,
        status=AMBIGUOUS,
        kind=reading.kind,
        parameters=parameters(reading),
        text=say(reading, key, x=f"«{name}»", n=len(choices)),
        choices=tuple(choices),
        corpus=store.corpus(),
    )
