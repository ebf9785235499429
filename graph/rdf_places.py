"""Provinces of both epochs and the mergers between them in RDF; the same for every store."""

from collections.abc import Iterator

from rdflib import RDF, RDFS, SKOS, Literal, URIRef
from rdflib.namespace import DCTERMS, PROV

from graph.rdf_nodes import Quad, ld, moment
from ontology.identity import change_iri, province_iri
from ontology.tables import changes, province_of_name, provinces


def place_quads(name: URIRef) -> Iterator[Quad]:
    """Give the country, every province with its years, and what became of it."""
    country = URIRef(province_iri("vn"))
    yield country, RDF.type, DCTERMS.Location, name
    yield country, SKOS.prefLabel, Literal("Việt Nam", lang="vi"), name
    for row in provinces():
        node = URIRef(province_iri(row.id))
        yield node, RDF.type, DCTERMS.Location, name
        yield node, SKOS.prefLabel, Literal(row.full, lang="vi"), name
        yield node, DCTERMS.isPartOf, country, name
        if row.valid_from:
            yield node, ld("validFrom"), moment(row.valid_from), name
        if row.valid_to:
            yield node, ld("validTo"), moment(row.valid_to), name
        for former in row.merged_from:
            yield node, DCTERMS.replaces, URIRef(province_iri(former)), name
    for event in changes():
        if event.scope != "provinces":
            continue
        node = URIRef(change_iri(event.id))
        yield node, RDF.type, PROV.Activity, name
        yield node, RDFS.label, Literal(event.vi, lang="vi"), name
        yield node, PROV.atTime, moment(event.date), name
        for result in event.results:
            unit = province_of_name(result, event.date)
            if unit is not None:
                yield node, PROV.generated, URIRef(province_iri(unit.id)), name
