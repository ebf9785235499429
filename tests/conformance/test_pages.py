"""Long answers in parts: every store gives the slices of one list, and tells how long the whole is."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import pytest
from factories import batch, bearer, deadline, duty

from benchmarks.synthetic import documents
from graph.backends.neo4j import Neo4jStore
from graph.connect import connect
from graph.paging import Page
from graph.results import ChainNode
from graph.store import Batch, DutyFilter, InstrumentFilter, Store
from ontology.errors import NotFoundError
from ontology.terms import Direction, Role, Strength

COUNT = 40


def corpus() -> Iterator[Batch]:
    """Made-up documents, and two whose duties recur, go on, or end in a month that tells no day."""
    yield from islice(documents(COUNT), COUNT)
    office = "Văn phòng Sở Y tế tỉnh Nghệ An"
    for n in range(2):
        lines = [f"Việc số {k} của văn bản {n}" for k in range(4)]
        terms = (
            deadline("recurring", "P3M", last_day="2023-12-31"),
            deadline("continuous", last_day="2023-06-30"),
            deadline("before", last_day="2023-07"),
            deadline("before", last_day="2023-07-15"),
        )
        duties = [duty(line, bearers=(bearer(office),), deadline=t) for line, t in zip(lines, terms, strict=True)]
        yield batch(
            f"/terms/{n}.txt", "\n".join(lines), duties=duties, type="ke_hoach", number=f"{n}", date="2022-01-05"
        )


@pytest.fixture
def filled(store: Store) -> Store:
    store.write_many(corpus())
    return store


@pytest.fixture(scope="module")
def oracle() -> Iterator[Store]:
    opened = connect("memory:")
    opened.write_many(corpus())
    yield opened
    opened.close()


def bodies_of(store: Store) -> list[str]:
    parties = {b.body.id: None for d in store.obligations() for b in (*d.bearers, *d.counterparties)}
    above = {s.id: None for b in parties for s in store.body(b).superiors}
    return list(parties | above)


def hub_of(store: Store) -> str:
    cited = [r.object.id for r in store.relations()]
    return max(sorted(set(cited)), key=cited.count)


def lists_of(store: Store, every: int = 6) -> dict[str, Callable[..., Page[Any]]]:
    """Every question that gives a list in parts, by a name; about one body of so many."""
    hub = hub_of(store)
    found: dict[str, Callable[..., Page[Any]]] = {
        "documents": store.documents,
        "instruments": store.instruments,
        "missing": lambda **p: store.instruments(InstrumentFilter(missing=("date",)), **p),
        "relations": store.relations,
        "of hub": lambda **p: store.relations(object_=hub, **p),
        "obligations": store.obligations,
        "under": lambda **p: store.obligations(DutyFilter(under=hub), **p),
        "due": lambda **p: store.due("2019-12-03", "2025-12-05", **p),
    }
    for body in bodies_of(store)[::every]:
        for direction in Direction:
            found[f"{direction} {body}"] = lambda body=body, direction=direction, **p: store.duties(
                body, direction, **p
            )
        found[f"alone {body}"] = lambda body=body, **p: store.duties(body, units=False, **p)
        found[f"role {body}"] = lambda body=body, **p: store.duties(
            body, Direction.OWN, DutyFilter(role=Role.PERFORMS), **p
        )
        found[f"due {body}"] = lambda body=body, **p: store.due("2019-12-03", "2025-12-05", body, **p)
    return found


def flat(chain: ChainNode) -> list[tuple[str, str]]:
    """Nodes of a chain below its root as (parent, instrument), breadth first."""
    order = [chain]
    found = []
    for node in order:
        found += [(node.instrument.id, c.instrument.id) for c in node.children]
        order += node.children
    return found


def left_out(chain: ChainNode) -> int:
    return chain.more + sum(left_out(c) for c in chain.children)


def spread(store: Store) -> int:
    """One body of how many is asked about: a server takes a round trip for what others take microseconds."""
    return 18 if isinstance(store, Neo4jStore) else 6


def test_pages_put_together_are_the_whole_list(filled: Store) -> None:
    for name, question in lists_of(filled, spread(filled)).items():
        whole = question()
        assert whole.total == len(whole), name
        parts = [question(limit=7, offset=at) for at in range(0, len(whole) + 1, 7)]
        assert [one for part in parts for one in part] == whole, name
        assert {part.total for part in parts} == {len(whole)}, name
        assert parts[0].more == max(0, len(whole) - 7), name


def test_every_store_gives_the_pages_that_memory_gives(filled: Store, oracle: Store) -> None:
    mine, given = lists_of(filled, spread(filled)), lists_of(oracle, spread(filled))
    assert mine.keys() == given.keys()
    for name, question in given.items():
        for limit, offset in ((None, 0), (5, 0), (5, 3), (3, 1000), (0, 0)):
            page, wanted = mine[name](limit=limit, offset=offset), question(limit=limit, offset=offset)
            assert (list(page), page.total, page.start) == (list(wanted), wanted.total, wanted.start), name


def test_a_page_beyond_the_end_is_empty_and_still_tells_the_whole(filled: Store) -> None:
    page = filled.obligations(limit=10, offset=100_000)
    assert page == []
    assert page.total == len(filled.obligations())
    assert page.more == 0


@pytest.mark.parametrize("strength", Strength)
def test_a_page_of_a_chain_is_a_range_of_its_nodes_breadth_first(filled: Store, strength: Strength) -> None:
    hub = hub_of(filled)
    whole = filled.implementers(hub, strength=strength)
    nodes = flat(whole)
    assert left_out(whole) == 0
    for limit, offset in ((1, 0), (5, 0), (5, 5), (8, len(nodes) - 4), (10_000, 0)):
        page = filled.implementers(hub, strength=strength, limit=limit, offset=offset)
        assert set(flat(page)) >= set(nodes[offset : offset + limit])
        assert page.more + len(page.children) == len(whole.children)


def test_a_cut_chain_counts_what_it_leaves_out(filled: Store) -> None:
    hub = hub_of(filled)
    direct = len(filled.implementers(hub, depth=1).children)
    page = filled.implementers(hub, limit=3)
    assert len(page.children) == 3
    assert page.more == direct - 3


def test_every_store_cuts_chains_as_memory_does(filled: Store, oracle: Store) -> None:
    for ref in [*oracle.instruments(InstrumentFilter(stage=None))[::9], oracle.instrument(hub_of(oracle)).instrument]:
        for depth in (1, 2, 10):
            for limit, offset in ((1, 0), (4, 0), (3, 2), (6, 9)):
                for ask in ("implementers", "basis"):
                    page = getattr(filled, ask)(ref.id, depth, limit=limit, offset=offset)
                    assert page == getattr(oracle, ask)(ref.id, depth, limit=limit, offset=offset)


def test_a_page_after_a_change_is_of_the_changed_store(filled: Store) -> None:
    ways = [(body, way) for body in bodies_of(filled)[::6] for way in Direction]
    before = {one: filled.duties(*one, limit=5).total for one in ways}
    for path in [d.path for d in filled.documents()[::2]]:
        filled.remove(path)
    left = set(bodies_of(filled))
    after = {one: filled.duties(*one, limit=5) for one in ways if one[0] in left}
    assert any(page.total < before[one] for one, page in after.items())
    for one, page in after.items():
        whole = filled.duties(*one)
        assert (list(page), page.total) == (whole[:5], len(whole)), one


def test_a_file_is_found_by_its_content(filled: Store) -> None:
    for document in filled.documents(limit=3):
        assert filled.documents(sha256=document.sha256) == [document]
    with pytest.raises(NotFoundError):
        filled.documents(sha256="0" * 64)
