"""Read the type word before a number: directly ("Kế hoạch số"), or some words before ("các Quyết định của …: số")."""

import re
from functools import cache
from itertools import pairwise

from loaders.citations_lexicon import lexicon
from ontology.vietnamese import strip_accents

NUMBER_WORD = re.compile(r"(?:số(?:\s+số)?|so)\s*:?\s*$")
_FAR_BARRIER = re.compile(r"[;.|()“”\"\n!?](?!\w)")
_LEADING = "(“\"‘'[|*-–•+,;:/"
# "Kế hoạch thanh tra số …": words between the kind and the number that say what it is about.
_QUALIFIED = re.compile(r"(?:\s(?!(?:tại|theo|trong|kèm|của|được|và|ban|là|thực|triển)\s)[^\W\d_]+){1,4}\s*\Z")
_NEAR, _FAR, _FAR_WORDS, _QUALIFIERS = 44, 100, 15, 5
_NO_LAW = ("pháp ", "kỷ ", "quy ", "định ", "hình ")


def alike(kind: str) -> frozenset[str]:
    """Kinds whose abbreviations are one (QĐ, TT, TB, TTr, LT)."""
    groups = (
        {"quyet_dinh", "quy_dinh", "quy_che"},
        {"thong_tu", "thong_tri"},
        {"thong_bao", "tuyen_bo"},
        {"cong_van", "cong_dien", "thong_bao", "bao_cao"},
        {"luat", "bo_luat", "nghi_quyet"},
        {"lenh", "luat"},
        {"chuong_trinh", "ke_hoach"},
    )
    return frozenset().union(*(group for group in groups if kind in group))


@cache
def _last_words() -> frozenset[str]:
    """The words in which a type word can end: what ends in no other is none."""
    return frozenset(words.rsplit(" ", 1)[-1] for words in (*lexicon().kinds, *lexicon().any_kind))


class KindReader:
    """Reads type words in one lower-case view."""

    def __init__(self, text: str, lower: str) -> None:
        self.text, self.lower, self.lex = text, lower, lexicon()

    def kind_before(self, at: int, floor: int, *, damaged: bool = False) -> tuple[str | None, int, bool]:
        """Read the type word that ends before ``at``: kind ("any" for "văn bản"), start, and whether "số" stood.

        Args:
            at: Where the number (or "số") starts.
            floor: View offset not to be crossed backwards.
            damaged: Words that lost accents ("Quyết dịnh", "Nghi dinh") count too: only safe before a whole symbol.
        """
        window_start = max(floor, at - _NEAR)
        window = self.lower[window_start:at]
        marked = NUMBER_WORD.search(window)
        start = at
        if marked and (marked.start() == 0 or not window[marked.start() - 1].isalnum()):
            start = window_start + marked.start()
            window = window[: marked.start()]
        else:
            marked = None
        trimmed = window.rstrip(" :,") if marked else window.rstrip(" ")
        cut, best = len(trimmed), None
        last = trimmed[trimmed.rfind(" ") + 1 :].lstrip(_LEADING)
        for _ in range(6 if last in _last_words() else 0):
            cut = trimmed.rfind(" ", 0, cut)
            bare = trimmed[cut + 1 :].lstrip(_LEADING)
            if bare in self.lex.kinds and not (bare == "luật" and trimmed[: cut + 1].endswith(_NO_LAW)):
                best = (self.lex.kinds[bare], window_start + len(trimmed) - len(bare))
            elif bare in self.lex.any_kind:
                best = best or ("any", window_start + len(trimmed) - len(bare))
            if cut < 0:
                break
        if best is None and damaged:
            best = self._damaged(trimmed, window_start)
        if best is not None and self._whole_word(best[1]):
            return best[0], best[1], marked is not None
        return None, start, marked is not None

    def _damaged(self, trimmed: str, window_start: int) -> tuple[str, int] | None:
        """The longest type word of at least two syllables whose letters are right but for their accents."""
        folded, best = strip_accents(trimmed), None
        if len(folded) != len(trimmed):
            return None
        cut = len(folded)
        for _ in range(4):
            cut = folded.rfind(" ", 0, cut)
            bare = folded[cut + 1 :].lstrip(_LEADING)
            if " " in bare and bare in self.lex.folded_kinds:
                best = (self.lex.folded_kinds[bare], window_start + len(trimmed) - len(bare))
            if cut < 0:
                break
        return best

    def _whole_word(self, start: int) -> bool:
        return start == 0 or not self.lower[start - 1].isalnum()

    def kind_far(self, at: int, floor: int, kind: str | None, style: str) -> tuple[str, int] | None:
        """Find the type word some words before: "Nghị quyết của Quốc hội số", "các Quyết định của UBND tỉnh: số"."""
        window_start = max(floor, at - _FAR)
        window = self.lower[window_start:at]
        barriers = [m.end() for m in _FAR_BARRIER.finditer(window)]
        begin = barriers[-1] if barriers else 0
        words = [(m.start(), m.group()) for m in re.finditer(r"[^\W\d_]+", window[begin:])][-_FAR_WORDS:]
        for (offset, word), (_, after) in reversed(list(pairwise(words))):
            slug = self.lex.kinds.get(f"{word} {after}")
            if slug is None:
                continue
            rest = window[begin + offset + len(f"{word} {after}") :]
            open_list = rest.lstrip().startswith(("của", ":", "liên", "chung", "chuyên"))
            if not open_list and not (slug == kind and _QUALIFIED.match(rest)):
                return None
            fits = slug == kind or (kind is None and style in ("na", "legacy")) or slug in alike(kind or "")
            return (slug, window_start + begin + offset) if fits else None
        return None

    def foreign(self, at: int, start: int, floor: int) -> bool:
        """Tell whether the number belongs to a form, a licence, a standard or a street."""
        for end in {start, at}:
            before = self.lower[max(floor, end - 24) : end].rstrip(" :,")
            if before.endswith(self.lex.not_before):
                words = (w for w in self.lex.not_before if self._ends_with_word(before, w))
                if any(words):
                    return True
        return at > 1 and self.text[at - 1] == ":" and self.text[at - 2].isdigit()

    @staticmethod
    def _ends_with_word(text: str, words: str) -> bool:
        return text.endswith(words) and (len(text) == len(words) or not text[-len(words) - 1].isalnum())
