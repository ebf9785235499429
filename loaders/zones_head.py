"""The head of a document: header, title, addressees, preamble (domain.md 3)."""

from loaders.document import Zone
from loaders.header_fields import NUMBER_BEHIND
from loaders.markers import readings
from loaders.paper import Paper, holds
from loaders.patterns_table import wordings
from loaders.wrapping import is_caps

_W = wordings("structure")
_HEADER_SPAN = 40  # paragraphs within which a header must have begun
_TITLE_SPAN = 12
_PREAMBLE_SPAN = 60
_LONG = 260
_SPEAKER = 90  # characters of the line that names who speaks, between title and preamble


class Head:
    """Cuts the head off a document."""

    def __init__(self, paper: Paper) -> None:
        """Take the document."""
        self.paper = paper
        self.texts = paper.texts
        self.paragraphs = paper.paragraphs
        self.size = paper.size

    def cut(self) -> int:
        """Cut the head off; gives the first paragraph of the body."""
        start = self._opening()
        self.paper.cut(Zone.HEADER, 0, start, "before")
        return self._preamble(self._head(start))

    def _opening(self) -> int:
        """First paragraph of the document itself: what a web page says before its header is not part of it."""
        for at in range(min(self.size, _HEADER_SPAN)):
            i = at
            if holds("motto", self.texts[i]):
                if all(
                    len(t) < _LONG and not p.hashes for t, p in zip(self.texts[:i], self.paragraphs[:i], strict=True)
                ):
                    return 0
                while i and self._is_issuer_line(i - 1):
                    i -= 1
                return i
        return 0

    def _is_issuer_line(self, i: int) -> bool:
        text = self.texts[i]
        return (
            len(text) < 120
            and (is_caps(text) or holds("number_line", text) or holds("urgency", text))
            and not self.paragraphs[i].hashes
        )

    def _head(self, i: int) -> int:
        """Header and title; gives the first paragraph after them."""
        start = i
        while i < self.size and not self.paper.is_type(i):
            if not self._in_header(i):
                return self._letter_head(start, i)
            i += 1
        self.paper.cut(Zone.HEADER, start, i)
        if i >= self.size:
            return i
        return self._title(i)

    def _in_header(self, i: int) -> bool:
        text = self.texts[i]
        if not any(c.isalnum() for c in text):
            return True  # an ornament under the issuer's name ("-*-")
        if len(text) > 400 or readings(text) or holds("addressees", text):
            return False
        if any(holds(name, text) for name in ("motto", "number_line", "place_date", "urgency", "subject_line")):
            return True
        if is_caps(text) and len(text) < 200:
            return True
        if holds("preamble", text):
            return False
        return len(text) < 60 or self._subject_goes_on(i)

    def _subject_goes_on(self, i: int) -> bool:
        return i > 0 and holds("subject_line", self.texts[i - 1]) and not self.texts[i].endswith((".", ":", ";"))

    def _letter_head(self, start: int, end: int) -> int:
        """The head of a letter: no type word; the subject stands under the number."""
        i = start
        while i < end:
            subject = _W["subject_line"].find(self.texts[i])
            stop = i + 1
            if subject:
                while stop < end and self.texts[stop][0].islower():
                    stop += 1
            self.paper.cut(Zone.TITLE if subject else Zone.HEADER, i, stop)
            i = stop
        return end

    def _title(self, i: int) -> int:
        """The type word and the summary after it."""
        if i == self.paper.old_head:
            return self._old_title(i)
        match = _W["type_line"].find(self.texts[i])
        stop = i + 1
        behind = self.texts[i][match.end() :] if match else ""
        number = NUMBER_BEHIND.match(behind)  # "THÔNG TƯ SỐ 5/2020/TT-BNV": the summary is still to come
        rest = behind[number.end() if number else 0 :].strip()
        named = bool(rest) and not holds("of_body", rest)
        while stop < self.size and stop - i < 12 and self._in_title(stop, named):
            named = True
            stop += 1
        self.paper.cut(Zone.TITLE, i, stop)
        return stop

    def _old_title(self, i: int) -> int:
        """A title whose lines begin in small and capital letters alike: it ends where the issuer or a basis stands."""
        stop = i + 1
        while stop < self.size and stop - i < _TITLE_SPAN and self._in_old_title(stop):
            stop += 1
        self.paper.cut(Zone.TITLE, i, stop)
        return stop

    def _in_old_title(self, i: int) -> bool:
        text = self.texts[i]
        ended = self.paragraphs[i].cells or readings(text) or text.endswith(":") or len(text) > _LONG
        begun = any(holds(name, text) for name in ("preamble", "enacting", "addressees", "adopted_line"))
        speaks = len(text) < _SPEAKER and holds("authority", text.upper())
        return not (ended or begun or speaks)

    def _in_title(self, i: int, named: bool) -> bool:
        text = self.texts[i]
        before = self.texts[i - 1]
        if (
            self.paragraphs[i].cells
            or text.startswith("Căn cứ")
            or holds("enacting", text)
            or holds("addressees", text)
        ):
            return False
        if holds("annexed_to", text):
            return True
        if holds("authority", text) and self._enacts(i):
            return False
        if not named:
            return len(text) < 900 and not text.endswith(":") and not (readings(text) and not is_caps(text))
        if is_caps(text) and not readings(text):
            return is_caps(before) and not (self.paragraphs[i].bold and not self.paragraphs[i - 1].bold)
        return text[0].islower() and len(text) < 160 and not readings(text)

    def _enacts(self, i: int) -> bool:
        """Whether an authority in capitals stands over the preamble and is not part of the title."""
        if self.texts[i].endswith(":"):
            return True
        following = self.texts[i + 1] if i + 1 < self.size else ""
        return not is_caps(following) and (holds("preamble", following) or bool(readings(following)))

    def _preamble(self, i: int) -> int:
        """Addressees and preamble; gives the first paragraph of the body."""
        i = self._addressees(i)
        start = i
        while i < self.size:
            text = self.texts[i]
            if self.paragraphs[i].cells or self.paper.ends(i):
                break
            marker = readings(text)
            if marker and not (marker[0].sign and holds("preamble", text)):
                break
            i += 1
            if holds("enacting", text) or text.endswith("sau:") or text.endswith("như sau"):
                break
            if (
                text.endswith(":")
                and len(text) > 60
                and i < self.size
                and not self.texts[i].startswith(("Căn cứ", "-"))
            ):
                break
            if i - start > 60:
                break
        if i == self.size or self.paper.ends(i):
            i = self._unmarked_preamble(start, i)
        self.paper.cut(Zone.PREAMBLE, start, i)
        while i < self.size and holds("enacting", self.texts[i]):
            self.paper.cut(Zone.PREAMBLE, i, i + 1)
            i += 1
        return i

    def _unmarked_preamble(self, start: int, end: int) -> int:
        """A body without markers: the preamble is what opens with its wordings."""
        i = start
        while i < end and self.texts[i].startswith(("Căn cứ", "Theo đề nghị", "Xét ")):
            i += 1
        if i == start and i < end - 1 and (holds("preamble", self.texts[i]) or holds("authority", self.texts[i])):
            i += 1
        return i

    def _addressees(self, i: int) -> int:
        """Kính gửi with its list, or the list under "… điện:"."""
        if i >= self.size:
            return i
        text = self.texts[i]
        telegram = text.rstrip().endswith("điện:") and len(text) < 120
        if not (holds("addressees", text) or telegram):
            return i
        stop = i + 1
        open_list = text.rstrip().endswith(":")
        while stop < self.size and (
            self.texts[stop][0] in "-+•" or (open_list and stop == i + 1 and len(self.texts[stop]) < 200)
        ):
            stop += 1
            open_list = False
        self.paper.cut(Zone.ADDRESSEES, i, stop)
        return stop
