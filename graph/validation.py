"""The store's RDF against the shapes of ``ontology/shapes.ttl``, with messages that people can act on."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import msgspec
from pyshacl import validate as run_shapes
from rdflib import RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from graph.rdf import quads_of
from graph.store import Store
from ontology.errors import ModelError
from ontology.vocabulary import VOCABULARY

_ONTOLOGY = Path(__file__).parent.parent / "ontology"
_SH = Namespace("http://www.w3.org/ns/shacl#")
_SEVERITIES = {str(_SH.Violation): "violation", str(_SH.Warning): "warning", str(_SH.Info): "info"}


class Finding(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """One thing that the shapes object to.

    Attributes:
        severity: ``violation`` | ``warning`` | ``info``.
        message: What is wrong, in Vietnamese.
        focus: IRI of the node.
        label: What the node is called, where it has a name.
        path: IRI of the property, None where the node as a whole is meant.
        value: The value that is wrong, None where one is lacking.
        shape: Local name of the shape's target ("Obligation").
    """

    severity: str
    message: str
    focus: str
    label: str | None = None
    path: str | None = None
    value: str | None = None
    shape: str = ""


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What ``validate`` found; it conforms where no finding is a violation."""

    conforms: bool
    triples: int
    instruments: int
    duties: int
    findings: tuple[Finding, ...] = ()


def validate(store: Store) -> Report:
    """Check the whole store against the shapes.

    Raises:
        ModelError: The shapes themselves are wrong.
    """
    graph = Graph()
    graph.addN((s, p, o, graph) for s, p, o, _ in quads_of(store))
    return validate_graph(graph)


def validate_graph(graph: Graph) -> Report:
    """Check RDF from anywhere against the shapes.

    Raises:
        ModelError: The shapes themselves are wrong.
    """
    data = Graph()
    data.addN((s, p, o, data) for s, p, o in (*graph, *_kinds()))
    _, found, text = run_shapes(data, shacl_graph=_shapes(), inference="none", inplace=True, advanced=False)
    if not isinstance(found, Graph):
        raise ModelError(f"shapes.ttl: {text}", file="shapes.ttl")
    findings = tuple(sorted(set(_findings(found, graph)), key=_order))
    return Report(
        conforms=all(item.severity != "violation" for item in findings),
        triples=len(graph),
        instruments=_count(graph, "Instrument"),
        duties=_count(graph, "Obligation"),
        findings=findings,
    )


def _findings(found: Graph, data: Graph) -> Iterable[Finding]:
    for result in found.subjects(RDF.type, _SH.ValidationResult):
        focus = found.value(result, _SH.focusNode)
        path = found.value(result, _SH.resultPath)
        value = found.value(result, _SH.value)
        if str(focus).startswith(VOCABULARY):  # a rule over the whole graph names the node as its value
            focus, value = value, None
        yield Finding(
            severity=_SEVERITIES.get(str(found.value(result, _SH.resultSeverity)), "violation"),
            message=_message(found.objects(result, _SH.resultMessage)),
            focus=str(focus),
            label=_label(data, focus),
            path=str(path) if isinstance(path, URIRef) else None,
            value=str(value) if isinstance(value, URIRef | Literal) and value != focus else None,
            shape=_shape(data, focus),
        )


def _message(messages: Iterable[Node]) -> str:
    """The Vietnamese message of a shape, else any that there is."""
    texts = sorted((getattr(m, "language", None) != "vi", str(m)) for m in messages)
    return texts[0][1] if texts else ""


def _label(data: Graph, focus: Node | None) -> str | None:
    for name in (RDFS.label, SKOS.prefLabel):
        if (value := data.value(focus, name)) is not None:
            return str(value)
    return None


def _shape(data: Graph, focus: Node | None) -> str:
    types = sorted(str(t) for t in data.objects(focus, RDF.type))
    return next((t.rpartition("#")[2] for t in types if t.startswith(VOCABULARY)), "")


def _order(item: Finding) -> tuple[bool, str, str, str, str]:
    return item.severity != "violation", item.shape, item.focus, item.message, item.value or ""


def _count(graph: Graph, name: str) -> int:
    return len(set(graph.subjects(RDF.type, URIRef(VOCABULARY + name))))


@lru_cache(maxsize=1)
def _shapes() -> Graph:
    return Graph().parse(_ONTOLOGY / "shapes.ttl", format="turtle")


@lru_cache(maxsize=1)
def _kinds() -> Graph:
    return Graph().parse(_ONTOLOGY / "kinds.ttl", format="turtle")
