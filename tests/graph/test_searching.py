"""Words of the full-text index."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from graph.passages import LONGEST, passages
from graph.searching import plain_fold
from ontology.vietnamese import fold, nfc


@given(st.text(alphabet=st.characters(max_codepoint=0x1EFF), max_size=60))
def test_the_fast_folding_is_the_folding_of_all(text: str) -> None:
    assert plain_fold(nfc(text)) == fold(nfc(text))


@given(st.text(alphabet="ab .;\n", max_size=2000))
def test_passages_hold_every_word_once_and_in_order(text: str) -> None:
    ranges = list(passages(text))
    assert all(low < high <= low + LONGEST for low, high in ranges)
    assert all(one[1] <= two[0] for one, two in pairwise(ranges))
    kept = "".join(text[low:high] for low, high in ranges)
    assert [c for c in kept if not c.isspace()] == [c for c in text if not c.isspace()]
