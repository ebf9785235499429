"""What no store may show as a fact, and what it must say of where a fact comes from."""

import msgspec
from factories import CT33, batch, cite

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


def test_a_text_that_a_machine_recognised_is_told_from_a_printed_one(store: Store) -> None:
    printed, scanned = batch("/a", "Văn bản in.", number="1"), batch("/b", "Văn bản quét.", number="2")
    source = msgspec.structs.replace(scanned.record.source, text_from="ocr")
    record = msgspec.structs.replace(scanned.record, source=source)
    store.write_many(iter([printed, msgspec.structs.replace(scanned, record=record)]))
    told = {d.path: (d.text_from, store.instrument(d.instrument.id).text_from) for d in store.documents()}
    assert told == {"/a": ("file", "file"), "/b": ("ocr", "ocr")}


def test_an_instrument_without_its_text_has_no_source_of_letters(store: Store) -> None:
    store.write(batch("/a", "Chỉ thị số 33/CT-TTg", citations=[cite("Chỉ thị số 33/CT-TTg", **CT33)]))
    [cited] = [r for r in store.instruments() if not r.loaded]
    assert store.instrument(cited.id).text_from is None
