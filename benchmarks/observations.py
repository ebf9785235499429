"""What a reading got right, fact by fact, with what its confidence rests on."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks.annotations import Document, GoldCitation, GoldObligation
from benchmarks.score import fold, fold_body, match

FACTS = ("citation", "relation", "duty", "bearers")


@dataclass(frozen=True, slots=True)
class Observation:
    """One fact that was read: right or wrong, as sure as was said.

    A citation is right where it stands at the place and has the kind, number, symbol and date of the annotation; a
    relation where besides relation and subject are those; a duty where it stands at the place and has the deadline;
    bearers where besides they are the same in the same roles (implied ones count where the annotator names one, as in
    the scorer). What was read at a place that is not annotated is wrong; a duty at a doubtful place is right.
    """

    document: str
    fact: str
    right: bool
    confidence: float
    signals: tuple[str, ...]
    weight: float = 1.0
    found: bool = True


def observed(document: Document, record: Mapping[str, Any], weight: float = 1.0) -> Iterator[Observation]:
    """Give one observation for every citation, relation and duty of a record."""
    pairs = match(document, record)
    annotation = {k: document.gold.citations[n] for n, k in pairs.citations.items()}
    for k, given in enumerate(record.get("citations") or []):
        gold = annotation.get(k)
        same = gold is not None and _same_instrument(gold, given)
        signals = tuple(given.get("signals") or ())
        yield Observation(document.name, "citation", same, given["confidence"], signals, weight, gold is not None)
        related = same and gold is not None and _same_relation(gold, given)
        sure = given["relation_confidence"]
        yield Observation(document.name, "relation", related, sure, signals, weight, gold is not None)
    duties = {k: document.gold.obligations[n] for n, k in pairs.obligations.items()}
    for k, given in enumerate(record.get("obligations") or []):
        duty = duties.get(k)
        found = duty is not None
        due = duty is not None and (duty.doubtful or _same_deadline(duty, given))
        whose = duty is not None and (duty.doubtful or _same_bearers(duty, given))
        signals = tuple(given.get("signals") or ())
        yield Observation(document.name, "duty", due, given["confidence"], signals, weight, found)
        yield Observation(document.name, "bearers", whose, given["bearers_confidence"], signals, weight, found)


def _same_instrument(gold: GoldCitation, given: Mapping[str, Any]) -> bool:
    return all(
        getattr(gold, key) is None or fold(getattr(gold, key)) == fold(given.get(key))
        for key in ("type", "number", "symbol", "date")
    )


def _same_relation(gold: GoldCitation, given: Mapping[str, Any]) -> bool:
    related = given.get("relation") in (gold.relation, *gold.relation_also)
    numbered = gold.subject == "self" or gold.subject[:1].isdigit()
    return related and (not numbered or fold(gold.subject) == fold(given.get("subject", "self")))


def _same_deadline(gold: GoldObligation, given: Mapping[str, Any]) -> bool:
    due, had = gold.deadline, given.get("deadline") or {}
    return ((due.kind.value, due.value) if due else (None, None)) == (had.get("kind"), had.get("value"))


def _same_bearers(gold: GoldObligation, given: Mapping[str, Any]) -> bool:
    bearers = given.get("bearers") or []
    named = {(fold(b["name"]), str(b["role"])) for b in bearers if not b.get("implied")}
    if named != {(fold(b.name), b.role.value) for b in gold.bearers if not b.implied}:
        return False
    wanted = [{fold_body(b.name), fold_body(b.body or b.name)} for b in gold.bearers if b.implied]
    had_too = [{fold_body(b["name"]), fold_body(b.get("body") or b["name"])} for b in bearers if b.get("implied")]
    # One body, by the name in the heading or by its full name.
    return not wanted or (all(map(_meets(had_too), wanted)) and all(map(_meets(wanted), had_too)))


def _meets(others: list[set[str]]) -> Callable[[set[str]], bool]:
    return lambda names: any(names & other for other in others)
