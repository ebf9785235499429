"""Answers about targets: what a body or a document sets out to reach."""

import re

from api.answers import Answer, body_label, instrument_label
from api.ask.bodies import canon
from api.ask.days import covers_year
from api.ask.documents import asked
from api.ask.duties import body_of
from api.ask.limits import of_year
from api.ask.reading import Reading
from api.ask.saying import give, listed
from api.ask.sources import lines_of, loaded_text
from api.ask.text import clipped
from api.ask.topics import about, words_of
from api.items import duty_items
from graph.results import BodyRef, DutyView, InstrumentRef
from graph.store import DutyFilter, InstrumentFilter, Store
from ontology.vietnamese import fold

_HEADING = re.compile(r"^\W*(?:(?P<label>[IVXLC]+|[A-Z]|\d{1,2})[.)]\s*)?\W*(?P<title>.{3,140})$")
_MAX_DOCUMENTS = 200
_SHOWN = 300  # characters of a target


def targets(store: Store, reading: Reading) -> Answer:
    """Targets of a document or of a body's own documents, in a year where one is asked for."""
    if reading.instruments:
        documents, x = [asked(reading)], instrument_label(asked(reading))
    elif reading.bodies:
        body = body_of(reading)
        documents, x = issued_by(store, body), body_label(body)
    else:
        documents = store.instruments(InstrumentFilter(loaded=True, jurisdiction=_province(reading)))
        x = ""
    year = reading.period("year")
    if year is not None and not reading.instruments:
        documents = [r for r in documents if of_year(r, year.year) or covers_year(r.title, year.year)]
    found = [d for r in documents[:_MAX_DOCUMENTS] for d in _on_topic(r, targets_of(store, r), reading)]
    items = duty_items(store, found, reading.part)
    if not x:
        what = listed((_brief(d) for d in found), reading.english)
        return give(store, reading, items, yes=("targets_all", {"n": len(found), "list": what}), no=("no_topic", {}))
    return give(store, reading, items, yes=("targets", {"x": x, "n": len(found)}), no=("no_targets", {"x": x}))


def _brief(duty: DutyView) -> str:
    """A target in its own words: a figure alone does not tell of what it is."""
    return clipped(duty.action.rstrip(" .;:"), _SHOWN)


def _on_topic(ref: InstrumentRef, found: list[DutyView], reading: Reading) -> list[DutyView]:
    """All targets of a document whose title is the topic; else those that hold its words."""
    topic = " ".join(words_of(reading.rest))
    return found if topic and f" {topic} " in f" {fold(ref.title or '')} " else about(found, reading)


def _province(reading: Reading) -> str | None:
    return reading.provinces[0] if len(reading.provinces) == 1 else None


def issued_by(store: Store, body: BodyRef) -> list[InstrumentRef]:
    """Loaded documents that a body issued."""
    refs = store.instruments(InstrumentFilter(loaded=True))
    return [r for r in refs if r.issuer and (r.issuer == body.name or _same_place(r, body))]


def _same_place(ref: InstrumentRef, body: BodyRef) -> bool:
    return canon(ref.issuer or "") == canon(body.name) and (ref.jurisdiction or "") == (body.jurisdiction or "")


def targets_of(store: Store, ref: InstrumentRef) -> list[DutyView]:
    """Duties of a document that hold a measurable target or stand below a heading "… chỉ tiêu …"."""
    laid = store.obligations(DutyFilter(document=ref.id))
    loaded = loaded_text(store, ref)
    headed = _below_headings(loaded[0], laid) if loaded is not None else set()
    return [d for d in laid if d.id in headed] or [d for d in laid if d.targets]


def _below_headings(text: str, laid: list[DutyView]) -> set[str]:
    """Ids of the duties in the section of each heading that speaks of targets."""
    found: set[str] = set()
    placed = sorted((d for d in laid if d.evidence), key=lambda d: d.evidence[0].start)
    starts = {d.evidence[0].start for d in placed}
    for start, end in lines_of(text):
        line = text[start:end]
        heading = _HEADING.match(line)
        if (
            heading is None
            or start in starts
            or "chi tieu" not in fold(line)
            or line.rstrip("*_ ").endswith((".", ";", ","))
        ):
            continue
        following = [d for d in placed if d.evidence[0].start > start]
        if following:
            prefix = _prefix(following[0].section, heading["label"])
            found.update(d.id for d in following if d.section == prefix or d.section.startswith(f"{prefix}."))
    return found


def _prefix(section: str, label: str | None) -> str:
    parts = section.split(".")
    for k, part in enumerate(parts):
        if label is not None and part.split("#")[0].casefold() == label.casefold():
            return ".".join(parts[: k + 1])
    return ".".join(parts[:-1]) or section
