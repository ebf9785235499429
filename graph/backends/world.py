"""The world of the memory store: nodes by full resolution, statements in a networkx graph, indexes as plain dicts."""

from collections.abc import Iterable, Mapping

from graph.asking.outlines import DutyRow
from graph.asking.pictures import Questions
from graph.asking.reading import COMMON, DocumentRow, DutyPick, Passage, Statement, bases_of
from graph.backends.picking import carries, fits_instrument, passes
from graph.backends.world_state import State, connect, resolve
from graph.judgements import Judgement, part_of
from graph.nodes import Node, Peer
from graph.resolution import Cluster, Link
from graph.results import Evidence, InstrumentRef
from graph.revision import add, revision_of
from graph.rulings import Rulings
from graph.statements import Body, DocumentFacts, Sign, proof_of
from graph.store import Batch, InstrumentFilter
from graph.wording import body_words, node_words
from ontology.errors import NotFoundError
from ontology.terms import RelationKind, Strength


class World(Questions):
    """Selections from dicts and a graph, by plain loops."""

    def __init__(self) -> None:
        self._state = State()

    def refresh(self) -> None:
        """Bring the world up to date."""

    def build(
        self, batches: Mapping[str, Batch], facts: Mapping[str, DocumentFacts], records: Mapping[str, Judgement]
    ) -> None:
        """Build everything anew from documents and judgements; of two paths with one content the first speaks."""
        state = State(records=tuple(records.values()))
        for record in state.records:
            state.revision = add(state.revision, part_of(record))
        for path in sorted(batches):
            sha = facts[path].sha256
            state.revision = add(state.revision, revision_of(batches[path]))
            state.facts.setdefault(sha, facts[path])
            state.texts.setdefault(sha, batches[path].text)
            state.files.setdefault(sha, []).append((path, batches[path].record.source.file))
        resolve(state)
        connect(state)
        self._state = state

    @property
    def _now(self) -> State:
        self.refresh()
        return self._state

    def node(self, iri: str) -> Node:
        """See ``Reading.node``."""
        state = self._now
        found = state.nodes.get(iri) or state.nodes.get(state.alias.get(iri, ""))
        if found is None:
            raise NotFoundError("Văn bản này không có trong các văn bản đã nạp", iri=iri)
        return found

    def refs(self, iris: Iterable[str]) -> dict[str, InstrumentRef]:
        """See ``Reading.refs``."""
        nodes = self._now.nodes
        return {iri: nodes[iri].ref for iri in iris}

    def nodes_where(self, where: InstrumentFilter) -> list[InstrumentRef]:
        """See ``Reading.nodes_where``."""
        return [n.ref for n in self._now.nodes.values() if fits_instrument(n, where)]

    def nodes_numbered(self, num: int) -> list[Node]:
        """See ``Reading.nodes_numbered``."""
        return [n for n in self._now.nodes.values() if num in n.nums]

    def nodes_worded(self, words: frozenset[str], least: int) -> list[Node]:
        """See ``Reading.nodes_worded``."""
        return [n for n in self._now.nodes.values() if len(words & node_words(n)) >= least]

    def words(self, kind: str) -> frozenset[str]:
        """See ``Reading.words``."""
        state = self._now
        if kind == "instrument":
            return frozenset(w for n in state.nodes.values() for w in node_words(n))
        return frozenset(w for b in state.bodies.values() for w in body_words(b, state.names.get(b.id, ())))

    def disputed(self) -> list[Node]:
        """See ``Reading.disputed``."""
        return [n for n in self._now.nodes.values() if n.disputes]

    def signs(self, ids: Iterable[str]) -> dict[str, Sign]:
        """See ``IdentityReading.signs``."""
        have = self._now.signs
        return {i: have[i] for i in ids if i in have}

    def citing(self, ids: Iterable[str]) -> int:
        """See ``IdentityReading.citing``."""
        return len({sha for i in ids for sha in self._now.users.get(i, ())})

    def together(self, a: Iterable[str], b: Iterable[str]) -> bool:
        """See ``IdentityReading.together``."""
        one, two = ({sha for i in ids for sha in self._now.users.get(i, ())} for ids in (a, b))
        return bool(one & two)

    def peers(self, series: str) -> list[Peer]:
        """See ``IdentityReading.peers``."""
        return list(self._now.peers.get(series, ()))

    def joined(self, node: Node) -> tuple[list[Cluster], list[Link]]:
        """See ``IdentityReading.joined``."""
        return self._now.joined[node.id]

    def rulings(self) -> Rulings:
        """See ``IdentityReading.rulings``."""
        return self._now.rulings

    def bearers(self) -> Mapping[str, list[Sign]]:
        """Loaded signs by the forms that they bear."""
        return self._now.forms

    def records(self) -> list[Judgement]:
        """See ``IdentityReading.records``."""
        return list(self._now.records)

    def quotes(self, signs: Iterable[str], property_: str, limit: int) -> tuple[Evidence, ...]:
        """See ``Reading.quotes``."""
        found = [m for s in signs for m in self._now.mentions.get(s, ())]
        places = [proof_of(m, property_) for m in found]
        return tuple(dict.fromkeys(sorted(places, key=lambda e: (e.file, e.sha256, e.start, e.end))))[:limit]

    def statements(
        self,
        kinds: tuple[RelationKind, ...] = (),
        subject: str | None = None,
        object_: str | None = None,
        document: str | None = None,
    ) -> list[Statement]:
        """See ``Reading.statements``."""
        state = self._now
        edges: Iterable[tuple[str, str, Statement]] = state.graph.edges(data="stated")
        documents = {f.sha256 for f in state.facts.values() if state.node_of_sign[f.mentions[0].sign.id] == document}
        return [
            s
            for _, _, s in edges
            if (not kinds or s.kind in kinds)
            and subject in (None, s.subject)
            and object_ in (None, s.object)
            and (document is None or s.evidence.sha256 in documents)
        ]

    def carried(self, iri: str, depth: int, strengths: tuple[str, ...], *, up: bool) -> list[Statement]:
        """See ``Reading.carried``."""
        graph = self._now.graph
        found: list[Statement] = []
        seen, level = {iri}, [iri]
        for _ in range(depth):
            following = []
            for at in level:
                near: Iterable[tuple[str, str, Statement]] = (
                    graph.out_edges(at, data="stated") if up else graph.in_edges(at, data="stated")
                )
                for subject, object_, stated in near:
                    other = object_ if up else subject
                    if carries(stated, strengths):
                        found.append(stated)
                        if other not in seen:
                            seen.add(other)
                            following.append(other)
            level = following
        return found

    def bases(self, iris: frozenset[str]) -> dict[str, frozenset[str]]:
        """See ``Reading.bases``."""
        whole = (Strength.DOCUMENT.value,)
        return bases_of(s for iri in iris for s in self.carried(iri, 1, whole, up=True))

    def statements_about(self, iris: frozenset[str], kinds: tuple[RelationKind, ...]) -> list[Statement]:
        """See ``Reading.statements_about``."""
        edges: Iterable[tuple[str, str, Statement]] = self._now.graph.edges(data="stated")
        return [s for _, _, s in edges if s.kind in kinds and not iris.isdisjoint((s.subject, s.object))]

    def duty_rows(self, pick: DutyPick) -> list[DutyRow]:
        """See ``Reading.duty_rows``."""
        return [row for row in self._now.duties if passes(row, pick)]

    def body_of(self, iri: str) -> Body:
        """See ``Reading.body_of``."""
        found = self._now.bodies.get(iri)
        if found is None:
            raise NotFoundError("Cơ quan này không có trong các văn bản đã nạp", iri=iri)
        return found

    def bodies_below(self, iri: str) -> list[Body]:
        """See ``Reading.bodies_below``."""
        return [b for b in self._now.bodies.values() if iri in {s.id for s in b.superiors}]

    def bodies_worded(self, words: frozenset[str], least: int) -> list[tuple[Body, tuple[str, ...]]]:
        """See ``Reading.bodies_worded``."""
        state = self._now
        named = [(b, tuple(sorted(state.names.get(b.id, ())))) for b in state.bodies.values()]
        return [(b, names) for b, names in named if len(words & body_words(b, names)) >= least]

    def names_of(self, iri: str) -> tuple[str, ...]:
        """See ``Reading.names_of``."""
        return tuple(sorted(self._now.names.get(iri, ())))

    def issued_by(self, iris: frozenset[str]) -> frozenset[str]:
        """See ``Reading.issued_by``."""
        state = self._now
        return frozenset(
            state.node_of_sign[f.mentions[0].sign.id] for f in state.facts.values() if not iris.isdisjoint(f.issuers)
        )

    def passages(self, choices: tuple[tuple[str, ...], ...], limit: int, *, phrase: bool = False) -> list[Passage]:
        """See ``Reading.passages``."""
        found: list[tuple[str, Passage]] = []
        for sha, units in self._now.units.items():
            date = self._now.facts[sha].date or ""
            for (start, end, duty, folded), have in units:
                if any(have.issuperset(c) and (not phrase or f" {' '.join(c)} " in f" {folded} ") for c in choices):
                    found.append((date, Passage(sha256=sha, start=start, end=end, duty=duty)))
        found.sort(key=lambda dp: (dp[1].sha256, dp[1].start, dp[1].duty or 0))
        found.sort(key=lambda dp: dp[0], reverse=True)
        return [p for _, p in found[:limit]]

    def present(self, words: tuple[str, ...]) -> frozenset[str]:
        """See ``Reading.present``."""
        return frozenset(w for w, count in self.word_counts(words).items() if count)

    def word_counts(self, words: tuple[str, ...]) -> dict[str, int]:
        """See ``Reading.word_counts``."""
        have = [h for units in self._now.units.values() for _, h in units]
        return {w: min(COMMON, sum(1 for h in have if w in h)) for w in words}

    def revision(self) -> int:
        """See ``Reading.revision``."""
        return self._now.revision

    def document(self, sha256: str) -> DocumentRow:
        """See ``Reading.document``."""
        state = self._now
        if sha256 not in state.facts:
            raise NotFoundError("Văn bản này không có trong các văn bản đã nạp", sha256=sha256)
        facts, files = state.facts[sha256], state.files[sha256]
        return DocumentRow(
            sha256=sha256,
            file=facts.file,
            files=tuple(path for path, _ in files),
            instrument=state.node_of_sign[facts.mentions[0].sign.id],
            date=facts.date,
            citations=facts.citations,
            duties=len(facts.duties),
            signers=facts.signers,
            recipients=facts.recipients,
            addressees=facts.addressees,
            warnings=facts.warnings,
            unparsed=facts.unparsed,
            text_from=facts.text_from,
        )

    def pointings(self, sha256: str) -> tuple[str, ...]:
        """See ``graph.store.Store.pointings``."""
        self.document(sha256)
        state = self._now
        return tuple(state.node_of_sign[m.sign.id] for m in state.facts[sha256].mentions)

    def documents_of(self, instrument: str) -> list[DocumentRow]:
        """See ``Reading.documents_of``."""
        rows = [self.document(sha) for sha in sorted(self._now.facts)]
        return [r for r in rows if r.instrument == instrument]

    def document_rows(self) -> list[tuple[str, DocumentRow]]:
        """See ``Reading.document_rows``."""
        return [(path, self.document(sha)) for sha, files in self._now.files.items() for path, _ in files]

    def source_text(self, sha256: str) -> str:
        """See ``Reading.source_text``."""
        self.document(sha256)
        return self._now.texts[sha256]

    def extent(self) -> tuple[int, str | None, str | None]:
        """See ``Reading.extent``."""
        state = self._now
        own = {state.node_of_sign[f.mentions[0].sign.id] for f in state.facts.values()}
        dates = sorted(d for iri in own if (d := state.nodes[iri].ref.date))
        return len(state.facts), dates[0] if dates else None, dates[-1] if dates else None

    def counts(self) -> dict[str, int]:
        """See ``Reading.counts``."""
        state = self._now
        places = self.statements()
        stated = {
            (s.subject, s.kind, s.object, s.stage) for s in places if s.subject != s.object and s.stage == "issued"
        }
        return {
            "instruments": len(self.nodes_where(InstrumentFilter())),
            "cited_only": len(self.nodes_where(InstrumentFilter(loaded=False))),
            "bodies": len(state.bodies),
            "duties": len(state.duties),
            "relations": len(stated),
            "conflicts": len(self.disputes()),
            "unparsed": sum(len(f.unparsed) for f in state.facts.values()),
        }
