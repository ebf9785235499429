"""Items of duties with all lines that state them: the duty, who and when below it, the heading with the bearer."""

from collections.abc import Iterable, Iterator

from msgspec import structs

from api.answers import Item, due_item, duty_item, evidence_of
from api.parts import WHOLE, Part
from graph.results import DueView, DutyView, Evidence
from graph.store import Store
from ontology.vietnamese import fold

__all__ = ["due_items", "duty_items"]

_BELOW = 8  # role lines below a duty
_ABOVE = 60  # lines up to the heading that names the bearer
_HEADING = 160  # characters


def duty_items(store: Store, duties: Iterable[DutyView], part: Part = WHOLE, *, before: int = 0) -> list[Item]:
    """Items of duties, each with every line that it was read from.

    Args:
        store: Holds the texts.
        duties: In the order of the answer; all have their item.
        part: Of the answer: only there the lines are looked up, for texts are dear.
        before: How many items of the answer come before these.
    """
    return _in_part([(duty_item(d), d) for d in duties], store, part, before)


def due_items(store: Store, dues: Iterable[DueView], part: Part = WHOLE) -> list[Item]:
    """Items of due dates, each with every line that the duty was read from; ``part`` as in ``duty_items``."""
    return _in_part([(due_item(d), d.duty) for d in dues], store, part, 0)


def _in_part(pairs: list[tuple[Item, DutyView]], store: Store, part: Part, at: int) -> list[Item]:
    texts: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    wanted = range(at + len(pairs))[part.slice]
    items = []
    for item, duty in pairs:
        items.append(_with_lines(item, duty, store, texts) if at in wanted else item)
        key = (item.id, item.text)
        if item.evidence and key not in seen:  # an answer gives no item twice
            seen.add(key)
            at += 1
    return items


def _with_lines(item: Item, duty: DutyView, store: Store, texts: dict[str, str]) -> Item:
    if not duty.evidence:
        return item
    first = duty.evidence[0]
    text = texts.get(first.sha256)
    if text is None:
        text = texts[first.sha256] = store.source_text(first.sha256)
    missing = _not_said(duty, first)
    more = tuple(_below(text, first, missing)) + tuple(_above(text, first, missing))
    if not more:
        return item
    return structs.replace(item, evidence=evidence_of((*duty.evidence, *more)))


def _not_said(duty: DutyView, evidence: Evidence) -> set[str]:
    """Names and time phrases of a duty that its own sentence does not hold."""
    said = fold(evidence.text)
    names = {fold(b.name) for b in duty.bearers if not b.implied}
    if duty.deadline is not None and duty.deadline.phrase:
        names.add(fold(duty.deadline.phrase))
    return {n for n in names if n and n not in said}


def _below(text: str, evidence: Evidence, missing: set[str]) -> Iterator[Evidence]:
    """The labelled lines ("Chỉ đạo: …") that follow the sentence; what they hold is no longer missing."""
    at = evidence.end
    for _ in range(_BELOW):
        line = _next_line(text, at)
        if line is None or not missing:
            return
        start, at = line
        folded = fold(text[start:at])
        found = {n for n in missing if n in folded}
        if not found or ":" not in text[start : start + 60]:
            return
        missing -= found
        yield _evidence(text, evidence, start, at)


def _next_line(text: str, at: int) -> tuple[int, int] | None:
    """Range of the next line that holds something."""
    end = text.find("\n", at)
    while end >= 0:
        start = end + 1
        end = text.find("\n", start)
        stop = len(text) if end < 0 else end
        if text[start:stop].strip():
            return start, stop
    return None


def _above(text: str, evidence: Evidence, missing: set[str]) -> Iterator[Evidence]:
    """The nearest short line above that names a bearer not named otherwise."""
    stop = evidence.start
    for _ in range(_ABOVE):
        stop = text.rfind("\n", 0, stop)
        if stop < 0 or not missing:
            return
        start = text.rfind("\n", 0, stop) + 1
        line = text[start:stop]
        if not line.strip() or len(line) > _HEADING:
            continue
        folded = fold(line)
        found = {n for n in missing if n in folded}
        if found:
            missing -= found
            yield _evidence(text, evidence, start, stop)


def _evidence(text: str, like: Evidence, start: int, end: int) -> Evidence:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    line = text.count("\n", 0, start) + 1
    return Evidence(
        file=like.file, sha256=like.sha256, start=start, end=end, line=line, text=text[start:end], section=like.section
    )
