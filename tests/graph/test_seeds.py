"""Identity and counts over the five seed documents (issue 3, domain.md)."""

from collections import Counter
from pathlib import Path

import pytest

from graph.connect import connect
from graph.results import ChainNode
from graph.store import Batch, InstrumentFilter, Store
from loaders.pipeline import extract
from ontology.terms import Direction, RelationKind

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds of ../shared are not there"),
]


@pytest.fixture(scope="module", params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("seeds")
    opened = connect("memory:" if request.param == "memory" else f"sqlite:{folder / 'x.db'}")
    for path in sorted(SEEDS.glob("*.txt")):
        source, record = extract(path)
        opened.write(Batch(path=str(path), record=record, text=source.text, pages=source.pages))
    return opened


def one(store: Store, text: str) -> str:
    found = [c for c in store.find_instruments(text) if c.exact]
    assert len(found) == 1, [c.label for c in found]
    return found[0].id


def test_sixty_instruments_are_cited_and_four_documents_are_not(store: Store) -> None:
    nodes = store.instruments()
    assert len(nodes) == 64
    cited = {s.object.id for s in store.relations()} & {n.id for n in nodes}
    families = Counter("party" if n.family == "party" else "state" for n in nodes if n.id in cited)
    assert families == {"party": 33, "state": 27}


def test_the_plan_with_two_numbers_is_one_node_and_a_conflict(store: Store) -> None:
    assert one(store, "Kế hoạch 40") == one(store, "Kế hoạch số 10")
    [conflict] = [c for c in store.conflicts() if c.kind == "number"]
    assert {c.value for c in conflict.claims} == {"10", "40"}
    assert {e.file[:3] for c in conflict.claims for e in c.evidence} == {"002", "004"}
    assert conflict.instruments[0].number == "10"


def test_one_number_of_two_provinces_is_two_nodes(store: Store) -> None:
    found = [c.instrument.jurisdiction for c in store.find_instruments("25-CT/TU") if c.exact and c.instrument]
    assert sorted(str(j) for j in found) == ["quang-ngai", "tay-ninh"]


def test_misprints_and_separators_are_one_node(store: Store) -> None:
    assert len(store.find_instruments("hướng dẫn 08")) == 1
    assert len(store.find_instruments("quyết định 436")) == 1


def test_who_issued_436_is_a_listed_conflict(store: Store) -> None:
    [conflict] = [c for c in store.conflicts() if c.kind == "issuer"]
    assert conflict.instruments[0].number == "436"
    assert len(conflict.claims) == 2


def test_bills_are_not_laws(store: Store) -> None:
    stages = Counter(r.stage for r in store.instruments(InstrumentFilter(types=("luat",), stage=None)))
    assert stages == {"issued": 2, "draft": 1}


def test_a_proposed_replacement_is_not_asserted(store: Store) -> None:
    assert [r.stage for r in store.relations((RelationKind.REPLACES,)) if r.object.number == "56/2015"] != ["issued"]


def test_the_chain_of_directive_37_goes_down_to_the_plan(store: Store) -> None:
    def numbers(chain: ChainNode) -> list[str | None]:
        return [chain.instrument.number, *(n for c in chain.children[:1] for n in numbers(c))]

    assert numbers(store.implementers(one(store, "37-CT/TW")))[:4] == ["37", "416", "644", "10"]


def test_three_documents_implement_directive_33(store: Store) -> None:
    files = [c.evidence[0].file[:3] for c in store.implementers(one(store, "chỉ thị 33")).children]
    assert sorted(files) == ["000", "001", "003"]


def test_the_office_owes_its_report_upward(store: Store) -> None:
    [office] = [c.id for c in store.find_bodies("Văn phòng UBND tỉnh") if c.exact]
    lines = [d.evidence[0].line for d in store.duties(office, Direction.UP) if d.counterparties]
    assert lines == [99, 101]
