"""Small, sample and real documents, asked at every door: equal answers in equal order.

Doors are the stores that enrol in conftest.py (networkx, SQL, Cypher), which can say every question, and SPARQL over
the quads of each of them, which is asked what it can say.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from answers import answers, differences
from factories import corpus
from judged import ten_and_forty, verdict
from test_sparql import FOLDERS, LISTS, OF_BODY, OF_INSTRUMENT, ROOT, SEEDS, bodies, instruments, read

from graph.connect import connect
from graph.copying import copy
from graph.sparql import SparqlQuestions
from graph.store import Batch, Store

MOST = 3  # instruments and bodies of a corpus that are asked about one by one


@cache
def reference(name: str) -> Store:
    """A corpus in memory, with a judgement where it has something to judge."""
    store = connect("memory:")
    batches: list[Batch] = [*corpus(), *ten_and_forty()]
    if name != "small":
        batches = list(read({"samples": ROOT / "examples" / "van-ban", "seeds": SEEDS}[name]))
    store.write_many(iter(batches))
    for conflict in store.conflicts()[:1]:
        store.judge(verdict(conflict, "different"))
    return store


def everything(asked: Store, _: Store) -> dict[str, Any]:
    return answers(asked, most=MOST)


def in_sparql(asked: Store, known: Store) -> dict[str, Any]:
    said = SparqlQuestions(asked) if asked is not known else asked
    found = {name: ask(said) for name, ask in LISTS.items()}
    for iri in instruments(known)[:MOST]:
        found |= {f"{name} {iri}": ask(said, iri) for name, ask in OF_INSTRUMENT.items()}
    for iri in bodies(known)[:MOST]:
        found |= {f"{name} {iri}": ask(said, iri) for name, ask in OF_BODY.items()}
        found |= {f"why {iri} {of}": said.why_bound(iri, of) for of in instruments(known)[:1]}
    return found | {f"pointings {d.sha256}": said.pointings(d.sha256) for d in known.documents()[:MOST]}


DOORS: dict[str, Callable[[Store, Store], dict[str, Any]]] = {"its own language": everything, "SPARQL": in_sparql}
_wanted = cache(lambda name, door: DOORS[door](reference(name), reference(name)))


@pytest.mark.parametrize("name", ["small", *FOLDERS.values()])
def test_every_door_gives_equal_answers_in_equal_order(store: Store, name: str) -> None:
    copy(reference(name), store)
    for door, ask in DOORS.items():
        assert differences(_wanted(name, door), ask(store, reference(name))) == [], door
