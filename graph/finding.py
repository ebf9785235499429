"""What a person typed, read tolerantly: numbers are compared digit by digit, words without accents and with typos."""

import math
import re
from collections.abc import Collection, Iterable

import msgspec
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from graph.nodes import Node
from graph.results import Candidate
from graph.statements import Body
from ontology.errors import MalformedNumberError
from ontology.kinds import kind_of_abbreviation, kind_of_word
from ontology.symbols import fold_code, parse_symbol, split_number
from ontology.vietnamese import fold, nfc

_NUMBER = re.compile(
    r"(?<![\w/.])(\d{1,6}[a-zđ]?(?:\s*/\s*(?:19|20)\d\d)?(?:\s*[-/–]\s*[A-Za-zĐđ&][\wĐđ&]*(?:\s*[-/–]\s*[\wĐđ&]+){0,4})?)",
)
_DAY = re.compile(r"(?:ngày\s+|ngay\s+)?(\d{1,2})[/-](\d{1,2})[/-]((?:19|20)\d\d)")
_YEAR_IN_NUMBER = re.compile(r"/(\d{4})")
_YEAR = re.compile(r"(?:năm|nam)\s+((?:19|20)\d\d)")
_ABBREVIATION = re.compile(r"^\s*([A-Za-zĐđ]{2,4})\s+(?=\d)")
NOISE = frozenset({"so", "ngay", "thang", "nam", "cua", "ve", "viec", "va", "cac", "the", "of", "no"})
TYPO = 1  # letters that a word may be off
MOST_WORDS = 0.6  # share of the typed words that a title or name must have
SHORTEST = 3  # letters of an unknown word that is forgiven one
DEMOTED = 10.0  # points that an open mention loses beside a document of its number
LONG = 4  # letters of a word that may stand for a known one


class Typed(msgspec.Struct, frozen=True, kw_only=True):
    """What was typed, taken apart; words are folded and without what the other fields say."""

    text: str
    type: str | None = None
    num: int | None = None
    suffix: str = ""
    year: int | None = None
    symbol: str = ""
    date: str | None = None
    words: tuple[str, ...] = ()


def read_typed(text: str) -> Typed:
    """Take apart what a person typed for an instrument ("chi thi 33 thu tuong", "33/CT-TTg", "CT 33").

    Example:
        >>> read_typed("chỉ thị 33 thủ tướng").num
        33
    """
    rest = nfc(text)
    day = _DAY.search(rest)
    date = f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}" if day else None
    rest = rest.replace(day[0], " ") if day else rest
    said = _YEAR.search(rest)
    kind = kind_of_word(rest)
    abbreviation = _ABBREVIATION.match(rest) if kind is None else None
    if abbreviation:
        kind = kind_of_abbreviation(abbreviation[1], "state") or kind_of_abbreviation(abbreviation[1], "party")
    match = _NUMBER.search(_YEAR.sub(" ", rest))
    number, symbol = _split(match[1]) if match else ("", "")
    parts = parse_symbol(number or None, symbol or None, kind.slug if kind else None)
    left = _YEAR.sub(" ", rest).replace(match[0], " ", 1) if match else rest
    words = fold(left).split()
    if kind:
        words = _without(words, abbreviation[1] if abbreviation else "", kind.vi, *kind.words)
    words = _without(words, "văn bản")
    return Typed(
        text=fold(text),
        type=parts.type,
        num=parts.num,
        suffix=parts.suffix,
        year=parts.year or (int(said[1]) if said and match else None),
        symbol=fold_code(symbol),
        date=date,
        words=tuple(w for w in words if w not in NOISE),
    )


def _split(text: str) -> tuple[str, str]:
    try:
        return split_number(text)
    except MalformedNumberError:
        return "", ""


def _without(words: list[str], *names: str) -> list[str]:
    joined = " ".join(words)
    for name in sorted((fold(n) for n in names if n), key=len, reverse=True):
        if f" {joined} ".startswith(f" {name} "):
            return joined[len(name) :].split()
    return words


def spell(words: Iterable[str], known: frozenset[str]) -> frozenset[str]:
    """Give the words with the known words that are one typing error away from an unknown one."""
    found = set()
    for word in words:
        found.add(word)
        if word not in known and len(word) >= SHORTEST:
            near = process.extract(word, known, scorer=OSA.distance, score_cutoff=TYPO, limit=None)
            found.update(match for match, _, _ in near)
    return frozenset(found)


def needed(words: tuple[str, ...]) -> int:
    """How many of the typed words something must have to be looked at."""
    return max(1, math.ceil(MOST_WORDS * len(words)))


def rank_instruments(typed: Typed, nodes: Iterable[Node], limit: int) -> list[Candidate]:
    """Order nodes by how well they fit; the same nodes in any order give the same list."""
    scored = [(score, exact, node) for node in nodes for score, exact in [score_of(typed, node)] if score > 0]
    dated = {_counter(n) for _, exact, n in scored if exact and n.ref.date}
    scored = [
        (score - DEMOTED, False, n) if exact and n.ref.date is None and _counter(n) in dated else (score, exact, n)
        for score, exact, n in scored
    ]  # an open mention without date does not stand beside the document that it most likely means
    scored.sort(key=lambda s: (-s[0], not s[1], not s[2].ref.loaded, s[2].ref.date or "9999", s[2].id))
    return [
        Candidate(id=n.id, label=n.ref.label, score=round(score, 1), exact=exact, instrument=n.ref)
        for score, exact, n in scored[:limit]
    ]


def _counter(node: Node) -> tuple[str | None, str | None, str]:
    return node.ref.type, node.ref.jurisdiction, fold_code(node.ref.symbol or "")


def score_of(typed: Typed, node: Node) -> tuple[float, bool]:
    """How well a node fits, 0 not at all, and whether in all that was typed."""
    if typed.num is not None:
        return _score_number(typed, node)
    titles = [fold(v.value) for v in node.values if v.property == "title"]
    if not typed.words or (typed.type and node.ref.type != typed.type):
        return 0.0, False
    wanted = " ".join(typed.words)
    best = 0.0
    for title in titles:
        near = " ".join(w for w in title.split() if w not in NOISE)
        share = _share(typed.words, title.split())
        if share >= MOST_WORDS:
            best = max(best, 70 * share + 30 * fuzz.ratio(wanted, near) / 100)
    if not best and _share(typed.words, [*_about(node)]) == 1:
        best = 50.0
    exact = any(" ".join(w for w in t.split() if w not in NOISE) == wanted for t in titles)
    return best, exact


def _score_number(typed: Typed, node: Node) -> tuple[float, bool]:
    if typed.num not in node.nums:
        return 0.0, False
    given: dict[str, list[str]] = {"type": [], "number": [], "symbol": [], "date": []}
    for value in node.values:
        given.get(value.property, []).append(value.value)
    spelt = f"{typed.num}{typed.suffix.replace('.', '')}"
    about = [*_about(node)] if typed.words else []
    return score_number(
        typed,
        types=given["type"],
        symbols=[fold_code(s) for s in given["symbol"]],
        told=_told(typed, given["date"], given["number"]),
        spelt=not typed.suffix or any(fold_code(n).lstrip("0").startswith(spelt) for n in given["number"]),
        share=_share(typed.words, about),
        sure=_share(typed.words, about, typos=False) == 1,
    )


def _told(typed: Typed, days: list[str], numbers: list[str]) -> bool:
    """Whether the day or year that was typed, if any, is one that documents give."""
    if typed.year is None and typed.date is None:
        return True
    years = years_in(numbers)
    told = typed.date in days if typed.date else any(d.startswith(str(typed.year)) for d in days)
    return told or str(typed.year) in years


def years_in(numbers: Iterable[str]) -> set[str]:
    """Years that stand inside numbers ("33/2021")."""
    return {year for number in numbers for year in _YEAR_IN_NUMBER.findall(number)}


def score_number(
    typed: Typed,
    *,
    types: Collection[str],
    symbols: Iterable[str],
    told: bool,
    spelt: bool = True,
    share: float = 1.0,
    sure: bool = True,
) -> tuple[float, bool]:
    """How well an instrument that bears the typed number fits, and whether in all that was typed.

    Args:
        typed: With a number.
        types: Types that documents give it: a person may have joined a directive with a decision by mistake, and
            whoever asks for either must find it.
        symbols: Its folded symbols.
        told: Whether the typed day or year, if any, is one of its own.
        spelt: Whether the number is written as typed, with its letter.
        share: How much of the typed words is about it, typing errors forgiven.
        sure: Whether all words are, none forgiven.
    """
    if typed.type and typed.type not in types:
        return 0.0, False
    score, exact = 60.0 + 10 * bool(typed.type) - 10 * (not spelt), spelt and told
    if typed.symbol:
        near = max((fuzz.ratio(typed.symbol, s) for s in symbols), default=0.0)
        exact &= near == 100
        score += 15 * near / 100 - (0 if near >= 60 else 30)
    if typed.year or typed.date:
        score += 5 if told else -20
    if typed.words:
        exact &= sure
        score += 10 * share - (0 if share else 15)
    else:
        score += 10
    return max(score + (5 if exact else 0), 1.0), exact


def _about(node: Node) -> set[str]:
    """Folded words that describe a node beside its number: title, issuers, province."""
    ref = node.ref
    texts = [v.value for v in node.values if v.property in ("title", "issuer")]
    found = {w for t in (*texts, (ref.jurisdiction or "").replace("-", " ")) for w in fold(t).split()}
    if ref.symbol:
        found |= set(fold(ref.symbol).split())
    return found


def _share(words: tuple[str, ...], among: list[str], *, typos: bool = True) -> float:
    """Share of words that stand among others, one typing error forgiven in long ones."""
    have = frozenset(among)
    hits = sum(1 for w in words if w in have or (typos and len(w) >= LONG and _near(w, have)))
    return hits / len(words) if words else 0.0


def _near(word: str, have: frozenset[str]) -> bool:
    return any(abs(len(word) - len(h)) <= TYPO and OSA.distance(word, h, score_cutoff=TYPO) <= TYPO for h in have)


_LONG = (("uy ban nhan dan", "ubnd"), ("hoi dong nhan dan", "hdnd"), ("mat tran to quoc", "mttq"))


def body_key(text: str) -> str:
    """Fold the name of a body; long and short forms of the commonest words are one."""
    key = fold(text)
    for long, short in _LONG:
        key = key.replace(long, short)
    return key


def rank_bodies(text: str, bodies: Iterable[tuple[Body, tuple[str, ...]]], limit: int) -> list[Candidate]:
    """Order bodies by how well name or written forms fit."""
    key = body_key(text)
    scored = []
    for body, names in bodies:
        score, exact = _score_body(key, body, names)
        if score > 0:
            scored.append((score, exact, body))
    scored.sort(key=lambda s: (-s[0], not s[1], s[2].ref.kind.value != "organization", len(s[2].ref.name), s[2].id))
    return [
        Candidate(id=b.id, label=b.ref.name, score=round(score, 1), exact=exact, body=b.ref)
        for score, exact, b in scored[:limit]
    ]


def _score_body(key: str, body: Body, names: tuple[str, ...]) -> tuple[float, bool]:
    own = body_key(body.ref.name)
    if key in (own, _short_place(own, body)):
        return 100.0, True
    words = key.split()
    if own.startswith(f"{key} ") and _only_place(own[len(key) :].split(), body):
        return 98.0, True  # the name without its province
    best = 0.0
    if any(key == body_key(n) for n in names):
        best = 95.0
    share = _share(tuple(words), own.split())
    if share >= MOST_WORDS:
        best = max(best, 60 * share + 30 * fuzz.ratio(key, own) / 100)
    return best, False


def _short_place(own: str, body: Body) -> str:
    """The name with its province without the word for it: "so noi vu tay ninh"."""
    place = (body.ref.jurisdiction or "").removesuffix("-2025").replace("-", " ")
    return own.replace(f" tinh {place}", f" {place}") if place else own


def _only_place(words: list[str], body: Body) -> bool:
    place = (body.ref.jurisdiction or "").removesuffix("-2025").split("-")
    return all(w in ("tinh", "thanh", "pho", *place) for w in words)
