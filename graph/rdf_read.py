"""From RDF back to the documents that it was written from; all else in it follows from them and is passed over."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, get_args, get_origin

import msgspec
from rdflib import RDF, RDFS, XSD, Literal, URIRef
from rdflib.namespace import DCTERMS, PROV

from graph.judgements import Identity, Judgement, Verdict, checked, ordered
from graph.rdf_nodes import ESCAPED, OA, ld, unescape
from graph.rdf_terms import CNT, Step, is_part, is_word, ranges_of, steps_of
from graph.store import Batch
from ontology.errors import InvalidInputError
from ontology.record import Header, Part, Record, Source
from ontology.vocabulary import term_iri

Value = tuple[str, str | None]  # an IRI and None, or a text and the IRI of its datatype
Nodes = dict[str, dict[str, list[Value]]]
_MEMBER = str(RDF) + "_"
_ESCAPED = str(ESCAPED)
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}


class NotReadableError(InvalidInputError):
    """A node of the RDF does not say what it must; ``details['node']`` names it."""


def index(triples: Iterable[tuple[str, str, str, str | None]]) -> Nodes:
    """Gather triples (subject, predicate, object, datatype or None) by subject and predicate; repeats do no harm."""
    nodes: Nodes = defaultdict(lambda: defaultdict(list))
    for subject, predicate, object_, datatype in triples:
        nodes[subject][predicate].append((object_, datatype))
    return nodes


def index_of(quads: Iterable[tuple[Any, ...]]) -> Nodes:
    """Gather the quads or triples of rdflib."""
    return index(
        (str(s), str(p), str(o), str(o.datatype or XSD.string) if isinstance(o, Literal) else None)
        for s, p, o, *_ in quads
    )


def batches_of(nodes: Nodes) -> Iterator[Batch]:
    """Give the documents that RDF tells of, by path.

    Args:
        nodes: All triples of the RDF, of whatever graphs; see ``index``.

    Raises:
        NotReadableError: A document is told in part only, or in a form that is none.
    """
    reader = _Reader(nodes)
    files = [n for n, told in nodes.items() if (str(ld("File")), None) in told.get(str(RDF.type), ())]
    found = {reader.text(node, ld("path")): node for node in files}
    for path in sorted(found):
        yield reader.batch(path, found[path])


def judgements_of(nodes: Nodes) -> list[Judgement]:
    """Give what people decided, as RDF tells it, in order.

    Raises:
        InvalidInputError: A judgement is told in part only, or was changed since it was made.
    """
    reader = _Reader(nodes)
    told = [n for n, facts in nodes.items() if (str(ld("Judgement")), None) in facts.get(str(RDF.type), ())]
    return ordered(checked(reader.judgement(node)) for node in told)


class _Reader:
    def __init__(self, nodes: Nodes) -> None:
        self._nodes = nodes
        self._read: dict[str, tuple[Record, str, tuple[int, ...]]] = {}

    def batch(self, path: str, file: str) -> Batch:
        reading = self._iri(file, ld("reading"))
        if reading not in self._read:
            self._read[reading] = self._reading(reading)
        record, text, pages = self._read[reading]
        source = msgspec.structs.replace(record.source, file=self.text(file, ld("file")))
        return Batch(path=path, record=msgspec.structs.replace(record, source=source), text=text, pages=pages)

    def text(self, node: str, term: URIRef) -> str:
        return self._text(self._one(node, term))

    def judgement(self, node: str) -> Judgement:
        undone = self._all(node, ld("undoes"))
        return Judgement(
            id=_last(node),
            verdict=self._scalar(node, self._one(node, ld("verdict")), Verdict),
            by=self.text(node, DCTERMS.creator),
            reason=self.text(node, ld("reason")),
            at=self.text(node, PROV.endedAtTime),
            a=self._side(node, ld("oneSide")),
            b=self._side(node, ld("otherSide")),
            undoes=_last(undone[0][0]) if undone else None,
        )

    def _side(self, node: str, term: URIRef) -> Identity | None:
        if not self._all(node, term):
            return None
        side = self._iri(node, term)
        label = self.text(side, RDFS.label) if self._all(side, RDFS.label) else ""
        return Identity(forms=self._sequence(side, tuple[str, ...]), label=label)

    def _reading(self, node: str) -> tuple[Record, str, tuple[int, ...]]:
        text = self.text(node, CNT.chars)
        pages: tuple[int, ...] = ()
        if self._all(node, ld("pageStarts")):
            pages = self._sequence(self._iri(node, ld("pageStarts")), tuple[int, ...])
        document = self._iri(node, PROV.wasDerivedFrom)
        source, header = self._part(node, Source, {"file": ""}), self._part(node, Header, {})
        record: Record = self._part(node, Record, {"source": source, "instrument": header})
        if not document.endswith(f"/{record.source.sha256.lower()}"):
            raise _wrong(node, "mã SHA-256 của lần đọc không phải của tài liệu mà nó được đọc từ đó")
        return record, text, pages

    def _part(self, node: str, kind: type[Part], given: dict[str, Any]) -> Any:
        values = dict(given)
        for low, high, term, optional in ranges_of(kind):
            if self._all(node, term) or not optional:
                values[low], values[high] = self._range(node, term)
        for step in steps_of(kind):
            told = self._all(node, step.property)
            if told:
                values[step.name] = self._value(node, step, told)
            elif step.default is msgspec.NODEFAULT:
                raise _wrong(node, f"thiếu {step.property}")
            else:
                values[step.name] = step.default
        return kind(**values)

    def _value(self, node: str, step: Step, told: list[Value]) -> Any:
        if step.name == "refers_to":
            return int(_last(self._iri(node, step.property))) - 1
        kind, arguments = step.type, get_args(step.type)
        if get_origin(kind) is dict:
            return {self.text(child, ld("fieldName")): self._range(child, OA.hasTarget) for child, _ in told}
        if is_part(kind):
            return self._part(self._iri(node, step.property), kind, {})
        if get_origin(kind) is not tuple:
            return self._scalar(node, self._one(node, step.property), kind)
        if is_part(arguments[0]):
            children = {child for child, _ in told}
            ranked = sorted(children, key=lambda child: (self._number(child, ld("ordinal")), child))
            return tuple(self._part(child, arguments[0], {}) for child in ranked)
        return self._sequence(self._iri(node, step.property), kind)

    def _sequence(self, node: str, kind: Any) -> tuple[Any, ...]:
        members = {int(p[len(_MEMBER) :]): p for p in self._nodes.get(node, {}) if _is_member(p)}
        kinds = get_args(kind)
        found = []
        for at in sorted(members):
            inner = kinds[0] if kinds[-1] is Ellipsis else kinds[min(at, len(kinds)) - 1]
            value = self._one(node, URIRef(members[at]))
            found.append(self._sequence(value[0], inner) if get_args(inner) else self._scalar(node, value, inner))
        if list(members and sorted(members)) != list(range(1, len(members) + 1)):
            raise _wrong(node, "danh sách bị đứt quãng")
        return tuple(found)

    def _scalar(self, node: str, value: Value, kind: Any) -> Any:
        try:
            if is_word(kind):
                return next(w for w in kind if value[0] in (_iri_of(w), w.value))
            if kind is bool:
                return _BOOLEANS[value[0]]
            return kind(value[0]) if kind in (int, float) else self._text(value)
        except (StopIteration, KeyError, ValueError):
            raise _wrong(node, f"giá trị {value[0][:60]!r} không dùng được") from None

    def _range(self, node: str, term: URIRef) -> tuple[int, int]:
        target = self._iri(node, term)
        for selector, datatype in self._all(target, OA.hasSelector):
            if datatype is None and self._all(selector, OA.start):
                return self._number(selector, OA.start), self._number(selector, OA.end)
        raise _wrong(node, "không có vị trí (oa:TextPositionSelector)")

    def _number(self, node: str, term: URIRef) -> int:
        value: int = self._scalar(node, self._one(node, term), int)
        return value

    def _all(self, node: str, term: URIRef) -> list[Value]:
        return self._nodes.get(node, {}).get(str(term), [])

    def _one(self, node: str, term: URIRef) -> Value:
        found = set(self._all(node, term))
        if len(found) != 1:
            raise _wrong(node, f"phải có đúng một {term}, đang có {len(found)}")
        return found.pop()

    def _iri(self, node: str, term: URIRef) -> str:
        value, datatype = self._one(node, term)
        if datatype is not None:
            raise _wrong(node, f"{term} phải là một IRI")
        return value

    @staticmethod
    def _text(value: Value) -> str:
        return unescape(value[0]) if value[1] == _ESCAPED else value[0]


def _iri_of(word: Any) -> str | None:
    try:
        return term_iri(word)
    except KeyError:
        return None


def _is_member(predicate: str) -> bool:
    rest = predicate[len(_MEMBER) :]
    return predicate.startswith(_MEMBER) and rest.isascii() and rest.isdigit()


def _last(iri: str) -> str:
    return iri.rpartition("/")[2]


def _wrong(node: str, why: str) -> NotReadableError:
    return NotReadableError(f"{node}: {why}", node=node, reason=why)
