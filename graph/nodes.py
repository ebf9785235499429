"""Instruments as nodes: claims weighed, one of each preferred, disagreements listed; all pure functions."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable

import msgspec

from graph.disputes import Dispute, disputes_of
from graph.grouping import FREE, Ruled
from graph.periods import FULL, period_start
from graph.resolution import Cluster, Link, series_of, sign_iri
from graph.results import InstrumentRef
from graph.statements import Sign
from ontology.errors import NotFoundError
from ontology.kinds import kind
from ontology.validity import written
from ontology.vietnamese import fold

Peer = tuple[str, int]  # day and number of another document of the same counter
CLEARLY = 2  # a number is preferred by its place in the series only if it lies that many times nearer


class Value(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One value of a property with the signs that give it."""

    property: str
    value: str
    preferred: bool
    signs: tuple[str, ...]


class Node(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An instrument with its claims, what disagrees, and why its signs were joined."""

    ref: InstrumentRef
    aliases: tuple[str, ...]
    signs: tuple[str, ...]
    values: tuple[Value, ...]
    disputes: tuple[Dispute, ...]
    reasons: tuple[str, ...]
    issuers: tuple[str, ...]
    level: str | None
    nums: tuple[int, ...]

    @property
    def id(self) -> str:
        """IRI of the instrument."""
        return self.ref.id


def node_of(
    clusters: list[Cluster],
    links: list[Link],
    weight: Callable[[str], int],
    peers: Callable[[str], Iterable[Peer]],
    ruled: Ruled = FREE,
) -> Node:
    """Build the node of one instrument.

    Args:
        clusters: Its clusters by id.
        links: What joined them.
        weight: Number of documents that use a sign.
        peers: Days and numbers known for a counter (``series_of``), for judging two numbers of one document.
        ruled: What people have judged; that is no longer disputed.

    Returns:
        The node. Preferred are the claims of the loaded document itself, then what most documents say, then the
        better known code, the fuller and the alphabetically first; of two numbers the one that fits the rise of the
        counter's numbers, where that clearly favours one.
    """
    signs = sorted((s for c in clusters for s in c.signs), key=lambda s: s.id)
    chosen, number_reason = _choose_cluster(clusters, links, peers)
    claims = _Claims(signs, weight, {s.id for s in chosen.signs})
    values = claims.values()
    best = {v.property: v.value for v in values if v.preferred}
    aliases = {c.id for c in clusters} | {sign_iri(s) for s in signs}
    aliases |= {sign_iri(s, day) for s in signs for day in claims.days() if s.num is not None and not s.own}
    disputes = disputes_of(clusters, links, best, number_reason, ruled)
    head = claims.head()
    ref = InstrumentRef(
        id=chosen.id,
        type=head.type,
        label=_label(best, head, signs),
        number=best.get("number"),
        symbol=best.get("symbol"),
        date=best.get("date"),
        issuer=best.get("issuer"),
        title=best.get("title"),
        jurisdiction=next((s.jurisdiction for s in (head, *signs) if s.jurisdiction), None),
        family=next((s.family for s in (head, *signs) if s.family), None),
        loaded=any(s.loaded for s in signs),
        stage=head.stage,
        conflict=bool(disputes),
    )
    return Node(
        ref=ref,
        aliases=tuple(sorted(aliases - {chosen.id})),
        signs=tuple(s.id for s in signs),
        values=values,
        disputes=disputes,
        reasons=tuple(sorted({r for c in clusters for r in c.reasons} | {k.reason for k in links})),
        issuers=head.issuers or ((best["issuer"],) if "issuer" in best else ()),
        level=next((s.level for s in (head, *signs) if s.level), None),
        nums=tuple(sorted({s.num for s in signs if s.num is not None})),
    )


class _Claims:
    def __init__(self, signs: list[Sign], weight: Callable[[str], int], preferred: set[str]) -> None:
        self._signs = signs
        self._weight = {s.id: weight(s.id) for s in signs}
        self._preferred = preferred

    def head(self) -> Sign:
        """The sign that speaks for the node: of the preferred number, loaded, most used."""
        return min(self._signs, key=lambda s: (not s.loaded, s.id not in self._preferred, -self._weight[s.id], s.id))

    def days(self) -> list[str]:
        return sorted({s.date for s in self._signs if s.date})

    def values(self) -> tuple[Value, ...]:
        found: list[Value] = []
        for name in ("type", "number", "symbol", "date", "issuer", "title"):
            given: dict[str, list[Sign]] = defaultdict(list)
            for sign in self._signs:
                for value in values_in(sign, name):
                    given[value].append(sign)
            ranked = sorted(given, key=lambda v: self._rank(name, v, given[v]))
            found += [
                Value(property=name, value=v, preferred=n == 0, signs=tuple(s.id for s in given[v]))
                for n, v in enumerate(ranked)
            ]
        return tuple(found)

    def _rank(self, name: str, value: str, signs: list[Sign]) -> tuple[bool, bool, bool, int, int, str]:
        by_number = name in ("number", "symbol") and not any(s.id in self._preferred for s in signs)
        partial = name == "date" and len(value) < FULL
        own = any(s.loaded for s in signs)
        weight = sum(self._weight[s.id] for s in signs)
        return (by_number, partial, not own, -weight, -len(value), value)


def values_in(sign: Sign, name: str) -> tuple[str, ...]:
    """Values that a sign gives for a property; empty where it gives none."""
    if name == "issuer":
        return (" và ".join(sign.issuers),) if sign.issuers else ()
    value = getattr(sign, name)
    return (value,) if value else ()


def _label(best: dict[str, str], head: Sign, signs: list[Sign]) -> str:
    name = _kind_name(head.type)
    if head.stage != "issued":
        name = f"Dự thảo {name}"
    number, symbol = best.get("number"), best.get("symbol")
    if number:
        alike = [s for s in (head, *signs) if s.number == number and s.shown]
        shown = next((s.shown for s in alike if s.symbol == symbol), None) or next((s.shown for s in alike), number)
        text = f"{name} số {shown}"
    elif head.loaded:
        text = f"{name} (chưa có số)"
    else:
        text = head.title or name
        if not fold(text).startswith(fold(_kind_name(head.type))):
            text = f"{name} {text}"
    if "date" in best:
        text += f" {_UNITS[best['date'].count('-')]} {written(best['date'])}"
    elif head.year and not number:
        text += f" năm {head.year}"
    if not number and head.loaded and head.issuers:
        text += f" của {' và '.join(head.issuers)}"
    return text


_UNITS = ("năm", "tháng", "ngày")  # by the number of hyphens in an ISO date


def _kind_name(slug: str | None) -> str:
    try:
        return kind(slug).vi if slug else "Văn bản"
    except NotFoundError:
        return "Văn bản"


def _choose_cluster(
    clusters: list[Cluster], links: list[Link], peers: Callable[[str], Iterable[Peer]]
) -> tuple[Cluster, str]:
    ranked = sorted(clusters, key=_own_first)
    rivals = [c for c in ranked if c.block.startswith("num|")]
    if not any(link.kind != "name" for link in links) or len({_num(c) for c in rivals}) < 2:
        return ranked[0], ""
    series, day = series_of(rivals[0]), next((c.date for c in rivals if c.date), None)
    mine = {_num(c) for c in rivals}
    if series and day:
        party = any(s.family == "party" for c in rivals for s in c.signs)
        start = period_start(series, day, party=party)
        others = {p for p in peers(series) if p[1] not in mine and period_start(series, p[0], party=party) == start}
        fits = _fit(mine, day, sorted(others), start)
        chosen = next((c for c in rivals if _num(c) == fits), None)
        if chosen:
            return chosen, f"số {fits} được chọn vì hợp với các số khác của cùng sổ trong nhiệm kỳ"
    return rivals[0], "chưa đủ căn cứ để chọn số; tạm theo chính văn bản đã nạp, rồi theo số đông, rồi theo số nhỏ"


def _own_first(cluster: Cluster) -> tuple[bool, bool, int, int, str]:
    loaded = any(s.loaded for s in cluster.signs)
    return (not cluster.block.startswith("num|"), not loaded, -len(cluster.signs), _num(cluster), cluster.id)


def _num(cluster: Cluster) -> int:
    return min((s.num for s in cluster.signs if s.num is not None), default=0)


def _fit(numbers: set[int], day: str, peers: list[Peer], start: str) -> int | None:
    """Choose the number that the rise of the counter clearly favours, else None."""
    after = [(d, n) for d, n in peers if d > day]
    before = [(d, n) for d, n in peers if d < day]
    lawful = [n for n in numbers if all(p <= n for _, p in before) and all(p >= n for _, p in after)]
    if len(lawful) == 1:
        return lawful[0]
    if not after:
        return None
    low_day, low = max(before, default=(start, 0))
    high_day, high = min(after)
    whole = _days(low_day, high_day)
    if whole <= 0:
        return None
    expected = low + (high - low) * _days(low_day, day) / whole
    near = sorted(numbers, key=lambda n: (abs(n - expected), n))
    return near[0] if abs(near[0] - expected) * CLEARLY <= abs(near[1] - expected) else None


def _days(one: str, other: str) -> int:
    try:
        return (datetime.date.fromisoformat(other) - datetime.date.fromisoformat(one)).days
    except ValueError:
        return 0
