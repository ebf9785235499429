"""What a person should judge of an instrument: numbers, days and issuers that disagree, others that may be the same."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from graph.grouping import Ruled
from graph.issuers import issuer_keys, issuers_agree
from graph.periods import FULL
from graph.resolution import Cluster, Link, rank_of
from graph.statements import Sign

MOST_SIGNS = 12  # told of one side
MOST_OF_A_KIND = 5  # disputes of one kind that a node tells; a person who answers sees the next


class Dispute(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Something about a node that a person should judge.

    Attributes:
        other: A cluster that may be the same instrument, where ``possible_same``.
        sides: Ids of the signs on both sides, the best first, a few of each.
    """

    kind: str
    reason: str
    other: str | None = None
    sides: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())


def disputes_of(
    clusters: list[Cluster], links: list[Link], best: Mapping[str, str], number_reason: str, ruled: Ruled
) -> tuple[Dispute, ...]:
    """Give what is disputed of one instrument and was not judged.

    Args:
        clusters: Its clusters by id.
        links: What joined them.
        best: Preferred values by property.
        number_reason: How its number was chosen.
        ruled: What people have judged.
    """
    signs = [s for c in clusters for s in c.signs]
    found = _numbers(clusters, links, number_reason, ruled)
    found += _days(signs, best.get("date"), ruled)
    found += _issuers(signs, best.get("issuer"), ruled)
    return (*found, *_weak(clusters, ruled), *_possible(clusters, ruled))


def _numbers(clusters: list[Cluster], links: list[Link], number_reason: str, ruled: Ruled) -> list[Dispute]:
    by_id = {c.id: c.signs for c in clusters}
    told = [(k, by_id[k.a], by_id[k.b]) for k in links if k.kind == "number"]
    return [
        Dispute(kind="number", reason=f"{k.reason}; {number_reason}", sides=(_few(a), _few(b)))
        for k, a, b in told
        if not ruled.settled(_ids(a), _ids(b))
    ]


def _days(signs: list[Sign], preferred: str | None, ruled: Ruled) -> list[Dispute]:
    days: dict[str, list[Sign]] = defaultdict(list)
    for sign in signs:
        if sign.date and len(sign.date) == FULL:
            days[sign.date].append(sign)
    first = days.get(preferred or "", [])
    return [
        Dispute(
            kind="date",
            reason=f"các văn bản ghi ngày khác nhau: {', '.join(sorted((preferred or '', day)))}",
            sides=(_few(first), _few(days[day])),
        )
        for day in sorted(days)
        if day != preferred and not ruled.settled(_ids(first), _ids(days[day]))
    ][:MOST_OF_A_KIND]


def _issuers(signs: list[Sign], preferred: str | None, ruled: Ruled) -> list[Dispute]:
    groups: dict[frozenset[str], list[Sign]] = defaultdict(list)
    keys: dict[tuple[object, ...], frozenset[str]] = {}  # a hub has thousands of signs, but few issuers
    for sign in signs:
        if sign.issuers:
            told = (sign.issuers, sign.jurisdiction, sign.date)
            if told not in keys:
                keys[told] = issuer_keys(sign)
            groups[keys[told]].append(sign)
    ranked = sorted(groups, key=lambda k: (preferred not in {_named(s) for s in groups[k]}, -len(groups[k]), sorted(k)))
    found = []
    for n, one in enumerate(ranked):
        against = [s for other in ranked[:n] if not issuers_agree(one, other) for s in groups[other]]
        if against and not ruled.settled(_ids(against), _ids(groups[one])):
            names = sorted({_named(s) for s in (*against, *groups[one])})
            reason = f"các văn bản ghi cơ quan ban hành khác nhau: {'; '.join(names)}"
            found.append(Dispute(kind="issuer", reason=reason, sides=(_few(against), _few(groups[one]))))
    return found[:MOST_OF_A_KIND]


def _weak(clusters: list[Cluster], ruled: Ruled) -> list[Dispute]:
    """What was taken in on weak evidence: it stands, but not silently."""
    found = []
    for cluster in clusters:
        loose = dict(cluster.weak)
        firm = [s for s in cluster.signs if s.id not in loose]
        for why in sorted(set(loose.values())):
            taken = [s for s in cluster.signs if loose.get(s.id) == why and not ruled.settled(_ids(firm), [s.id])]
            if taken and firm:
                found.append(Dispute(kind="weak", reason=why, sides=(_few(firm), _few(taken))))
    return found


def _possible(clusters: list[Cluster], ruled: Ruled) -> list[Dispute]:
    mine = {c.id for c in clusters}
    return [
        Dispute(
            kind="possible_same",
            reason="cùng số, ký hiệu; chưa đủ căn cứ để coi là một",
            other=other,
            sides=(_few(c.signs), ids[:MOST_SIGNS]),
        )
        for c in clusters
        for other, ids in c.near
        if other not in mine and not ruled.settled(_ids(c.signs), ids)
    ]


def _few(signs: Iterable[Sign]) -> tuple[str, ...]:
    return tuple(s.id for s in sorted(signs, key=rank_of)[:MOST_SIGNS])


def _ids(signs: Iterable[Sign]) -> list[str]:
    return [s.id for s in signs]


def _named(sign: Sign) -> str:
    return " và ".join(sign.issuers)
