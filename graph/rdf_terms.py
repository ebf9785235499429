"""Which property says which field of a record: read from the types of the fields, with the exceptions in a table."""

import re
import types
from enum import StrEnum
from functools import lru_cache
from typing import Any, Union, get_args, get_origin

import msgspec
from rdflib import Namespace, URIRef
from rdflib.namespace import DCTERMS

from graph.rdf_nodes import ELI, ld
from ontology.record import (
    Bearer,
    Citation,
    Counterparty,
    Deadline,
    Issuer,
    Obligation,
    Part,
    Record,
    Signer,
    Source,
    Target,
    Unparsed,
    Warning,  # noqa: A004 - the word of record.md
)

CNT = Namespace("http://www.w3.org/2011/content#")
_WORD = re.compile(r"_([a-z])")
CLASSES: dict[type[Part], URIRef] = {
    Record: ld("Reading"),
    Issuer: ld("Issuer"),
    Signer: ld("Signature"),
    Citation: ld("Citation"),
    Obligation: ld("Obligation"),
    Bearer: ld("Participation"),
    Counterparty: ld("Participation"),
    Deadline: ld("Deadline"),
    Target: ld("Target"),
    Unparsed: ld("Unparsed"),
    Warning: ld("Warning"),
}
_NAMES: dict[tuple[type[Part] | None, str], URIRef] = {
    (None, "type"): ld("kindCode"),
    (None, "date"): ELI.date_document,
    (None, "title"): ELI.title,
    (None, "name"): ld("writtenName"),
    (None, "inferred"): ld("implied"),
    (None, "body"): ld("bodyName"),
    (None, "role"): ld("part"),
    (None, "issuers"): ld("issuerRead"),
    (None, "signers"): ld("signature"),
    (None, "citations"): ld("citation"),
    (None, "obligations"): ld("obligation"),
    (None, "bearers"): ld("bearer"),
    (None, "counterparties"): ld("counterparty"),
    (None, "targets"): ld("target"),
    (None, "warnings"): ld("warning"),
    (None, "spans"): ld("headerField"),
    (None, "implements"): ld("statedNumbers"),
    (Source, "media_type"): DCTERMS.format,
    (Citation, "subject"): ld("subjectName"),
    (Counterparty, "kind"): ld("part"),
    (Deadline, "kind"): ld("deadlineKind"),
    (Deadline, "value"): ld("deadlineValue"),
    (Target, "text"): ld("phrase"),
}
MOMENTS = frozenset({"date", "earliest", "last_day"})
# Pairs of offsets, told as one range of the text; a range of zeros that is the default is not told.
RANGES: dict[tuple[str, str], str] = {("start", "end"): "hasTarget", ("sentence_start", "sentence_end"): "sentence"}
INLINE = frozenset({(Record, "source"), (Record, "instrument")})  # told of the reading itself
APART = frozenset({(Source, "file")})  # told of the file: one reading may stand in several


class Step(msgspec.Struct, frozen=True):
    """One field of a part: its name, its property, its type without ``| None``, and what holds where it is not told."""

    name: str
    property: URIRef
    type: Any
    default: Any
    told: bool  # even where it has its default


@lru_cache(maxsize=64)
def steps_of(part: type[Part]) -> tuple[Step, ...]:
    """Give the fields of a part that are told as properties; offsets in ``RANGES`` and ``APART`` are left out."""
    names = {n for pair in RANGES for n in pair}
    found = []
    for field in msgspec.structs.fields(part):
        if field.name in names or (part, field.name) in APART or (part, field.name) in INLINE:
            continue
        optional, kind = plain(field.type)
        default = field.default
        if field.default_factory is not msgspec.NODEFAULT:
            default = field.default_factory()
        if default is msgspec.NODEFAULT and optional:
            default = None
        told = default is msgspec.NODEFAULT or bool(default)
        found.append(Step(field.name, property_of(part, field.name), kind, default, told))
    return tuple(found)


@lru_cache(maxsize=64)
def ranges_of(part: type[Part]) -> tuple[tuple[str, str, URIRef, bool], ...]:
    """Give the pairs of offsets of a part with their property, and whether they may be left out."""
    fields = {f.name: f for f in msgspec.structs.fields(part)}
    found = []
    for (low, high), word in RANGES.items():
        if low in fields and high in fields:
            term = URIRef(f"http://www.w3.org/ns/oa#{word}") if word == "hasTarget" else ld(word)
            found.append((low, high, term, fields[low].default == 0 and fields[high].default == 0))
    return tuple(found)


def property_of(part: type[Part], name: str) -> URIRef:
    """Give the property that says a field."""
    given = _NAMES.get((part, name)) or _NAMES.get((None, name))
    return given if given is not None else ld(_WORD.sub(lambda m: m[1].upper(), name))


def is_part(kind: Any) -> bool:
    """Whether a type is a part of the record."""
    return isinstance(kind, type) and issubclass(kind, Part)


def is_word(kind: Any) -> bool:
    """Whether a type is a closed vocabulary."""
    return isinstance(kind, type) and issubclass(kind, StrEnum)


def plain(kind: Any) -> tuple[bool, Any]:
    """A type without ``| None``, and whether it had that."""
    if get_origin(kind) in (Union, types.UnionType):
        rest = [k for k in get_args(kind) if k is not type(None)]
        if len(rest) == 1 and len(rest) < len(get_args(kind)):
            return True, rest[0]
    return False, kind
