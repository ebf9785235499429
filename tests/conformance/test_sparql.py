"""The questions asked in SPARQL give the answers of the store, struct by struct, in the same order."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from factories import corpus

from graph.connect import connect
from graph.exchange_rdf import nquad
from graph.rdf import dataset_of, quads_of, restore
from graph.results import ChainNode
from graph.sparql import SparqlQuestions
from graph.sparql_mirror import Mirror
from graph.sparql_rows import query_names, query_text
from graph.store import Batch, DutyFilter, InstrumentFilter, Store
from loaders.pipeline import extract
from ontology.errors import InvalidInputError, NotFoundError
from ontology.terms import Direction, RelationKind, Strength

ROOT = Path(__file__).parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
FOLDERS = {
    "samples": pytest.param("samples"),
    "seeds": pytest.param(
        "seeds", marks=[pytest.mark.shared, pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds not here")]
    ),
}


def read(folder: Path) -> Iterator[Batch]:
    for path in sorted(p for p in folder.iterdir() if p.suffix in (".txt", ".md", ".html")):
        source, record = extract(path)
        yield Batch(path=path.name, record=record, text=source.text, pages=source.pages)


@pytest.fixture(scope="module", params=["small", *FOLDERS.values()])
def both(request: pytest.FixtureRequest) -> Iterator[tuple[Store, SparqlQuestions]]:
    store = connect("memory:")
    folders = {"samples": ROOT / "examples" / "van-ban", "seeds": SEEDS}
    store.write_many(iter(corpus()) if request.param == "small" else read(folders[request.param]))
    yield store, SparqlQuestions(store)
    store.close()


def some(items: list[str], most: int = 4) -> list[str]:
    return items[:: max(1, len(items) // most)]


def instruments(store: Store) -> list[str]:
    return some([ref.id for ref in store.instruments(InstrumentFilter(stage=None))], 6)


def bodies(store: Store) -> list[str]:
    return some(sorted({p.body.id for d in store.obligations() for p in (*d.bearers, *d.counterparties)}))


LISTS: dict[str, Callable[[Any], Any]] = {
    "documents": lambda s: [
        (d.path, d.file, d.sha256, d.instrument, d.citations, d.duties, d.text_from) for d in s.documents()
    ],
    "instruments": lambda s: s.instruments(),
    "instruments of all stages": lambda s: s.instruments(InstrumentFilter(stage=None)),
    "instruments that are cited, of two kinds": lambda s: s.instruments(
        InstrumentFilter(loaded=False, types=("ke_hoach", "chi_thi"))
    ),
    "instruments of the State": lambda s: s.instruments(InstrumentFilter(families=("state-admin",), level="local")),
    "instruments that lack something": lambda s: s.instruments(InstrumentFilter(missing=("number", "date"))),
    "relations": lambda s: s.relations(),
    "relations of two kinds": lambda s: s.relations((RelationKind.IMPLEMENTS, RelationKind.REPLACES)),
    "obligations": lambda s: s.obligations(),
    "due": lambda s: s.due("2021-01-01", "2030-12-31"),
    "conflicts": lambda s: [(c.kind, c.instruments, c.reason) for c in s.conflicts()],
    "judgements": lambda s: s.judgements(),
    "status": lambda s: {k: v for k, v in msgspec.structs.asdict(s.status()).items() if k != "location"},
}
OF_INSTRUMENT: dict[str, Callable[[Any, str], Any]] = {
    **{f"implementers, {s.value}": lambda q, i, s=s: q.implementers(i, 3, s) for s in Strength},
    "basis": lambda q, i: q.basis(i),
    "relations from": lambda q, i: q.relations(subject=i),
    "relations to": lambda q, i: q.relations(object_=i),
    "citing": lambda q, i: q.instruments(InstrumentFilter(cited_by=(i,))),
    "under": lambda q, i: q.obligations(DutyFilter(under=i)),
}
OF_BODY: dict[str, Callable[[Any, str], Any]] = {
    "body": lambda q, b: q.body(b),
    **{f"duties {d.value}": lambda q, b, d=d: q.duties(b, d) for d in Direction},
    "duties, alone": lambda q, b: q.duties(b, units=False),
    "due": lambda q, b: q.due("2021-01-01", "2030-12-31", b),
}


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_equal(both: tuple[Store, SparqlQuestions], name: str) -> None:
    store, sparql = both
    assert LISTS[name](sparql) == LISTS[name](store)


@pytest.mark.parametrize("name", OF_INSTRUMENT)
def test_answers_about_an_instrument_are_equal(both: tuple[Store, SparqlQuestions], name: str) -> None:
    store, sparql = both
    for iri in instruments(store):
        assert OF_INSTRUMENT[name](sparql, iri) == OF_INSTRUMENT[name](store, iri), iri


@pytest.mark.parametrize("name", OF_BODY)
def test_answers_about_a_body_are_equal(both: tuple[Store, SparqlQuestions], name: str) -> None:
    store, sparql = both
    for iri in bodies(store):
        assert OF_BODY[name](sparql, iri) == OF_BODY[name](store, iri), iri


def test_why_a_body_is_bound_is_told_alike(both: tuple[Store, SparqlQuestions]) -> None:
    store, sparql = both
    for body in bodies(store)[:2]:
        for iri in instruments(store)[:3]:
            assert sparql.why_bound(body, iri) == store.why_bound(body, iri)


def test_instruments_are_found_by_number(both: tuple[Store, SparqlQuestions]) -> None:
    store, sparql = both
    found = [c.instrument for c in store.find_instruments("30", 1000) if c.instrument]
    order = {ref.id: at for at, ref in enumerate(store.instruments(InstrumentFilter(stage=None)))}
    assert [n.ref for n in sparql.nodes_numbered(30)] == sorted(found, key=lambda ref: order[ref.id])


def test_the_claims_of_an_instrument_are_quoted_alike(both: tuple[Store, SparqlQuestions]) -> None:
    import pyoxigraph as ox

    store, sparql = both
    for iri in instruments(store):
        for claim in store.instrument(iri).claims:
            if claim.property in ("number", "symbol", "issuer"):
                found = sparql.claimed(iri, claim.property, ox.Literal(claim.value))
                assert set(claim.evidence) <= set(found)


def test_citations_mean_the_same_instruments(both: tuple[Store, SparqlQuestions]) -> None:
    store, sparql = both
    for info in store.documents():
        assert sparql.pointings(info.sha256) == store.pointings(info.sha256)


def test_what_is_unknown_is_not_found_and_what_sparql_cannot_say_is_refused(
    both: tuple[Store, SparqlQuestions],
) -> None:
    _, sparql = both
    for ask in (sparql.body, sparql.implementers):
        with pytest.raises(NotFoundError):
            ask("https://w3id.org/luocdo/none")
    with pytest.raises(InvalidInputError, match="SPARQL"):
        sparql.search("kế hoạch")


def test_the_quads_follow_every_change_as_if_built_anew(store: Store) -> None:
    mirror = Mirror(store)
    batches = corpus()
    shorter = msgspec.structs.replace(batches[0].record, obligations=())
    steps: list[Callable[[], Any]] = [
        *(lambda b=b: store.write(b) for b in batches),
        lambda: store.write(msgspec.structs.replace(batches[1], path="/0")),
        lambda: store.write(msgspec.structs.replace(batches[0], record=shorter)),
        lambda: store.remove("/a/quyet-dinh.txt"),
        lambda: store.remove("/0"),
        lambda: store.write(batches[0]),
    ]
    for step in steps:
        step()
        assert mirror.sync()
        assert not mirror.sync()
        fresh = Mirror(store)
        fresh.sync()
        assert {str(q) for q in mirror.quads} == {str(q) for q in fresh.quads}


def test_a_change_rewrites_only_the_graphs_that_it_touches() -> None:
    store = connect("memory:")
    store.write_many(iter(corpus()))
    mirror = Mirror(store)
    mirror.sync()
    before = mirror.rewritten
    store.remove("/a/tay-ninh.txt")
    mirror.sync()
    assert mirror.rewritten == before + 1


def test_the_mirror_holds_what_is_exported() -> None:
    store = connect("memory:")
    store.write_many(iter(corpus()))
    mirror = Mirror(store)
    mirror.sync()
    triples = {tuple(nquad(q).split(" ")[:2]) for q in quads_of(store)}
    assert {(str(q.subject), str(q.predicate)) for q in mirror.quads} == triples


def test_a_store_comes_back_from_its_dataset_and_answers_as_before(store: Store) -> None:
    store.write_many(iter(corpus()))
    other = connect("memory:")
    assert restore(dataset_of(store), other) == 4
    assert list(other.batches()) == list(store.batches())
    assert other.revision() == store.revision()
    assert restore(dataset_of(store), other) == 0
    assert [t(other) for t in LISTS.values()] == [t(store) for t in LISTS.values()]


@pytest.mark.parametrize("name", query_names())
def test_every_query_says_what_it_asks_and_is_sparql(name: str) -> None:
    import pyoxigraph as ox

    text = query_text(name)
    assert text.startswith("# ")
    assert "ORDER BY" in text or name in ("status", "duty")
    assert list(ox.Store().query(text)) is not None  # type: ignore[arg-type]


def test_chains_are_trees(both: tuple[Store, SparqlQuestions]) -> None:
    store, sparql = both
    roots = [sparql.implementers(iri) for iri in instruments(store)]
    assert all(isinstance(root, ChainNode) and root.kind is None for root in roots)
