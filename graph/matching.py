"""Stage 1 of identity: which signs of one type and number have one counter and one period (domain.md 2.7, A and B)."""

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations
from typing import Protocol

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import token_sort_ratio

from graph.statements import Sign
from ontology.codes import org_of, split_party
from ontology.vietnamese import fold

FULL = len("2021-01-11")
SIMILAR = 60.0  # level B: titles are told shortened or whole
LEAST_WORDS = 4  # a title shorter than this tells nothing apart ("về công tác cán bộ")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
PARTY_YEARS = 5
STATE_YEARS = 1


def similarity(a: str, b: str) -> float:
    """How alike two titles are, 0 to 100; a title that is the other one shortened is alike."""
    left, right = fold(a), fold(b)
    if min(len(left.split()), len(right.split())) >= LEAST_WORDS and (left.startswith(right) or right.startswith(left)):
        return 100.0
    return token_sort_ratio(left, right)


def years_differ(a: str, b: str) -> bool:
    """Whether two titles name years and no year in common: the plans of two years are two plans."""
    one, two = (frozenset(_YEAR.findall(t)) for t in (a, b))
    return bool(one) and bool(two) and one.isdisjoint(two)


def known_series(series: tuple[str, ...]) -> bool:
    """Whether the tables know every code of a series: then it is no misread one."""
    return bool(series) and all(org_of(code) is not None or split_party(code) is not None for code in series)


class Ruled(Protocol):
    """What people have judged of signs (``graph.rulings``): groups bear labels, and some labels must stay apart."""

    def labels(self, signs: Iterable[str]) -> frozenset[str]:
        """What signs are called, as far as judgements keep them apart from others."""
        ...

    def barred(self, a: frozenset[str], b: frozenset[str]) -> bool:
        """Whether groups with these labels must stay two."""
        ...

    def settled(self, a: Iterable[str], b: Iterable[str]) -> bool:
        """Whether a person has said that two groups of signs are one, or that they are two."""
        ...


class _Free:
    def labels(self, signs: Iterable[str]) -> frozenset[str]:
        return frozenset()

    def barred(self, a: frozenset[str], b: frozenset[str]) -> bool:
        return False

    def settled(self, a: Iterable[str], b: Iterable[str]) -> bool:
        return False


FREE: Ruled = _Free()  # nobody has judged anything


class Groups:
    """Signs of one block brought together pair by pair, as far as people have not told them apart.

    ``joins`` are the pairs of signs that brought two groups together, with the rule.
    """

    def __init__(self, signs: list[Sign], ruled: Ruled = FREE) -> None:
        self.joins: list[tuple[str, str, str]] = []
        self._ruled = ruled
        self._labels = {s.id: ruled.labels((s.id,)) for s in signs}
        self._parent: dict[str, str] = {s.id: s.id for s in signs}
        self._signs = {s.id: s for s in signs}
        self._reasons: dict[str, set[str]] = defaultdict(set)

    def groups(self) -> list[tuple[list[Sign], list[str]]]:
        """Give the groups that mean one instrument each, with the reasons."""
        self._bring_together()
        return [(members, sorted({r for s in members for r in self._reasons[s.id]})) for members in self._members()]

    def _bring_together(self) -> None:
        raise NotImplementedError

    def _torn(self, members: list[Sign]) -> bool:
        """Whether people have told some of the signs apart."""
        told = [labels for s in members if (labels := self._labels[s.id])]
        return any(self._ruled.barred(a, b) for a, b in combinations(dict.fromkeys(told), 2))

    def _apart(self, a: str, b: str) -> bool:
        return self._ruled.barred(self._labels[self._root(a)], self._labels[self._root(b)])

    def _joined(self, sign: Sign) -> bool:
        return bool(self._reasons[sign.id])

    def _join(self, a: Sign, b: Sign, why: str) -> None:
        one, two = sorted((self._root(a.id), self._root(b.id)))
        if self._apart(one, two):
            return
        if one != two:
            self.joins.append((a.id, b.id, why))
            self._labels[one] |= self._labels[two]
        self._parent[two] = one
        self._reasons[a.id].add(why)
        self._reasons[b.id].add(why)

    def _root(self, sign: str) -> str:
        while self._parent[sign] != sign:
            sign = self._parent[sign]
        return sign

    def _members(self, among: list[Sign] | None = None) -> list[list[Sign]]:
        groups: dict[str, list[Sign]] = defaultdict(list)
        for sign in self._signs.values() if among is None else among:
            groups[self._root(sign.id)].append(sign)
        return [groups[root] for root in sorted(groups)]


class Names(Groups):
    """Signs of one type and name without a number: one year each; who tells no year means the only one there is."""

    def _bring_together(self) -> None:
        years: dict[int | None, list[Sign]] = defaultdict(list)
        for sign in self._signs.values():
            years[sign.year or (int(sign.date[:4]) if sign.date else None)].append(sign)
        open_ = years.pop(None, [])
        for members in years.values():
            for other in members[1:]:
                self._join(members[0], other, "cùng tên, cùng năm")
        for year, members in years.items() if len(years) == 1 else ():
            for sign in open_:
                if year is not None and (sign.before is None or sign.before >= year):
                    self._join(members[0], sign, "cùng tên; một bên không ghi năm")
        rest = [s for s in open_ if not self._joined(s)]
        for other in rest[1:]:
            self._join(rest[0], other, "cùng tên; không bên nào ghi năm")


class Block(Groups):
    """Signs of one type and number: who is the same (A, B), step by step, each step blind to order."""

    def _bring_together(self) -> None:
        signs = self._signs.values()
        self._dated = [s for s in signs if period_of(s) is not None]
        self._open = [s for s in signs if period_of(s) is None]
        self._exact()
        self._strong()
        self._leftover()

    def _exact(self) -> None:
        periods: dict[str, list[Sign]] = defaultdict(list)
        for sign in self._dated:
            periods[period_of(sign) or ""].append(sign)
        for group in periods.values():
            known: dict[tuple[str, tuple[str, ...]], list[Sign]] = defaultdict(list)
            loose = []
            for sign in group:
                if sign.jurisdiction is None or not sign.series:
                    loose.append(sign)
                else:
                    known[sign.jurisdiction, sign.series].append(sign)
            for members in known.values():
                self._one_key(members)
            for one, two in combinations(known.values(), 2):
                pairs = ((a, b, same_counter(a, b)) for a in one for b in two)
                for a, b, why in pairs:
                    if why:
                        self._join(a, b, why)
            self._attach(loose, [s for m in known.values() for s in m], "cùng loại, số và ngày; không có văn bản trùng")

    def _one_key(self, members: list[Sign]) -> None:
        """Join signs of one key, unless two loaded documents with unlike titles bear it (one number given twice)."""
        own = [s for s in members if s.loaded]
        twice = any(not _titles_alike(a, b) for a, b in combinations(own, 2)) or self._torn(members)
        if not twice:
            for other in members[1:]:
                self._join(members[0], other, "cùng địa phương, ký hiệu, loại, số và thời gian")
            return
        for a, b in combinations(members, 2):
            if _titles_alike(a, b):
                self._join(a, b, "cùng số và trích yếu; số này được cấp cho hai văn bản")

    def _strong(self) -> None:
        heads = self._members(self._dated)
        for sign in self._open:
            fits = [
                m
                for m in heads
                if any(same_counter(sign, s) for s in m) and _not_later(sign, m) and not self._apart(sign.id, m[0].id)
            ]
            alike = [m for m in fits if any(_titles_alike(sign, s) for s in m)]
            if len(alike) == 1:
                self._join(sign, alike[0][0], "cùng số, ký hiệu; trích yếu giống nhau; một bên không ghi ngày")
            elif not alike and len(fits) == 1 and _withinperiod_of(sign, fits[0]):
                self._join(sign, fits[0][0], "cùng số, ký hiệu; một bên không ghi ngày, không có văn bản khác trùng")

    def _leftover(self) -> None:
        rest = [s for s in self._open if self._root(s.id) == s.id and not self._joined(s)]
        for a, b in combinations(rest, 2):
            if same_counter(a, b) and (_titles_alike(a, b) or _near_years(a, b)):
                self._join(a, b, "cùng số, ký hiệu; không bên nào ghi ngày")

    def _attach(self, loose: list[Sign], firm: list[Sign], why: str) -> None:
        heads = self._members(firm)
        for sign in loose:
            fits = [m for m in heads if any(_compatible(sign, s) for s in m) and not self._apart(sign.id, m[0].id)]
            if len(fits) == 1:
                self._join(sign, fits[0][0], why)
        rest = [s for s in loose if not self._joined(s)]
        for a, b in combinations(rest, 2):
            if a.jurisdiction == b.jurisdiction and a.series == b.series and _issuers_fit(a, b):
                self._join(a, b, "cùng loại, số và ngày")


def period_of(sign: Sign) -> str | None:
    """What tells numbers of one counter apart: the year in the symbol, the Assembly's term, else the whole day."""
    if sign.year is not None:
        return f"{sign.year}|{sign.term or ''}"
    if sign.date is not None and len(sign.date) == FULL:
        return sign.date
    return None


def same_counter(a: Sign, b: Sign) -> str | None:
    """Say why two signs have one counter, else None; spelling is forgiven only where the whole day agrees."""
    if a.jurisdiction != b.jurisdiction or not a.series or not b.series:
        return None
    if a.series == b.series:
        return "cùng địa phương, ký hiệu, loại và số"
    if a.date is None or a.date != b.date or len(a.date) != FULL:
        return None
    if a.series[0] == b.series[0]:
        return "cùng cơ quan chủ trì, loại, số và ngày"
    one, two = "+".join(a.series), "+".join(b.series)
    if min(len(one), len(two)) > 2 and Levenshtein.distance(one, two, score_cutoff=1) <= 1:
        return "ký hiệu lệch một chữ; cùng loại, số và ngày"
    return None


def _compatible(loose: Sign, firm: Sign) -> bool:
    places = loose.jurisdiction is None or loose.jurisdiction == firm.jurisdiction
    return places and (not loose.series or loose.series == firm.series)


def _issuers_fit(a: Sign, b: Sign) -> bool:
    """Where nobody tells the province, two named issuers must not be of two provinces."""
    one, two = (" ".join(fold(i) for i in s.issuers) for s in (a, b))
    return not one or not two or one.startswith(two) or two.startswith(one)


def _titles_alike(a: Sign, b: Sign) -> bool:
    return bool(a.title and b.title) and similarity(a.title or "", b.title or "") >= SIMILAR


def _not_later(sign: Sign, members: list[Sign]) -> bool:
    days = [s.date for s in members if s.date]
    if sign.date and days and not any(d.startswith(sign.date) for d in days):
        return False
    return sign.before is None or not days or int(min(days)[:4]) <= sign.before


def _withinperiod_of(sign: Sign, members: list[Sign]) -> bool:
    """State counters start anew each year; without a title only a fresh number is taken for the one that is known."""
    if sign.date:
        return True
    days = [s.date for s in members if s.date]
    party = sign.family in ("party", "mass-org")
    return party or sign.before is None or not days or sign.before - int(min(days)[:4]) <= STATE_YEARS


def _near_years(a: Sign, b: Sign) -> bool:
    if a.date != b.date and a.date and b.date:
        return False
    if a.before is None or b.before is None:
        return a.before == b.before
    span = PARTY_YEARS if a.family in ("party", "mass-org") else STATE_YEARS
    return abs(a.before - b.before) <= span
