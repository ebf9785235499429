"""Whatever was read comes back from RDF, tables and GraphML to the last character."""

import io
import types
from enum import StrEnum
from pathlib import Path
from typing import Any, Union, get_args, get_origin

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.exchange import EXTENSIONS, FORMATS, export
from graph.exchange_read import read
from graph.exchange_record import Tables, rows_of
from graph.judgements import Identity, judgement, undoing
from graph.rdf_nodes import escape, unescape
from graph.rdf_read import batches_of, index_of
from graph.rdf_record import file_quads, reading_iri, reading_quads
from graph.store import Batch
from ontology.errors import InvalidInputError
from ontology.record import Record

SHA = "0f" * 32
HARD = (
    "",
    "a",
    "đ 😀",
    'x"y',
    "\\u0041",
    "\\",
    "\r\n",
    "\x00\x1f",
    "\ufffe",
    "'=1",
    "=1",
    " z ",
    "\t",
    "<&>",
    "\u2028",
    "2023-02",
    "2023-02-31",
)
TEXTS = st.one_of(st.sampled_from(HARD), st.text(st.characters(exclude_categories=("Cs",)), max_size=6))
SCALARS = {
    str: TEXTS,
    int: st.integers(-3, 10**7),
    bool: st.booleans(),
    float: st.floats(allow_nan=False, allow_infinity=False),
}


def values(kind: Any) -> st.SearchStrategy[Any]:
    """Values of any type that a record has, new fields included."""
    if get_origin(kind) in (Union, types.UnionType):
        return st.one_of([st.none() if k is type(None) else values(k) for k in get_args(kind)])
    if get_origin(kind) is dict:
        return st.dictionaries(TEXTS, values(get_args(kind)[1]), max_size=2)
    if get_origin(kind) is tuple:
        inner = get_args(kind)
        if inner[-1] is Ellipsis:
            return st.lists(values(inner[0]), max_size=2).map(tuple)
        return st.tuples(*(values(k) for k in inner))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return st.sampled_from(kind)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        fields = {f.name: values(f.type) for f in msgspec.structs.fields(kind)}
        if "sha256" in fields:
            fields["sha256"] = st.just(SHA)
        return st.builds(kind, **fields)
    return SCALARS[kind]


BATCHES = st.builds(
    Batch, path=TEXTS, record=values(Record), text=TEXTS, pages=st.lists(st.integers(0, 99), max_size=3).map(tuple)
)
ANY = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def test_a_batch_has_the_fields_that_the_mapping_knows():
    assert Batch.__struct_fields__ == ("path", "record", "text", "pages")


@ANY
@given(batch=BATCHES, speaks=st.booleans())
def test_any_reading_comes_back_from_rdf(batch, speaks):
    iri = reading_iri(batch)
    quads = [*file_quads(batch, iri), *reading_quads(batch, iri, speaks=speaks)]
    assert list(batches_of(index_of(set(quads)))) == [batch]


@ANY
@given(batches=st.lists(BATCHES, max_size=2, unique_by=lambda b: b.path))
def test_any_reading_comes_back_from_tables(batches):
    tables = Tables()
    for number, batch in enumerate(batches, start=1):
        for row in rows_of("files", number, batch):
            tables.add(row)
    assert tables.read("files") == batches
    tables.check()


@given(text=TEXTS)
def test_escaping_leaves_nothing_that_xml_cannot_hold_and_is_undone(text):
    written = escape(text)
    assert unescape(written) == text
    assert not any(c < " " and c not in "\t\n\r" for c in written)


def hard_batch(base: Batch, path: str, text: str) -> Batch:
    header = msgspec.structs.replace(base.record.instrument, place=text, recipients=(text, "", "'"))
    record = msgspec.structs.replace(base.record, instrument=header)
    return msgspec.structs.replace(base, path=path, record=record, text=base.text + text, pages=(0, 5))


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_a_store_comes_back_from_every_format(store, tmp_path, name):
    base = next(store.batches())
    # copies of one content: one read alike, one read otherwise, each with characters that forms cannot hold
    for at, text in enumerate(HARD):
        store.write(hard_batch(base, f"/x/{at} {text}", text))
    store.write(msgspec.structs.replace(base, path="/data/bản sao.txt"))
    path = tmp_path / f"graph{EXTENSIONS[name]}"
    with path.open("wb") as out:
        export(store, name, out)
    assert read(path, name).batches == tuple(store.batches())


def test_an_unpacked_folder_of_tables_is_read_as_the_zip_is(store, tmp_path):
    import zipfile

    out = io.BytesIO()
    export(store, "csv", out)
    zipfile.ZipFile(out).extractall(tmp_path / "tables")
    assert read(Path(tmp_path / "tables"), "csv").batches == tuple(store.batches())


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_what_people_decided_comes_back_from_every_format(store, tmp_path, name):
    one, other = (Identity(forms=(f"https://w3id.org/luocdo/sign/{n}", f"x{n}"), label=f"Kế hoạch {n}") for n in "ab")
    first = judgement("same", one, other, by="Trần Thử", reason="cùng “văn bản” \\ \x01", at="2026-11-20T08:00:00Z")
    records = [first, undoing(first.id, by="Lê Thử", reason="nhầm", at="2026-11-20T09:00:00Z")]
    store.adopt(records)
    path = tmp_path / f"graph{EXTENSIONS[name]}"
    with path.open("wb") as out:
        export(store, name, out)
    assert read(path, name).judgements == tuple(store.judgements()) == tuple(records)


def test_a_judgement_that_was_changed_since_it_was_made_is_refused(store, tmp_path):
    made = judgement("later", Identity(forms=("a",)), Identity(forms=("b",)), by="A", reason="chưa rõ", at="2026-11-20")
    store.adopt([made])
    path = tmp_path / "x.nq"
    with path.open("wb") as out:
        export(store, "nquads", out)
    path.write_text(path.read_text("utf-8").replace('"chưa rõ"', '"đã rõ"'), "utf-8")
    with pytest.raises(InvalidInputError, match="đã bị sửa"):
        read(path, "nquads")
