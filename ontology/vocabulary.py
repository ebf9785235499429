"""IRIs of the terms of ``luocdo.ttl``, and the SKOS form of the document kinds, without any RDF library."""

from enum import StrEnum

from ontology.identity import BASE, kind_iri
from ontology.kinds import kinds
from ontology.terms import BodyKind, CounterpartyKind, DeadlineKind, Direction, Family, RelationKind, Role, Strength

VOCABULARY = f"{BASE}ontology#"
KIND_SCHEME = f"{BASE}kind"
PREFIXES = {
    "ld": VOCABULARY,
    "cnt": "http://www.w3.org/2011/content#",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "oa": "http://www.w3.org/ns/oa#",
    "odrl": "http://www.w3.org/ns/odrl/2/",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_CONCEPTS: dict[type[StrEnum], str] = {
    DeadlineKind: "deadline-",
    Strength: "strength-",
    Direction: "direction-",
    Family: "family-",
}
TERMS: tuple[type[StrEnum], ...] = (RelationKind, Role, CounterpartyKind, BodyKind, *_CONCEPTS)


def term_iri(term: StrEnum) -> str:
    """Give the IRI of a closed word: a property, a class (bodies) or a concept.

    Raises:
        KeyError: The word belongs to no enumeration of ``ontology.terms`` that the vocabulary holds.

    Example:
        >>> term_iri(RelationKind.BASED_ON)
        'https://w3id.org/luocdo/ontology#basedOn'
    """
    kind = type(term)
    if kind is BodyKind:
        return VOCABULARY + term.value.capitalize()
    if kind in {RelationKind, Role, CounterpartyKind}:
        first, *rest = term.value.split("_")
        return VOCABULARY + first + "".join(word.capitalize() for word in rest)
    return VOCABULARY + _CONCEPTS[kind] + term.value


def kinds_turtle() -> str:
    """Write the document kinds as a SKOS concept scheme in Turtle; ``kinds.ttl`` is exactly this text."""
    blocks = [
        "# Written by ontology.vocabulary.kinds_turtle from data/kinds.yaml; a test keeps both equal.",
        *(f"@prefix {prefix}: <{PREFIXES[prefix]}> ." for prefix in ("ld", "dct", "skos")),
        "",
        f'<{KIND_SCHEME}> a skos:ConceptScheme ;\n    skos:prefLabel "Loại văn bản"@vi, "Document kinds"@en .',
    ]
    for row in sorted(kinds(), key=lambda row: row.slug):
        lines = [
            f"<{kind_iri(row.slug)}> a skos:Concept ;",
            f"    skos:inScheme <{KIND_SCHEME}> ;",
            f"    skos:prefLabel {_text(row.vi)}@vi, {_text(row.en)}@en ;",
            f"    dct:identifier {_text(row.slug)} ;",
        ]
        if row.words:
            lines.append(f"    skos:altLabel {', '.join(f'{_text(w)}@vi' for w in row.words)} ;")
        if row.abbreviations:
            lines.append(f"    skos:notation {', '.join(_text(a) for a in row.abbreviations)} ;")
        if row.note:
            lines.append(f"    skos:note {_text(row.note)}@en ;")
        families = ", ".join(f"<{term_iri(family)}>" for family in row.families)
        blocks.append("\n".join([*lines, f"    ld:family {families} ."]))
    return "\n".join(blocks[:4]) + "\n" + "\n\n".join(blocks[5:]) + "\n"


def _text(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
