"""What standing judgements mean for the signs that are loaded: which are one, which are not; a pure function of both.

A side of a judgement speaks of the signs that bear the first of its forms that anything bears. ``same`` joins the best
sign of each side; ``different`` keeps all signs of one side, and of what was judged the same as it, apart from those of
the other. A judgement that contradicts an earlier one (which ``Store.judge`` refuses, but files that come later can
bring about) rests.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from graph.judgements import Identity, Judgement, Verdict, checked, ordered, standing
from graph.resolution import Cluster, Link, rank_of
from graph.statements import Sign
from ontology.errors import ContradictionError, InvalidInputError, NotFoundError

Bearers = Callable[[str], Iterable[Sign]]  # loaded signs that bear a form


class Same(NamedTuple):
    """Two signs that a judgement joins."""

    judgement: Judgement
    a: str
    b: str


class Rulings:
    """Standing judgements, applied to what is loaded.

    Args:
        records: Standing judgements (``graph.judgements.standing``).
        bearers: Gives the loaded signs that bear a form.
    """

    def __init__(self, records: Iterable[Judgement] = (), bearers: Bearers = lambda _: ()) -> None:
        self._bearers = bearers
        self._sides: dict[tuple[str, ...], tuple[str, frozenset[str]]] = {}
        self._parent: dict[str, str] = {}
        self._apart: list[tuple[str, str, Judgement]] = []
        self._signs: dict[str, set[str]] = defaultdict(set)  # by the lead of a side
        self.sames: list[Same] = []
        self._said: dict[str, Judgement] = {}
        self.resting: list[Judgement] = []
        self._steps: dict[str, list[tuple[str, str]]] = defaultdict(list)  # lead -> lead, id of the judgement
        for record in ordered(records):
            self._apply(record)
        self._labels, self._barred = self._close()
        self._joined: dict[str, set[str]] = defaultdict(set)  # roots of what judgements joined, by sign
        for one in list(self._steps):
            for sign in self._signs[one]:
                self._joined[sign].add(self._root(one))

    def __bool__(self) -> bool:
        return bool(self._steps or self._barred)

    def _apply(self, record: Judgement) -> None:
        if record.verdict not in (Verdict.SAME, Verdict.DIFFERENT):
            return
        (one, left), (two, right) = (self.side(side) for side in record.sides)
        if self._contradicts(record.verdict, one, two):
            self.resting.append(record)
            return
        self._signs[one] |= left
        self._signs[two] |= right
        if record.verdict is Verdict.DIFFERENT:
            self._apart.append((one, two, record))
            return
        if self._root(one) != self._root(two):
            self._parent[self._root(one)] = self._root(two)
        self._said[record.id] = record
        self._steps[one].append((two, record.id))
        self._steps[two].append((one, record.id))
        if left and right:
            self.sames.append(Same(record, one, two))

    def _contradicts(self, verdict: Verdict, one: str, two: str) -> bool:
        a, b = self._root(one), self._root(two)
        if verdict is Verdict.DIFFERENT:
            return a == b
        return any({self._root(x), self._root(y)} == {a, b} for x, y, _ in self._apart)

    def side(self, identity: Identity) -> tuple[str, frozenset[str]]:
        """The best sign of what a side speaks of, with all its signs; where nothing is loaded, its first form."""
        found = self._sides.get(identity.forms)
        if found is None:
            found = (identity.forms[0], frozenset())
            for form in identity.forms:
                signs = sorted(self._bearers(form), key=rank_of)
                if signs:
                    found = (signs[0].id, frozenset(s.id for s in signs))
                    break
            self._sides[identity.forms] = found
        return found

    def refuse(self, record: Judgement) -> None:
        """Raise where a further record says the opposite of these.

        Raises:
            ContradictionError: It does; the records that say so are named.
        """
        if record.verdict not in (Verdict.SAME, Verdict.DIFFERENT):
            return
        (one, _), (two, _) = (self.side(side) for side in record.sides)
        if one == two:
            raise ContradictionError("Hai vế là một cách ghi duy nhất, không thể coi là hai văn bản", judgements=[])
        if not self._contradicts(record.verdict, one, two):
            return
        if record.verdict is Verdict.DIFFERENT:
            told = self._chain(one, two)
            said = "đã coi hai văn bản này là một"
        else:
            a, b = self._root(one), self._root(two)
            bar = next(j for x, y, j in self._apart if {self._root(x), self._root(y)} == {a, b})
            told = [bar.id]
            said = "đã coi hai văn bản này là khác nhau"
        raise ContradictionError(
            f"Trái với quyết định trước ({', '.join(told)}), {said}; hãy rút lại quyết định đó trước", judgements=told
        )

    def _chain(self, start: str, end: str) -> list[str]:
        """Ids of the judgements that lead from one lead to another."""
        came: dict[str, tuple[str, str]] = {start: ("", "")}
        level = [start]
        while level and end not in came:
            following = []
            for at in level:
                for other, judged in sorted(self._steps[at]):
                    if other not in came:
                        came[other] = (at, judged)
                        following.append(other)
            level = following
        told, at = [], end
        while came.get(at, ("", ""))[1]:
            at, judged = came[at]
            told.append(judged)
        return sorted(told)

    def _root(self, lead: str) -> str:
        while lead in self._parent:
            lead = self._parent[lead]
        return lead

    def _close(self) -> tuple[dict[str, frozenset[str]], frozenset[frozenset[str]]]:
        """Labels of signs, and the pairs of labels kept apart; a sign of both sides of a pair speaks for none."""
        barred = frozenset(frozenset((self._root(x), self._root(y))) for x, y, _ in self._apart)
        concerned = {label for pair in barred for label in pair}
        labels: dict[str, set[str]] = defaultdict(set)
        leads: dict[str, str] = {}
        for lead, signs in self._signs.items():
            label = self._root(lead)
            if label in concerned:
                leads[lead] = label
                for sign in signs:
                    labels[sign].add(label)
        found = {}
        for sign, told in labels.items():
            torn = any(len(told & pair) > 1 for pair in barred)
            found[sign] = frozenset({leads[sign]} if torn and sign in leads else () if torn else told)
        return {sign: told for sign, told in found.items() if told}, barred

    def labels(self, signs: Iterable[str]) -> frozenset[str]:
        """What some signs are called where it matters for keeping them apart."""
        if not self._labels:
            return frozenset()
        return frozenset(label for sign in signs for label in self._labels.get(sign, ()))

    def barred(self, a: frozenset[str], b: frozenset[str]) -> bool:
        """Whether things with these labels must stay two."""
        return bool(a) and bool(b) and any(frozenset((x, y)) in self._barred for x in a for y in b if x != y)

    def settled(self, a: Iterable[str], b: Iterable[str]) -> bool:
        """Whether a person has said of two groups of signs that they are one, or that they are two."""
        one, two = frozenset(a), frozenset(b)
        if self.barred(self.labels(one), self.labels(two)):
            return True
        left, right = ({root for sign in group for root in self._joined.get(sign, ())} for group in (one, two))
        return bool(left & right)

    def links(self, clusters: Iterable[Cluster]) -> list[Link]:
        """Links between the clusters that judgements join; a judgement within one cluster needs none.

        What was judged the same as a third thing is one even while the third is not loaded.
        """
        of = {sign.id: c.id for c in clusters for sign in c.signs}
        direct = [(same.a, same.b, same.judgement) for same in self.sames if same.a in of and same.b in of]
        found = {}
        for one, two, record in (*direct, *self._over_absent(of)):
            a, b = sorted((of[one], of[two]))
            if a != b:
                found[a, b, record.id] = Link(a=a, b=b, key=key_of(record), kind="judged", reason=told_by(record))
        return [found[k] for k in sorted(found)]

    def _over_absent(self, of: Mapping[str, str]) -> list[tuple[str, str, Judgement]]:
        """For each lead that a judgement ties to an absent one: the first lead of its class, and the judgement."""
        found = []
        for lead in sorted(lead for lead in self._steps if lead in of):
            absent = sorted(told for other, told in self._steps[lead] if not self._signs[other])
            first = min(x for x in self._steps if x in of and self._root(x) == self._root(lead))
            if absent and first != lead:
                found.append((first, lead, self._said[absent[0]]))
        return found


def key_of(record: Judgement) -> str:
    """The key of the links that a judgement makes."""
    return f"judged|{record.id}"


def told_by(record: Judgement) -> str:
    """Who judged, when and why, for people."""
    return f"{record.by} quyết định là một ({record.id}, {record.at[:10]}): {record.reason}"


def judged_forms(records: Iterable[Judgement]) -> Mapping[str, frozenset[str]]:
    """All forms that judgements speak of, with the ids of those that do."""
    found: dict[str, set[str]] = defaultdict(set)
    for record in records:
        for side in record.sides:
            for form in side.forms:
                found[form].add(record.id)
    return {form: frozenset(ids) for form, ids in found.items()}


def admit(record: Judgement, known: Mapping[str, Judgement], bearers: Bearers) -> bool:
    """Say whether a record is new to a store that has others.

    Args:
        record: What is to be added.
        known: What the store has, by id.
        bearers: Gives the loaded signs that bear a form.

    Raises:
        InvalidInputError: The record is not as ``graph.judgements`` makes it.
        NotFoundError: It undoes a record that the store does not have.
        ContradictionError: Standing judgements say the opposite.
    """
    checked(record)
    if record.id in known:
        return False
    if record.verdict is Verdict.UNDO:
        undone = known.get(record.undoes or "")
        if undone is None:
            raise NotFoundError(f"Không có quyết định {record.undoes}", id=record.undoes)
        if undone.verdict is Verdict.UNDO:
            raise InvalidInputError("Không rút lại một lần rút lại; hãy quyết định lại", id=undone.id)
    else:
        Rulings(standing(known.values()), bearers).refuse(record)
    return True
