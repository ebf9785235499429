"""Signs of one block brought together pair by pair, as far as people have not told them apart."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations
from typing import Protocol

from graph.periods import period_of
from graph.statements import Sign


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

    ``joins`` are the pairs of signs that brought two groups together, with the rule; ``weak`` are the signs that were
    taken in on evidence that a person should look at, with what makes it weak.
    """

    def __init__(self, signs: list[Sign], ruled: Ruled = FREE) -> None:
        self.weak: dict[str, str] = {}
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

    def _join(self, a: Sign, b: Sign, why: str, *, weak: bool = False) -> None:
        one, two = sorted((self._root(a.id), self._root(b.id)))
        if self._apart(one, two):
            return
        if one != two:
            self.joins.append((a.id, b.id, why))
            self._labels[one] |= self._labels[two]
            if weak:
                self.weak[min(a, b, key=lambda s: (period_of(s) is not None, bool(s.series), s.id)).id] = why
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
