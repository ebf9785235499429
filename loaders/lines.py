"""Physical lines of a source text with Markdown marks taken out and a map back to the text."""

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum

import msgspec

from ontology.members import plain_members
from ontology.vietnamese import nfc

_SPACES = (
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\r\x1f\ufffc"
)
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uf02d\uff0d"
_BULLETS = "\uf0b7\uf0a7\uf0d8\uf076\u25cf\u25aa\u25cb\u25e6\u25a0\u25a1\u2666\u27a2"
_BREAKS = "\f\x0b\x85\u2028\u2029"
# Each of these stands for exactly one character, so offsets do not move.
LINE_BREAKS = f"\n{_BREAKS}"
_SAME_LENGTH = str.maketrans(
    dict.fromkeys(_SPACES, " ")
    | dict.fromkeys(_DASHES, "-")
    | dict.fromkeys(_BULLETS, "•")
    | dict.fromkeys(_BREAKS, "\n")
    | {"Ð": "Đ", "ð": "đ", "\u01b7": "Đ"}
)
_UNUSUAL = re.compile(f"[{re.escape(''.join(map(chr, _SAME_LENGTH)))}]+")
_CLUSTER = re.compile("(?s).[\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff]+")
_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
_NOISE = re.compile(rf"\\(?=[!-/:-@\[-`{{-~])|\*+|`+|(?<![^\W_])_+|_+(?![^\W_])|[{_INVISIBLE}]+| {{2,}}")
_SIGN = re.compile(rf"[\\*`_{_INVISIBLE}]")  # without one of these or two spaces there is no noise
_LEAD = re.compile(r"\s*(?:>\s?)*\s*(#{1,6}(?=[\s*#])[#\s]*)?")
_STARS = re.compile(r"\*+")
_RULE = re.compile(r"[-_=~.*•\s]{3,}$")
CELL_BREAK = "\x1f"  # in a base text: a new line inside a table cell (``<br>``)
_HTML_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_LITERAL_STAR = re.compile(r"\s*\*(?=\s+[^\s*])")


@plain_members
class LineKind(IntEnum):
    """What a physical line is."""

    BLANK = 0
    TEXT = 1
    BAR = 2  # the border of a table cell, alone on its line
    RULE = 3  # a drawn line
    ROW = 4  # a whole table row, cells parted by bars


class Line(msgspec.Struct, gc=False):
    """One physical line.

    Attributes:
        kind: What it is.
        start: Offset of the line in the base text (before marks were taken out).
        stop: Offset of its line break.
        text: Without marks and outer space.
        parts: Ranges of the base text that make up ``text``.
        hashes: Depth of a Markdown heading, 0 where none.
        stars: Lengths of the runs of asterisks, in order.
        lead_star, tail_star: Whether the line opens or ends with an asterisk.
        fenced: Whether a table row has a border before its first and behind its last cell.
    """

    kind: LineKind
    start: int
    stop: int
    text: str = ""
    parts: tuple[tuple[int, int], ...] = ()
    hashes: int = 0
    stars: tuple[int, ...] = ()
    lead_star: bool = False
    tail_star: bool = False
    fenced: bool = False  # a table row with a bar before its first and after its last cell


@dataclass(frozen=True, slots=True)
class Base:
    """The source in form C with plain spaces and hyphens.

    ``at`` and ``raw_at`` map it to the source; ``wide`` holds the further source characters of composed ones.
    """

    text: str
    at: tuple[int, ...]
    raw_at: tuple[int, ...]
    wide: dict[int, int]


def base_of(text: str) -> Base:
    """Compose the characters of a text and unify spaces and hyphens; linear in its length."""
    if unicodedata.is_normalized("NFC", text):
        return Base(_broken(_unified(text)), (0,), (0,), {})
    out: list[str] = []
    at, raw_at, wide = [0], [0], dict[int, int]()
    view = done = 0
    for match in _CLUSTER.finditer(text):
        out.append(text[done : match.start()])
        view += match.start() - done
        composed = nfc(match.group())
        out.append(composed)
        extra = len(match.group()) - len(composed)
        view += len(composed)
        done = match.end()
        if extra:
            wide[view - 1] = extra
            at.append(view)
            raw_at.append(done)
    out.append(text[done:])
    return Base(_broken(_unified("".join(out))), tuple(at), tuple(raw_at), wide)


def _unified(text: str) -> str:
    """Write spaces, dashes, bullets and breaks in one form each; translates only the few runs that need it."""
    return _UNUSUAL.sub(lambda run: run.group().translate(_SAME_LENGTH), text)


def _broken(text: str) -> str:
    """Turn ``<br>`` into a line break, inside a Markdown row into a break of the cell; the length stays."""
    if "<br" not in text and "<BR" not in text:
        return text
    lines = text.split("\n")
    for n, line in enumerate(lines):
        sign = CELL_BREAK if line.startswith("|") else "\n"
        lines[n] = _HTML_BREAK.sub(lambda found, sign=sign: sign.ljust(len(found.group())), line)  # type: ignore[misc]
    return "\n".join(lines)


def lines_of(base: str) -> list[Line]:
    """Split a base text into lines and take the marks out."""
    lines: list[Line] = []
    at = 0
    for raw in base.split("\n"):
        text = raw.strip()
        size = len(raw)
        if not text:
            line = Line(LineKind.BLANK, at, at + size)
        elif text == "|":
            line = Line(LineKind.BAR, at, at + size)
        elif text[0].isalnum() and "  " not in text and _SIGN.search(text) is None:  # most lines: nothing to take out
            low = at if len(text) == size else at + raw.find(text)
            line = Line(LineKind.TEXT, at, at + size, text, ((low, low + len(text)),))
        else:
            line = line_of(raw, at)
        lines.append(line)
        at += size + 1
    return lines


def line_of(raw: str, at: int) -> Line:
    """Give one physical line that begins at an offset of the base text."""
    stop = at + len(raw)
    bare = raw.strip()
    if not bare:
        return Line(LineKind.BLANK, at, stop)
    if bare == "|":
        return Line(LineKind.BAR, at, stop)
    hashes = 0
    low = len(raw) - len(raw.lstrip())
    if bare[0] in "#>":
        lead = _LEAD.match(raw)
        if lead:
            low = lead.end()
            hashes = (lead.group(1) or "").count("#")
    high = len(raw.rstrip())
    text = raw[low:high]
    if (_SIGN.search(text) is None and "  " not in text) or _NOISE.search(raw, low, high) is None:
        if not text:
            return Line(LineKind.BLANK, at, stop)
        kind = LineKind.TEXT if text[0].isalnum() or _RULE.match(text) is None else LineKind.RULE
        return Line(kind, at, stop, text, ((at + low, at + high),), hashes)
    return _marked(raw, low, high, at, hashes)


def _marked(raw: str, low: int, high: int, at: int, hashes: int) -> Line:
    """A line that holds marks: keep what lies between them."""
    stop = at + len(raw)
    body = raw[low:high]
    stars = tuple(map(len, _STARS.findall(body))) if "*" in body else ()
    literal = _LITERAL_STAR.match(body) if len(stars) % 2 else None
    kept: list[tuple[int, int]] = []
    done = low
    escaped = -1
    for match in _NOISE.finditer(raw, low, high):
        start, end = match.span()
        if start == escaped or (literal and start == low + literal.end() - 1) or raw[start] == " ":
            start += 1
        elif raw[start] == "\\":
            escaped = end
        if start > done:
            kept.append((done, start))
        done = max(done, end)
    if high > done:
        kept.append((done, high))
    parts = _tight(raw, kept)
    text = "".join(raw[s:e] for s, e in parts)
    if not text:
        return Line(
            LineKind.BLANK if not _RULE.match(body) or "_" not in body else LineKind.RULE, at, stop, stars=stars
        )
    kind = LineKind.BAR if text == "|" else LineKind.RULE if _RULE.match(text) else LineKind.TEXT
    moved = tuple((at + s, at + e) for s, e in parts)
    return Line(
        kind, at, stop, text, moved, hashes, () if literal else stars, body[0] == "*" and not literal, body[-1] == "*"
    )


def _tight(raw: str, kept: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Drop outer space and the second of two spaces that meet where a mark stood."""
    parts: list[tuple[int, int]] = []
    space = True
    for low, end in kept:
        start = low + 1 if space and raw[low] == " " else low
        if start < end:
            parts.append((start, end))
            space = raw[end - 1] == " "
    while parts:
        start, end = parts.pop()
        while end > start and raw[end - 1] == " ":
            end -= 1
        if end > start:
            parts.append((start, end))
            break
    return parts
