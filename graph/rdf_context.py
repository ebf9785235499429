"""The JSON-LD context: prefixes, and the terms of the vocabulary under their own names."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from rdflib import OWL, RDF, Graph

from ontology.vocabulary import PREFIXES, VOCABULARY

_ONTOLOGY = Path(__file__).parent.parent / "ontology"
FILE = _ONTOLOGY / "context.jsonld"


def written_context() -> str:
    """Write the context from ``luocdo.ttl``; ``context.jsonld`` is exactly this text."""
    vocabulary = Graph().parse(_ONTOLOGY / "luocdo.ttl", format="turtle")
    terms: dict[str, Any] = dict(PREFIXES)
    for kind, form in ((OWL.ObjectProperty, {"@type": "@id"}), (OWL.DatatypeProperty, {})):
        for term in sorted(str(subject) for subject in vocabulary.subjects(RDF.type, kind)):
            name = term.removeprefix(VOCABULARY)
            terms[name] = {"@id": f"ld:{name}", **form}
    return json.dumps({"@context": terms}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


@lru_cache(maxsize=1)
def context() -> dict[str, Any]:
    """Give the context as the file has it."""
    read: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    terms: dict[str, Any] = read["@context"]
    return terms
