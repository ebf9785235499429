"""What follows a number or title: date and issuer, in either order; and what a list shares (domain.md 2.5, 6 and 7)."""

import re

import msgspec

from loaders.citations_issuer import initials, issuer_after
from loaders.citations_lexicon import lexicon
from loaders.citations_mention import Mention, Puzzle
from loaders.citations_puzzles import why_no_day
from loaders.dates import bare_day_at, day_at, year_at
from ontology.symbols import fold_code, parse_symbol

_TO_DATE = re.compile(
    r"(?:\s?\*{1,2}\)?)?\s*[,.]?\s*\(?\s*(?:(?:được\s+)?ban hành|ký)?\s*(?:ngày\s+(?=ngày\s))?"
    r"(?=ng[àaáảạ]y|năm|\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}|(?:19|20)\d\d(?![\d/]))"
)

_TO_ISSUER = re.compile(r"(?:\s?\*{1,2}\)?)?\s*,?\s*\(?\s*(?:ban hành\s+)?(?=c[ủuúùũụ]a\s|do|giữa)")
_AT_NEXT = re.compile(r"\s+tại\s+(?:các\s+)?((\w+)\s+\w+)(?:\s+\w+){0,3}\s+số")
_AT_END = re.compile(r"\s+tại\s+(?:các\s+)?\Z")
_ISSUED = re.compile(r"\s+(?:đã\s+)?(?:ký\s+)?ban hành")
_HEAD_OF = re.compile(r"^(?:Giám đốc|Thủ trưởng|Trưởng ban|Trưởng|Chánh|Chủ tịch|Bộ trưởng|Cục trưởng)\s+(?=[A-ZĐ])")
_YEAR = re.compile(r"((?:19|20)\d\d)(?![\d/.-])")
_CODES = re.compile(r"[/-]")
_OPENED = re.compile(r"các\s+((\w+)\s+\w+)\s+(?=của\s)")
_NUMBER_YEAR = re.compile(r"/((?:19|20)\d\d)$")
_SHARED = re.compile(r"\s*(?:,|;|và|,\s*và|&)\s*(?:các\s+)?")
_BROUGHT = re.compile(r"^của\s+")
_IN_TERM = re.compile(r"(?i),?\s+\(?khóa\s+(?:[ivxlc]+|\d+)\)?$")
_HEAD_LIST = re.compile(r"\s*:?\s*(?:số)?\s*:?\s*$")


class _Body(msgspec.Struct, frozen=True, gc=False):
    """A body as it is written, and where its name ends."""

    name: str
    end: int


class Tails:
    """Reads dates and issuers of the mentions of one view."""

    def __init__(self, text: str, lower: str) -> None:
        self.text, self.lower = text, lower
        self.puzzles: list[Puzzle] = []

    def read(self, mention: Mention) -> None:
        """Extend a mention over its date and issuer."""
        at = mention.core
        for _ in range(2):
            end = self._date(mention, at) if mention.date is None else None
            end = end or (self._issuer(mention, at) if mention.issuer is None else None)
            if end is None:
                break
            at = mention.end = end

    def _date(self, mention: Mention, at: int) -> int | None:
        gap = _TO_DATE.match(self.lower, at, mention.limit)
        if gap is None or gap.end() - at > 24:
            return None
        here = gap.end()
        if "." in gap.group() and not self.text[here].islower():
            return None  # "… NQ/TW. Ngày 09/11/2022, …": a new sentence
        if mention.shape == "short" and not self.lower.startswith("ngày", here):
            return None
        phrase = day_at(self.lower, here) or bare_day_at(self.lower, here)
        if phrase is not None:
            if phrase.value is None:
                if not self.lower.startswith("ngày", here):
                    self.puzzles.append(Puzzle(phrase.start, phrase.end, why_no_day(self.lower, phrase)))
                mention.notes.append("bad_date")
            mention.date = phrase.value
            return phrase.end
        if mention.shape == "named" or self.lower.startswith("năm", here):
            year = year_at(self.lower, here)
            if year is not None:
                mention.date = year.value
                return year.end
            bare = _YEAR.match(self.lower, here)
            if bare is not None and mention.shape == "named":
                mention.date = bare[1]
                return bare.end()
        return None

    def _issuer(self, mention: Mention, at: int) -> int | None:
        gap = _TO_ISSUER.match(self.lower, at, mention.limit)
        if gap is None or (mention.type in ("luat", "bo_luat", "phap_lenh") and mention.shape == "named"):
            return None
        joint = mention.type is not None and mention.type.endswith("lien_tich")
        body = self._body(gap.end(), mention.limit, joint=joint)
        if body is None or self._of_the_next(body.end):
            return None
        if self.lower.startswith("do", gap.end()) and not _ISSUED.match(self.lower, body.end):
            return None  # "do UBND cấp tỉnh thực hiện" says who acts, not who issued
        mention.issuer = clean_name(body.name)
        return body.end

    def _body(self, at: int, stop: int, *, joint: bool = False) -> _Body | None:
        """The body that is named at a place, None where none is."""
        name = issuer_after(self.text, self.lower, at, stop, joint=joint)
        return None if name is None else _Body(self.text[name[0] : name[1]], name[1])

    def _signed(self, mention: Mention, at: int, stop: int) -> _Body | None:
        """The body that is named at a place, if the symbol of the mention bears its code."""
        body = self._body(at, stop)
        return body if body is not None and self._signs(mention, body.name) else None

    def _of_the_next(self, end: int) -> bool:
        """Tell whether "của X tại <văn bản> số …" goes on, so that X issued the next instrument, not this one."""
        following = _AT_NEXT.match(self.lower, end)
        lex = lexicon()
        return following is not None and (
            following[1] in lex.kinds or following[2] in lex.kinds or following[1] in lex.any_kind
        )

    def leading(self, mention: Mention) -> None:
        """Read an issuer that stands before: "theo hướng dẫn của Bộ Tài chính tại văn bản số …"."""
        if mention.issuer is not None or mention.shape != "full":
            return
        if self.lower.endswith("(", mention.floor, mention.start):
            self._named_before(mention)
            return
        window = max(mention.floor, mention.start - 110)
        at = _AT_END.search(self.lower, window, mention.start)
        of = self.lower.rfind("của ", window, mention.start)
        if at is None or of < 0:
            return
        body = self._signed(mention, of, mention.start)
        if body is not None and body.end == at.start():
            mention.issuer = clean_name(body.name)
            mention.notes.append("led")

    def led_on(self, before: Mention, mention: Mention) -> None:
        """Carry the issuer before a list ("của Sở Y tế tại Công văn số a, Công văn số b") over to its next item."""
        goes_on = "led" in before.notes and mention.issuer is None and self._goes_on(before, mention)
        if goes_on and self._fits(before, mention):
            mention.issuer = before.issuer
            mention.notes.append("led")

    def _goes_on(self, left: Mention, right: Mention) -> bool:
        """Tell whether a list goes on, over a semicolon too where the next item leaves its type word out."""
        gap = _SHARED.match(self.lower, left.end)
        joined = gap is not None and gap.end() == right.start
        return joined and (";" not in self.lower[left.end : right.start] or "listed" in right.notes)

    def _named_before(self, mention: Mention) -> None:
        """Read "Tờ trình của Đảng ủy X về … (Tờ trình số …)": the number belongs to the one named before."""
        word = self.lower[mention.start : mention.core].split(" số", 1)[0]
        of = self.lower.rfind(f"{word} của ", max(mention.floor, mention.start - 260), mention.start)
        if not word or of < 0:
            return
        body = self._signed(mention, of + len(word) + 1, mention.start)
        if body is not None:
            mention.issuer = clean_name(body.name)

    @staticmethod
    def _signs(mention: Mention, name: str) -> bool:
        """Tell whether the code in the symbol is that of the named body: by its initials, or as the table says."""
        parts = parse_symbol(mention.number, mention.symbol, mention.type)
        codes = parts.series
        if not codes or len(codes[0]) < 2:
            return False
        known = lexicon().signs_as.get(codes[0], ())
        letters = initials(_HEAD_OF.sub("", name))
        code = codes[0].replace("so", "s", 1) if codes[0].startswith("so") else codes[0]  # "SoNNMT"
        printed = [
            fold_code(code) for code in _CODES.split(mention.symbol or "")[1:2]
        ]  # "SNN" of old times, whose meaning has changed
        return letters.startswith((code, *(c for c in printed if len(c) > 2))) or name.lower().startswith(known)

    def share(self, mentions: list[Mention]) -> None:
        """Carry date and issuer over coordinated lists, backwards, and the issuer of a list's head forwards."""
        for left, right in zip(reversed(mentions[:-1]), reversed(mentions[1:]), strict=True):
            if left.block != right.block or left.shape != "full" or right.shape != "full":
                continue
            if not self._joined(left, right):
                continue
            alike = left.type == right.type  # "Đề án số a và Kế hoạch số b ngày …": the day is the plan's
            if (
                alike
                and self._undated(left)
                and left.issuer is None
                and right.date is not None
                and _same_year(left, right.date)
            ):
                left.date = right.date
                left.notes.append("shared")
            if left.issuer is None and right.issuer is not None and self._fits(left, right):
                left.issuer = right.issuer
                left.notes.append("shared")
        self._share_forward(mentions)

    @staticmethod
    def _undated(mention: Mention) -> bool:
        return mention.date is None and "bad_date" not in mention.notes

    def _joined(self, left: Mention, right: Mention) -> bool:
        gap = _SHARED.match(self.lower, left.end)
        return gap is not None and gap.end() == right.start and ";" not in gap.group()

    @staticmethod
    def _fits(left: Mention, right: Mention) -> bool:
        one, two = (parse_symbol(m.number, m.symbol, m.type) for m in (left, right))
        return one.series == two.series

    def opened(self, mentions: list[Mention]) -> None:
        """Give the issuer of an opening to what stands behind its colon: "các Quyết định của X về …: Quyết định số"."""
        block, issuer, kind = -1, None, None
        for mention in mentions:
            if mention.block != block:
                block, (issuer, kind) = mention.block, self._opening(mention)
            takes = issuer is not None and mention.issuer is None and mention.shape == "full" and mention.type == kind
            if takes and self._signs(mention, issuer or ""):
                mention.issuer = issuer
                mention.notes.append("led")

    def _opening(self, first: Mention) -> tuple[str | None, str | None]:
        of = self.lower.find("của ", first.start, first.core)
        if of >= 0:  # "các Nghị định của Chính phủ: số a …; Nghị định số b": the kind stands before the issuer
            body = self._body(of, first.core)
            return (clean_name(body.name), first.type) if body is not None else (None, None)
        before = max(first.floor, first.start - 300)
        if not self.lower[before : first.start].rstrip().endswith(":"):
            return None, None
        for opening in _OPENED.finditer(self.lower, before, first.start):
            kinds = lexicon().kinds
            kind = kinds.get(opening[1]) or kinds.get(opening[2])
            body = self._body(opening.end(), first.start) if kind else None
            if body is not None:
                return clean_name(body.name), kind
        return None, None

    def _share_forward(self, mentions: list[Mention]) -> None:
        """The issuer named before a list ("các Nghị định của Chính phủ: số a …; số b …") is everybody's."""
        head: Mention | None = None
        for mention in mentions:
            if (
                "listed" in mention.notes
                and head is not None
                and head.block == mention.block
                and mention.issuer is None
            ):
                mention.issuer = head.issuer
                continue
            head = None
            between = self.lower.find("của ", mention.start, mention.core)
            if mention.shape == "full" and mention.typed and between >= 0:
                body = self._body(between, mention.core)
                if body is not None and _HEAD_LIST.match(self.lower[body.end : body.end + 8].split("số")[0]):
                    mention.issuer = mention.issuer or clean_name(body.name)
                    head = mention

    def trailing(self, mention: Mention, clause_end: int, following: int) -> None:
        """Read an issuer that stands after the title: "… về phối hợp công tác của Ban Dân vận Tỉnh ủy;".

        Taken only where its initials are the code in the symbol: a body of the title is never taken for the issuer.
        """
        if mention.issuer is not None or mention.shape != "full" or not mention.symbol:
            return
        stop = min(clause_end, following, mention.end + 320)
        at = self.lower.find(" của ", mention.end, stop)
        while at >= 0:
            body = self._signed(mention, at + 1, stop)
            if body is not None:
                mention.issuer = clean_name(body.name)
                return
            at = self.lower.find(" của ", at + 4, stop)


def _same_year(mention: Mention, date: str) -> bool:
    """Tell whether the year in the number ("12/2020") allows a date: another item's date is not this one's."""
    year = _NUMBER_YEAR.search(mention.number or "")
    return year is None or date.startswith(year[1])


def clean_name(name: str) -> str:
    """Give a body's name on one line without signs and without its term at its end ("Bộ Chính trị khóa XIII")."""
    return _IN_TERM.sub("", _BROUGHT.sub("", " ".join(name.split()))).strip(" ,;.-")
