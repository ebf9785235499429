"""Which signs mean one instrument: pure functions of sets of signs, evaluated block by block (domain.md 2.6, 2.7).

Stage 1 joins signs inside one block (one type and number, or one name) to clusters. Stage 2 joins clusters of different
blocks: two numbers for one document, and a law's name with its number. A block's clusters depend on the block's signs
only, and a link on the clusters of its key only; so a store that redoes the blocks it touched stands where a store that
started anew would stand. Nothing here depends on the order in which signs came.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations

import msgspec
from rapidfuzz.fuzz import ratio

from graph.grouping import FREE, Names, Ruled
from graph.likeness import LEAST_WORDS
from graph.matching import Block, same_counter
from graph.periods import FULL, period_of
from graph.signs import LAWS
from graph.statements import Sign
from ontology.codes import org_of, split_party
from ontology.identity import InstrumentKey, instrument_iri
from ontology.vietnamese import fold, slug

Titles = list[tuple[str, list[str]]]  # sorted words, and the numbers among them in order
SAME = 90.0  # level C: only titles that are alike but for spelling
NEIGHBOURS = 5  # how near the numbers of letters and decisions of one title and day lie that were issued together
MOST_TITLES = 4
MOST_NEAR = 60  # documents of one number and counter that are compared with each other
MOST_OF_A_DAY = 100  # documents of one counter and day beyond which nobody can tell two numbers of one


class Cluster(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Signs of one block that mean one instrument.

    Attributes:
        id: IRI, unique among all clusters.
        signs: Members by id.
        reasons: Why they were joined, for people.
        near: Clusters of the block that may be the same (listed, not joined), each with the ids of its signs.
        joins: Pairs of signs that brought two groups together, with the rule.
        weak: Signs taken in on evidence that a person should look at, with what makes it weak.
    """

    id: str
    block: str
    signs: tuple[Sign, ...]
    reasons: tuple[str, ...] = ()
    near: tuple[tuple[str, tuple[str, ...]], ...] = ()
    joins: tuple[tuple[str, str, str], ...] = ()
    weak: tuple[tuple[str, str], ...] = ()

    @property
    def date(self) -> str | None:
        """The day that the cluster bears, where some sign gives a whole one."""
        return min((s.date for s in self.signs if s.date and len(s.date) == FULL), default=None)


class Link(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Two clusters joined, and why; ``kind`` is ``number`` (a conflict to judge), ``name`` or ``judged``."""

    a: str
    b: str
    key: str
    kind: str
    reason: str


def block_of(sign: Sign) -> str:
    """Name the block that a sign is judged in."""
    if sign.own:
        return f"own|{sign.id}"
    if sign.num is not None:
        return f"num|{sign.type or ''}|{sign.num}{sign.suffix}|{sign.stage}"
    return f"name|{sign.type or ''}|{sign.jurisdiction or ''}|{slug(sign.title or '')}|{sign.stage}"


def clusters_of(block: str, signs: Iterable[Sign], ruled: Ruled = FREE) -> list[Cluster]:
    """Stage 1: join the signs of one block, in any order given, to clusters by id.

    Args:
        block: Its name.
        signs: All its signs.
        ruled: What people have told apart.
    """
    ordered = sorted(signs, key=lambda s: s.id)
    if block.startswith("own|"):
        return _named(block, [([s], []) for s in ordered], [], {})
    judge = Names(ordered, ruled) if block.startswith("name|") else Block(ordered, ruled)
    return _named(block, judge.groups(), judge.joins, judge.weak)


def keys_of(cluster: Cluster) -> set[str]:
    """Keys of stage 2: clusters that share one are compared."""
    keys = set()
    day = cluster.date
    for sign in cluster.signs:
        if sign.own or sign.stage != "issued":
            continue
        if sign.num is not None and sign.series and day and sign.jurisdiction:
            keys.add(f"day|{sign.jurisdiction}|{sign.series[0]}|{sign.type}|{day}")
        if sign.type in LAWS and sign.title and sign.jurisdiction == "vn":
            keys.add(f"law|{sign.type}|{slug(sign.title)}")
    return keys


def series_of(cluster: Cluster) -> str | None:
    """Name the counter that gave the number, where it is known: numbers of one counter rise with the days."""
    for sign in cluster.signs:
        if sign.num is not None and sign.series and sign.jurisdiction and not sign.own:
            return f"{sign.jurisdiction}|{sign.series[0]}|{sign.type}"
    return None


def links_of(key: str, clusters: Iterable[Cluster], cited_together: Callable[[Cluster, Cluster], bool]) -> list[Link]:
    """Stage 2: compare the clusters that share a key.

    Args:
        key: From ``keys_of``.
        clusters: All that have the key, in any order.
        cited_together: Whether one document mentions both; who cites both takes them for two.
    """
    ordered = sorted(clusters, key=lambda c: c.id)
    if key.startswith("law|"):
        return _law_links(key, ordered)
    told = [(c, titles) for c in ordered if (titles := telling_titles(c))]
    if len(told) > MOST_OF_A_DAY:
        return []
    pairs = [(a, b) for (a, left), (b, right) in combinations(told, 2) if may_be_one(a, left, b, right, cited_together)]
    by_id = {c.id: c for c, _ in told}
    return [number_link(key, by_id[a], by_id[b]) for a, b in sole_pairs((a.id, b.id) for a, b in pairs)]


def may_be_one(
    a: Cluster, left: Titles, b: Cluster, right: Titles, cited_together: Callable[[Cluster, Cluster], bool]
) -> bool:
    """Whether two clusters of one counter and day look like one document under two numbers."""
    return alike(left, right) and _far_apart(a, b) and not cited_together(a, b)


def sole_pairs(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Leave out pairs with a rival: nobody can tell which two are one."""
    found = list(pairs)
    seen: dict[str, int] = defaultdict(int)
    for pair in found:
        for one in pair:
            seen[one] += 1
    return [(a, b) for a, b in found if seen[a] == seen[b] == 1]


def number_link(key: str, a: Cluster, b: Cluster) -> Link:
    """The link of two numbers for one document."""
    reason = "hai số khác nhau cho cùng loại, cùng cơ quan, cùng ngày và cùng trích yếu"
    return Link(a=a.id, b=b.id, key=key, kind="number", reason=reason)


def telling_titles(cluster: Cluster) -> Titles:
    """Folded titles that tell something, words sorted, with their numbers; a few speak for a hub that hundreds cite."""
    own = {fold(s.title) for s in cluster.signs if s.loaded and s.title}
    found = sorted({fold(s.title) for s in cluster.signs if s.title}, key=lambda t: (t not in own, -len(t), t))
    return _compared(t for t in found if len(t.split()) >= LEAST_WORDS)[:MOST_TITLES]


def any_titles(given: Iterable[str]) -> Titles:
    """Of some titles all that tell something, as ``telling_titles`` gives the few that speak for a cluster."""
    return _compared(t for t in sorted(set(map(fold, given))) if len(t.split()) >= LEAST_WORDS)


def _compared(titles: Iterable[str]) -> Titles:
    return [(" ".join(sorted(t.split())), [w for w in t.split() if w.isdigit()]) for t in titles]


def _far_apart(a: Cluster, b: Cluster) -> bool:
    """Whether two numbers cannot be two documents of one batch: those issued together bear neighbouring numbers."""
    one, two = ({s.num for s in c.signs if s.num is not None} for c in (a, b))
    return bool(one) and bool(two) and all(abs(x - y) > NEIGHBOURS for x in one for y in two)


def alike(left: Titles, right: Titles) -> bool:
    """Whether some title of one side is one of the other's but for spelling."""
    return any(
        digits == others and ratio(one, two, score_cutoff=SAME) >= SAME for one, digits in left for two, others in right
    )


def _law_links(key: str, clusters: list[Cluster]) -> list[Link]:
    numbered = [c for c in clusters if c.block.startswith("num|")]
    named = [c for c in clusters if c.block.startswith("name|")]
    if len(numbered) != 1:
        return []  # none states the number, or two laws of one name (1999 and 2013): the name alone does not tell
    law = numbered[0]
    years = {s.year for s in law.signs if s.year} | {int(s.date[:4]) for s in law.signs if s.date}
    first = min(years, default=0)
    return [
        Link(a=law.id, b=c.id, key=key, kind="name", reason="cùng tên luật; số được nêu cùng tên trong một văn bản")
        for c in named
        if all(s.year is None or not years or s.year in years for s in c.signs)
        and all(s.before is None or s.before >= first for s in c.signs)  # who wrote before it meant another
    ]


def _named(
    block: str, groups: list[tuple[list[Sign], list[str]]], joins: list[tuple[str, str, str]], weak: dict[str, str]
) -> list[Cluster]:
    """Give each cluster of a block its IRI; the second of one key (by loaded, then id) gets a mark of its own."""
    ordered = sorted(groups, key=lambda g: (not any(s.loaded for s in g[0]), min(s.id for s in g[0])))
    taken: set[str] = set()
    found = []
    for members, reasons in ordered:
        base = _cluster_iri(members)
        iri = base if base not in taken else f"{base}~{min(s.id for s in members)[:8]}"
        taken.add(iri)
        ids = {s.id for s in members}
        mine = tuple(join for join in joins if join[0] in ids)
        loose = tuple((s.id, weak[s.id]) for s in members if s.id in weak)
        found.append(Cluster(id=iri, block=block, signs=tuple(members), reasons=tuple(reasons), joins=mine, weak=loose))
    near = _neighbours(found)
    found = [msgspec.structs.replace(c, near=near[c.id]) if c.id in near else c for c in found]
    return sorted(found, key=lambda c: c.id)


def _neighbours(clusters: list[Cluster]) -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """Which clusters of a block may be one after all; compared are those of one counter, or of one place and day."""
    meeting: dict[tuple[object, ...], set[int]] = defaultdict(set)
    for n, cluster in enumerate(clusters):
        for sign in cluster.signs:
            meeting[sign.jurisdiction, sign.series].add(n)
            if sign.date and len(sign.date) == FULL:
                meeting[sign.jurisdiction, sign.date].add(n)
    pairs = {pair for group in meeting.values() for pair in combinations(sorted(group)[:MOST_NEAR], 2)}
    found: dict[str, set[int]] = defaultdict(set)
    for a, b in pairs:
        if _near(clusters[a], clusters[b]):
            found[clusters[a].id].add(b)
            found[clusters[b].id].add(a)
    return {at: tuple(sorted((clusters[n].id, _best(clusters[n])) for n in near)) for at, near in found.items()}


def _best(cluster: Cluster) -> tuple[str, ...]:
    return tuple(s.id for s in sorted(cluster.signs, key=rank_of))


def _near(a: Cluster, b: Cluster) -> bool:
    """Say whether two clusters of a block may be one after all: one counter, and no two different years told."""
    one, two = (_shapes(c) for c in (a, b))
    if not any(same_counter(s, o) for s in one for o in two):
        return False
    years = [{str(s.year) if s.year else (s.date or "")[:4] for s in c.signs if s.year or s.date} for c in (a, b)]
    return not years[0] or not years[1] or bool(years[0] & years[1])


def _shapes(cluster: Cluster) -> list[Sign]:
    """One sign of each place, series and day."""
    return list({(s.jurisdiction, s.series, s.date): s for s in cluster.signs}.values())


def rank_of(sign: Sign) -> tuple[bool, bool, bool, bool, int, str]:
    """Order signs by how much they tell: loaded, dated, with a series, with a place, with known codes."""
    known = sum(org_of(c) is not None or split_party(c) is not None for c in sign.series)
    return (not sign.loaded, period_of(sign) is None, not sign.series, sign.jurisdiction is None, -known, sign.id)


def _cluster_iri(members: list[Sign]) -> str:
    best = min(members, key=rank_of)
    dates = sorted((s.date for s in members if s.date), key=lambda d: (-len(d), d))
    year = str(best.year) if best.year else None
    return sign_iri(best, dates[0] if dates else year)


def sign_iri(sign: Sign, period: str | None = None) -> str:
    """Give the IRI under which one sign alone would stand."""
    period = period or sign.date or (str(sign.year) if sign.year else None)
    named = sign.loaded[:12] or slug(sign.title or "")
    draft = "du-thao-" if sign.stage != "issued" else ""
    key = InstrumentKey(
        jurisdiction=sign.jurisdiction,
        series=sign.series,
        type=f"{draft}{sign.type}" if draft else sign.type,
        num=sign.num,
        suffix=sign.suffix if sign.num is not None else named,
        year=sign.year,
        term=sign.term,
    )
    weak = f"~{sign.id[:8]}" if sign.own and not sign.loaded else ""
    return instrument_iri(key, period or sign.date) + weak


def components(
    clusters: Iterable[Cluster], links: Iterable[Link], ruled: Ruled = FREE
) -> Iterator[tuple[list[Cluster], list[Link]]]:
    """Give the instruments: clusters joined by links, each with the links that join it, by smallest cluster id.

    What people judged goes first; a link that would bring together what they told apart joins nothing.
    """
    by_id = {c.id: c for c in clusters}
    parent = {c: c for c in by_id}
    labels = {c.id: ruled.labels(s.id for s in c.signs) for c in by_id.values()}

    def root(at: str) -> str:
        while parent[at] != at:
            at = parent[at]
        return at

    used: dict[str, dict[tuple[str, str, str], Link]] = defaultdict(dict)
    for link in sorted(links, key=lambda k: (k.kind != "judged", k.a, k.b, k.key)):
        if link.a not in parent or link.b not in parent:
            continue
        one, two = sorted((root(link.a), root(link.b)))
        if ruled.barred(labels[one], labels[two]):
            continue
        if one != two:
            parent[two] = one
            labels[one] |= labels[two]
            used[one] |= used.pop(two, {})
        used[one][link.a, link.b, link.key] = link
    groups: dict[str, list[Cluster]] = defaultdict(list)
    for at in sorted(by_id):
        groups[root(at)].append(by_id[at])
    for at in sorted(groups):
        yield groups[at], [used[at][k] for k in sorted(used[at])]
