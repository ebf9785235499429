import rdflib
from rdflib import RDF, RDFS, SKOS, XSD

from graph.rdf import MERGED, TABLES, dataset_of, quads_of
from graph.rdf_nodes import ELI, OA, ld, moment
from ontology.identity import document_iri
from ontology.vocabulary import PREFIXES

ODRL = rdflib.Namespace(PREFIXES["odrl"])


def graph_of(store):
    graph = rdflib.Graph()
    for s, p, o, _ in quads_of(store):
        graph.add((s, p, o))
    return graph


def test_each_document_has_its_own_graph_beside_the_merged_view_and_the_tables(store):
    dataset = dataset_of(store)
    document = rdflib.URIRef(document_iri(store.documents()[0].sha256))
    names = {g.identifier for g in dataset.graphs() if len(g)}
    assert names == {document, MERGED, TABLES}


def test_there_are_no_blank_nodes_and_every_node_is_one_of_ours_or_a_known_vocabulary(store):
    known = ("https://w3id.org/luocdo/", *PREFIXES.values())
    for quad in quads_of(store):
        for term in quad:
            assert not isinstance(term, rdflib.BNode)
            if isinstance(term, rdflib.URIRef):
                assert str(term).startswith(known), term


def test_an_instrument_has_label_kind_partial_date_and_source(store):
    graph = graph_of(store)
    plan = next(graph.subjects(ld("readFrom"), None))
    assert (plan, RDF.type, ld("Instrument")) in graph
    assert (plan, ELI.date_document, rdflib.Literal("2023-02", datatype=XSD.gYearMonth, normalize=False)) in graph
    assert str(graph.value(plan, ELI.type_document)).endswith("/kind/ke-hoach")
    assert graph.value(plan, RDFS.label).language == "vi"


def test_an_issued_relation_is_asserted_and_described_with_its_sentence(store):
    graph = graph_of(store)
    plan = next(graph.subjects(ld("readFrom"), None))
    directive = graph.value(plan, ld("implements"))
    assert directive is not None
    assert str(directive).endswith("/vn/ttg/chi-thi/2021-11-26/33")
    node = next(n for n in graph.subjects(RDF.predicate, ld("implements")) if (n, RDF.object, directive) in graph)
    evidence = graph.value(node, ld("evidence"))
    target = graph.value(evidence, OA.hasTarget)
    quotes = [graph.value(s, OA.exact) for s in graph.objects(target, OA.hasSelector)]
    assert any(q is not None and "33/CT-TTg" in q for q in quotes)


def test_a_proposed_replacement_is_described_and_never_asserted(store):
    graph = graph_of(store)
    assert list(graph.triples((None, ld("replaces"), None))) == []
    node = next(graph.subjects(RDF.predicate, ld("replaces")))
    assert str(graph.value(node, ld("stage"))) == "proposed"


def test_a_duty_before_a_day_is_a_constraint_that_leaves_the_day_out(store):
    graph = graph_of(store)
    deadline = next(graph.subjects(ld("deadlineKind"), ld("deadline-before")))
    assert (deadline, ODRL.operator, ODRL.lt) in graph
    assert (deadline, ODRL.rightOperand, moment("2023-04-01")) in graph
    assert (deadline, ld("lastDay"), moment("2023-03-31")) in graph
    duty = next(graph.subjects(ld("deadline"), deadline))
    assert (duty, RDF.type, ODRL.Duty) in graph
    assert (duty, ODRL.constraint, deadline) in graph


def test_a_continuous_duty_has_no_day_and_keeps_its_target(store):
    graph = graph_of(store)
    deadline = next(graph.subjects(ld("deadlineKind"), ld("deadline-continuous")))
    assert graph.value(deadline, ODRL.rightOperand) is None
    target = next(graph.objects(next(graph.subjects(ld("deadline"), deadline)), ld("target")))
    assert str(graph.value(target, ld("comparator"))) == "≥"


def test_bodies_have_names_superiors_and_parts_in_duties(store):
    graph = graph_of(store)
    office = next(graph.subjects(SKOS.prefLabel, rdflib.Literal("Văn phòng Sở Nội vụ tỉnh Quảng Ngãi", lang="vi")))
    above = graph.value(office, ld("superior"))
    assert str(graph.value(above, SKOS.prefLabel)) == "Sở Nội vụ tỉnh Quảng Ngãi"
    assert next(graph.subjects(ld("monitors"), office))


def test_every_place_is_described_and_the_new_provinces_say_which_they_replace(store):
    graph = graph_of(store)
    assert all(graph.value(place, SKOS.prefLabel) is not None for place in set(graph.objects(None, ld("placeOf"))))
    new = rdflib.URIRef("https://w3id.org/luocdo/place/quang-ngai-2025")
    old = {str(o).rpartition("/")[2] for o in graph.objects(new, rdflib.namespace.DCTERMS.replaces)}
    assert old == {"kon-tum", "quang-ngai"}
    event = next(graph.subjects(rdflib.namespace.PROV.generated, new))
    assert str(graph.value(event, rdflib.namespace.PROV.atTime)) == "2025-07-01"


def test_what_one_document_states_stands_in_its_graph_alone(two_orders):
    store = two_orders[0]
    for info in store.documents():
        name = rdflib.URIRef(document_iri(info.sha256))
        own = [q for q in quads_of(store) if q[3] == name]
        assert own
        for other in store.documents():
            if other.sha256 != info.sha256:
                assert not any(other.sha256 in str(term) for quad in own for term in quad)


def test_the_quads_do_not_depend_on_the_order_of_loading(two_orders):
    one, other = (set(quads_of(store)) for store in two_orders)
    assert one == other


def test_every_class_and_property_of_ours_stands_in_the_vocabulary(store):
    from pathlib import Path

    import graph
    from graph.rdf_terms import CLASSES, ranges_of, steps_of
    from ontology.record import Header, Source
    from ontology.vocabulary import VOCABULARY

    vocabulary = rdflib.Graph().parse(Path(graph.__file__).parents[1] / "ontology" / "luocdo.ttl")
    used = {str(term) for quad in quads_of(store) for term in quad[:3]}
    for part in (Header, Source, *CLASSES):
        used |= {str(step.property) for step in steps_of(part)} | {str(term) for *_, term, _ in ranges_of(part)}
    ours = {term for term in used | set(map(str, CLASSES.values())) if term.startswith(VOCABULARY)}
    assert ours <= {str(term) for term in vocabulary.subjects()}, "a new field of the record needs a term"
