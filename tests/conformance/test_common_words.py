"""Words that stand in very many passages are common, however many there are: no store counts a million of them."""

import pytest
from factories import batch

from graph.backends import neo4j_instruments, sqlite_search, world
from graph.store import Store

TEXTS = ("đất đai và khoáng sản", "đất đai", "đất đai, nhà ở", "y tế và giáo dục", "y tế")


@pytest.fixture
def filled(store: Store) -> Store:
    store.write_many(batch(f"/{n}.txt", text) for n, text in enumerate(TEXTS))
    return store


def told(store: Store, text: str) -> set[str]:
    return {hit.evidence.text for hit in store.search(text)}


def test_where_nothing_has_all_words_the_commonest_are_left_out_first(filled: Store) -> None:
    assert told(filled, "đai tế qwerty") == {"y tế và giáo dục", "y tế"}
    assert told(filled, "đai giáo qwerty") == {"y tế và giáo dục"}


def test_of_words_that_are_all_common_the_alphabet_tells_which_goes(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (neo4j_instruments, sqlite_search, world):
        monkeypatch.setattr(module, "COMMON", 2)
    assert told(filled, "đai tế qwerty") == set(TEXTS[:3])
    assert told(filled, "đai giáo qwerty") == {"y tế và giáo dục"}
