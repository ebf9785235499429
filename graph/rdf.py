"""The graph as RDF: a named graph for each document, one for what is merged, one for the tables, one for judgements."""

from collections.abc import Iterable, Iterator

from rdflib import Dataset, URIRef

from graph.asking.reading import Reading
from graph.facts import facts_of
from graph.rdf_bodies import BodyTable
from graph.rdf_document import stated_quads
from graph.rdf_judgements import judgement_quads
from graph.rdf_merged import conflict_quads, instrument_quads
from graph.rdf_nodes import Quad
from graph.rdf_places import place_quads
from graph.rdf_read import batches_of, index_of, judgements_of
from graph.rdf_record import file_quads, reading_iri, reading_quads
from graph.results import InstrumentRef
from graph.store import InstrumentFilter, Store
from ontology.identity import BASE
from ontology.vocabulary import PREFIXES

MERGED = URIRef(f"{BASE}graph/merged")
TABLES = URIRef(f"{BASE}graph/tables")
JUDGEMENTS = URIRef(f"{BASE}graph/judgements")
_AT_ONCE = 500


def dataset_of(store: Store) -> Dataset:
    """Give the whole store as an RDF dataset with the vocabulary's prefixes; ``restore`` reads it back.

    What was read from a document, to the last character, and what it states stand in the graph named by its IRI;
    preferred values and labels, which rest on all documents together, in ``…/graph/merged``; bodies and reorganisations
    in ``…/graph/tables``; what people decided in ``…/graph/judgements``. A relation that is only drafted or proposed is
    described and never asserted.
    """
    dataset = Dataset()
    for prefix, iri in PREFIXES.items():
        dataset.bind(prefix, iri, replace=True)
    for subject, predicate, object_, name in quads_of(store):
        dataset.graph(name).add((subject, predicate, object_))
    return dataset


def restore(dataset: Dataset, store: Store) -> int:
    """Write what a dataset of ``dataset_of`` tells into a store; gives how many documents were new or changed.

    Raises:
        InvalidInputError: A document is told in part only, or in a form that is none; nothing of any is kept then.
    """
    nodes = index_of(dataset.quads())
    batches, judgements = list(batches_of(nodes)), judgements_of(nodes)
    changed = store.write_many(iter(batches))
    store.adopt(judgements)
    return changed


def quads_of(store: Store) -> Iterator[Quad]:
    """Give the store as quads, repeats possible; no blank nodes, no clock, so the set is the same every time."""
    bodies = BodyTable()
    seen: set[str] = set()
    for batch in store.batches():
        sha256, reading = batch.record.source.sha256, reading_iri(batch)
        yield from file_quads(batch, reading)
        if sha256 not in seen:  # of two paths with one content the first by path speaks
            facts = facts_of(batch)
            bodies.add(facts.bodies)
            yield from stated_quads(facts, store.pointings(sha256))
        if reading not in seen:
            yield from reading_quads(batch, reading, speaks=sha256 not in seen)
        seen |= {sha256, reading}
    yield from merged_quads(store)
    if seen:
        yield from bodies.quads(TABLES)
        yield from place_quads(TABLES)
    yield from judgement_quads(store.judgements(), JUDGEMENTS)


def merged_quads(store: Store) -> Iterator[Quad]:
    """Give what rests on all documents together: instruments with their preferred values, and what disagrees."""
    refs = store.instruments(InstrumentFilter(stage=None))
    yield from described_quads(store, refs)
    yield from conflicts_quads(store, MERGED)


def described_quads(store: Store, refs: Iterable[InstrumentRef]) -> Iterator[Quad]:
    """Describe some instruments of a store."""
    wanted = list(refs)
    for at in range(0, len(wanted), _AT_ONCE):
        some = wanted[at : at + _AT_ONCE]
        known = store.nodes([ref.id for ref in some]) if isinstance(store, Reading) else {}
        for ref in some:
            yield from instrument_quads(ref, MERGED, known.get(ref.id))


def conflicts_quads(store: Store, name: URIRef) -> Iterator[Quad]:
    """Tell what a person should judge, in the store's order."""
    for at, conflict in enumerate(store.conflicts(), start=1):
        yield from conflict_quads(conflict, at, name)
