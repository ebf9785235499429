"""The queries of ``graph/queries/*.rq`` with bound values, and their rows as the structs of all stores."""

import re
from functools import lru_cache
from importlib.resources import files
from typing import Any

import pyoxigraph as ox

from graph.rdf_nodes import ESCAPED, unescape
from graph.results import BodyRef, Evidence, InstrumentRef
from ontology.errors import InvalidInputError
from ontology.identity import BASE, kind_iri
from ontology.kinds import kinds
from ontology.terms import BodyKind, Family
from ontology.vocabulary import VOCABULARY, term_iri

Row = dict[str, Any]
_FAMILIES = {term_iri(family): family.value for family in Family}
_CLASSES = {term_iri(kind): kind for kind in BodyKind}
_PLACE = f"{BASE}place/"


@lru_cache(maxsize=64)
def query_text(name: str) -> str:
    """Give a query by its stem."""
    return files("graph.queries").joinpath(f"{name}.rq").read_text(encoding="utf-8")


def query_names() -> list[str]:
    """Give the stems of all queries."""
    return sorted(f.name.removesuffix(".rq") for f in files("graph.queries").iterdir() if f.name.endswith(".rq"))


def asked(quads: ox.Store, name: str, **bound: ox.NamedNode | ox.Literal | None) -> list[Row]:
    """Ask a query.

    Args:
        quads: Where.
        name: Its stem.
        bound: Values of its variables; None leaves one open.

    Returns:
        Rows by variable: IRIs and texts as ``str``, None where there is nothing.
    """
    given: Any = {ox.Variable(key): value for key, value in bound.items() if value is not None}
    found: Any = quads.query(_told(query_text(name), given), substitutions=given)
    names = [variable.value for variable in found.variables]
    rows = [{name: _value(solution[name]) for name in names} for solution in found]
    told = {key: _value(value) for key, value in bound.items() if value is not None}
    return [{**row, **told} for row in rows]


def bound_text(text: str, values: dict[str, str]) -> str:
    """Give a query with values for some of its variables; IRIs as they are, words of ours as ``ld:strength-task``.

    Raises:
        InvalidInputError: A value is no IRI, though it begins like one; there is no such variable, or no group to bind
            it in.
    """
    given: dict[ox.Variable, Any] = {}
    for name, value in values.items():
        if not re.search(rf"[?$]{re.escape(name)}\b", text):  # else it would bind nothing, and everything be answered
            raise InvalidInputError(f"Câu truy vấn không có biến ?{name}", parameter=name)
        try:
            if value.startswith(("https://", "http://")):
                given[ox.Variable(name)] = ox.NamedNode(value)
            elif value.startswith("ld:"):
                given[ox.Variable(name)] = ox.NamedNode(VOCABULARY + value[3:])
            else:
                given[ox.Variable(name)] = ox.Literal(int(value)) if value.isdecimal() else ox.Literal(value)
        except ValueError as error:
            raise InvalidInputError(f"Giá trị của ?{name} không dùng được: {value[:80]}", parameter=name) from error
    told = _told(text, given)
    if given and told == text:
        raise InvalidInputError("Câu truy vấn không có WHERE { để cho trước giá trị", parameter="bind")
    return told


def _told(text: str, given: dict[ox.Variable, Any]) -> str:
    """Tell values to the planner; the library itself writes the terms, so that nothing of a value is read as SPARQL."""
    if not given:
        return text
    keys, values = " ".join(map(str, given)), " ".join(map(str, given.values()))
    return text.replace("WHERE {", f"WHERE {{ VALUES ({keys}) {{ ({values}) }}", 1)


def iri(value: str) -> ox.NamedNode:
    """Give an IRI as a value to bind."""
    return ox.NamedNode(value)


def _value(term: Any) -> str | None:
    if not isinstance(term, ox.Literal):
        return None if term is None else str(term.value)
    return unescape(term.value) if term.datatype.value == str(ESCAPED) else str(term.value)


def evidence_of(row: Row, section: str = "section") -> Evidence:
    """The place that a row tells."""
    return Evidence(
        file=row["file"],
        sha256=row["sha256"],
        start=int(row["start"]),
        end=int(row["end"]),
        line=int(row["line"]),
        text=row["text"],
        section=row[section] or "",
        page=int(row["page"]) if row["page"] else None,
    )


def instrument_of(row: Row) -> InstrumentRef:
    """The instrument that a row tells."""
    return InstrumentRef(
        id=row["instrument"],
        type=_slugs().get(row["type"]) if row["type"] else None,
        label=row["label"],
        number=row["number"],
        symbol=row["symbol"],
        date=row["date"],
        issuer=row["issuer"],
        title=row["title"],
        jurisdiction=row["place"].removeprefix(_PLACE) if row["place"] else None,
        family=_FAMILIES[row["family"]] if row["family"] else None,
        loaded=row["loaded"] == "true",
        conflict=row["conflict"] == "true",
        stage=row["stage"],
    )


def body_ref_of(row: Row, key: str = "body") -> BodyRef:
    """The body that a row tells."""
    return BodyRef(
        id=row[key],
        name=row["name"],
        kind=_CLASSES[row["class"]],
        jurisdiction=row["jurisdiction"].removeprefix(_PLACE) if row["jurisdiction"] else None,
        valid_from=row["from"],
        valid_to=row["to"],
    )


def term_of(value: str) -> str:
    """The word of a closed vocabulary behind an IRI."""
    return _terms()[value]


@lru_cache(maxsize=1)
def _terms() -> dict[str, str]:
    from ontology.terms import CounterpartyKind, DeadlineKind, RelationKind, Role, Strength  # noqa: PLC0415

    words = (*RelationKind, *Role, *CounterpartyKind, *DeadlineKind, *Strength)
    return {term_iri(word): word.value for word in words}


@lru_cache(maxsize=1)
def _slugs() -> dict[str, str]:
    return {kind_iri(row.slug): row.slug for row in kinds()}
