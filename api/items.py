"""Items of duties with all lines that state them: the duty, who and when below it, the heading with the bearer."""

from collections.abc import Iterable, Iterator

from msgspec import structs

from api.answers import Item, due_item, duty_item, evidence_of
from graph.results import DueView, DutyView, Evidence
from graph.store import Store
from ontology.vietnamese import fold

__all__ = ["due_items", "duty_items"]

_BELOW = 8  # role lines below a duty
_ABOVE = 60  # lines up to the heading that names the bearer
_HEADING = 160  # characters


def duty_items(store: Store, duties: Iterable[DutyView]) -> list[Item]:
    """Items of duties, each with every line that it was read from."""
    texts: dict[str, str] = {}
    return [_with_lines(duty_item(d), d, store, texts) for d in duties]


def due_items(store: Store, dues: Iterable[DueView]) -> list[Item]:
    """Items of due dates, each with every line that the duty was read from."""
    texts: dict[str, str] = {}
    return [_with_lines(due_item(d), d.duty, store, texts) for d in dues]


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
