"""What people decided of identity, in one named graph; told by forms, so that it means the same in any store."""

from collections.abc import Iterable, Iterator

from rdflib import RDF, RDFS, XSD, Literal, URIRef
from rdflib.namespace import DCTERMS, PROV

from graph.judgements import Identity, Judgement
from graph.rdf_nodes import Quad, exact, ld
from ontology.identity import BASE


def judgement_iri(id_: str) -> str:
    """Give the IRI of a judgement from its id."""
    return f"{BASE}judgement/{id_}"


def judgement_quads(records: Iterable[Judgement], name: URIRef) -> Iterator[Quad]:
    """Say who decided what, when and why."""
    for record in records:
        node = URIRef(judgement_iri(record.id))
        yield node, RDF.type, ld("Judgement"), name
        yield node, ld("verdict"), Literal(record.verdict.value), name
        yield node, DCTERMS.creator, exact(record.by), name
        yield node, ld("reason"), exact(record.reason), name
        yield node, PROV.endedAtTime, Literal(record.at, datatype=XSD.dateTime, normalize=False), name
        if record.undoes is not None:
            yield node, ld("undoes"), URIRef(judgement_iri(record.undoes)), name
        for word, side in (("one", record.a), ("other", record.b)):
            if side is not None:
                yield from _side_quads(node, word, side, name)


def _side_quads(node: URIRef, word: str, side: Identity, name: URIRef) -> Iterator[Quad]:
    at = URIRef(f"{node}/{word}")
    yield node, ld(f"{word}Side"), at, name
    yield at, RDF.type, RDF.Seq, name
    for n, form in enumerate(side.forms, start=1):
        yield at, URIRef(f"{RDF}_{n}"), exact(form), name
    if side.label:
        yield at, RDFS.label, exact(side.label), name
