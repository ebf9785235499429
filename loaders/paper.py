"""A document as a run of paragraphs, and what single ones of them are."""

from dataclasses import dataclass, field

from loaders.document import Zone
from loaders.normalise import Paragraph
from loaders.patterns_table import wordings
from loaders.persons import is_person
from loaders.wrapping import is_caps

_W = wordings("structure")
_SIGN_SPAN = 14  # paragraphs that a signature block and its surroundings span
_LONGEST_TYPE = 600  # characters of a line that begins with the type word
_LONGEST_SIGN = 140
_ANNEX_TITLE = 200
_ANNEX_LINE = 400
_HEAD = 30  # paragraphs within which the type word of a head stands


@dataclass(slots=True)
class Part:
    """A run of paragraphs in one zone."""

    zone: Zone
    prefix: str = ""
    paragraphs: list[Paragraph] = field(default_factory=list)


def holds(name: str, text: str) -> bool:
    """Whether a paragraph opens with (or holds) a wording of the table."""
    return _W[name].find(text) is not None


class Paper:
    """The paragraphs of a document with their texts; parts are cut off in text order."""

    def __init__(self, view: str, paragraphs: list[Paragraph]) -> None:
        """Take the view and its paragraphs."""
        self.texts = [view[p.start : p.end] for p in paragraphs]
        self.paragraphs = paragraphs
        self.size = len(paragraphs)
        self.parts: list[Part] = []
        self.old_head = self._old_head()

    def cut(self, zone: Zone, low: int, high: int, prefix: str = "") -> None:
        """Put the paragraphs [low, high) into a zone."""
        if high > low:
            self.parts.append(Part(zone, prefix, self.paragraphs[low:high]))

    def _old_head(self) -> int | None:
        """The type word of an old layout, in small letters on a line of its own; None where one stands in capitals."""
        found = None
        for i, text in enumerate(self.texts[:_HEAD]):
            if self.is_capitals_type(i):
                return None
            if text.startswith("Căn cứ") or holds("marked_basis", text):
                break
            word = _W["type_line_small"].find(text)
            if word and (found is None or word.end() == len(text)):
                found = i
        if found is None:
            return None
        headed = any(holds(name, text) for text in self.texts[:found] for name in ("motto", "number_line"))
        return found if headed or holds("head_number", " ".join(self.texts[found : found + 2])) else None

    def is_type(self, i: int) -> bool:
        """Whether it opens with the word of a document type in capitals, or in small letters in an old head."""
        return i == self.old_head or self.is_capitals_type(i)

    def is_capitals_type(self, i: int) -> bool:
        """Whether it opens with the word of a document type in capitals."""
        text = self.texts[i]
        match = _W["type_line"].find(text)
        if not match or text.endswith(":") or len(text) > 600:
            return False
        rest = text[match.end() :].strip()
        return not rest or not rest[0].isdigit()

    def ends(self, i: int) -> bool:
        """Whether the tail of the document begins here."""
        return holds("recipients", self.texts[i]) or self.is_signature(i)

    def is_signature(self, i: int) -> bool:
        """Whether it is a line of a signature block: a mark (KT., TM.) or a post in capitals near a name."""
        text = self.texts[i]
        if len(text) > 140 or self.paragraphs[i].cells:
            return False
        if holds("sign_mark", text) and is_caps(text.replace("điện", "")):
            return True
        return holds("sign_title", text) and (self._named(i) or self._near_recipients(i))

    def _named(self, i: int) -> bool:
        return any(is_person(self.texts[k]) for k in range(i + 1, min(i + 4, self.size)))

    def _near_recipients(self, i: int) -> bool:
        low, high = max(i - 3 * _SIGN_SPAN, 0), min(i + 4, self.size)
        return any(holds("recipients", self.texts[k]) for k in range(low, high))

    def is_annex(self, i: int) -> bool:
        """The heading of an annex: its word alone, or a title followed by what it is annexed to."""
        text = self.texts[i]
        if len(text) > _ANNEX_TITLE or self.paragraphs[i].cells or text.endswith((".", ";", ",")):
            return False
        if holds("annex_head", text):
            return True
        return (
            self.is_type(i)
            and is_caps(text)
            and any(
                holds("annexed_to", self.texts[k]) and len(self.texts[k]) < 400
                for k in range(i + 1, min(i + 5, self.size))
            )
        )
