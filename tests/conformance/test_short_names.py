"""Bodies by one short word, also where the word looks like noise."""

import pytest
from factories import batch, bearer, duty

from graph.store import Store

NAMES = ("Sở Công Thương tỉnh Quảng Ngãi", "Sở Nội vụ tỉnh Quảng Ngãi", "Bộ Nội vụ")


@pytest.fixture
def filled(store: Store) -> Store:
    text = "Các cơ quan rà soát thủ tục."
    bearers = tuple(bearer(name) for name in NAMES)
    store.write(batch("/a", text, duties=[duty(text, bearers=bearers)], issuers=()))
    return store


@pytest.mark.parametrize(("typed", "found"), [("Sở", NAMES[:2]), ("so", NAMES[:2]), ("Bộ", NAMES[2:])])
def test_a_word_of_one_syllable_finds_all_bodies_with_it(filled: Store, typed: str, found: tuple[str, ...]) -> None:
    organizations = [c.label for c in filled.find_bodies(typed) if c.label in NAMES]
    assert sorted(organizations) == sorted(found)
    assert not any(c.exact for c in filled.find_bodies(typed))


@pytest.mark.parametrize("typed", ["số", "ngày", "", "của"])
def test_noise_that_is_no_name_finds_nothing(filled: Store, typed: str) -> None:
    assert filled.find_bodies(typed) == []
