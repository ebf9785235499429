"""Find numbered mentions: one scan anchored on digits, then local reading to the left and to the right."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from loaders.citations_kind import NUMBER_WORD, KindReader, alike
from loaders.citations_lexicon import lexicon
from loaders.citations_mention import Mention, Puzzle, Region
from ontology.symbols import clean_symbol, parse_symbol

_TOKEN = r"[A-ZĐƯƠÔĂÂÊÐ][A-Za-zĐđƯưƠơÔôÐ&0-9]*(?:\.[A-ZĐ0-9][A-Za-zĐđ0-9]*)?"  # noqa: S105 - a pattern, no secret
# The digit stands first so that the scan jumps from digit to digit; what may not stand before it is asked behind it.
_CANDIDATE = re.compile(
    r"(?P<number>\d(?<![/.\-]\d)(?<![^\Wố]\d)\d{0,5}(?:\.\d{1,2}(?=[/-]))?(?:[a-km-np-zđA-HJ-NP-Z](?=\s?[/-])|bis)?)(?![.,]?\d)"
    r"(?:\s?(?P<year_sep>[/-])\s?(?P<year>(?:19|20)\d\d)(?!\d))?"
    rf"(?:(?P<sep>\s?[/-]\s?|\s)(?P<symbol>{_TOKEN}(?:\s?[/-]\s?{_TOKEN}){{0,6}}(?:/[a-z]{{1,3}})?)(?![^\W\d_]))?"
)
_BLANK = re.compile(
    rf"ố\s?:?[\s.…_]{{0,40}}[/-]\s?(?P<year>(?:19|20)\d\d/)?(?P<symbol>{_TOKEN}(?:[/-]{_TOKEN}){{1,6}})"
)
_SPLIT = re.compile(r"(\s?[/-]\s?)")
_SHORT_LIST = re.compile(r"(?:,| và|, và|;)\s*(?:số\s*)?")
_LIST_GAP = 10
MOST_CITATIONS = 60_000  # each takes about two kilobytes; the longest annexes of real documents name some thousands
_LOST_HYPHEN = re.compile(r"\s([A-ZĐ]{2,10}g?)(?!\w)")
_TERM = re.compile(r"\s(\d{1,2})(?![\d/\w])")
_STRAY = re.compile(r"\s([A-ZĐ])(?=\s*,?\s+(?:ngày|của)\s)")  # "06-LCT/HĐN N ngày": a space inside the symbol
_BROKEN = re.compile(r"\s?[/-]\s?(?:…|\.\.|[^\w\s“”\"(]|\d{1,4}\s?/\s?[A-ZĐ])\S{0,20}|[oOlI]\d*\s?[/-]\S{1,20}")
_DATED = re.compile(r"\s*,?\s*(?:ngày\s+\d|của\s)")
_AFTER_SHORT = re.compile(r"\s*([^\W\d_]+|%)(?:\s+([^\W\d_]+))?")
_LIST_BEFORE = re.compile(r"(?:[,;]|và|,\s*và)\s*(?:số|các số)?\s*:?\s*$")


@lru_cache(maxsize=16384)
def _trimmed(written: str) -> tuple[str, str, int, int]:
    """Cut a symbol before the first token that cannot belong to it: it, its first token, its tokens, its length."""
    pieces = _SPLIT.split(written)
    tokens, seps = pieces[::2], pieces[1::2]
    keep = 1
    for sep, token in zip(seps, tokens[1:], strict=True):
        spaced = len(sep) == 3 and keep >= 2
        upper = sum(c.isupper() for c in token)
        word = upper < 2 and len(token) > 1 and token[1:].isalpha() and token[1:].islower()
        mark = token.islower() and len(token) <= 3 and sep == "/" and keep >= 2  # "5053-CV/VPTW/nb"
        if (spaced or word) and not mark:
            break
        keep += 1
    kept = "".join(pieces[: 2 * keep - 1])
    return clean_symbol(kept), tokens[0], keep, len(kept)


class TooManyCitationsError(Exception):
    """Raised inside the scan of a text that names more instruments than any document does."""


class Scanner:
    """Reads the numbered mentions of one view."""

    def __init__(self, text: str, lower: str, regions: Sequence[Region]) -> None:
        self.text = text
        self.lower = lower
        self.lex = lexicon()
        self.kinds = KindReader(text, lower)
        self.regions = regions
        self.short_ends = ("số ", "số: ", "số:", *(f"{word.rsplit(' ', 1)[-1]} " for word in self.lex.short))
        self.starts = [region.start for region in regions]
        self.puzzles: list[Puzzle] = []
        self._last: Mention | None = None

    def scan(self) -> list[Mention]:
        """Give all numbered mentions in text order; what is not understood goes to ``puzzles``."""
        found: list[Mention] = []
        lower, ends = self.lower, self.short_ends
        for match in _CANDIDATE.finditer(self.text):
            if match["symbol"]:
                mention = self._full(match)
            else:
                at = match.start()
                named = lower.endswith(ends, at - 12 if at > 12 else 0, at)
                mention = self._short(match) if named else self._short_listed(match)
            if mention is None and not self.puzzles:
                continue
            if mention is not None:
                found.append(mention)
                self._last = mention
            if len(found) + len(self.puzzles) > MOST_CITATIONS:
                raise TooManyCitationsError
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
        kind, start, marked = self.kinds.kind_before(match.start(), region.start, damaged=True)
        near = kind is not None or marked
        symbol, end, noisy = self._symbol(match, near)
        if symbol is None:
            return self._short(match)
        number = self._number(match)
        if symbol.isalpha() and (joined := self._joined(number, symbol, end)) is not None:
            (symbol, end), noisy = joined, True
        stray = _STRAY.match(self.text, end) if near and "/" in symbol else None
        if stray is not None:
            symbol, end, noisy = symbol + stray[1], stray.end(1), True
        parts = parse_symbol(number, symbol, None)
        if self.kinds.foreign(match.start(), start, region.start):
            return None
        mention = Mention(start, end, end, region.start, region.end, region.block, "full", number=number, symbol=symbol)
        mention.typed, mention.digits = kind is not None, match.start()
        if noisy:
            mention.notes.append("repaired")
        if kind is None:
            floor = max(region.start, self._last.core if self._last is not None else 0)
            far = self.kinds.kind_far(start, floor, parts.type, parts.style)
            if far is not None:
                kind, mention.start = far
                mention.typed = True
        return mention if self._decide(mention, kind, marked=marked) else None

    def _joined(self, number: str, code: str, end: int) -> tuple[str, int] | None:
        """Put a lost hyphen back ("58/2025/TT BCT") where both codes are known; give the symbol and its end."""
        issuer = _LOST_HYPHEN.match(self.text, end)
        if issuer is None:
            return None
        parts = parse_symbol(number, f"{code}-{issuer[1]}", None)
        known = parts.type is not None and parts.level is not None
        return (f"{code}-{issuer[1]}", issuer.end(1)) if known else None

    def _decide(self, mention: Mention, kind: str | None, *, marked: bool) -> bool:
        """Decide the kind from the type word, the list and the symbol; False where the number names no instrument."""
        parts = parse_symbol(mention.number, mention.symbol, None)
        if kind not in (None, "any"):
            if parts.type is not None and parts.type != kind and parts.type not in alike(kind or ""):
                mention.notes.append("kind_differs")
            mention.type = kind
            return True
        mention.type = self._kind_of_symbol(mention, parts.type, marked, named=kind)
        if mention.type is not None:
            return True
        if parts.style == "na" or mention.symbol in ("QH", "UBTVQH"):
            mention.notes.append("bare")  # the title of a law stands before it, or nothing tells law from resolution
            return True
        if marked:
            self.puzzles.append(Puzzle(mention.start, mention.end, "số, ký hiệu không rõ loại văn bản"))
        return False

    def _kind_of_symbol(self, mention: Mention, kind: str | None, marked: bool, *, named: str | None) -> str | None:
        """Decide the kind without a type word: by the list before, by the symbol, by "số"."""
        last = self._last
        if last is not None and last.block == mention.block and mention.start - last.end < 400:
            between = self.lower[last.end : mention.start]
            listed = _LIST_BEFORE.search(between[-12:] if len(between) > 12 else between)
            same = last.symbol is not None and last.symbol == mention.symbol  # "Quyết định số 212-TC/CĐKT, 224-TC/CĐKT"
            fits = kind is None or same or kind == last.type or last.type in alike(kind)
            if listed and named != "any" and fits:
                mention.notes.append("listed")
                return last.type
        if kind is not None and parse_symbol(mention.number, mention.symbol, None).series:
            mention.notes.append("bare")
            return kind
        if named == "any" and "-" in (mention.symbol or ""):
            mention.notes.append("bare")
            return kind or "cong_van"
        return "quyet_dinh" if marked and (mention.symbol or "").upper().startswith(("QĐ/", "QĐ-")) else None

    def _short(self, match: re.Match[str]) -> Mention | None:
        """A number without symbol after a type word: "Nghị quyết 04", "Đề án số 13", "Nghị định 30/2020"."""
        at = match.start()
        if not self.lower.endswith(self.short_ends, max(0, at - 12), at):
            return self._short_listed(match)
        region = self.region(at)
        if region is None:
            return None
        kind, start, marked = self.kinds.kind_before(at, region.start)
        if kind is None or start == at:
            return None
        if kind == "any":
            self._unknown(match, start, region, marked=marked)
            return None
        allowed = self.lex.short.get(self._word_between(start, at))
        number, end = match["number"], match.start() + len(match["number"])
        if match["year"] and match["year_sep"] == "/":
            number, end = f"{match['number']}/{match['year']}", match.end("year")
        broken = _BROKEN.match(self.text, end, region.end) if marked else None
        if broken is not None:
            self.puzzles.append(Puzzle(start, broken.end(), "số, ký hiệu đọc không được"))
        elif allowed is not None and self._citable(number, allowed, end, region.end, marked=marked):
            mention = Mention(start, end, end, region.start, region.end, region.block, "short", kind, number)
            mention.notes += [] if marked else ["unmarked"]
            return mention
        return None

    def _citable(self, number: str, allowed: str, end: int, limit: int, *, marked: bool) -> bool:
        """Tell whether a bare number can cite an instrument: it counts nothing, and it is whole ("1O5/…" is not)."""
        if self._counts(end, limit) or self.text[end : end + 1].isalpha():
            return False
        bare = number.partition("/")[0]
        if not bare.isdigit():
            return False
        return marked or (allowed == "any" and 2 <= len(bare) <= 4 and not self._is_year(bare))

    def _unknown(self, match: re.Match[str], start: int, region: Region, *, marked: bool) -> None:
        """Note a number that has neither kind nor symbol: "văn bản số 125 ngày …"."""
        end = match.end("year") if match["year"] else match.end("number")
        if marked and _DATED.match(self.lower, end, region.end):
            self.puzzles.append(Puzzle(start, end, "có số mà không rõ loại văn bản, ký hiệu"))

    def _short_listed(self, match: re.Match[str]) -> Mention | None:
        """A number that goes on a list of short forms: "Nghị quyết số 57, 59, 66 và 68"."""
        last = self._last
        if last is None or last.shape != "short" or not 0 < match.start() - last.core <= _LIST_GAP:
            return None
        number, end = match["number"], match.start() + len(match["number"])
        listed = _SHORT_LIST.fullmatch(self.lower, last.core, match.start())
        if listed is None or match["year"] or not number.isdigit() or len(number) < 2 or self._counts(end, last.limit):
            return None
        mention = Mention(
            match.start(), end, end, last.floor, last.limit, last.block, "short", last.type, number, typed=False
        )
        mention.notes.append("listed")
        return mention if end <= last.limit else None

    def _word_between(self, start: int, at: int) -> str:
        return NUMBER_WORD.sub("", self.lower[start:at]).strip(" :")

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
        if after is None:
            return False
        return after[1] in self.lex.counted or f"{after[1]} {after[2]}" in self.lex.counted

    def _number(self, match: re.Match[str]) -> str:
        number = match["number"]
        return f"{number}{match['year_sep']}{match['year']}" if match["year"] else number

    def _symbol(self, match: re.Match[str], near: bool) -> tuple[str | None, int, bool]:
        """Trim the symbol to what can be one; give it, its end, and whether signs had to be repaired."""
        symbol, first, keep, length = _trimmed(match["symbol"])
        end = match.start("symbol") + length
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
