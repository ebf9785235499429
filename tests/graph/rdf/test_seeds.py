import io
from pathlib import Path

import pytest

from graph.connect import connect
from graph.exchange import export
from graph.rdf import quads_of
from graph.store import Batch
from graph.validation import validate

SEEDS = Path(__file__).parents[4] / "shared" / "seeds"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is not here"),
]


@pytest.fixture(scope="module")
def batches():
    from loaders.pipeline import extract

    found = []
    for path in sorted(SEEDS.glob("*.txt")):
        source, record = extract(path)
        found.append(Batch(path=path.name, record=record, text=source.text, pages=source.pages))
    return found


@pytest.fixture(scope="module")
def store(batches):
    opened = connect("memory:")
    opened.write_many(iter(batches))
    yield opened
    opened.close()


def test_the_five_seeds_conform_to_the_shapes(store):
    report = validate(store)
    assert [f for f in report.findings if f.severity == "violation"] == []
    assert report.conforms
    assert report.duties > 80


def test_the_seeds_give_the_same_quads_and_bytes_from_sqlite(store, batches, tmp_path):
    other = connect(f"sqlite:{tmp_path / 'seeds.db'}")
    other.write_many(iter(batches[::-1]))
    assert set(quads_of(other)) == set(quads_of(store))
    for name in ("turtle", "graphml", "csv"):
        one, two = io.BytesIO(), io.BytesIO()
        export(store, name, one)
        export(other, name, two)
        assert one.getvalue() == two.getvalue(), name
    other.close()


def test_no_quad_asserts_that_the_proposed_replacement_of_56_2015_took_place(store):
    replaced = [o for _, p, o, _ in quads_of(store) if str(p).endswith("#replaces")]
    assert not any("/2015" in str(o) and str(o).endswith("/56") for o in replaced)
