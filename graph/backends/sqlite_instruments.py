"""Selections of the SQLite store: every question's rows by the SQL file of its name."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import local
from typing import Any

import msgspec

from graph.asking.instruments import ORDER
from graph.asking.pictures import Questions
from graph.asking.reading import Statement
from graph.backends.sqlite_base import Connections, query
from graph.backends.sqlite_known import Doc, Known
from graph.backends.sqlite_numbers import Numbered, foremost
from graph.backends.sqlite_packing import (
    Kept,
    Span,
    hash64,
    listed,
    sha_in,
    sha_out,
    sign_key,
    unpack_facts,
    unpack_node,
    unpack_ref,
    unpack_text,
)
from graph.backends.sqlite_postings import at_least, bits_of, items_of
from graph.backends.sqlite_quotes import bare_evidence, cut
from graph.backends.sqlite_rows import KINDS
from graph.finding import Typed
from graph.nodes import Node
from graph.results import Evidence, InstrumentRef
from graph.statements import Body
from graph.store import InstrumentFilter
from ontology.errors import NotFoundError
from ontology.terms import RelationKind, Strength

_BODY = msgspec.msgpack.Decoder(Body)
_KIND_OF = list(KINDS)
_STRENGTH_OF = list(ORDER)
_SOME = 500  # values of one query


class SqliteBase(Questions):
    """What all selections share: one remembered state, documents, texts."""

    def __init__(self, connections: Connections) -> None:
        self.connections = connections
        self._shared = Known(writes=-1)
        self._here = local()

    @contextmanager
    def state(self) -> Iterator[None]:
        """Read one state of the store within the block."""
        with self.connections.snapshot() as outermost:
            if outermost or getattr(self._here, "known", None) is None:
                writes = self.connections.rows("SELECT writes FROM meta")[0][0]
                if self._shared.writes != writes or not outermost:
                    self._shared = Known(writes=writes)
                self._shared.make_room()
                self._here.known = self._shared
                try:
                    yield
                finally:
                    self._here.known = None
            else:
                yield

    @property
    def memo(self) -> Known:
        """What the present state has told already."""
        found: Known | None = getattr(self._here, "known", None)
        return found if found is not None else Known(writes=-1)

    def ask(self, name: str, **values: Any) -> list[tuple[Any, ...]]:  # SQLite's own types are what rows hold
        """Rows of a query by the name of its file."""
        return self.connections.rows(query(name), values)

    # -- documents --------------------------------------------------------------------------------------------------
    def docs(self, ids: Iterable[int]) -> dict[int, Doc]:
        """Documents by their integers."""
        have = self.memo.docs
        missing = {i for i in ids if i not in have}
        sql = (
            "SELECT d.id, d.sha, f.name, s.node, d.date FROM json_each(?) j CROSS JOIN document d ON d.id = j.value"
            " JOIN file f ON f.id = d.owner JOIN sign s ON s.id = d.sign"
        )
        for at, sha, file, node, date in self.connections.rows(sql, (listed(sorted(missing)),)) if missing else ():
            have[at] = Doc(at, sha_out(sha), file, node, date)
        return have

    def texts(self, ids: Iterable[int]) -> dict[int, tuple[str, tuple[int, ...]]]:
        """Texts of documents with their pages."""
        known = self.memo
        missing = {i for i in ids if i not in known.texts}
        sql = (
            "SELECT d.id, f.batch FROM json_each(?) j"
            " CROSS JOIN document d ON d.id = j.value JOIN file f ON f.id = d.owner"
        )
        for at, raw in self.connections.rows(sql, (listed(sorted(missing)),)) if missing else ():
            known.texts[at] = unpack_text(raw)
            known.letters += len(known.texts[at][0])
        return known.texts

    def kept(self, ids: Iterable[int]) -> dict[int, Kept]:
        """Facts of documents."""
        have = self.memo.kept
        missing = {i for i in ids if i not in have}
        sql = "SELECT d.id, d.facts FROM json_each(?) j CROSS JOIN document d ON d.id = j.value"
        for at, raw in self.connections.rows(sql, (listed(sorted(missing)),)) if missing else ():
            have[at] = unpack_facts(raw)
        return have

    def evidence(self, places: list[tuple[int, Span]]) -> list[Evidence]:
        """Quotes for places, each text fetched once."""
        ids = {doc for doc, _ in places}
        docs, texts = self.docs(ids), self.texts(ids)
        return [cut(*texts[doc], docs[doc].file, docs[doc].sha256, span) for doc, span in places]

    def _bare(self, places: list[tuple[int, Span]]) -> list[Evidence]:
        docs = self.docs({doc for doc, _ in places})
        return [bare_evidence(docs[doc].file, docs[doc].sha256, span) for doc, span in places]

    def iris(self, nodes: Iterable[int]) -> dict[int, InstrumentRef]:
        """References of nodes by their integers."""
        known = self.memo
        missing = {n for n in nodes if n not in known.refs}
        sql = "SELECT n.id, n.ref FROM json_each(?) j CROSS JOIN node n ON n.id = j.value"
        for at, raw in self.connections.rows(sql, (listed(sorted(missing)),)) if missing else ():
            ref = known.refs[at] = unpack_ref(raw)
            known.ref_of[ref.id] = ref
        return known.refs

    def node_id(self, iri: str | None) -> int | None:
        """The integer of a node by its own IRI; None stays None, an unknown one fits nothing."""
        if iri is None:
            return None
        rows = self.connections.rows("SELECT id FROM node WHERE key = ?", (hash64(iri),))
        return rows[0][0] if rows else -1

    def doc_of(self, sha256: str) -> int:
        """The integer of a document; NotFoundError where it is not loaded."""
        rows = self.connections.rows("SELECT id FROM document WHERE sha = ?", (sha_in(sha256),))
        if not rows:
            raise NotFoundError("Văn bản này không có trong các văn bản đã nạp", sha256=sha256)
        return int(rows[0][0])


class SqliteInstruments(SqliteBase):
    """Selections of instruments and relations."""

    def node(self, iri: str) -> Node:
        """See ``Reading.node``."""
        key = hash64(iri)
        rows = self.connections.rows("SELECT ref, data FROM node WHERE key = ?", (key,))
        found = [n for n in (unpack_node(*row) for row in rows) if n.id == iri]
        if not found:
            sql = "SELECT n.ref, n.data FROM alias a JOIN node n ON n.id = a.node WHERE a.key = ?"
            found = [n for n in (unpack_node(*row) for row in self.connections.rows(sql, (key,))) if iri in n.aliases]
        if not found:
            raise NotFoundError("Văn bản này không có trong các văn bản đã nạp", iri=iri)
        return min(found, key=lambda n: n.id)

    def nodes(self, iris: Iterable[str]) -> dict[str, Node]:
        """See ``Reading.nodes``."""
        keys = listed(hash64(i) for i in sorted(set(iris)))
        rows = self.connections.rows(
            "SELECT n.ref, n.data FROM json_each(?) j CROSS JOIN node n ON n.key = j.value", (keys,)
        )
        return {node.id: node for node in (unpack_node(*row) for row in rows)}

    def refs(self, iris: Iterable[str]) -> dict[str, InstrumentRef]:
        """See ``Reading.refs``."""
        have = self.memo.ref_of
        wanted = set(iris)
        missing = {i for i in wanted if i not in have}
        sql = "SELECT n.ref FROM json_each(?) j CROSS JOIN node n ON n.key = j.value"
        keys = listed(hash64(i) for i in sorted(missing))
        for (raw,) in self.connections.rows(sql, (keys,)) if missing else ():
            ref = unpack_ref(raw)
            have[ref.id] = ref
        return {iri: have[iri] for iri in wanted if iri in have}

    def nodes_where(self, where: InstrumentFilter) -> list[InstrumentRef]:
        """See ``Reading.nodes_where``."""
        rows = self.ask(
            "instruments",
            loaded=where.loaded,
            stage=where.stage,
            families=_list(where.families),
            types=_list(where.types),
            jurisdiction=where.jurisdiction,
            level=where.level,
            missing=_list(where.missing),
        )
        return [unpack_ref(raw) for (raw,) in rows]

    def nodes_numbered(self, num: int) -> list[Node]:
        """See ``Reading.nodes_numbered``."""
        return self._nodes_at([row[-1] for row in self.ask("find_numbers", num=num, type=None)])

    def nodes_like(self, typed: Typed, limit: int) -> list[Node]:
        """See ``Reading.nodes_like``."""
        rows = self.ask("find_numbers", num=typed.num, type=typed.type)
        return foremost(typed, map(Numbered._make, rows), limit, self._nodes_at)

    def _nodes_at(self, ids: Iterable[int]) -> list[Node]:
        sql = "SELECT n.ref, n.data FROM json_each(?) j CROSS JOIN node n ON n.id = j.value"
        return [unpack_node(*row) for row in self.connections.rows(sql, (listed(ids),))]

    def nodes_worded(self, words: frozenset[str], least: int) -> list[Node]:
        """See ``Reading.nodes_worded``."""
        return self._nodes_at(sorted(self.items_worded("instrument", words, least)))

    def items_worded(self, kind: str, words: frozenset[str], least: int) -> list[int]:
        """Integers of the things that have at least so many of the words."""
        sql = "SELECT v.id FROM json_each(?) j CROSS JOIN vocabulary v ON v.kind = ? AND v.word = j.value"
        numbers = [n for (n,) in self.connections.rows(sql, (listed(sorted(words)), kind))]
        known = self.memo.postings
        for number in numbers:
            if number not in known:
                rows = self.connections.rows("SELECT json_group_array(item) FROM posting WHERE word = ?", (number,))
                known[number] = bits_of(rows[0][0])
        return list(items_of(at_least((known[n] for n in numbers), least)))

    def words(self, kind: str) -> frozenset[str]:
        """See ``Reading.words``."""
        known = self.memo.words
        if kind not in known:
            known[kind] = frozenset(word for (word,) in self.ask("words", kind=kind))
        return known[kind]

    def disputed(self) -> list[Node]:
        """See ``Reading.disputed``."""
        return [unpack_node(*row) for row in self.connections.rows("SELECT ref, data FROM node WHERE disputed")]

    def quotes(self, signs: Iterable[str], property_: str, limit: int) -> tuple[Evidence, ...]:
        """See ``Reading.quotes``."""
        keys = tuple(sorted(sign_key(s) for s in signs))
        proofs, plain = self._own_places(keys, property_), self._cited_places(keys, limit)
        ordered = sorted((*proofs, *plain), key=lambda e: (e.file, e.sha256, e.start, e.end))
        return tuple(dict.fromkeys(ordered))[:limit]

    def _own_places(self, keys: tuple[int, ...], property_: str) -> list[Evidence]:
        rows = self.ask("quotes_own", signs=listed(keys))
        kept = self.kept(doc for doc, *_ in rows)
        places = []
        for doc, start, end, section in rows:
            proofs = kept[doc].proofs
            places.append((doc, proofs.get(property_) or proofs.get(f"{property_}s") or (start, end, section)))
        return self.evidence(places)

    def _cited_places(self, keys: tuple[int, ...], limit: int) -> list[Evidence]:
        known = self.memo.places
        if (*keys, limit) not in known:
            rows = self.ask("quotes", signs=listed(keys), limit=limit)
            known[*keys, limit] = self.evidence([(doc, (start, end, section)) for doc, start, end, section in rows])
        return known[*keys, limit]

    def statements(
        self,
        kinds: tuple[RelationKind, ...] = (),
        subject: str | None = None,
        object_: str | None = None,
        document: str | None = None,
    ) -> list[Statement]:
        """See ``Reading.statements``."""
        ends = {"subject": self.node_id(subject), "object": self.node_id(object_), "document": self.node_id(document)}
        return self.stated(self.ask("relations", kinds=_kinds(kinds), **ends))

    def statements_about(self, iris: frozenset[str], kinds: tuple[RelationKind, ...]) -> list[Statement]:
        """See ``Reading.statements_about``."""
        keys = listed(hash64(i) for i in sorted(iris))
        return self.stated(self.ask("relations_about", nodes=keys, kinds=_kinds(kinds)))

    def statements_near(self, iris: frozenset[str], kinds: tuple[RelationKind, ...]) -> list[Statement]:
        """See ``Reading.statements_near``."""
        keys = listed(hash64(i) for i in sorted(iris))
        return self.stated(self.ask("relations_about", nodes=keys, kinds=_kinds(kinds)), bare=True)

    def quoted(self, places: Iterable[Evidence]) -> dict[Evidence, Evidence]:
        """See ``Reading.quoted``."""
        given = list(dict.fromkeys(places))
        docs = self._docs_by_sha({e.sha256 for e in given if not e.line})
        bare = [e for e in given if e.sha256 in docs]
        quotes = self.evidence([(docs[e.sha256], (e.start, e.end, e.section)) for e in bare])
        return {**dict(zip(given, given, strict=True)), **dict(zip(bare, quotes, strict=True))}

    def _docs_by_sha(self, shas: set[str]) -> dict[str, int]:
        ordered = sorted(shas)
        found: dict[str, int] = {}
        for at in range(0, len(ordered), _SOME):
            some = [sha_in(sha) for sha in ordered[at : at + _SOME]]
            sql = f"SELECT sha, id FROM document WHERE sha IN ({', '.join('?' * len(some))})"  # noqa: S608 - only marks
            found |= {sha_out(sha): doc for sha, doc in self.connections.rows(sql, tuple(some))}
        return found

    def carried(self, iri: str, depth: int, strengths: tuple[str, ...], *, up: bool) -> list[Statement]:
        """See ``Reading.carried``."""
        node = self.node_id(iri)
        if depth <= 0 or node == -1:
            return []
        most = max(rank for strength, rank in ORDER.items() if strength.value in strengths)
        return self.stated(self.ask("basis" if up else "implementers", node=node, depth=depth, most=most))

    def bases(self, iris: frozenset[str]) -> dict[str, frozenset[str]]:
        """See ``Reading.bases``."""
        rows = self.ask("basis_near", nodes=listed(hash64(i) for i in sorted(iris)), carry=ORDER[Strength.DOCUMENT])
        refs = self.iris({n for row in rows for n in row})
        found: dict[str, set[str]] = {}
        for node, other in rows:
            found.setdefault(refs[node].id, set()).add(refs[other].id)
        return {iri: frozenset(others) for iri, others in found.items()}

    def stated(self, rows: list[tuple[Any, ...]], *, bare: bool = False) -> list[Statement]:
        """Statements out of the rows of a query; ``bare`` leaves out the texts of their quotes."""
        refs = self.iris({n for row in rows for n in (row[0], row[2])})
        places = [(row[5], row[6:9]) for row in rows]
        quotes = self._bare(places) if bare else self.evidence(places)
        return [
            Statement(
                subject=refs[subject].id,
                kind=_KIND_OF[kind],
                object=refs[object_].id,
                strength=_STRENGTH_OF[strength],
                stage=stage,
                evidence=quote,
            )
            for (subject, kind, object_, strength, stage, *_), quote in zip(rows, quotes, strict=True)
        ]


def _list(values: Iterable[str]) -> str | None:
    return listed(values) if values else None


def _kinds(kinds: tuple[RelationKind, ...]) -> str | None:
    return listed(KINDS[k] for k in kinds) if kinds else None
