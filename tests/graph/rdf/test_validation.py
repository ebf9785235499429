import pytest
import rdflib
from rdflib import RDF, RDFS, SKOS, XSD, Literal, URIRef

from graph.connect import connect
from graph.rdf import quads_of
from graph.rdf_nodes import ELI, OA, ld
from graph.validation import validate, validate_graph
from ontology.vocabulary import PREFIXES

ODRL = rdflib.Namespace(PREFIXES["odrl"])


@pytest.fixture
def graph(store):
    found = rdflib.Graph()
    for s, p, o, _ in quads_of(store):
        found.add((s, p, o))
    return found


def one(graph, name):
    return min(graph.subjects(RDF.type, ld(name)))


def test_a_good_store_conforms_without_any_finding(store):
    report = validate(store)
    assert report.conforms
    assert report.findings == ()
    assert report.instruments == 3
    assert report.duties == 2


def test_an_empty_store_conforms():
    empty = connect("memory:")
    assert validate(empty).conforms
    empty.close()


def drop(name, path):
    def change(graph):
        graph.remove((one(graph, name), path, None))

    return change


def put(name, path, value):
    def change(graph):
        graph.set((one(graph, name), path, value))

    return change


def add(name, path, value):
    def change(graph):
        graph.add((one(graph, name), path, value))

    return change


def assert_proposed(graph):
    node = next(graph.subjects(RDF.type, ld("ProspectiveRelation")))
    graph.add((graph.value(node, RDF.subject), ld("replaces"), graph.value(node, RDF.object)))


def reverse_offsets(graph):
    node = min(graph.subjects(RDF.type, OA.TextPositionSelector))
    start, end = graph.value(node, OA.start), graph.value(node, OA.end)
    graph.set((node, OA.start, end))
    graph.set((node, OA.end, start))


def circle(graph):
    low = next(graph.subjects(ld("superior"), None))
    graph.set((graph.value(low, ld("superior")), ld("superior"), low))


def due_day_on_continuous(graph):
    node = next(graph.subjects(ld("deadlineKind"), ld("deadline-continuous")))
    graph.add((node, ODRL.rightOperand, Literal("2023-01-01", datatype=XSD.date)))


BAD = {
    "instrument without label": (drop("Instrument", RDFS.label), "nhãn"),
    "instrument of an unknown kind": (
        put("Instrument", ELI.type_document, URIRef("https://w3id.org/luocdo/kind/khong-co")), "Loại văn bản"),
    "two dates": (add("Instrument", ELI.date_document, Literal("1999", datatype=XSD.gYear)), "Ngày ban hành"),
    "a date that is text": (put("Instrument", ELI.date_document, Literal("hôm qua")), "Ngày ban hành"),
    "loaded without source": (lambda g: g.remove((None, ld("readFrom"), None)), "không có tài liệu nguồn"),
    "duty without action": (drop("Obligation", ld("action")), "nội dung"),
    "duty without evidence": (drop("Obligation", ld("evidence")), "dẫn chứng"),
    "duty of no instrument": (lambda g: g.remove((None, ODRL.obligation, None)), "đúng một văn bản giao"),
    "confidence beyond one": (put("Obligation", ld("confidence"), Literal("1.5", datatype=XSD.decimal)), "tin cậy"),
    "relation without evidence": (drop("Relation", ld("evidence")), "dẫn chứng"),
    "relation of an unknown kind": (put("Relation", RDF.predicate, ld("likes")), "Loại quan hệ"),
    "proposal asserted": (assert_proposed, "đề xuất"),
    "offsets reversed": (reverse_offsets, "Vị trí đầu"),
    "part unknown": (put("Participation", ld("part"), ld("owns")), "Vai"),
    "part without body": (drop("Participation", ld("body")), "Bên tham gia"),
    "deadline of an unknown kind": (put("Deadline", ld("deadlineKind"), ld("deadline-soon")), "Loại thời hạn"),
    "continuous with a due day": (due_day_on_continuous, "thường xuyên"),
    "body without name": (drop("Organization", SKOS.prefLabel), "tên chính"),
    "body above itself": (circle, "cấp trên của chính nó"),
    "hash of another form": (put("Document", ld("sha256"), Literal("abc")), "SHA-256"),
    "evidence without line": (drop("Evidence", ld("line")), "số dòng"),
    "comparator unknown": (put("Target", ld("comparator"), Literal("~")), "Dấu so sánh"),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(BAD))
def test_shapes_reject(graph, name):
    change, message = BAD[name]
    change(graph)
    report = validate_graph(graph)
    assert not report.conforms
    found = [item for item in report.findings if message in item.message]
    assert found, [item.message for item in report.findings]
    assert all(item.severity == "violation" for item in found)
    assert all(item.focus.startswith("https://w3id.org/luocdo/") for item in found)


def test_a_duty_that_nobody_bears_is_a_warning_and_still_conforms(graph):
    duty = next(graph.subjects(ld("monitors"), None))
    graph.remove((duty, ld("monitors"), None))
    report = validate_graph(graph)
    assert report.conforms
    assert [(item.severity, item.focus) for item in report.findings] == [("warning", str(duty))]
    assert report.findings[0].message == "Nhiệm vụ chưa rõ ai phải làm."


def test_checking_leaves_the_data_as_it_was(graph):
    before = set(graph)
    validate_graph(graph)
    assert set(graph) == before
