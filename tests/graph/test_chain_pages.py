"""A page that edges give in their order is the page that is cut out of the whole tree, however they run."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from graph.asking.chain_pages import page_of_edges
from graph.asking.instruments import ORDER, InstrumentQuestions, by_date, strongest
from graph.asking.reading import Statement
from graph.nodes import Node
from graph.results import Evidence, InstrumentRef, RelationView
from ontology.errors import NotFoundError
from ontology.terms import RelationKind, Strength

COUNT = 6
DAYS = (None, "2020-01-02", "2021-03-04")
KINDS = (RelationKind.IMPLEMENTS, RelationKind.GUIDES)
LISTS = ("aliases", "signs", "values", "disputes", "reasons", "issuers", "nums")
ends = st.integers(0, COUNT - 1)
stated = st.lists(
    st.tuples(ends, st.sampled_from(KINDS), ends, st.sampled_from(Strength)).filter(lambda s: s[0] != s[2]),
    min_size=8,  # so many that most instruments are reached more than once
    max_size=40,
)


def _ref(number: int) -> InstrumentRef:
    return InstrumentRef(id=f"i{number}", type=None, label=f"Văn bản {number}", date=DAYS[number % len(DAYS)])


class Told(InstrumentQuestions):
    """Some statements, asked for as the contract of all stores says: the whole tree, then the page."""

    def __init__(self, given: Iterable[tuple[int, RelationKind, int, Strength]]) -> None:
        self._some = [
            Statement(
                subject=f"i{a}", kind=kind, object=f"i{b}", strength=strength, stage="issued", evidence=_place(at)
            )
            for at, (a, kind, b, strength) in enumerate(given)
        ]

    def node(self, iri: str) -> Node:
        if iri not in {f"i{n}" for n in range(COUNT)}:
            raise NotFoundError("không có", iri=iri)
        nothing: dict[str, tuple[()]] = dict.fromkeys(LISTS, ())
        return msgspec.convert({"ref": _ref(int(iri[1:])), "level": None, **nothing}, Node)

    def refs(self, iris: Iterable[str]) -> dict[str, InstrumentRef]:
        return {iri: _ref(int(iri[1:])) for iri in iris}

    def carried(self, iri: str, depth: int, strengths: tuple[str, ...], *, up: bool) -> list[Statement]:
        found: list[Statement] = []
        seen, level = {iri}, {iri}
        for _ in range(depth):
            near = [s for s in self._some if (s.subject if up else s.object) in level and s.strength.value in strengths]
            found += near
            level = {s.object if up else s.subject for s in near} - seen
            seen |= level
        return found

    def edges(self, weakest: Strength, *, up: bool) -> "Listed":
        some = [s for s in self._some if ORDER[s.strength] <= ORDER[weakest]]
        return Listed(up=up, stated=self.views(some), asked=[])


Told.__abstractmethods__ = frozenset()  # what no chain asks is left out


@dataclass(frozen=True)
class Listed:
    """Edges out of a list of relations; notes for how many edges it was asked."""

    up: bool
    stated: list[RelationView]
    asked: list[int]

    def _of(self, node: str) -> list[RelationView]:
        return strongest([v for v in self.stated if (v.subject if self.up else v.object).id == node], up=self.up)

    def first_ends(self, nodes: Sequence[str], count: int) -> list[tuple[str, str]]:
        assert len(nodes) == len(set(nodes))
        self.asked.append(count)
        return [(node, (v.object if self.up else v.subject).id) for node in nodes for v in self._of(node)][:count]

    def degrees(self, nodes: Collection[str]) -> dict[str, int]:
        return {node: len(self._of(node)) for node in nodes if self._of(node)}

    def refs(self, nodes: Collection[str]) -> Mapping[str, InstrumentRef]:
        return {node: _ref(int(node[1:])) for node in nodes}

    def views(self, pairs: Collection[tuple[str, str]]) -> list[RelationView]:
        return [v for v in self.stated if (v.subject.id, v.object.id) in pairs]


def _place(at: int) -> Evidence:
    return Evidence(file=f"{at}.txt", sha256="0" * 64, start=at, end=at + 1, line=1, text="x", section="preamble")


@given(stated, ends, st.sampled_from(Strength), st.integers(0, 4), st.tuples(st.integers(0, 8), st.integers(0, 8)))
def test_a_page_out_of_edges_is_the_page_of_the_whole_tree(
    given: list[tuple[int, RelationKind, int, Strength]],
    root: int,
    strength: Strength,
    depth: int,
    part: tuple[int, int],
) -> None:
    told = Told(given)
    for up in (True, False):
        page = page_of_edges(told.edges(strength, up=up), f"i{root}", depth, *part)
        assert page == told.chain_slice(f"i{root}", depth, strength, *part, up=up)


def test_no_more_edges_are_asked_for_than_a_page_may_show() -> None:
    told = Told((n, RelationKind.IMPLEMENTS, 0, Strength.TASK) for n in range(1, COUNT))
    edges = told.edges(Strength.TASK, up=False)
    page = page_of_edges(edges, "i0", 10, 2, 1)
    assert [c.instrument.id for c in page.children] == [
        v.subject.id for v in sorted(edges.stated, key=lambda v: by_date(v.subject))[1:3]
    ]
    assert edges.asked == [3]  # those before the page, and the page
