"""The store's RDF in an Oxigraph store in memory, kept current document by document."""

import hashlib
import io
from collections.abc import Iterable, Iterator

import msgspec
import pyoxigraph as ox
from rdflib import URIRef

from graph.exchange_rdf import nquad, ntriple
from graph.facts import facts_of
from graph.judgements import part_of
from graph.rdf import JUDGEMENTS, MERGED, TABLES, conflicts_quads, described_quads
from graph.rdf_bodies import BodyTable
from graph.rdf_document import stated_quads
from graph.rdf_judgements import judgement_quads
from graph.rdf_nodes import Quad
from graph.rdf_places import place_quads
from graph.rdf_record import file_quads, reading_iri, reading_quads
from graph.results import InstrumentRef
from graph.revision import add, revision_of
from graph.statements import Body
from graph.store import Batch, InstrumentFilter, Store
from ontology.identity import document_iri

_CONFLICTS = URIRef(f"{MERGED}/conflicts")


class _File(msgspec.Struct, frozen=True):
    sha256: str
    stamp: int


class Mirror:
    """What a store holds as quads; ``sync`` brings it up to date with as little work as the change asks for.

    A document's graph follows from what was read of it and from the instruments that its mentions mean; so it is
    written anew where either changed, and no other graph is touched.

    Args:
        store: What is mirrored.
    """

    def __init__(self, store: Store) -> None:
        self.quads = ox.Store()
        self.rewritten = 0  # document graphs, since the beginning
        self._store = store
        self._revision: int | None = None
        self._files: dict[str, _File] = {}
        self._meant: dict[str, bytes] = {}  # sha256 -> digest of what the mentions mean
        self._bodies: dict[str, tuple[Body, ...]] = {}
        self._refs: dict[str, InstrumentRef] = {}
        self._ends: dict[str, frozenset[str]] = {}

    def sync(self) -> bool:
        """Bring the quads up to date; whether there was anything to do."""
        revision = self._store.revision()
        if revision == self._revision:
            return False
        fresh, touched = self._changed(revision)
        meanings = {sha: self._store.pointings(sha) for sha in sorted({f.sha256 for f in self._files.values()})}
        for sha in self._meant.keys() - meanings.keys():
            touched.add(sha)
        for sha, ends in meanings.items():
            if self._meant.get(sha) != _digest(ends):
                touched.add(sha)
        mentioned: set[str] = set()
        for sha in sorted(touched):
            mentioned |= self._ends.pop(sha, frozenset())
            self._meant.pop(sha, None)
            if sha in meanings:
                mentioned.update(meanings[sha])
                self._ends[sha], self._meant[sha] = frozenset(meanings[sha]), _digest(meanings[sha])
        for sha in sorted(touched):
            self._write_document(sha, meanings.get(sha), fresh)
        self._write_merged(mentioned)
        if touched:
            self._write_tables()
        self._replace(_CONFLICTS, conflicts_quads(self._store, _CONFLICTS))
        self._replace(JUDGEMENTS, judgement_quads(self._store.judgements(), JUDGEMENTS))
        self._revision = revision
        return True

    def _changed(self, revision: int) -> tuple[dict[str, Batch], set[str]]:
        """Batches that came or changed, by path, and the documents that must be written anew for files that did."""
        listed = {info.path: info.sha256 for info in self._store.documents()}
        touched = {f.sha256 for path, f in self._files.items() if listed.get(path) != f.sha256}
        fresh = {
            p: self._store.batch(p) for p, sha in listed.items() if p not in self._files or self._files[p].sha256 != sha
        }
        self._files = {p: f for p, f in self._files.items() if listed.get(p) == f.sha256}
        self._take(fresh, touched)
        if self._sum() != revision:  # a file was read otherwise though its bytes are the same
            other = {b.path: b for b in self._store.batches() if self._files[b.path].stamp != revision_of(b)}
            fresh |= other
            self._take(other, touched)
        return fresh, touched

    def _take(self, batches: dict[str, Batch], touched: set[str]) -> None:
        for path, batch in batches.items():
            self._files[path] = _File(batch.record.source.sha256, revision_of(batch))
            touched.add(batch.record.source.sha256)

    def _sum(self) -> int:
        total = 0
        for part in (*(f.stamp for f in self._files.values()), *map(part_of, self._store.judgements())):
            total = add(total, part)
        return total

    def _write_document(self, sha: str, ends: tuple[str, ...] | None, fresh: dict[str, Batch]) -> None:
        self.rewritten += 1
        name = URIRef(document_iri(sha))
        paths = sorted(p for p, f in self._files.items() if f.sha256 == sha)
        if ends is None or not paths:
            self._bodies.pop(sha, None)
            self._replace(name, ())
            return
        batches = [fresh.get(path) or self._store.batch(path) for path in paths]
        facts = facts_of(batches[0])
        self._bodies[sha] = facts.bodies
        self._replace(name, (*stated_quads(facts, ends), *_read_quads(batches)))

    def _write_merged(self, mentioned: set[str]) -> None:
        refs = {ref.id: ref for ref in self._store.instruments(InstrumentFilter(stage=None))}
        changed = {iri for iri, ref in refs.items() if iri in mentioned or self._refs.get(iri) != ref}
        for iri in (self._refs.keys() - refs.keys()) | changed:
            for part in (iri, f"{iri}#issuers"):
                self._forget(self.quads.quads_for_pattern(_node(part), None, None, _node(str(MERGED))))
        self._refs = refs
        self._load(described_quads(self._store, [refs[iri] for iri in sorted(changed)]))

    def _write_tables(self) -> None:
        table = BodyTable()
        for bodies in self._bodies.values():
            table.add(bodies)
        self._replace(TABLES, (*table.quads(TABLES), *(place_quads(TABLES) if self._bodies else ())))

    def _replace(self, name: URIRef, quads: Iterable[Quad]) -> None:
        self._forget(self.quads.quads_for_pattern(None, None, None, _node(str(name))))
        self.quads.remove_graph(_node(str(name)))
        self._load(quads)

    def _forget(self, quads: Iterable[ox.Quad]) -> None:
        """Take quads out, and their triples out of the whole where no other graph says them."""
        for quad in list(quads):
            self.quads.remove(quad)
            triple = (quad.subject, quad.predicate, quad.object)
            told = self.quads.quads_for_pattern(*triple, None)
            if all(isinstance(other.graph_name, ox.DefaultGraph) for other in told):
                self.quads.remove(ox.Quad(*triple, ox.DefaultGraph()))

    def _load(self, quads: Iterable[Quad]) -> None:
        """Put quads in, each also as a triple of the default graph: the whole, where each triple stands once."""
        lines = [line for quad in quads for line in (nquad(quad), ntriple(quad))]
        self.quads.load(io.BytesIO("".join(lines).encode()), format=ox.RdfFormat.N_QUADS, lenient=True)


def _read_quads(batches: list[Batch]) -> Iterator[Quad]:
    seen = set()
    for at, batch in enumerate(batches):
        reading = reading_iri(batch)
        yield from file_quads(batch, reading)
        if reading not in seen:
            seen.add(reading)
            yield from reading_quads(batch, reading, speaks=at == 0)


def _digest(ends: tuple[str, ...]) -> bytes:
    return hashlib.blake2b("\n".join(ends).encode(), digest_size=12).digest()


def _node(iri: str) -> ox.NamedNode:
    return ox.NamedNode(iri)
