"""The numbers and bullets that Word puts before paragraphs itself, which stand nowhere in the text of the file."""

from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_KEPT_BULLETS = {"-", "–", "+", "*", "•"}
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"))
_ROMAN_SMALL = ((9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_MAX_LEVEL = 8
_MAX_CHAIN = 20


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    shape: str  # numFmt
    text: str  # lvlText: "%1.%2"
    style: str
    legal: bool


def value(element: etree._Element | None, name: str, default: str = "") -> str:
    """Give ``w:val`` of a child, or the default where the child or its value is absent."""
    child = element.find(W + name) if element is not None else None
    return default if child is None else child.get(W + "val", default)


def _whole(text: str, default: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 7 else default


@dataclass(slots=True)
class Numbering:
    """Counts list paragraphs in document order as Word does: counters belong to the abstract list, not to its uses."""

    numbering: etree._Element | None
    styles: etree._Element | None
    _style_of: dict[str, etree._Element] = field(default_factory=dict)
    _abstract_of: dict[str, str] = field(default_factory=dict)  # numId: abstractNumId
    _levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _starts: dict[tuple[str, int], int] = field(default_factory=dict)  # (numId, level): startOverride
    _counts: dict[tuple[str, int], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.styles is not None:
            self._style_of = {s.get(W + "styleId", ""): s for s in self.styles.iterchildren(W + "style")}
        if self.numbering is None:
            return
        for abstract in self.numbering.iterchildren(W + "abstractNum"):
            levels = {_whole(lvl.get(W + "ilvl", ""), 0): _level(lvl) for lvl in abstract.iterchildren(W + "lvl")}
            self._levels[abstract.get(W + "abstractNumId", "")] = levels
        for num in self.numbering.iterchildren(W + "num"):
            num_id = num.get(W + "numId", "")
            self._abstract_of[num_id] = value(num, "abstractNumId")
            for override in num.iterchildren(W + "lvlOverride"):
                start = value(override, "startOverride")
                if start.isdecimal():
                    self._starts[num_id, _whole(override.get(W + "ilvl", ""), 0)] = _whole(start, 1)
        self._follow_style_links()

    def _follow_style_links(self) -> None:
        """A list may hold no levels of its own and point to a list style."""
        if self.numbering is None:
            return
        for abstract in self.numbering.iterchildren(W + "abstractNum"):
            link = value(abstract, "numStyleLink")
            style = self._style_of.get(link)
            if style is not None:
                num_id = value(style.find(f"{W}pPr/{W}numPr"), "numId")
                target = self._levels.get(self._abstract_of.get(num_id, ""), {})
                self._levels[abstract.get(W + "abstractNumId", "")] = target

    def marker(self, paragraph: etree._Element) -> str:
        """Count one paragraph and give what Word prints before it, empty where nothing."""
        num_id, depth = self._place(paragraph)
        abstract = self._abstract_of.get(num_id, "")
        levels = self._levels.get(abstract, {})
        level = levels.get(depth)
        if level is None:
            return ""
        override = self._starts.pop((num_id, depth), None)
        if override is not None:
            self._counts[abstract, depth] = override
        else:
            self._counts[abstract, depth] = self._counts.get((abstract, depth), level.start - 1) + 1
        for deeper in range(depth + 1, _MAX_LEVEL + 1):
            self._counts.pop((abstract, deeper), None)
        return self._render(abstract, level, levels)

    def _place(self, paragraph: etree._Element) -> tuple[str, int]:
        properties = paragraph.find(W + "pPr")
        direct = properties.find(W + "numPr") if properties is not None else None
        num_id, depth = value(direct, "numId"), value(direct, "ilvl")
        style_id = value(properties, "pStyle")
        named = style_id
        for _ in range(_MAX_CHAIN):
            style = self._style_of.get(named)
            if style is None or (num_id and depth):
                break
            inherited = style.find(f"{W}pPr/{W}numPr")
            num_id = num_id or value(inherited, "numId")
            depth = depth or value(inherited, "ilvl")
            named = value(style, "basedOn")
        if not depth and style_id:
            levels = self._levels.get(self._abstract_of.get(num_id, ""), {})
            depth = str(next((at for at, level in levels.items() if level.style == style_id), 0))
        return num_id, min(_whole(depth, 0), _MAX_LEVEL)

    def _render(self, abstract: str, level: _Level, levels: dict[int, _Level]) -> str:
        if level.shape == "bullet":
            mark = level.text.strip()
            return mark if mark in _KEPT_BULLETS else "-"  # symbol fonts put private-use characters here
        text = level.text
        for at in range(_MAX_LEVEL + 1):
            hole = f"%{at + 1}"
            if hole in text and at in levels:
                count = self._counts.setdefault((abstract, at), levels[at].start)
                text = text.replace(hole, _number(count, "decimal" if level.legal else levels[at].shape))
        return text.strip()

    def is_upper(self, paragraph: etree._Element) -> bool:
        """Tell whether the style of a paragraph shows its letters as capitals."""
        named = value(paragraph.find(W + "pPr"), "pStyle")
        for _ in range(_MAX_CHAIN):
            style = self._style_of.get(named)
            if style is None:
                return False
            found = style.find(f"{W}rPr/{W}caps")
            if found is not None:
                return found.get(W + "val", "1") not in {"0", "false", "off"}
            named = value(style, "basedOn")
        return False


def _level(lvl: etree._Element) -> _Level:
    legal = lvl.find(W + "isLgl") is not None
    start = _whole(value(lvl, "start"), 1)
    return _Level(start, value(lvl, "numFmt", "decimal"), value(lvl, "lvlText"), value(lvl, "pStyle"), legal)


def _number(count: int, shape: str) -> str:
    match shape:
        case "upperRoman" | "lowerRoman":
            roman = _roman(count)
            return roman if shape == "upperRoman" else roman.lower()
        case "upperLetter" | "lowerLetter":
            letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 % 10 + 1)
            return letter.upper() if shape == "upperLetter" else letter
        case "decimalZero":
            return f"{count:02d}"
        case "none":
            return ""
        case _:
            return str(count)


def _roman(count: int) -> str:
    text, left = "", min(max(count, 0), 4999)
    for number, letters in (*_ROMAN, *_ROMAN_SMALL):
        while left >= number:
            text += letters
            left -= number
    return text
