"""Stage 1 of identity: which signs of one type and number have one counter and one period (domain.md 2.7, A and B)."""

from collections import defaultdict
from itertools import combinations

from rapidfuzz.distance import Levenshtein

from graph.grouping import Groups
from graph.issuers import issuer_keys, issuers_agree
from graph.likeness import known_series, titles_alike, titles_unlike
from graph.periods import FULL, PARTY_YEARS, is_party, period_of, term_of, term_start
from graph.statements import Sign
from ontology.vietnamese import fold

_Counter = tuple[str, tuple[str, ...]]  # jurisdiction and series
STATE_YEARS = 1
MISREAD = "ký hiệu lệch một chữ; cùng loại, số và ngày"


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
            known: dict[_Counter, list[Sign]] = defaultdict(list)
            loose = []
            for sign in group:
                if sign.jurisdiction is None or not sign.series:
                    loose.append(sign)
                else:
                    known[sign.jurisdiction, sign.series].append(sign)
            for members in known.values():
                self._one_key(members)
            for one, two in combinations(known.values(), 2):
                pairs = ((a, b, same_counter(a, b)) for a in _by_day(one) for b in _by_day(two))
                for a, b, why in pairs:
                    if why and not (why == MISREAD and titles_unlike(a, two)):
                        self._join(a, b, why)
            self._attach(loose, [s for m in known.values() for s in m])

    def _one_key(self, members: list[Sign]) -> None:
        """Join signs of one key, unless two loaded documents with unlike titles bear it (one number given twice)."""
        own = [s for s in members if s.loaded]
        twice = any(not titles_alike(a, b) for a, b in combinations(own, 2)) or self._torn(members)
        if not twice:
            for other in members[1:]:
                self._join(members[0], other, "cùng địa phương, ký hiệu, loại, số và thời gian")
            return
        for a, b in combinations(members, 2):
            if titles_alike(a, b):
                self._join(a, b, "cùng số và trích yếu; số này được cấp cho hai văn bản")

    def _strong(self) -> None:
        heads: dict[_Counter, list[list[Sign]]] = defaultdict(list)
        for members in self._members(self._dated):
            for counter in sorted({(s.jurisdiction or "", s.series) for s in members if s.series}):
                heads[counter].append(members)
        for sign in self._open:
            near = heads.get((sign.jurisdiction or "", sign.series), []) if sign.series else []
            fits = [m for m in near if _not_later(sign, m) and not self._apart(sign.id, m[0].id)]
            alike = [m for m in fits if any(titles_alike(sign, s) for s in m)]
            if len(alike) == 1:
                self._join(sign, alike[0][0], "cùng số, ký hiệu; trích yếu giống nhau; một bên không ghi ngày")
            elif not alike and len(fits) == 1 and not titles_unlike(sign, fits[0]):
                self._only(sign, fits[0])

    def _only(self, sign: Sign, members: list[Sign]) -> None:
        """Take a mention without day and title for the only one there is: surely within its period, else to be seen."""
        days = sorted(s.date for s in members if s.date)
        why = "cùng số, ký hiệu; một bên không ghi ngày, không có văn bản khác trùng"
        if sign.date or not days:
            self._join(sign, members[0], why)
            return
        party = is_party(sign)
        if sign.before is not None and _in_period(days[0], sign.before, sign, party=party):
            self._join(sign, members[0], why)
        elif party or sign.before is None or sign.before - int(days[0][:4]) <= STATE_YEARS:
            # numbers start anew with each congress or year: another one may have got the same number since
            self._join(sign, members[0], f"{why}, nhưng có thể đã sang kỳ đánh số khác", weak=True)

    def _leftover(self) -> None:
        groups: dict[tuple[_Counter, int | None], list[Sign]] = defaultdict(list)
        titled: dict[_Counter, list[Sign]] = defaultdict(list)
        for sign in self._open:
            if self._joined(sign) or not sign.series:
                continue
            counter = (sign.jurisdiction or "", sign.series)
            year = int(sign.date[:4]) if sign.date else sign.before
            period = year if year is None or not is_party(sign) else term_of(year)
            groups[counter, period].append(sign)
            if sign.title:
                titled[counter].append(sign)
        for (_, period), members in groups.items():
            for one in members[1:]:
                if not titles_unlike(one, members[:1]) and not _days_differ(one, members[0]):
                    why = "cùng số, ký hiệu; không bên nào ghi ngày"
                    self._join(members[0], one, why, weak=period is None)
        for members in titled.values():
            for a, b in combinations(members, 2):
                if titles_alike(a, b) and not _days_differ(a, b):
                    self._join(a, b, "cùng số, ký hiệu; trích yếu giống nhau; không bên nào ghi ngày")

    def _attach(self, loose: list[Sign], firm: list[Sign]) -> None:
        """Take what names no series, or no place, for the only one of its day that nothing speaks against."""
        if not loose:
            return
        heads = self._members(firm)
        for sign in loose:
            fits = [
                m
                for m in heads
                if any(_compatible(sign, s) for s in m)
                and not self._apart(sign.id, m[0].id)
                and not titles_unlike(sign, m)
                and _issuers_told(sign, m) is not False
            ]
            if len(fits) == 1:
                told = _issuers_told(sign, fits[0]) or any(titles_alike(sign, s) for s in fits[0])
                sure = told or bool(sign.series) or sign.jurisdiction is not None
                why = "cùng loại, số và ngày; không có văn bản trùng"
                self._join(sign, fits[0][0], why if sure else f"{why}, nhưng không rõ cơ quan nào", weak=not sure)
        rest = [s for s in loose if not self._joined(s)]
        for a, b in combinations(rest, 2):
            if a.jurisdiction == b.jurisdiction and a.series == b.series and _issuers_fit(a, b):
                self._join(a, b, "cùng loại, số và ngày")


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
    if known_series(a.series) and known_series(b.series):
        return None  # two bodies, not one misread
    if min(len(one), len(two)) > 2 and Levenshtein.distance(one, two, score_cutoff=1) <= 1:
        return MISREAD
    return None


def _compatible(loose: Sign, firm: Sign) -> bool:
    places = loose.jurisdiction is None or loose.jurisdiction == firm.jurisdiction
    return places and (not loose.series or loose.series == firm.series)


def _issuers_fit(a: Sign, b: Sign) -> bool:
    """Where nobody tells the province, two named issuers must not be of two provinces."""
    one, two = (" ".join(fold(i) for i in s.issuers) for s in (a, b))
    return not one or not two or one.startswith(two) or two.startswith(one)


def _issuers_told(sign: Sign, members: list[Sign]) -> bool | None:
    """Whether named issuers agree; None where one side names none."""
    told = {s.issuers: s for s in members if s.issuers}
    if not sign.issuers or not told:
        return None
    return any(issuers_agree(issuer_keys(sign), issuer_keys(s)) for s in told.values())


def _by_day(signs: list[Sign]) -> list[Sign]:
    return list({s.date: s for s in signs}.values())


def _not_later(sign: Sign, members: list[Sign]) -> bool:
    days = [s.date for s in members if s.date]
    if sign.date and days and not any(d.startswith(sign.date) for d in days):
        return False
    return sign.before is None or not days or int(min(days)[:4]) <= sign.before


def _in_period(day: str, year: int, sign: Sign, *, party: bool) -> bool:
    """Whether a document of a year surely means a number given on a day, and not its like of a later period."""
    if not party:
        return int(day[:4]) == year
    start = int(term_start(day, central=sign.jurisdiction == "vn")[:4])
    return year - start <= (PARTY_YEARS - 1 if sign.jurisdiction == "vn" else PARTY_YEARS)


def _days_differ(a: Sign, b: Sign) -> bool:
    return (
        bool(a.date and b.date)
        and not (a.date or "").startswith(b.date or "")
        and not (b.date or "").startswith(a.date or "")
    )
