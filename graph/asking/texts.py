"""Questions in a person's words: find instruments and bodies, search the texts."""

from graph.asking.bodies import BodyQuestions
from graph.asking.reading import DutyPick, Passage
from graph.finding import NOISE, body_key, needed, rank_bodies, rank_instruments, read_typed, spell
from graph.passages import Places
from graph.results import Candidate, Evidence, SearchHit
from ontology.bodies import body_of_code
from ontology.errors import NotFoundError
from ontology.identity import BASE
from ontology.vietnamese import fold

LONGEST_QUERY = 24  # words of a search that count


class TextQuestions(BodyQuestions):
    """See ``graph.store.Store``."""

    def find_instruments(self, text: str, limit: int = 20) -> list[Candidate]:
        """See ``graph.store.Store.find_instruments``."""
        if text.strip().startswith(BASE):
            try:
                ref = self.node(text.strip()).ref
            except NotFoundError:
                return []
            return [Candidate(id=ref.id, label=ref.label, score=100.0, exact=True, instrument=ref)]
        typed = read_typed(text)
        if typed.num is not None:
            return rank_instruments(typed, self.nodes_numbered(typed.num), limit)
        if not typed.words:
            return []
        words = spell(typed.words, self.words("instrument"))
        return rank_instruments(typed, self.nodes_worded(words, needed(typed.words)), limit)

    def find_bodies(self, text: str, limit: int = 20) -> list[Candidate]:
        """See ``graph.store.Store.find_bodies``."""
        if text.strip().startswith(BASE):
            try:
                ref = self.body_of(text.strip()).ref
            except NotFoundError:
                return []
            return [Candidate(id=ref.id, label=ref.name, score=100.0, exact=True, body=ref)]
        full = _spelt_out(text) or text
        said = tuple(w for w in body_key(full).split() if w not in NOISE)
        words = spell(said, self.words("body"))
        return rank_bodies(full, self.bodies_worded(words, needed(said)), limit)

    def search(self, text: str, limit: int = 20) -> list[SearchHit]:
        """See ``graph.store.Store.search``.

        Passages and duties with all words come first, those with the words in a row before others, newer documents
        before older; where nothing has all words, those with most.
        """
        words = tuple(dict.fromkeys(fold(text).split()))[:LONGEST_QUERY]
        if not words or limit <= 0:
            return []
        found = self.passages(words, limit)
        ids = {s: self.document(s) for s in {p.sha256 for p in found}}
        refs = self.refs({d.instrument for d in ids.values()})
        hits = []
        for passage in found:
            ref = refs[ids[passage.sha256].instrument]
            evidence, id_, label = self._shown(passage)
            share = passage.matched / len(words)
            hits.append(
                SearchHit(
                    id=id_ or ref.id,
                    kind="duty" if id_ else "instrument",
                    label=label or ref.label,
                    instrument=ref,
                    evidence=evidence,
                    score=round(90 * share + (10 if passage.phrase else 0), 1),
                )
            )
        return hits

    def _shown(self, passage: Passage) -> tuple[Evidence, str, str]:
        if passage.duty is not None:
            duty = self.duty_rows(DutyPick(ids=frozenset({f"{passage.sha256}|{passage.duty}"})))[0].duty
            return duty.evidence, duty.id, duty.action
        places = Places(self.source_text(passage.sha256), self.document(passage.sha256).file, passage.sha256)
        return places.evidence(passage.start, passage.end), "", ""


def _spelt_out(text: str) -> str | None:
    """Read a code ("SCT", "BDVTU") as a body's name; what is not a code is left."""
    code = text.strip()
    return body_of_code(code) if code.isalpha() and code.isupper() and " " not in code else None
