"""What speaks for and against two readings being one instrument: clues with weights, in words for people; pure."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from graph.issuers import issuer_keys, issuers_agree
from graph.likeness import LEAST_WORDS, known_series, similarity, years_differ
from graph.periods import FULL
from graph.results_identity import Clue
from graph.statements import Sign
from ontology.tables import provinces
from ontology.validity import written

Peer = tuple[str, int]
ALIKE, LIKE = 90.0, 60.0  # of titles
_WHOLE = "toàn quốc"


class Told(NamedTuple):
    """What one side says, each property as its best sign that tells it."""

    jurisdiction: str | None
    series: tuple[str, ...]
    num: int | None
    number: str
    date: str | None
    title: str | None
    signs: Sequence[Sign]


def told_by(signs: Sequence[Sign]) -> Told:
    """Sum up one side; its signs come the best first."""

    def first(name: str) -> Sign | None:
        return next((s for s in signs if getattr(s, name)), None)

    place, series, number, title = (first(n) for n in ("jurisdiction", "series", "num", "title"))
    dated = min((s for s in signs if s.date), key=lambda s: (-len(s.date or ""), signs.index(s)), default=None)
    return Told(
        jurisdiction=place.jurisdiction if place else None,
        series=series.series if series else (),
        num=number.num if number else None,
        number=(number.shown or number.number or str(number.num)) if number else "",
        date=dated.date if dated else None,
        title=title.title if title else None,
        signs=signs,
    )


def clues_of(
    a: Sequence[Sign], b: Sequence[Sign], *, together: bool = False, peers: Iterable[Peer] = ()
) -> tuple[Clue, ...]:
    """Give all clues on two sides.

    Args:
        a: Signs of one side, the best first.
        b: Signs of the other.
        together: One document cites both.
        peers: Days and numbers of other documents of the counter.
    """
    one, two = told_by(a), told_by(b)
    found = [
        _places(one, two),
        _series(one, two),
        _numbers(one, two),
        _dates(one, two),
        _titles(one, two),
        _issuers(one, two),
        _counter(one, two, list(peers)),
        Clue(kind="together", speaks=-0.5, text="có văn bản nhắc cả hai bên cạnh nhau") if together else None,
    ]
    return tuple(clue for clue in found if clue is not None)


def score_of(clues: Iterable[Clue]) -> float:
    """From 0 (surely two) to 1 (surely one)."""
    whole = sum(c.speaks for c in clues)
    return round(0.5 + 0.5 * whole / (1 + abs(whole)), 2)


def _places(one: Told, two: Told) -> Clue | None:
    x, y = one.jurisdiction, two.jurisdiction
    if x is None or y is None:
        return Clue(kind="jurisdiction", speaks=0.0, text="một bên không rõ địa phương")
    if x == y:
        return Clue(kind="jurisdiction", speaks=0.2, text=f"cùng địa phương ({_place(x)})")
    return Clue(kind="jurisdiction", speaks=-1.0, text=f"khác địa phương ({_place(x)}; {_place(y)})")


@lru_cache(maxsize=512)
def _place(slug: str) -> str:
    return _WHOLE if slug == "vn" else next((p.name for p in provinces() if p.id == slug), slug)


def _series(one: Told, two: Told) -> Clue | None:
    x, y = one.series, two.series
    left, right = "-".join(x).upper(), "-".join(y).upper()
    if not x or not y:
        return Clue(kind="series", speaks=0.0, text="một bên không rõ ký hiệu cơ quan")
    if x == y:
        return Clue(kind="series", speaks=0.3, text=f"cùng ký hiệu cơ quan {left}")
    if x[0] == y[0]:
        return Clue(kind="series", speaks=0.2, text=f"cùng cơ quan chủ trì {x[0].upper()} ({left}; {right})")
    away = Levenshtein.distance(left, right)
    if known_series(x) and known_series(y):
        return Clue(kind="series", speaks=-1.0, text=f"ký hiệu của hai cơ quan khác nhau ({left}; {right})")
    if away == 1:
        return Clue(kind="series", speaks=0.1, text=f"ký hiệu lệch một chữ ({left}; {right}), có thể do nhận dạng sai")
    return Clue(kind="series", speaks=-0.6, text=f"ký hiệu lệch {away} chữ ({left}; {right})")


def _numbers(one: Told, two: Told) -> Clue | None:
    if one.num is None or two.num is None:
        return Clue(kind="number", speaks=0.0, text="một bên không ghi số")
    if one.num == two.num:
        return Clue(kind="number", speaks=0.3, text=f"cùng số {one.num}")
    x, y = str(one.num), str(two.num)
    if Levenshtein.distance(x, y) == 1:
        return Clue(kind="number", speaks=-0.1, text=f"số lệch một chữ số ({x}; {y}), có thể do nhận dạng sai")
    return Clue(kind="number", speaks=-0.5, text=f"số khác nhau ({x}; {y})")


def _dates(one: Told, two: Told) -> Clue | None:
    x, y = one.date, two.date
    if not x or not y:
        return Clue(kind="date", speaks=0.0, text="một bên không ghi ngày" if x or y else "không bên nào ghi ngày")
    if x == y and len(x) == FULL:
        return Clue(kind="date", speaks=0.5, text=f"cùng ngày {written(x)}")
    if x.startswith(y) or y.startswith(x):
        return Clue(kind="date", speaks=0.2, text=f"ngày không trái nhau ({written(x)}; {written(y)})")
    if Levenshtein.distance(x, y) == 1:
        return Clue(kind="date", speaks=0.0, text=f"ngày lệch một chữ số ({written(x)}; {written(y)})")
    return Clue(kind="date", speaks=-0.6, text=f"ngày khác nhau ({written(x)}; {written(y)})")


def _titles(one: Told, two: Told) -> Clue | None:
    titles = [(s.title, o.title) for s in one.signs if s.title for o in two.signs if o.title]
    if not titles:
        return Clue(kind="title", speaks=0.0, text="không đủ trích yếu để so")
    best, x, y = max((similarity(x, y), x, y) for x, y in titles)
    shown = f"trích yếu giống {round(best)} %"
    if years_differ(x, y):
        return Clue(kind="title", speaks=-0.6, text=f"{shown} nhưng nêu năm khác nhau")
    if min(len(x.split()), len(y.split())) < LEAST_WORDS:
        return Clue(kind="title", speaks=0.0, text=f"{shown}, nhưng quá ngắn để phân biệt")
    return Clue(kind="title", speaks=0.6 if best >= ALIKE else 0.3 if best >= LIKE else -0.6, text=shown)


def _issuers(one: Told, two: Told) -> Clue | None:
    x = next((s for s in one.signs if s.issuers), None)
    y = next((s for s in two.signs if s.issuers), None)
    if x is None or y is None:
        return None
    names = f"{' và '.join(x.issuers)}; {' và '.join(y.issuers)}"
    if issuers_agree(issuer_keys(x), issuer_keys(y)):
        return Clue(kind="issuer", speaks=0.2, text=f"cơ quan ban hành không trái nhau ({names})")
    return Clue(kind="issuer", speaks=-0.2, text=f"cơ quan ban hành ghi khác nhau ({names})")


def _counter(one: Told, two: Told, peers: list[Peer]) -> Clue | None:
    """Whether the numbers fit the rise of their counter (domain.md 2.2): numbers rise with the days of a period."""
    if one.series != two.series or one.num is None or two.num is None:
        return None
    sides = [(t.date, t.num) for t in (one, two) if t.date and len(t.date) == FULL and t.num is not None]
    near = [p for p in peers if p not in sides]
    against = [_misfit(day, num, near) for day, num in sides]
    if not near or not sides:
        return None
    told = [(side, why) for side, why in zip(sides, against, strict=True) if why]
    if len(told) == 1:
        (_, num), why = told[0]
        return Clue(kind="counter", speaks=0.3, text=f"số {num} không hợp thứ tự của sổ: {why}")
    if told:
        return Clue(kind="counter", speaks=0.0, text=f"cả hai không hợp thứ tự của sổ: {told[0][1]}")
    if one.num != two.num:
        return Clue(kind="counter", speaks=-0.1, text="cả hai số đều hợp thứ tự của sổ")
    return None


def _misfit(day: str, num: int, peers: list[Peer]) -> str:
    """A document of the same year that a number would have to stand on the other side of; empty where all fit."""
    year = day[:4]
    early = max(((n, d) for d, n in peers if d[:4] == year and d < day and n > num), default=None)
    late = min(((n, d) for d, n in peers if d[:4] == year and d > day and n < num), default=None)
    for found in (early, late):
        if found is not None:
            return f"số {found[0]} đã có ngày {written(found[1])}"
    return ""
