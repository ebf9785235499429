"""Answers about time and topics: what falls due, what is past its day, targets, who or when on a topic."""

import re
from datetime import date, timedelta

from api.answers import NOT_UNDERSTOOD, Answer, Item, hit_item, instrument_label, item
from api.ask.documents import asked
from api.ask.duties import SENT, body_of, borne, duties, in_asked_section, in_period, received, under
from api.ask.limits import duty_here
from api.ask.reading import Reading
from api.ask.saying import called, day, give, listed, parameters, say
from api.ask.stated import StatedTime, doers, stated_in, stated_times
from api.ask.text import clipped
from api.ask.topics import about, fits_topic, is_topic, words_of
from api.ask.wide import every_duty, on_topic
from api.items import due_items, duty_items
from graph.results import DueView, DutyView
from graph.store import Store
from ontology.terms import CounterpartyKind, DeadlineKind
from ontology.vietnamese import fold

_FIRST = "1945-01-01"
_LAST = "9999-12-31"
_NOT_YET = re.compile(
    r"\bchua (den|toi) han\b|<d>.*\bcon\b.*\b(viec|nhiem vu|gi)\b|\bnot yet due\b|\b(sau|tu|after|since)\b (ngay )?<d>"
)
_BEFORE = re.compile(r"\b(truoc|before|until|den het|muon nhat|cham nhat)\b")


def _window(reading: Reading) -> tuple[str, str] | None:
    days = [p for p in reading.periods if p.unit != "year"] or list(reading.periods)
    if not days:
        return None
    if len(days) >= 2:
        return days[0].first, days[1].last
    period = days[0]
    if _NOT_YET.search(reading.masked):
        return period.first, _LAST
    if _BEFORE.search(reading.masked):
        eve = (date.fromisoformat(period.first) - timedelta(days=1)).isoformat()
        exclusive = re.search(r"\b(truoc|before)\b", reading.masked) is not None
        return _FIRST, eve if exclusive else period.last
    return period.first, period.last


def _due(store: Store, reading: Reading, first: str, last: str) -> list[DueView]:
    body = body_of(reading).id if reading.bodies else None
    found = [d for d in store.due(first, last, body) if not _recurs(d) and duty_here(reading, d.duty)]
    if reading.instruments:
        carried = {d.id for d in under(store, asked(reading))}
        found = [d for d in found if d.duty.id in carried]
    return found


def _recurs(view: DueView) -> bool:
    return view.duty.deadline is not None and view.duty.deadline.kind is DeadlineKind.RECURRING


def due(store: Store, reading: Reading) -> Answer:
    """Duties with a last day in a window."""
    window = _window(reading)
    if window is None:
        return when_topic(store, reading)
    first, last = window
    found = _due(store, reading, first, last)
    known = {d.duty.id for d in found}
    told = [] if reading.bodies or reading.instruments else stated_in(store, first, last)
    told = [(d, t) for d, t in told if d.id not in known and duty_here(reading, d)]
    stated = [_stated_item(d, t) for d, t in told if not _before_window(d, t, first)]
    span = "due_until" if first == _FIRST else "due_from" if last == _LAST else "due_between"
    x = say(reading, span, first=day(reading, first), last=day(reading, last))
    values: dict[str, str | int] = {"n": len(found) + len(stated), "span": x}
    items = due_items(store, found, reading.part) + stated
    if not items and first != _FIRST:
        return _eve(store, reading, first, x)
    return give(store, reading, items, yes=("due", values), no=("no_due", {"span": x}))


def _before_window(duty: DutyView, told: StatedTime, first: str) -> bool:
    """True of "trước ngày 01/4" in a window from 01/4 on: its last day is the day before."""
    last = duty.deadline.last_day if duty.deadline is not None else None
    if last is not None and duty.deadline is not None and fold(told.phrase) in fold(duty.deadline.phrase):
        return last < first
    return told.period.first == first and fold(told.phrase).startswith("truoc ")


def _eve(store: Store, reading: Reading, first: str, span: str) -> Answer:
    """What is due "trước ngày 15/11" where 15/11 was asked for: the last day is the day before, and is told so."""
    eve = (date.fromisoformat(first) - timedelta(days=1)).isoformat()
    found = [d for d in _due(store, reading, eve, eve) if d.duty.deadline and d.duty.deadline.value == first]
    told = listed((_last_day(reading, d) for d in found), reading.english)
    values: dict[str, str | int] = {"n": len(found), "span": span, "list": told}
    items = due_items(store, found, reading.part)
    return give(store, reading, items, yes=("due_eve", values), no=("no_due", {"span": span}))


def _last_day(reading: Reading, due_: DueView) -> str:
    phrase = due_.duty.deadline.phrase if due_.duty.deadline is not None else ""
    return say(reading, "due_last", phrase=" ".join(phrase.split()), last=day(reading, due_.day))


def _stated_item(duty: DutyView, told: StatedTime) -> Item:
    text = " ".join(told.evidence.text.split())
    return item(f"{told.phrase}: {text} ({duty.instrument.label})", duty.id, (told.evidence,), derived=True)


def overdue(store: Store, reading: Reading) -> Answer:
    """Duties whose last day is before a day; whether they were done no document tells."""
    period = reading.period("day") or reading.period()
    as_of = period.last if period is not None else date.today().isoformat()
    eve = (date.fromisoformat(as_of) - timedelta(days=1)).isoformat()
    found = _due(store, reading, _FIRST, eve)
    found.sort(key=lambda d: d.day, reverse=True)
    coming = _due(store, reading, as_of, f"{int(as_of[:4]) + 1}-12-31")
    tail = listed((f"{day(reading, d.day)} ({_brief(d.duty)})" for d in coming[:2]), reading.english)
    later = say(reading, "later", list=tail) if coming else ""
    values: dict[str, str | int] = {"day": day(reading, as_of), "n": len(found), "later": later}
    items = due_items(store, found, reading.part)
    return give(store, reading, items, yes=("overdue", values), no=("no_overdue", {"day": day(reading, as_of)}))


def _brief(duty: DutyView, width: int = 120) -> str:
    who = ", ".join(dict.fromkeys(b.name for b in duty.bearers))
    action = clipped(duty.action, width)
    return f"{who}: {action}" if who else action


# -- topics ------------------------------------------------------------------------------------------


def topic_duties(store: Store, reading: Reading) -> list[DutyView]:
    """Duties about the topic of a question, of the body or under the instrument that it names."""
    if reading.bodies and reading.bodies[0].found:
        pool = borne(store, reading)
        pool += [d for d in received(store, reading) if d.id not in {p.id for p in pool}]
        if reading.instruments:
            carried = {d.id for d in under(store, asked(reading))}
            pool = [d for d in pool if d.id in carried]
    elif reading.instruments:
        pool = under(store, asked(reading))
    elif is_topic(reading.rest):
        pool = on_topic(store, reading.rest)
    else:
        return []
    return about([d for d in pool if duty_here(reading, d)], reading)


def when_topic(store: Store, reading: Reading) -> Answer:
    """When a thing is due: the duties on it that have a deadline."""
    if reading.periods and not (reading.bodies or reading.instruments or is_topic(reading.rest)):
        return due(store, reading)
    told = [(d, _times(d, reading)) for d in topic_duties(store, reading)]
    found = [d for d, times in told if times and in_period(d, reading) and in_asked_section(d, reading)]
    kept = {d.id for d in found}
    phrases = listed((p for d, times in told if d.id in kept for p in times), reading.english)
    items = duty_items(store, found, reading.part)
    return give(store, reading, items, yes=("topic", {"n": len(found), "list": phrases}), no=("no_topic", {}))


def _times(duty: DutyView, reading: Reading) -> list[str]:
    """Time phrases of a duty: that of the very sentence on the topic first."""
    topic = set(words_of(reading.rest))
    own = [t.phrase for t in stated_times(duty) if topic and topic <= set(fold(t.evidence.text).split())]
    field = [" ".join(duty.deadline.phrase.split())] if duty.deadline is not None and duty.deadline.phrase else []
    return list(dict.fromkeys(own + field))


def quote(store: Store, reading: Reading) -> Answer:
    """Source sentences on a topic, a day or of a body."""
    found = topic_duties(store, reading)
    window = _window(reading)
    if window is not None:
        dates = {d.duty.id for d in _due(store, reading, *window)}
        pool = found if found or is_topic(reading.rest) else every_duty(store)
        found = [d for d in pool if d.id in dates or _tells(d, window)]
    items = [item(_plain(d.evidence[0].text), d.id, d.evidence) for d in found if d.evidence and duty_here(reading, d)]
    return give(store, reading, items, yes=("quote", {"n": len(items)}), no=("no_quote", {}))


def _tells(duty: DutyView, window: tuple[str, str]) -> bool:
    return any(window[0] <= t.period.first and t.period.last <= window[1] for t in stated_times(duty))


def _plain(text: str) -> str:
    return " ".join(text.split())


def who_topic(store: Store, reading: Reading) -> Answer:
    """Who must do a thing."""
    asked_of = _object_topic(reading)
    found = _matching(store, reading, asked_of) if asked_of else []
    if found:
        return _doers(store, reading, found, asked_of)
    if reading.bodies and not is_topic(reading.rest):
        return duties(store, reading)
    if reading.period("day", "month", "quarter") is not None and not is_topic(reading.rest):
        return due(store, reading)
    found = [d for d in topic_duties(store, reading) if in_period(d, reading)]
    return _doers(store, reading, found, reading.rest)


def topic(store: Store, reading: Reading) -> Answer:
    """What the documents lay down on the topic of a question that asks nothing else."""
    found = [d for d in topic_duties(store, reading) if in_period(d, reading) and in_asked_section(d, reading)]
    if not is_topic(reading.rest) and not reading.periods and reading.section is None:
        found = []
    known = any(m.found for m in reading.instruments) or any(b.found for b in reading.bodies)
    if not found and not known:
        return search_only(store, reading)
    names = [b.name for d in found for b in d.bearers]
    values: dict[str, str | int] = {"n": len(found), "list": listed(names, reading.english)}
    named = [called(b) for b in reading.bodies]
    named += [instrument_label(m.found[0]) if m.found else m.text for m in reading.instruments]
    x = listed(named, reading.english)
    items = duty_items(store, found, reading.part)
    return give(store, reading, items, yes=("topic_duties", values), no=("no_topic_of", {"x": x}))


def search_only(store: Store, reading: Reading) -> Answer:
    """What full text finds for a question that was not understood."""
    hits = store.search(reading.question.raw, 10) if reading.question.raw else []
    return Answer(
        question=reading.question.asked,
        status=NOT_UNDERSTOOD,
        parameters=parameters(reading),
        text=say(reading, "not_understood" if hits else "nothing_found"),
        items=tuple(hit_item(h) for h in hits),
        corpus=store.corpus(),
    )


_WHO = re.compile(r"^(?:ai|nhung ai|(?:don vi|co quan|phong|bo phan|so) nao)\s+(?:(?:la|se|phai|duoc giao|can)\s+)*")
_TAKES = re.compile(
    r"^(?:ai|(?:don vi|co quan|phong|bo phan|so) nao) (?:se |phai |duoc )?(?:tiep )?nhan\b|\bwho receives\b"
)
_SENDING = re.compile(r"\b(gui|nop|sends?|sent|submit\w*)\b")
_TO_WHOM = re.compile(
    r"\b(?:gui|nop|trinh|bao cao)(?: \w+){0,2}? (?:cho|ve|den|toi|len) (?:nhung )?(?:ai|dau|co quan nao|don vi nao)\b"
    r"|\b(?:gui|nop|trinh) (?:ai|dau|co quan nao|don vi nao)\b|\bto whom\b|\bwho\b.* (?:sent|submitted|reported) to$"
)
_PLACED = re.compile(r"\b(?:cua|o|tai|thuoc|trong|theo|ben|giup)\s*$")


def _object_topic(reading: Reading) -> tuple[str, ...]:
    """The words of "Ai thẩm định kế hoạch của …" where a body stands in the deed, not as its place."""
    who = _WHO.match(reading.question.flat)
    if who is None or not reading.bodies or reading.instruments or reading.places:
        return ()
    first = reading.bodies[0]
    if _PLACED.search(reading.question.flat[: first.start]) or first.start == who.end():
        return ()
    end = min((p.start for p in reading.periods if p.start > first.start), default=len(reading.question.raw))
    return (reading.question.raw[who.end() : end].strip(" ?."),)


def _matching(store: Store, reading: Reading, topic: tuple[str, ...]) -> list[DutyView]:
    return [d for d in on_topic(store, topic) if fits_topic(d, topic) and in_period(d, reading)]


def _doers(store: Store, reading: Reading, found: list[DutyView], topic: tuple[str, ...]) -> Answer:
    if _TO_WHOM.search(reading.masked):
        sent = [d for d in found if any(p.kind in SENT for p in d.counterparties)]
        names = _receivers(sent, reading)
        if sent:
            told: dict[str, str | int] = {"n": len(sent), "list": listed(names, reading.english)}
            items = duty_items(store, sent, reading.part)
            return give(store, reading, items, yes=("sent_to", told), no=("no_topic", {}))
    takers = [p.name for d in found for p in d.counterparties if p.kind in SENT]
    if not (takers and _TAKES.search(reading.masked)):
        takers = [b.name for d in found for b in doers(d, topic)]
    values: dict[str, str | int] = {"n": len(found), "list": listed(takers, reading.english)}
    return give(store, reading, duty_items(store, found, reading.part), yes=("topic", values), no=("no_topic", {}))


def _receivers(sent: list[DutyView], reading: Reading) -> list[str]:
    """To whom things go: of "gửi" those they are sent to, else those reported to."""
    parties = [p for d in sent for p in d.counterparties if p.kind in SENT]
    to = [p.name for p in parties if p.kind is CounterpartyKind.SENDS_TO]
    return to if to and _SENDING.search(reading.masked) else [p.name for p in parties]
