"""What no store may show as a fact, and what it must say of where a fact comes from."""

from factories import batch, cite

from graph.store import Store
from ontology.terms import RelationKind


def test_a_picture_never_draws_a_proposed_relation_even_between_nodes_it_shows(store: Store) -> None:
    decree = {"type": "nghi_dinh", "number": "56/2015", "symbol": "NĐ-CP", "date": "2015-06-09"}
    based, proposed = "Căn cứ Nghị định số 56/2015/NĐ-CP", "đề nghị thay thế Nghị định số 56/2015/NĐ-CP"
    store.write(
        batch(
            "/a",
            f"{based}; Sở {proposed}.",
            citations=[
                cite(based, relation="based_on", section="preamble", **decree),
                cite(proposed, relation="replaces", stage="proposed", **decree),
            ],
            type="to_trinh",
            number="12",
            symbol="TTr-SNV",
            date="2023-05-05",
        )
    )
    assert {r.kind for r in store.relations()} == {RelationKind.BASED_ON, RelationKind.REPLACES}
    [decree_] = [r for r in store.instruments() if r.type == "nghi_dinh"]
    [edge] = store.neighbourhood(decree_.id).edges
    assert edge.kind == "based_on"
    assert proposed not in {e.text for e in edge.evidence}
