"""Find numbered mentions: one scan anchored on digits, then local reading to the left (type word) and right (symbol)."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from loaders.citations_lexicon import lexicon
from loaders.citations_mention import Mention, Puzzle, Region
from ontology.symbols import clean_symbol, parse_symbol

_TOKEN = r"[A-ZĐƯƠÔĂÂÊÐ][A-Za-zĐđƯưƠơÔôÐ&0-9]*(?:\.[A-ZĐ0-9][A-Za-zĐđ0-9]*)?"  # noqa: S105 - a pattern, no secret
_CANDIDATE = re.compile(
    r"(?<![\w/.\-])(?P<number>\d{1,6}(?:\.\d{1,2}(?=[/-]))?(?:[a-zđA-Z](?=\s?[/-])|bis)?)(?![.,]?\d)"
    r"(?:\s?(?P<year_sep>[/-])\s?(?P<year>(?:19|20)\d\d)(?!\d))?"
    rf"(?:(?P<sep>\s?[/-]\s?|\s)(?P<symbol>{_TOKEN}(?:\s?[/-]\s?{_TOKEN}){{0,6}}(?:/[a-z]{{1,3}})?)(?![^\W\d_]))?"
)
_BLANK = re.compile(
    rf"ố\s?:?[\s.…_]{{0,40}}[/-]\s?(?P<year>(?:19|20)\d\d/)?(?P<symbol>{_TOKEN}(?:[/-]{_TOKEN}){{1,6}})"
)
_SPLIT = re.compile(r"(\s?[/-]\s?)")
_TERM = re.compile(r"\s(\d{1,2})(?![\d/\w])")
_NUMBER_WORD = re.compile(r"(?:số(?:\s+số)?|so)\s*:?\s*$")
_BROKEN = re.compile(r"\s?[/-]\s?(?:…|\.\.|[^\w\s])")
_AFTER_SHORT = re.compile(r"\s*([^\W\d_]+|%)(?:\s+([^\W\d_]+))?")
_FAR_BARRIER = re.compile(r"[;.|()“”\"\n!?](?!\w)")
_LIST_BEFORE = re.compile(r"(?:[,;]|và|,\s*và)\s*(?:số|các số)?\s*:?\s*$")
_LEADING = "(“\"‘'[|*-–•+,;:/"
_NEAR, _FAR, _FAR_WORDS, _QUALIFIERS = 44, 150, 9, 5
_NO_LAW = ("pháp ", "kỷ ", "quy ", "định ", "hình ")


class Scanner:
    """Reads the numbered mentions of one view."""

    def __init__(self, text: str, lower: str, regions: Sequence[Region]) -> None:
        self.text = text
        self.lower = lower
        self.lex = lexicon()
        self.regions = regions
        self.starts = [region.start for region in regions]
        self.puzzles: list[Puzzle] = []
        self._last: Mention | None = None

    def scan(self) -> list[Mention]:
        """Give all numbered mentions in text order; what is not understood goes to ``puzzles``."""
        found: list[Mention] = []
        for match in _CANDIDATE.finditer(self.text):
            mention = self._full(match) if match["symbol"] else self._short(match)
            if mention is not None:
                found.append(mention)
                self._last = mention
        return found

    def blanks(self) -> list[tuple[int, int, str]]:
        """Give the places of numbers not yet assigned ("số /QĐ-UBND"), as range and symbol."""
        return [
            (m.start() - 1, m.end(), clean_symbol(m["symbol"]))
            for m in _BLANK.finditer(self.text)
            if self.lower[m.start() - 1] == "s"
        ]

    def region(self, at: int) -> Region | None:
        """Give the region that holds an offset, None between regions."""
        k = bisect_right(self.starts, at) - 1
        return self.regions[k] if k >= 0 and at < self.regions[k].end else None

    def _full(self, match: re.Match[str]) -> Mention | None:
        region = self.region(match.start())
        if region is None:
            return None
        kind, start, marked = self._kind_before(match.start(), region.start)
        near = kind is not None or marked
        symbol, end, noisy = self._symbol(match, near)
        if symbol is None:
            return self._short(match)
        number = self._number(match)
        parts = parse_symbol(number, symbol, None)
        if self._foreign(match.start(), start, region.start):
            return None
        mention = Mention(start, end, end, region.start, region.end, region.block, "full", number=number, symbol=symbol)
        mention.typed, mention.digits = kind is not None, match.start()
        if noisy:
            mention.notes.append("repaired")
        if kind is None:
            far = self._kind_far(start, region.start, parts.type, parts.style)
            if far is not None:
                kind, mention.start = far
                mention.typed = True
        if kind in (None, "any"):
            kind = self._kind_of_symbol(mention, parts.type, marked, named=kind)
            if kind is None and (parts.style == "na" or symbol in ("QH", "UBTVQH")):
                mention.notes.append("bare")  # the title of a law stands before it, or nothing tells law from resolution
            elif kind is None:
                if marked:
                    self.puzzles.append(Puzzle(start, end, "số, ký hiệu không rõ loại văn bản"))
                return None
        elif parts.type is not None and parts.type != kind and parts.type not in self._alike(kind):
            mention.notes.append("kind_differs")
        mention.type = kind
        return mention

    def _kind_of_symbol(self, mention: Mention, kind: str | None, marked: bool, *, named: str | None) -> str | None:
        """Decide the kind without a type word: by the list before, by the symbol, by "số"."""
        last = self._last
        if last is not None and last.block == mention.block and mention.start - last.end < 400:
            between = self.lower[last.end : mention.start]
            listed = _LIST_BEFORE.search(between[-12:] if len(between) > 12 else between)
            if listed and (kind is None or kind == last.type or last.type in self._alike(kind)):
                mention.notes.append("listed")
                return last.type
        if kind is not None and parse_symbol(mention.number, mention.symbol, None).series:
            mention.notes.append("bare")
            return kind
        if named == "any" and "-" in (mention.symbol or ""):
            mention.notes.append("bare")
            return kind or "cong_van"
        return "quyet_dinh" if marked and (mention.symbol or "").upper().startswith(("QĐ/", "QĐ-")) else None

    @staticmethod
    def _alike(kind: str) -> frozenset[str]:
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

    def _short(self, match: re.Match[str]) -> Mention | None:
        """A number without symbol after a type word: "Nghị quyết 04", "Đề án số 13", "Nghị định 30/2020"."""
        at = match.start()
        if at == 0 or self.lower[at - 1] not in " :":
            return None
        region = self.region(at)
        if region is None:
            return None
        kind, start, marked = self._kind_before(at, region.start)
        if kind is None or kind == "any" or start == at:
            return None
        allowed = self.lex.short.get(self._word_between(start, at))
        number, end = match["number"], match.start() + len(match["number"])
        if match["year"] and match["year_sep"] == "/":
            number, end = f"{match['number']}/{match['year']}", match.end("year")
        if marked and _BROKEN.match(self.text, end):
            self.puzzles.append(Puzzle(start, min(region.end, end + 12), "số, ký hiệu đọc không được"))
            return None
        if allowed is None or self._counts(end, region.end) or not number[0].isdigit() or number[-1].isalpha():
            return None
        bare = match["number"]
        if not marked and (allowed != "any" or len(bare) < 2 or len(bare) > 4 or self._is_year(bare)):
            return None
        mention = Mention(start, end, end, region.start, region.end, region.block, "short", kind, number)
        if not marked:
            mention.notes.append("unmarked")
        return mention

    def _word_between(self, start: int, at: int) -> str:
        return _NUMBER_WORD.sub("", self.lower[start:at]).strip(" :")

    @staticmethod
    def _is_year(number: str) -> bool:
        return len(number) == 4 and number[:2] in ("19", "20")

    def _counts(self, end: int, limit: int) -> bool:
        """Tell whether the number counts things or goes on as a sum or a span of years."""
        following = self.text[end : end + 3]
        if following[:1] in ("%", "‰", "/") or (following[:1] in ".,-–" and following[1:2].isdigit()):
            return True
        if following[:2] == " -" and self.text[end + 2 : end + 4].strip()[:1].isdigit():
            return True
        after = _AFTER_SHORT.match(self.lower, end, limit)
        return bool(after) and (after[1] in self.lex.counted or f"{after[1]} {after[2]}" in self.lex.counted)

    def _number(self, match: re.Match[str]) -> str:
        number = match["number"]
        return f"{number}{match['year_sep']}{match['year']}" if match["year"] else number

    def _symbol(self, match: re.Match[str], near: bool) -> tuple[str | None, int, bool]:
        """Trim the symbol to what can be one; give it, its end, and whether signs had to be repaired."""
        pieces = _SPLIT.split(match["symbol"])
        tokens, seps = pieces[::2], pieces[1::2]
        keep = 1
        for sep, token in zip(seps, tokens[1:], strict=True):
            spaced = len(sep) == 3 and keep >= 2
            upper = sum(c.isupper() for c in token)
            word = upper < 2 and len(token) > 1 and token[1:].isalpha() and token[1:].islower()
            if spaced or word:
                break
            keep += 1
        first = tokens[0]
        end = match.start("symbol") + len(
            "".join(p for pair in zip(tokens, [*seps, ""], strict=True) for p in pair[:1])
        )
        end = match.start("symbol") + sum(map(len, pieces[: 2 * keep - 1]))
        symbol = clean_symbol("".join(pieces[: 2 * keep - 1]))
        if first in ("QH", "UBTVQH") and (term := _TERM.match(self.text, end)):
            return symbol + term[1], term.end(), True
        sep = match["sep"]
        lost, spaced_out = sep.isspace(), len(sep) == 3
        if keep == 1 and not self._single(first, near, lost):
            return None, end, False
        if (lost or spaced_out) and not near:
            return None, end, False
        if lost and parse_symbol(match["number"], symbol, None).type is None:
            return None, end, False
        if sum(c.isupper() for c in first) < 2 and not (first in ("L", "Ctr") or first.endswith(("r", "yĐ"))):
            return None, end, False
        return symbol, end, lost or " " in match[0][: end - match.start()]

    @staticmethod
    def _single(token: str, near: bool, lost: bool) -> bool:
        """Tell whether one code alone can be a symbol: QH15, CP, TTg, or any code beside a type word."""
        if token.startswith(("QH", "UBTVQH")) and token[-1].isdigit():
            return True
        return near and not lost and token.upper() == token.replace("g", "G") and len(token) >= 2

    def _kind_before(self, at: int, floor: int) -> tuple[str | None, int, bool]:
        """Read the type word that ends directly before ``at``: kind ("any" for "văn bản"), start, and whether "số" stood."""
        window_start = max(floor, at - _NEAR)
        window = self.lower[window_start:at]
        marked = _NUMBER_WORD.search(window)
        start = at
        if marked and (marked.start() == 0 or not window[marked.start() - 1].isalnum()):
            start = window_start + marked.start()
            window = window[: marked.start()]
        else:
            marked = None
        trimmed = window.rstrip(" :,") if marked else window.rstrip(" ")
        cut, best = len(trimmed), None
        for _ in range(6):
            cut = trimmed.rfind(" ", 0, cut)
            words = trimmed[cut + 1 :]
            bare = words.lstrip(_LEADING)
            if bare in self.lex.kinds and not (bare == "luật" and trimmed[: cut + 1].endswith(_NO_LAW)):
                best = (self.lex.kinds[bare], window_start + len(trimmed) - len(bare))
            elif bare in self.lex.any_kind:
                best = best or ("any", window_start + len(trimmed) - len(bare))
            if cut < 0:
                break
        if best is not None and self._whole_word(best[1]):
            return best[0], best[1], marked is not None
        return None, start, marked is not None

    def _whole_word(self, start: int) -> bool:
        return start == 0 or not self.lower[start - 1].isalnum()

    def _kind_far(self, at: int, floor: int, kind: str | None, style: str) -> tuple[str, int] | None:
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
            if (
                not window[begin + offset + len(f"{word} {after}") :]
                .lstrip()
                .startswith(("của", ":", "liên", "chung", "chuyên"))
            ):
                return None
            fits = slug == kind or (kind is None and style in ("na", "legacy")) or slug in self._alike(kind or "")
            return (slug, window_start + begin + offset) if fits else None
        return None

    def _foreign(self, at: int, start: int, floor: int) -> bool:
        """Tell whether the number belongs to a form, a licence, a standard or a street."""
        before = self.lower[max(floor, start - 24) : start].rstrip(" :,")
        marked = self.lower[max(floor, start - 24) : at].rstrip(" :,")
        return any(self._ends_with_word(before, w) or self._ends_with_word(marked, w) for w in self.lex.not_before) or (
            at > 1 and self.text[at - 1] == ":" and self.text[at - 2].isdigit()
        )

    @staticmethod
    def _ends_with_word(text: str, words: str) -> bool:
        return text.endswith(words) and (len(text) == len(words) or not text[-len(words) - 1].isalnum())
