from pathlib import Path

import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS

import ontology
from ontology.identity import kind_iri
from ontology.kinds import kinds
from ontology.vocabulary import KIND_SCHEME, PREFIXES, TERMS, VOCABULARY, kinds_turtle, term_iri

FOLDER = Path(ontology.__file__).parent
ODRL_ACTION = rdflib.URIRef(PREFIXES["odrl"] + "Action")


@pytest.fixture(scope="module")
def vocabulary():
    return rdflib.Graph().parse(FOLDER / "luocdo.ttl")


@pytest.fixture(scope="module")
def shapes():
    return rdflib.Graph().parse(FOLDER / "shapes.ttl")


def own_terms(graph):
    return {str(s) for s in graph.subjects(RDF.type, None) if str(s).startswith(VOCABULARY)}


def test_every_closed_word_has_its_own_term_in_the_vocabulary(vocabulary):
    iris = [term_iri(term) for terms in TERMS for term in terms]
    assert len(set(iris)) == len(iris)
    assert set(iris) <= own_terms(vocabulary)


def test_every_concept_role_and_relation_of_the_vocabulary_is_a_closed_word(vocabulary):
    known = {term_iri(term) for terms in TERMS for term in terms}
    concepts = {str(s) for s in vocabulary.subjects(RDF.type, SKOS.Concept)}
    assert concepts <= known
    instrument = rdflib.URIRef(VOCABULARY + "Instrument")
    relations = {
        str(s) for s in vocabulary.subjects(RDFS.domain, instrument) if (s, RDFS.range, instrument) in vocabulary
    }
    assert relations == {i for i in known if (rdflib.URIRef(i), RDFS.range, instrument) in vocabulary}
    parts = rdflib.URIRef(PREFIXES["odrl"] + "assignee")
    assert {str(s) for s in vocabulary.subjects(RDFS.subPropertyOf, parts)} <= known


def test_every_term_has_label_and_comment_in_both_languages(vocabulary):
    for iri in own_terms(vocabulary):
        for name in (RDFS.label, RDFS.comment):
            values = list(vocabulary.objects(rdflib.URIRef(iri), name))
            assert sorted(v.language for v in values) == ["en", "vi"], (iri, name)
            assert all(str(v).strip() for v in values)


def test_every_property_is_told_as_object_or_data_and_rests_on_known_vocabularies(vocabulary):
    kinds_of_terms = {
        OWL.Class,
        OWL.ObjectProperty,
        OWL.DatatypeProperty,
        SKOS.Concept,
        SKOS.ConceptScheme,
        RDFS.Datatype,
        ODRL_ACTION,
    }
    for iri in own_terms(vocabulary):
        assert len(set(vocabulary.objects(rdflib.URIRef(iri), RDF.type)) & kinds_of_terms) == 1, iri
    for parent in vocabulary.objects(None, RDFS.subPropertyOf):
        assert any(str(parent).startswith(base) for base in PREFIXES.values()), parent


def test_the_shapes_use_only_terms_that_the_vocabulary_has(vocabulary, shapes):
    used = {str(t) for triple in shapes for t in triple if str(t).startswith(VOCABULARY)}
    assert used <= own_terms(vocabulary)


def test_every_shape_speaks_vietnamese_and_english(shapes):
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    spoken = [s for s in set(shapes.subjects(sh.message, None))]
    assert len(spoken) > 30
    for node in spoken:
        assert sorted(m.language for m in shapes.objects(node, sh.message)) == ["en", "vi"]
    for node in shapes.objects(None, sh.property):
        assert node in spoken


def test_the_file_of_kinds_is_what_the_table_gives():
    assert (FOLDER / "kinds.ttl").read_text(encoding="utf-8") == kinds_turtle()


def test_the_kinds_are_concepts_with_names_in_both_languages():
    graph = rdflib.Graph().parse(data=kinds_turtle())
    concepts = set(graph.subjects(SKOS.inScheme, rdflib.URIRef(KIND_SCHEME)))
    assert concepts == {rdflib.URIRef(kind_iri(row.slug)) for row in kinds()}
    for concept in concepts:
        assert sorted(v.language for v in graph.objects(concept, SKOS.prefLabel)) == ["en", "vi"]
