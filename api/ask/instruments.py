"""Find the instruments that a question names: by number, by kind and number, by file, by description."""

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from api.ask.days import find_periods
from api.ask.places import same_province
from api.ask.tables import TypeWords, vocabulary
from api.ask.text import Question
from graph.results import Candidate, InstrumentRef
from graph.store import Store

_SYMBOL = (
    r"\d{1,5}[a-z]?(?:\.\d{1,3})?\s?[-/]\s?(?:(?:19|20)\d\d\s?[-/]\s?)?[a-z][a-z&]{0,15}"
    r"(?:\s?[-/]\s?[a-z][a-z&0-9]{0,15}){0,3}"
)
_PLAIN = r"\d{1,5}[a-z]?(?:\.\d{1,3})?(?:/(?:19|20)\d\d(?:/[a-z0-9-]{2,12})?)?"
_SPACED = (
    r"\d{1,5}[a-z]?\s(?:ct|kh|qd|qdi|kl|nq|nd|cv|hd|da|tb|ctr)\s?[-/ ]?\s?(?:ttg|tw|tu|ubnd|cp|hdnd|[a-z]{2,12}tu)?\b"
)
_NEXT_NUMBER = re.compile(
    r"\s*(?:,|va|and|hoac|hay|voi|or)\s+(?:so\s+)?(\d{1,5})(?![\w/.-])(?!\s+(?:van|ke|nhiem|don|co|nam))"
)
_FILE = re.compile(r"[^\s\"'()]+\.(?:txt|md|html?|docx?|pdf|rtf)\b")
_DATE_AFTER = re.compile(r"^[\s,]*(?:(?:ban hanh|ky|dated|of|issued on)\s+)?(?:ngay\s+)?(?=\d)")


@dataclass(frozen=True, slots=True)
class InstrumentMention:
    """A place in the question that names an instrument, and what fits it.

    Attributes:
        text: What is looked for, in Vietnamese.
        slug: Kind of document, where the question says it.
        found: Instruments that fit; empty where the loaded documents have none, several where the asker must choose.
        near: What comes nearest where none fits.
    """

    start: int
    end: int
    text: str
    slug: str | None = None
    found: tuple[InstrumentRef, ...] = ()
    near: tuple[Candidate, ...] = ()
    date: str | None = None
    numbered: bool = field(default=True)


@lru_cache(maxsize=1)
def _forms() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, TypeWords]]:
    words = {w: t for t in vocabulary().types for w in t.words}
    kind = "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))
    lead = r"(?:so\s*:?\s*|no\.?\s*|number\s+)?"
    glued = "|".join(w for w in words if len(w) <= 3)  # "CT33"
    named = rf"\b(?P<type>(?:{kind})(?=\s)|(?:{glued})(?=\d))\s*{lead}"
    typed = rf"{named}(?:(?P<a>{_SYMBOL})|(?P<c>{_SPACED})|(?P<b>{_PLAIN}))"
    bare = rf"(?<![\w/.-])(?:so\s+)?(?P<d>{_SYMBOL})|(?<![\w/.-])(?P<e>{_SPACED})"
    numbered = rf"(?:{typed}|{bare})(?!\w)"
    return re.compile(numbered), re.compile(rf"\b(?:{kind})\b"), words


def find_numbered(q: Question) -> list[InstrumentMention]:
    """Mentions with a number, without looking them up."""
    pattern, _, words = _forms()
    found = []
    for m in pattern.finditer(q.flat):
        group = next(g for g in "acbde" if m[g] is not None)
        number, start = m[group], m.start(group)
        end = _trim(q, start, m.end())
        if end is None or _is_year(number, q.flat[m.start() : start]):
            continue
        kind = words.get(m["type"] or "")
        text = q.raw[start:end] if kind is None else f"{kind.canonical} {q.raw[start:end]}"
        begin = m.start()
        found.append(InstrumentMention(begin, end, text, kind.slug if kind else None))
    return [_with_date(q, m) for m in (*found, *_listed(q, found))]


def _listed(q: Question, found: list[InstrumentMention]) -> list[InstrumentMention]:
    """The numbers that go on a list: "Quyết định 217 và 218"."""
    more: list[InstrumentMention] = []
    starts = {m.start for m in found}
    for first in found:
        kind = next((t for t in vocabulary().types if t.slug == first.slug), None)
        at = first.end
        while kind is not None and (m := _NEXT_NUMBER.match(q.flat, at)) is not None and m.start(1) not in starts:
            more.append(
                InstrumentMention(m.start(1), m.end(), f"{kind.canonical} {q.raw[m.start(1) : m.end()]}", first.slug)
            )
            at = m.end()
    return more


def _trim(q: Question, start: int, end: int) -> int | None:
    """Cut off words that a spaced hyphen joined by chance ("33 - ban hành"): a symbol has capitals or abbreviations."""
    spaced = re.compile(r"\s[-/]\s?|[-/]\s|\s").search(q.flat, start, end)
    if spaced is None:
        return end
    letters = re.compile(r"[A-ZĐÐa-zđ]+").match(q.raw, spaced.end())
    known = {w for t in vocabulary().types for w in t.words if " " not in w and len(w) <= 3}
    if letters and (letters[0].isupper() or q.flat[spaced.end() : letters.end()] in known | {"tw", "tu", "ubnd"}):
        return end
    return spaced.start()


def _is_year(number: str, before: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", number)) and not re.search(r"\b(?:so|no)\b", before)


def _with_date(q: Question, mention: InstrumentMention) -> InstrumentMention:
    lead = _DATE_AFTER.match(q.flat[mention.end :])
    if lead is None:
        return mention
    at = mention.end + lead.end()
    for p in find_periods(q.flat):
        if p.unit == "day" and p.start <= at < p.end and mention.end <= p.start <= at:
            return replace(mention, end=p.end, date=p.first)
    return mention


def find_files(q: Question, store: Store) -> list[InstrumentMention]:
    """Mentions of loaded files by name, with or without suffix."""
    documents = store.documents() if re.search(r"\w[._]\w|\.txt|\btep\b|\bfile\b", q.flat) else []
    found = []
    for d in documents:
        stem = d.file.rsplit(".", 1)[0]
        for name in (d.file, stem):
            at = q.raw.find(name)
            if at >= 0 and len(name) >= 3 and _stands_alone(q.raw, at, at + len(name)):
                found.append(InstrumentMention(at, at + len(name), d.file, None, (d.instrument,)))
                break
    taken = [(m.start, m.end) for m in found]
    for m in _FILE.finditer(q.flat):
        if not any(s < m.end() and m.start() < e for s, e in taken):
            found.append(InstrumentMention(m.start(), m.end(), q.raw[m.start() : m.end()]))
    return found


def _stands_alone(raw: str, start: int, end: int) -> bool:
    before, after = raw[start - 1 : start], raw[end : end + 1]
    return not (before.isalnum() or after.isalnum())


def look_up(
    store: Store,
    mention: InstrumentMention,
    hint: str | None,
    provinces: tuple[str, ...],
    years: tuple[str, ...],
    *,
    place_only: bool = False,
) -> InstrumentMention:
    """Find what a numbered mention means.

    Args:
        store: Where to look.
        mention: With a number.
        hint: Province that the question binds to the mention ("… của Tây Ninh"); must hold.
        provinces: Named elsewhere in the question; they only choose among several.
        years: As provinces.
        place_only: The hint only says where ("Chỉ thị 33 ở Tây Ninh"): a central document fits it too.
    """
    if mention.found:
        return mention
    candidates = store.find_instruments(mention.text, 50)
    refs = [c.instrument for c in candidates if c.exact and c.instrument is not None]
    if mention.date:
        refs = [r for r in refs if r.date is None or mention.date.startswith(r.date) or r.date == mention.date]
    if hint is not None:
        local = [r for r in refs if r.jurisdiction is None or same_province(r.jurisdiction, hint)]
        refs = local or [r for r in refs if place_only and r.jurisdiction == "vn"]
    if len(refs) > 1:
        refs = [r for r in refs if any(_of_place(r, p) for p in provinces)] or refs
    if len(refs) > 1:
        refs = [r for r in refs if r.date and r.date.startswith(years)] or refs
    return replace(mention, found=tuple(refs[:10]), near=() if refs else tuple(candidates[:3]))


def _of_place(ref: InstrumentRef, province: str) -> bool:
    return ref.jurisdiction is not None and same_province(ref.jurisdiction, province)


def kind_words() -> tuple[re.Pattern[str], dict[str, TypeWords]]:
    """Expression for the words that name a kind of document, and what each names."""
    _, kinds, words = _forms()
    return kinds, words
