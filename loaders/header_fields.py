"""Number, symbol, date and place of a document, read from the lines of its header."""

import re
from dataclasses import dataclass
from itertools import islice

from loaders.document import Block, Layout, Span, Zone
from loaders.patterns_table import wordings

_W = wordings("structure")
_NUMBER = re.compile(
    r"\s*(?P<number>\d{1,6}(?:\.\d{1,3})?[a-zđ]?)?(?P<year>\s?/\s?(?:19|20)\d{2}(?=\s?[/-]))?"
    r"\s?(?P<sep>[-/.…_]*\s?[-/]?)\s*(?P<symbol>[A-ZĐa-zđ]\w*(?:\s?[-/&]\s?[A-ZĐa-zđ0-9]\w*)*)?"
)
_BLANKS = re.compile(r"[.…_]{2,}|…")
_SPACES = re.compile(r"\s+")
_LOOSE_DATE = re.compile(
    r"[Nn]gày\s*(?P<day>\d{0,2})[\s.…_]*tháng\s*(?P<month>\d{0,2})[\s.…_]*năm\s*(?P<year>\d{4}|)"
    r"|[Nn]gày\s+(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})"
)
_ARTICLES = {"Thành", "Tp", "TP", "Tỉnh"}
_PAGE = Zone.HEADER, Zone.TITLE
_LONGEST_HEAD = 400  # paragraphs; what stands further down is no header, whatever its lines look like


@dataclass(frozen=True, slots=True)
class Field:
    """A value and the view range where it stands."""

    value: str
    span: Span


def head_blocks(layout: Layout) -> list[Block]:
    """The blocks of header and title, without what a web page says before the document."""
    found = (b for b in layout.blocks if b.zone in _PAGE and b.section != "before")
    return list(islice(found, _LONGEST_HEAD))


def number_and_symbol(layout: Layout) -> tuple[Field | None, Field | None, Span | None]:
    """Read the number line.

    Returns:
        The number with its year ("56/2015"), the symbol without spaces ("QĐ-UBND"), and the range of the line; each
        None where absent. A blank number with a symbol gives (None, symbol, line).
    """
    blocks = head_blocks(layout)
    for n, block in enumerate(blocks):
        text = layout.text(block)
        match = _W["number_line"].find(text) or _inside(text)
        if not match:
            continue
        start, rest = block.start + match.start("rest"), match["rest"]
        if not rest.strip() and n + 1 < len(blocks):
            start, rest = blocks[n + 1].start, layout.text(blocks[n + 1])
        rest = _clip(rest)
        number, symbol = split_number(rest, start)
        if number or symbol:
            return number, symbol, (start, start + len(rest))
    return _behind_type(layout, blocks)


def _behind_type(layout: Layout, blocks: list[Block]) -> tuple[Field | None, Field | None, Span | None]:
    """A number that stands behind the type word: "THÔNG TƯ SỐ 5/2020/TT-BNV"."""
    block = next((b for b in blocks if b.zone is Zone.TITLE), None)
    text = layout.text(block) if block else ""
    match = _W["type_line"].find(text)
    if block is None or match is None or (told := NUMBER_BEHIND.match(text, match.end())) is None:
        return None, None, None
    start = block.start + told.start("rest")
    number, symbol = split_number(told["rest"], start)
    return number, symbol, (start, start + len(told["rest"]))


NUMBER_BEHIND = re.compile(r"\s*(?:SỐ|Số|số)\s*:?\s*(?P<rest>\d[^\s,;]*)")
_INSIDE = re.compile(r"\b[Ss]ố\s*:\s*(?P<rest>.*)")


def _inside(text: str) -> re.Match[str] | None:
    """A number in the middle of a line where two columns ran together."""
    return _INSIDE.search(text) if len(text) < 200 else None


def _clip(rest: str) -> str:
    """Cut off what a second column put on the number's line: place and date, or the subject."""
    place = _W["place_date"].find(rest)
    if place:
        rest = rest[: place.end("place") - len(_place(place["place"]))]
    for word in (" V/v", " Về việc", " (V/v"):
        rest = rest.partition(word)[0]
    return _BLANKS.sub(lambda m: " " * len(m.group()), rest).rstrip(" ,;.")


def split_number(rest: str, start: int) -> tuple[Field | None, Field | None]:
    """Part a printed number into the number with its year and the symbol; ``start`` is its view offset."""
    match = _NUMBER.match(rest)
    if match is None:
        return None, None
    number = symbol = None
    if match["number"]:
        value = match["number"] + _SPACES.sub("", match["year"] or "")
        number = Field(
            value,
            (start + match.start("number"), start + (match.end("year") if match["year"] else match.end("number"))),
        )
    word = match["symbol"]
    if word and sum(c.isupper() for c in word) > 1:
        symbol = Field(_SPACES.sub("", word), (start + match.start("symbol"), start + match.end("symbol")))
    return number, symbol


_OWN = re.compile(
    r"(?:kèm\s+)?theo\s+(?P<type>[^\d:()]{4,40}?)\s+số\s*:?\s*(?P<rest>\d[^\s,;)/]*(?:\s?/[^\s,;)/]+)*)"
    r"(?:\s*,?\s*ngày\s*(?P<day>\d{1,2})\s*(?:tháng|/)\s*(?P<month>\d{1,2})\s*(?:năm|/)\s*(?P<year>\d{4}))?"
)


@dataclass(frozen=True, slots=True)
class Own:
    """What an annex says of the document that it belongs to ("Ban hành kèm theo Quyết định số …")."""

    type: str
    number: Field | None
    symbol: Field | None
    date: Field | None


def own_of_annex(layout: Layout) -> Own | None:
    """Read number and date from the line that ties an annex to its document; for files whose header is missing."""
    for block in layout.blocks:
        if block.zone not in (Zone.ANNEX, Zone.TITLE, Zone.HEADER) or block.section == "before":
            continue
        text = layout.text(block)
        if not _W["annexed_to"].find(text):
            continue
        match = _OWN.search(text)
        if match:
            number, symbol = split_number(match["rest"], block.body + match.start("rest"))
            value = iso(match["day"], match["month"], match["year"])
            date = Field(value, _within(block, match.start("day"), match.end("year"))) if value else None
            return Own(match["type"].strip(), number, symbol, date)
    return None


def is_blank_number(layout: Layout) -> Span | None:
    """The number line of a document whose number has not been filled in, else None."""
    number, symbol, span = number_and_symbol(layout)
    return span if number is None and symbol is not None else None


def place_and_date(layout: Layout) -> tuple[Field | None, Field | None]:
    """Read place and date; the date is truncated to what is printed ("2023-02")."""
    for block in [*head_blocks(layout), *(b for b in layout.blocks if b.zone is Zone.SIGNATURE)]:
        text = layout.text(block)
        match = _W["place_date"].find(text) or (_bare_place(text) if block.zone is Zone.HEADER else None)
        if match:
            value = iso(match["day"], match["month"], match["year"])
            date = Field(value, _within(block, match.start("place"), match.end())) if value else None
            place = _place(match["place"])
            at = block.body + match.end("place") - len(place)
            return Field(place, (at, at + len(place))), date
    for block in head_blocks(layout):
        match = _LOOSE_DATE.search(layout.text(block))
        if match and len(layout.text(block)) < 90 and block.zone is Zone.HEADER:
            value = iso(match["day"] or match["d"], match["month"] or match["m"], match["year"] or match["y"])
            return None, Field(value, _within(block, match.start(), match.end())) if value else None
    return None, None


def _bare_place(text: str) -> re.Match[str] | None:
    """Place and date on a line of their own whose comma is missing."""
    return _W["place_date_bare"].find(text)


def _within(block: Block, start: int, end: int) -> Span:
    return block.body + start, block.body + end


def _place(text: str) -> str:
    """The place without what another column put before it on the line."""
    words = text.split()
    keep: list[str] = []
    for word in reversed(words):
        if (not word[0].isupper() and word not in {"-", "phố", "xã", "tỉnh"}) or (word.isupper() and len(word) > 3):
            break
        keep.insert(0, word)
    return " ".join(keep).strip(" -*") or text.strip()


def iso(day: str | None, month: str | None, year: str | None) -> str:
    """Write a printed day in ISO 8601, truncated to what is printed; empty where no year is."""
    digits = [re.sub(r"\D", "", part or "") for part in (year, month, day)]
    if len(digits[0]) != 4 or not "1940" <= digits[0] <= "2100":
        return ""
    out = digits[0]
    for part, limit in ((digits[1], 12), (digits[2], 31)):
        if not part or not 1 <= int(part) <= limit:
            return out
        out += f"-{int(part):02d}"
    return out
