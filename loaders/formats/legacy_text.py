"""Lines in old Vietnamese encodings whose fonts are not told, found by what their words are: plain text, pdf, html.

A line is turned into Unicode only where nearly all its accented words are syllables in the old encoding and are not as
they stand. Proper Vietnamese never is: its words are syllables as they stand.
"""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from loaders.formats.legacy_fonts import Encoding, LegacyFont, decode, encodings, is_unicode, windows
from loaders.formats.reading import Reading
from loaders.formats.syllables import score

# a letter beside a character that Unicode Vietnamese does not know, but one of the encodings uses
_STRANGE = re.compile(
    r"[A-Za-z][\x02-\x06\x10-\x1f\x7f-\u00a8\u00aa-\u00ac\u00ae-\u00b4\u00b5-\u00bf\u00c4-\u00c7\u00cb\u00ce-\u00d1\u00d6-\u00d8"
    r"\u00db\u00dc\u00de-\u00df\u00e4-\u00e7\u00eb\u00ee-\u00f1\u00f6-\u00f8\u00fb\u00fc\u00fe\u00ff\u00ad\u2212"
    r"\u0152-\u0192\u02c6\u02dc\u2020-\u2022\u2030-\u203a\u20ac\u2122]"
    r"|[aeouyôöAEOUYÔÖ][ùøûõïâáàåãäêéèúüëÙØÛÕÏÂÁÀÅÃÄÊÉÈÚÜË]",
)
_BEYOND = re.compile(r"[^\t\n\f\r -~]")
_SURE_WORDS = 4  # in one line
_AS_IS = 0.7  # of its words may be syllables as they stand: VPS has many letters where Western Windows has them
_RARE = {"vps": 0.9, "viscii": 0.9}  # offices wrote the other two; what is a syllable may still be no word
_BETTER = 3  # words more that must be syllables in the encoding
_SURE_LINES = 12  # words of sure lines that prove an encoding for the short ones around them
_SURE_SHARE = 0.08  # of the words of all sure lines: less is chance
_SURE_SHORT = 3  # all the accented words of a document that has few


def repair(text: str) -> str:
    """Turn the lines of a text that are in an old encoding into Unicode (NFC); others stay as they are.

    Example:
        >>> repair("C¨n cø LuËt Tæ chøc ChÝnh phñ ngµy 25-12-2001")
        'Căn cứ Luật Tổ chức Chính phủ ngày 25-12-2001'
    """
    return "\n".join(repair_lines(text.split("\n")))


def repair_lines(lines: Sequence[str]) -> Sequence[str]:
    """As ``repair``, line by line; gives the same object back where nothing is to be done."""
    doubtful = [i for i, line in enumerate(lines) if _BEYOND.search(line) and not is_unicode(line)]
    if not any(_STRANGE.search(lines[i]) for i in doubtful):
        return lines
    sure: dict[int, Encoding] = {}
    words: Counter[str] = Counter()
    for i in doubtful:
        found = _judged(lines[i])
        if found is not None:
            sure[i] = found[0]
            words[found[0].name] += found[1]
    known = {name for name, count in words.items() if count >= max(_SURE_LINES, _SURE_SHARE * words.total())}
    if not known and len(doubtful) <= _SURE_SHORT and len(words) == 1:
        known = set(words)  # a short text wholly in one encoding
    if not known:
        return lines
    repaired = list(lines)
    nearest = _nearest(lines, sure, known)
    for i in doubtful:
        encoding = _best(lines[i], nearest(i), {name: words[name] for name in known})
        if encoding is not None:
            repaired[i] = _decoded(lines[i], encoding)
    return repaired


def _judged(line: str) -> tuple[Encoding, int] | None:
    """The encoding that a line proves by itself."""
    as_is, count = score(line)
    if count < _SURE_WORDS or as_is > _AS_IS * count or not _STRANGE.search(line):
        return None
    best, most = None, 0.0
    for encoding in encodings().values():
        right, total = score(_decoded(line, encoding))
        likely = right * _RARE.get(encoding.name, 1.0)
        if total >= 0.7 * count and right >= max(0.9 * total, as_is + _BETTER) and likely > most:
            best, most = encoding, likely
    return (best, count) if best is not None else None


def _nearest(lines: Sequence[str], sure: Mapping[int, Encoding], known: set[str]) -> Callable[[int], Encoding | None]:
    """Give a function from a line to what the nearest sure line is: an encoding, or None for Unicode."""
    marks: list[tuple[int, Encoding | None]] = sorted(
        [(i, e) for i, e in sure.items() if e.name in known]
        + [(i, None) for i, x in enumerate(lines) if is_unicode(x)],
        key=lambda mark: mark[0],
    )
    places = [i for i, _ in marks]

    def nearest(at: int) -> Encoding | None:
        k = bisect_right(places, at)
        around = marks[max(k - 1, 0) : k + 1]
        return min(around, key=lambda mark: abs(mark[0] - at))[1] if around else None

    return nearest


def _best(line: str, near: Encoding | None, known: Mapping[str, int]) -> Encoding | None:
    """The encoding that a line is in, or None: the words decide, between equals the neighbours and the whole text."""
    as_is, count = score(line)
    scored = []
    for name, weight in known.items():
        right, total = score(_decoded(line, encodings()[name]))
        scored.append((right - (total - right), near is encodings()[name], weight, name, right))
    _, _, _, name, right = max(scored)
    if near is None:
        # among lines of Unicode only a line that makes no sense as it stands is turned
        return encodings()[name] if right > as_is and _STRANGE.search(line) and right >= 0.9 * count else None
    return encodings()[name] if right >= as_is or _STRANGE.search(line) else None


def _decoded(line: str, encoding: Encoding) -> str:
    return decode(line, LegacyFont(encoding, capitals=False))


def repair_reading(reading: Reading, *, soft_hyphens: bool = True) -> Reading:
    """Repair the text of a reading and move its offsets along.

    Args:
        reading: What a format gave.
        soft_hyphens: Whether those that are no letters stay.

    Returns:
        The reading with its lines in Unicode.
    """
    if reading.text.isascii():
        return reading
    lines = reading.text.split("\n")
    repaired = repair_lines(lines)
    if not soft_hyphens and "\u00ad" in reading.text:
        repaired = [line.replace("\u00ad", "") for line in repaired]
    if repaired is lines:
        return reading
    before = list(accumulate((len(line) + 1 for line in lines), initial=0))
    after = list(accumulate((len(line) + 1 for line in repaired), initial=0))

    def moved(at: int) -> int:
        """Offsets of a reading stand at the beginning or the end of a line."""
        k = min(bisect_right(before, at) - 1, len(lines) - 1)
        return after[k] if at == before[k] else after[k + 1] - 1

    pages = tuple(map(moved, reading.pages))
    tables = tuple((moved(start), moved(end)) for start, end in reading.tables)
    capitals = tuple(
        (after[k] + start - before[k], after[k] + end - before[k])
        for start, end in reading.capitals
        for k in [bisect_right(before, start) - 1]
        if len(repaired[k]) == len(lines[k])
    )
    return replace(reading, text="\n".join(repaired), pages=pages, tables=tables, capitals=capitals)


def from_bytes(data: bytes) -> str | None:
    """Read a text file of an old encoding, lines of UTF-8 among them; None where its words do not prove one."""
    lines = []
    for raw in data.split(b"\n"):
        try:
            lines.append(unicodedata.normalize("NFC", raw.decode("utf-8")))
        except UnicodeDecodeError:
            lines.append(windows(raw))
    text = "\n".join(repair_lines(lines))
    right, count = score(text)
    return text if text != "\n".join(lines) and right >= 0.9 * count else None
