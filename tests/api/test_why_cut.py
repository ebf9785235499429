"""Where paths were left out, the number that is told is no total."""

from typing import cast

import msgspec
import pytest

from api.verbs import why
from graph.results import Candidate, WhyPath
from graph.store import Store
from tests.fakes import DIRECTIVE, HOME, FakeStore


class _Maze(FakeStore):
    more = False

    def find_instruments(self, text: str, limit: int = 20) -> list[Candidate]:
        return [Candidate(id=DIRECTIVE.id, label=DIRECTIVE.label, score=100.0, exact=True, instrument=DIRECTIVE)]

    def find_bodies(self, text: str, limit: int = 20) -> list[Candidate]:
        return [Candidate(id=HOME.id, label=HOME.name, score=100.0, exact=True, body=HOME)]

    def why_bound(self, body: str, instrument: str) -> list[WhyPath]:
        paths = super().why_bound(body, instrument)
        return [*paths[:-1], msgspec.structs.replace(paths[-1], more=self.more)]


@pytest.mark.parametrize("more", [True, False])
def test_a_cut_list_of_reasons_is_not_told_as_the_whole(more: bool) -> None:
    store = _Maze()
    store.more = more
    answer = why(cast("Store", store), HOME.name, "Chỉ thị 33")
    assert answer.status == "answered"
    assert ("ít nhất 1 chuỗi" in answer.text) == more
