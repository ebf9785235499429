"""Lists at hubs: an answer says what it leaves out, and pages of a list are those of the store."""

import re
from collections.abc import Iterator

import pytest

from api import verbs
from benchmarks.synthetic import documents
from graph.connect import connect
from graph.store import Store


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    opened = connect("memory:")
    opened.write_many(documents(30))
    yield opened
    opened.close()


def hub_of(store: Store) -> str:
    cited = [r.object.id for r in store.relations()]
    return max(sorted(set(cited)), key=cited.count)


def test_a_list_that_is_cut_says_that_there_are_more(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    hub = hub_of(store)
    whole = verbs.implements(store, hub)
    assert "nữa" not in whole.text
    monkeypatch.setattr(verbs, "MOST_LISTED", 2)
    cut = verbs.implements(store, hub)
    assert len(cut.items) == 2
    direct = len(store.implementers(hub, depth=1).children)
    assert "2 văn bản gần nhất" in cut.text
    told = re.search(r"còn ít nhất (\d+) văn bản nữa", cut.text)
    assert told
    assert int(told[1]) >= direct - 2
