import csv
import io
import json
import zipfile

import networkx
import pytest
import rdflib

from graph.exchange import ALIASES, EXTENSIONS, FORMATS, MEDIA_TYPES, export
from graph.exchange_rows import TABLES
from graph.rdf import quads_of
from graph.rdf_nodes import ld
from ontology.errors import InvalidInputError

# rdflib's own Dataset.parse uses what rdflib has deprecated
pytestmark = pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")
RDF_FORMATS = ("trig", "nquads", "json-ld")


def written(store, name):
    out = io.BytesIO()
    export(store, name, out)
    return out.getvalue()


@pytest.mark.parametrize("name", RDF_FORMATS)
def test_rdf_forms_read_back_give_exactly_the_quads(store, name):
    dataset = rdflib.Dataset()
    dataset.parse(data=written(store, name).decode(), format=name)
    assert {(s, p, o, g) for s, p, o, g in dataset.quads()} == set(quads_of(store))


def test_turtle_read_back_gives_all_triples(store):
    graph = rdflib.Graph().parse(data=written(store, "turtle").decode(), format="turtle")
    assert set(graph) == {(s, p, o) for s, p, o, _ in quads_of(store)}


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_equal_stores_give_equal_bytes_whatever_the_order_of_loading(two_orders, name):
    first, second = (written(store, name) for store in two_orders)
    assert first == second
    assert first == written(two_orders[0], name)


def test_json_ld_carries_its_context_and_named_graphs(store):
    document = json.loads(written(store, "json-ld"))
    assert document["@context"]["ld"].endswith("ontology#")
    assert all(set(graph) == {"@id", "@graph"} for graph in document["@graph"])


def test_graphml_opens_in_networkx_with_nodes_edges_and_hostile_text(store):
    graph = networkx.read_graphml(io.BytesIO(written(store, "graphml")))
    labels = [data["label"] for _, data in graph.nodes(data=True)]
    assert any("<mẫu 1> &" in label for label in labels)
    relations = {data.get("relation") for _, _, data in graph.edges(data=True)}
    assert {"implements", "leads", "sends_to", "lays"} <= relations
    assert {data["stage"] for _, _, data in graph.edges(data=True) if data.get("relation") == "replaces"} == {
        "proposed"
    }


def test_csv_is_a_zip_of_one_sheet_a_table_that_spreadsheets_read(store):
    archive = zipfile.ZipFile(io.BytesIO(written(store, "csv")))
    assert archive.namelist()[: len(TABLES)] == [f"{name}.csv" for name in TABLES]
    for name, columns in TABLES.items():
        raw = archive.read(f"{name}.csv")
        assert raw.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
        assert tuple(rows[0]) == columns
        assert len(rows) > 1
        assert all(len(row) == len(columns) for row in rows)


def test_a_cell_of_a_document_cannot_run_as_a_formula():
    from graph.exchange_csv import sheet as written_sheet

    sheet = written_sheet(("a", "b"), [("=HYPERLINK(1)", "+84"), ("Kế hoạch", "@x")]).decode("utf-8-sig")
    assert sheet.splitlines()[1:] == ["'=HYPERLINK(1),'+84", "Kế hoạch,'@x"]


def test_an_unknown_format_is_refused_with_the_known_ones(store):
    with pytest.raises(InvalidInputError, match="json-ld"):
        export(store, "docx", io.BytesIO())


def test_every_format_has_a_file_name_a_media_type_and_true_other_names():
    assert set(EXTENSIONS) == set(MEDIA_TYPES) == set(FORMATS)
    assert set(ALIASES.values()) <= set(FORMATS)
    assert not set(ALIASES) & set(FORMATS)


def test_an_empty_store_exports_empty_but_well_formed_files():
    from graph.connect import connect

    empty = connect("memory:")
    for name in FORMATS:
        raw = written(empty, name)
        if name in RDF_FORMATS:
            dataset = rdflib.Dataset()
            dataset.parse(data=raw.decode(), format=name)
            assert list(dataset.quads()) == []
    empty.close()


def test_hostile_characters_survive_every_rdf_form(store):
    quads = list(quads_of(store))
    hostile = rdflib.Literal('a"b\\c\nd\te\r\u2028</script>\u0301 đ 😀')
    quads.append((quads[0][0], ld("phrase"), hostile, quads[0][3]))
    from graph.exchange_rdf import write_json_ld, write_nquads, write_trig

    for name, writer in (("trig", write_trig), ("nquads", write_nquads), ("json-ld", write_json_ld)):
        out = io.BytesIO()
        writer(quads, out)
        dataset = rdflib.Dataset()
        dataset.parse(data=out.getvalue().decode(), format=name)
        assert hostile in {o for _, _, o, _ in dataset.quads()}, name


def test_the_context_file_is_what_the_vocabulary_gives():
    from graph.rdf_context import FILE, written_context

    assert FILE.read_text(encoding="utf-8") == written_context()


def test_json_ld_says_our_terms_by_their_names(store):
    document = json.loads(written(store, "json-ld"))
    nodes = [node for graph in document["@graph"] for node in graph["@graph"]]
    duty = next(node for node in nodes if node.get("action"))
    assert duty["ordinal"] == [1]
    assert all(value.startswith("http") for value in duty["bearer"])
