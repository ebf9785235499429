"""Questions in a person's words: find instruments and bodies, search the texts."""

from typing import NamedTuple

from graph.asking.bodies import BodyQuestions
from graph.asking.reading import DutyPick, Passage
from graph.finding import NOISE, body_key, needed, rank_bodies, rank_instruments, read_typed, spell
from graph.passages import Places
from graph.results import Candidate, Evidence, SearchHit
from graph.searching import levels
from graph.statements import Body
from ontology.bodies import body_of_code
from ontology.errors import NotFoundError
from ontology.identity import BASE
from ontology.vietnamese import fold, nfc


class Match(NamedTuple):
    """A passage that a search found, with how many of its words it has and whether in a row."""

    passage: Passage
    words: int
    phrase: bool


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
            return rank_instruments(typed, self.nodes_like(typed, limit), limit)
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
        if not said:
            return rank_bodies(full, self._named_by_noise(full), limit)
        words = spell(said, self.words("body"))
        return rank_bodies(full, self.bodies_worded(words, needed(said)), limit)

    def _named_by_noise(self, text: str) -> list[tuple[Body, tuple[str, ...]]]:
        """Bodies for words that indexes pass over: "Sở" is folded as "số" is, but with its accents it is a name."""
        typed = nfc(text).lower().split()
        if not typed:
            return []
        plain = fold(text).split() == typed
        everybody = self.bodies_worded(self.words("body"), 1)
        return [
            (body, names)
            for body, names in everybody
            if set(typed) <= set((fold(body.ref.name) if plain else nfc(body.ref.name).lower()).split())
        ]

    def search(self, text: str, limit: int = 20) -> list[SearchHit]:
        """See ``graph.store.Store.search``.

        Passages and duties with all words come first, those with the words in a row before others, then (of three
        and more words) those that lack one; newer documents before older. Where nothing has so many, the commonest
        words are left out until something has the rest.
        """
        words = tuple(dict.fromkeys(fold(text).split()))[:LONGEST_QUERY]
        if not words or limit <= 0:
            return []
        found = self._matches(words, limit)
        documents = {d.sha256: d for d in self.documents_by_sha(frozenset(m.passage.sha256 for m in found))}
        refs = self.refs({d.instrument for d in documents.values()})
        ids = frozenset(f"{m.passage.sha256}|{m.passage.duty}" for m in found if m.passage.duty is not None)
        rows = self.duty_rows(DutyPick(ids=ids)) if ids else []
        duties = {(row.sha256, row.duty.ordinal): row.duty for row in rows}
        hits = []
        for match in found:
            passage = match.passage
            document = documents[passage.sha256]
            ref = refs[document.instrument]
            duty = duties[passage.sha256, passage.duty] if passage.duty is not None else None
            share = match.words / len(words)
            hits.append(
                SearchHit(
                    id=duty.id if duty else ref.id,
                    kind="duty" if duty else "instrument",
                    label=duty.action if duty else ref.label,
                    instrument=ref,
                    evidence=duty.evidence if duty else self._quoted(passage, document.file),
                    score=round(90 * share + (10 if match.phrase else 0), 1),
                )
            )
        return hits

    def _matches(self, words: tuple[str, ...], limit: int) -> list[Match]:
        present = self.present(words)
        found: dict[Passage, Match] = {}
        for choices, phrase in levels(words, present):
            if len(found) < limit:
                for passage in self.passages(choices, limit + len(found), phrase=phrase):
                    if len(found) < limit:
                        found.setdefault(passage, Match(passage, len(choices[0]), phrase))
        if found or not present:
            return list(found.values())
        counts = self.word_counts(tuple(w for w in words if w in present))
        rare = sorted(counts, key=lambda w: (counts[w], w))
        for most in range(len(rare), 0, -1):
            passages = self.passages((tuple(rare[:most]),), limit)
            if passages:
                return [Match(p, most, False) for p in passages]
        return []

    def _quoted(self, passage: Passage, file: str) -> Evidence:
        places = Places(self.source_text(passage.sha256), file, passage.sha256)
        return places.evidence(passage.start, passage.end)


def _spelt_out(text: str) -> str | None:
    """Read a code ("SCT", "BDVTU") as a body's name; what is not a code is left."""
    code = text.strip()
    return body_of_code(code) if code.isalpha() and code.isupper() and " " not in code else None
