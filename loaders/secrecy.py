"""The gate before everything: a document that bears a mark of secrecy is refused before anything of it is kept."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

import msgspec
import yaml

from loaders.document import SourceText
from ontology.errors import SecretDocumentError
from ontology.vietnamese import fold

_LEVELS = {"mat": "mat", "toi mat": "toi_mat", "tuyet mat": "tuyet_mat"}
_SHOWN = {"mat": "MẬT", "toi_mat": "TỐI MẬT", "tuyet_mat": "TUYỆT MẬT"}
_REMEDY = (
    "Không xử lý trên máy này: chuyển tệp theo đúng quy định về bảo vệ bí mật nhà nước; "
    "chỉ cơ quan có thẩm quyền mới được giải mật."
)
_HEAD_LINES = 40  # lines with text that may stand before the body of a document
_ANNEX_LINES = 8
_PAGE_LINES = 2
_LONG = 160  # a line of this length is a paragraph of the body
_SHORT = 40
_LONG_LINES = 3  # so many paragraphs and the head is over
_MARKUP = re.compile(r"!\[|\]\([^()]{0,300}\)|</?[A-Za-z][^<>]{0,300}>|[*_#>`~]+")
_UNSEEN = re.compile("[\u00ad\u034f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]+")
_GLUED = re.compile(r"\b(tuyệt|tối)(?=mật\b)", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_GAPS = re.compile(r"[\s.·•_–-]+")
_WORDS = {"mật": (3,), "tốimật": (3, 3), "tuyệtmật": (5, 3)}  # letters of each word
_FIRST_HALF = re.compile(r"[\W_]*(?:TUYỆT|TỐI)[\W_]*")
_SECOND_HALF = re.compile(r"[\W_]*MẬT[\W_]*")
_SPACED = re.compile(r"(?:(?<=\s)|^)(?:\w ){2,}\w(?=\s|$)")
_ANNEX_WORDS = ("PHỤ", "Phụ", "BIỂU")
_ANNEX_WORD = re.compile("|".join(_ANNEX_WORDS))
_ANNEX = re.compile(r"(?:PHỤ LỤC|Phụ lục|PHỤ BIỂU|BIỂU MẪU)\b")
_END = re.compile(r"noi nhan\b")
# A title wrapped over lines: what stands alone on the next line goes on with these words.
_GOES_ON = re.compile(
    r"(?:\b(?:bi|bao|giai|do|cap|muc|co|khoa|tai lieu|va|hoac|la|tuyet|toi|ve|thuoc|mang|dang|hang|loai)|[,;:(–-])$",
    re.IGNORECASE,
)


class _Unit(msgspec.Struct, frozen=True, gc=False):
    """A line or cell to be judged."""

    text: str
    line: int
    wrapped: bool  # goes on from the line before


@cache
def _table() -> dict[str, Any]:
    text = resources.files("loaders.patterns").joinpath("secrecy.yaml").read_text(encoding="utf-8")
    table: dict[str, Any] = yaml.safe_load(text)
    return table


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["id"], re.compile(row["pattern"])) for row in _table()["rows"])


@cache
def _look_alikes() -> dict[int, str]:
    """Letters of other scripts to the Latin ones that a reader takes them for."""
    return str.maketrans({other: latin for latin, others in _table()["look_alikes"].items() for other in others})


def check(source: SourceText) -> None:
    """Refuse a document that is marked MẬT, TỐI MẬT or TUYỆT MẬT.

    Words about secrecy (bí mật nhà nước, mật khẩu, mật độ) are no marks: a mark stands alone, labelled or beside the
    number, in the head of the document, of an annex or of a page, or is all that a picture, a note on a page or a piece
    of hidden text says.

    Args:
        source: The text as it was read; nothing else of the product has seen it.

    Raises:
        SecretDocumentError: A mark was found; ``details`` name file, line and level, never any other content.

    Source:
        Law 29/2018/QH14 on protection of State secrets.
    """
    for unit in _units(source):
        if not unit.wrapped:
            _judge(source, unit.text, {"line": unit.line}, f"dòng {unit.line}")
    for mark in source.marks:
        _judge(source, _closed(_plain(mark)), {}, "trong hình, chú thích hoặc chữ ẩn")


def _judge(source: SourceText, text: str, facts: dict[str, int], where: str) -> None:
    for name, pattern in _patterns():
        match = pattern.fullmatch(text)
        if match:
            level = _level(match["mark"])
            raise SecretDocumentError(
                f"“{source.file}” có dấu độ mật {_SHOWN[level]} ({where}), không được nạp. {_REMEDY}",
                **facts,
                file=source.path,
                reason="secret_mark",
                level=level,
                rule=name,
                remedy=_REMEDY,
            )


def _level(mark: str) -> str:
    folded = fold(mark.replace("0", "O").replace("1", "I").replace("4", "A"))
    words = folded.split()
    if len(words) == 1:
        return "mat"
    return "tuyet_mat" if words[0].startswith("tuy") else _LEVELS.get(folded, "toi_mat")


def _units(source: SourceText) -> Iterator[_Unit]:
    before = ""  # the line directly above, empty where a blank line stands between
    half = ""  # the line above, blank ones apart, where it is the first word of a stamp in two lines
    count = long_lines = 0
    left = 0  # lines left of the head of an annex or page
    in_head = True
    starts = iter([*source.pages, len(source.text) + 1])
    start = next(starts)
    at = 0
    shown = source.shown
    annexes = (m.start() for m in _ANNEX_WORD.finditer(shown))
    annex = next(annexes, len(shown))
    for number, raw in enumerate(shown.split("\n"), start=1):
        if at >= start:
            left = max(left, _PAGE_LINES)
            start = next((s for s in starts if s > at), len(source.text) + 1)
        at += len(raw) + 1
        headed = annex < at and raw[:20].lstrip("*# |").startswith(_ANNEX_WORDS)
        while annex < at and annex < len(shown):
            annex = next(annexes, len(shown))
        if not raw or raw.isspace():
            before = ""
            continue
        if in_head or left or headed:
            line = _plain(raw)
            if in_head or left:
                found, half = _cells(line, number, before, half)
                yield from found
            left = _ANNEX_LINES if _ANNEX.match(line) else max(left - 1, 0)
            before = line
            count += 1
            long_lines += len(line) > _LONG
            if count >= _HEAD_LINES or long_lines >= _LONG_LINES or _END.match(fold(line[:40])):
                in_head = False
        else:
            before = raw[-40:]


def _cells(line: str, number: int, before: str, half: str) -> tuple[list[_Unit], str]:
    """Give what the cells of one line may say, and the first word of a stamp whose second is still to come."""
    found: list[_Unit] = []
    for text in line.split("|"):
        unit = _closed(text.strip())
        if unit:
            wrapped = bool(before) and bool(_GOES_ON.search(_folded_end(before)))
            if half and _SECOND_HALF.fullmatch(unit):
                unit, wrapped = f"{half} {unit}", False
            half = unit if _FIRST_HALF.fullmatch(unit) and not wrapped else ""
            found.append(_Unit(unit, number, wrapped))
    return found, half


def _plain(line: str) -> str:
    """Give a line as a reader sees it: one form of each letter, nothing that has no shape, no signs of Markdown."""
    text = line[:2000]
    if not text.isascii():
        text = unicodedata.normalize("NFKD", _UNSEEN.sub("", text)).translate(_look_alikes())
        text = unicodedata.normalize("NFC", text)
    return _SPACES.sub(" ", _MARKUP.sub(" ", text)).strip()


def _closed(text: str) -> str:
    """Close up spaced letters ("T U Y Ệ T M Ậ T", "TUYỆ T MẬT" to "TUYỆT MẬT"), part glued words ("TỐIMẬT")."""
    if len(text) < _SHORT:
        letters = _GAPS.sub("", text)
        sizes = _WORDS.get(letters.lower())
        if sizes:
            return f"{letters[: sizes[0]]} {letters[sizes[0] :]}".strip()
    text = _GLUED.sub(r"\1 ", text)
    if not _SPACED.search(text):
        return text
    letters = text.replace(" ", "")
    for word in ("TUYỆT", "TỐI"):
        letters = letters.replace(word + "MẬT", word + " MẬT")
    return letters if len(letters) < 20 else text


def _folded_end(line: str) -> str:
    end = line[-40:].rstrip()
    mark = end[-1:] if end[-1:] in ",;:(–-" else ""
    return fold(end) + mark
