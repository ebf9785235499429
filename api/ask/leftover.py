"""The words of a question itself: slips of the keys mended, and what is left of it: its topic."""

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from api.ask.tables import patterns, vocabulary
from api.ask.text import Question, mask

_JOINTS = frozenset(
    {"cua", "ve", "va", "voi", "cac", "nhung", "cho", "trong", "tren", "tai", "la", "of", "the", "and", "in"}
)  # between topics


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    """All words of cues, and those that carry no content."""
    cues = " ".join(c for p in patterns() for c in p.cues)
    return frozenset(re.findall(r"[a-z]{2,}", re.sub(r"\\.", " ", cues))) | vocabulary().filler


_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?(?:uye|uoi|uou|ieu|yeu|oai|oay|uay|uya|uyu|oeo|[aeiouy]{1,2})"
    r"(?:ng|nh|ch|[cmnpt])?"
)


def corrected(masked: str) -> str:
    """Mend slips of the keys in the question's own words ("vna ban"): no syllable, one edit from a cue word."""
    known = _words()
    return " ".join(w if w in known or not _is_slip(w) else _nearest(w, known) for w in masked.split())


def _is_slip(word: str) -> bool:
    return word.isalpha() and len(word) >= 3 and _SYLLABLE.fullmatch(word) is None


def _nearest(word: str, known: frozenset[str]) -> str:
    near = [
        k for k in known if abs(len(k) - len(word)) <= 1 and len(k) >= 2 and OSA.distance(word, k, score_cutoff=1) <= 1
    ]
    ranked = sorted(near, key=lambda k: (sorted(k) != sorted(word), k[0] != word[0], -len(k), k))
    return ranked[0] if ranked else word


@lru_cache(maxsize=1)
def _asking() -> re.Pattern[str]:
    words = sorted(vocabulary().asking, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(re.escape(w) for w in words) + r")\b")


@lru_cache(maxsize=1)
def _compounds() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, vocabulary().compounds)) + r")\b")


def leftover(question: Question, named: list[tuple[int, int]]) -> tuple[str, ...]:
    """Runs of words that neither name anything nor belong to the question: its topic, as typed, one string a run."""
    quiet = vocabulary().filler
    asked = [*named, *(m.span() for m in _asking().finditer(question.flat))]
    whole = [m.span() for m in _compounds().finditer(question.flat)]
    runs: list[list[tuple[int, int, bool]]] = [[]]
    for m in re.finditer(r"[a-z0-9]+|[^\sa-z0-9]", question.flat):
        many = m[0] == "may" and question.raw[m.start() : m.end()].casefold() in {"mấy", "may"}  # not "bộ máy"
        if _within(m.start(), asked) or not m[0][0].isalnum() or m[0] in _JOINTS or many:
            runs.append([])
        else:
            runs[-1].append((m.start(), m.end(), m[0] in quiet and not _within(m.start(), whole)))
    topics = []
    for run in runs:
        while run and run[0][2]:
            run.pop(0)
        while run and run[-1][2]:
            run.pop()
        if run:
            topics.append(question.raw[run[0][0] : run[-1][1]])
    return _in_vietnamese(question, named, topics) if question.english else tuple(topics)


def _in_vietnamese(question: Question, named: list[tuple[int, int]], topics: list[str]) -> tuple[str, ...]:
    """The topics of an English question in the words of the documents; words without a counterpart stay."""
    table = vocabulary().english_topics
    text = f" {mask(question.flat, [(start, end, '<>') for start, end in named])} "
    known = []
    for words in sorted(table, key=len, reverse=True):
        for form in (words, f"{words}s"):
            if f" {form} " in text:
                text = text.replace(f" {form} ", "  ")
                known.append(table[words])
    return tuple(known) if known else tuple(topics)


def _within(at: int, spans: list[tuple[int, int]]) -> bool:
    return any(s <= at < e for s, e in spans)
