"""Which paragraphs of a document are header, title, preamble, body, closing, signature, recipients, annex (domain.md 3)."""

import re
from dataclasses import dataclass, field

from loaders.document import Zone
from loaders.markers import readings
from loaders.normalise import Paragraph
from loaders.patterns_table import wordings
from loaders.wrapping import is_caps

_W = wordings("structure")
_HEADER_SPAN = 40  # paragraphs within which a header must have begun
_SIGN_SPAN = 14  # paragraphs that a signature block and its surroundings span
_LONG = 260
_ANNEX_TITLE = 200


@dataclass(slots=True)
class Part:
    """A run of paragraphs in one zone."""

    zone: Zone
    prefix: str = ""
    paragraphs: list[Paragraph] = field(default_factory=list)


def _is(name: str, text: str) -> bool:
    return _W[name].find(text) is not None


def parts_of(view: str, paragraphs: list[Paragraph]) -> list[Part]:
    """Cut a document into parts, in text order."""
    return _Cutter(view, paragraphs).parts()


class _Cutter:
    def __init__(self, view: str, paragraphs: list[Paragraph]) -> None:
        self.texts = [view[p.start : p.end] for p in paragraphs]
        self.paragraphs = paragraphs
        self.size = len(paragraphs)
        self.out: list[Part] = []

    def parts(self) -> list[Part]:
        start = self._opening()
        self._emit(Zone.HEADER, 0, start, "before")
        at = self._head(start)
        at = self._preamble(at)
        body_end, back = self._tail(at)
        closing = self._closing(at, body_end)
        self._emit(Zone.BODY, at, closing)
        self._emit(Zone.CLOSING, closing, body_end)
        for zone, low, high in back:
            self._emit(zone, low, high)
        self._annexes(back[-1][2] if back else body_end)
        return [part for part in self.out if part.paragraphs]

    def _emit(self, zone: Zone, low: int, high: int, prefix: str = "") -> None:
        if high > low:
            self.out.append(Part(zone, prefix, self.paragraphs[low:high]))

    # The head of the document ---------------------------------------------------------------------------------------

    def _opening(self) -> int:
        """First paragraph of the document itself: what a web page says before its header is not part of it."""
        for i in range(min(self.size, _HEADER_SPAN)):
            if _is("motto", self.texts[i]):
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
            and (is_caps(text) or _is("number_line", text) or _is("urgency", text))
            and not self.paragraphs[i].hashes
        )

    def _head(self, i: int) -> int:
        """Header and title; gives the first paragraph after them."""
        start = i
        while i < self.size and not self._is_type(i):
            if not self._in_header(i):
                return self._letter_head(start, i)
            i += 1
        self._emit(Zone.HEADER, start, i)
        if i >= self.size:
            return i
        return self._title(i)

    def _is_type(self, i: int) -> bool:
        text = self.texts[i]
        match = _W["type_line"].find(text)
        if not match or text.endswith(":") or len(text) > 600:
            return False
        rest = text[match.end() :].strip()
        return not rest or not rest[0].isdigit()

    def _in_header(self, i: int) -> bool:
        text = self.texts[i]
        if len(text) > 400 or readings(text) or _is("addressees", text):
            return False
        if any(_is(name, text) for name in ("motto", "number_line", "place_date", "urgency", "subject_line")):
            return True
        if is_caps(text) and len(text) < 200:
            return True
        if _is("preamble", text):
            return False
        return len(text) < 60 or self._subject_goes_on(i)

    def _subject_goes_on(self, i: int) -> bool:
        return i > 0 and _is("subject_line", self.texts[i - 1]) and not self.texts[i].endswith((".", ":", ";"))

    def _letter_head(self, start: int, end: int) -> int:
        """The head of a letter: no type word; the subject stands under the number."""
        i = start
        while i < end:
            subject = _W["subject_line"].find(self.texts[i])
            stop = i + 1
            if subject:
                while stop < end and self.texts[stop][0].islower():
                    stop += 1
            self._emit(Zone.TITLE if subject else Zone.HEADER, i, stop)
            i = stop
        return end

    def _title(self, i: int) -> int:
        """The type word and the summary after it."""
        match = _W["type_line"].find(self.texts[i])
        assert match is not None
        stop = i + 1
        named = bool(self.texts[i][match.end() :].strip())
        while stop < self.size and stop - i < 12 and self._in_title(stop, named):
            named = True
            stop += 1
        self._emit(Zone.TITLE, i, stop)
        return stop

    def _in_title(self, i: int, named: bool) -> bool:
        text = self.texts[i]
        before = self.texts[i - 1]
        if self.paragraphs[i].cells or text.startswith("Căn cứ") or _is("enacting", text) or _is("addressees", text):
            return False
        if _is("annexed_to", text):
            return True
        if _is("authority", text) and self._enacts(i):
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
        return not is_caps(following) and (_is("preamble", following) or bool(readings(following)))

    def _preamble(self, i: int) -> int:
        """Addressees and preamble; gives the first paragraph of the body."""
        i = self._addressees(i)
        start = i
        while i < self.size:
            text = self.texts[i]
            if self.paragraphs[i].cells or self._ends_document(i):
                break
            marker = readings(text)
            if marker and not (marker[0].sign and _is("preamble", text)):
                break
            i += 1
            if _is("enacting", text) or text.endswith("sau:") or text.endswith("như sau"):
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
        if i == self.size or self._ends_document(i):
            i = self._unmarked_preamble(start, i)
        self._emit(Zone.PREAMBLE, start, i)
        while i < self.size and _is("enacting", self.texts[i]):
            self._emit(Zone.PREAMBLE, i, i + 1)
            i += 1
        return i

    def _unmarked_preamble(self, start: int, end: int) -> int:
        """A body without markers: the preamble is what opens with its wordings."""
        i = start
        while i < end and self.texts[i].startswith(("Căn cứ", "Theo đề nghị", "Xét ")):
            i += 1
        if i == start and i < end - 1 and (_is("preamble", self.texts[i]) or _is("authority", self.texts[i])):
            i += 1
        return i

    def _addressees(self, i: int) -> int:
        """Kính gửi with its list, or the list under "… điện:"."""
        if i >= self.size:
            return i
        text = self.texts[i]
        telegram = text.rstrip().endswith("điện:") and len(text) < 120
        if not (_is("addressees", text) or telegram):
            return i
        stop = i + 1
        open_list = text.rstrip().endswith(":")
        while stop < self.size and (
            self.texts[stop][0] in "-+•" or (open_list and stop == i + 1 and len(self.texts[stop]) < 200)
        ):
            stop += 1
            open_list = False
        self._emit(Zone.ADDRESSEES, i, stop)
        return stop

    # The tail of the document ---------------------------------------------------------------------------------------

    def _ends_document(self, i: int) -> bool:
        return _is("recipients", self.texts[i]) or self._is_signature(i)

    def _is_signature(self, i: int) -> bool:
        text = self.texts[i]
        if len(text) > 140 or self.paragraphs[i].cells:
            return False
        if _is("sign_mark", text) and is_caps(text.replace("điện", "")):
            return True
        return _is("sign_title", text) and (self._named(i) or self._near_recipients(i))

    def _named(self, i: int) -> bool:
        return any(is_person(self.texts[k]) for k in range(i + 1, min(i + 4, self.size)))

    def _near_recipients(self, i: int) -> bool:
        low, high = max(i - 3 * _SIGN_SPAN, 0), min(i + 4, self.size)
        return any(_is("recipients", self.texts[k]) for k in range(low, high))

    def _tail(self, start: int) -> tuple[int, list[tuple[Zone, int, int]]]:
        """Where the body ends, and the signature and recipients that follow it."""
        end = start
        while end < self.size and not self._ends_document(end) and not self._is_annex(end):
            end += 1
        spans: list[tuple[Zone, int, int]] = []
        i = end
        while i < self.size:
            if _is("recipients", self.texts[i]):
                stop = self._recipients(i)
            elif self._opens_signature(i, first=not any(zone is Zone.SIGNATURE for zone, _, _ in spans)):
                stop = self._signature(i)
            else:
                break
            if stop == i:
                break
            zone = Zone.RECIPIENTS if _is("recipients", self.texts[i]) else Zone.SIGNATURE
            spans.append((zone, i, stop))
            i = stop
        if spans and spans[0][0] is Zone.SIGNATURE:
            body_end = self._back_to_issuer(start, spans[0][1])
            spans[0] = (Zone.SIGNATURE, body_end, spans[0][2])
            return body_end, spans
        return end, spans

    def _back_to_issuer(self, start: int, i: int) -> int:
        """A body in capitals right above the post of its signer belongs to the signature."""
        while (
            i - 1 > start
            and is_caps(self.texts[i - 1])
            and len(self.texts[i - 1]) < 100
            and _is("authority", self.texts[i - 1])
        ):
            i -= 1
        return i

    def _recipients(self, i: int) -> int:
        cell = self.paragraphs[i].cell
        stop = i + 1
        archived = False
        while stop < self.size:
            text = self.texts[stop]
            if self.paragraphs[stop].cells or self._is_annex(stop) or _is("sign_mark", text) or self._is_type(stop):
                break
            listed = text[0] in "-+•*"
            same = cell and self.paragraphs[stop].cell == cell
            if not same and (self._is_signature(stop) or is_person(text) or (archived and not listed)):
                break
            if not listed and not same and (len(text) > 200 or _is("footnote", text) or is_caps(text)):
                break
            archived = archived or _is("archive", text)
            stop += 1
        return stop

    def _opens_signature(self, i: int, *, first: bool) -> bool:
        """Whether a signature block begins here; a second one needs a mark or post, not a mere line in capitals."""
        soon = range(i, min(i + (3 if is_caps(self.texts[i]) else 1), self.size))
        return any(self._is_signature(k) for k in soon) or (first and self._goes_on(i, seen=False))

    def _signature(self, i: int) -> int:
        """End of the signature block that begins at i; i itself where none does."""
        stop = i
        seen = False
        while stop < self.size and stop - i < _SIGN_SPAN:
            text = self.texts[stop]
            if (
                self.paragraphs[stop].cells
                or _is("recipients", text)
                or _is("footnote", text)
                or self._is_annex(stop)
                or len(text) > 160
            ):
                break
            signs = self._is_signature(stop)
            if not signs and not is_person(text) and not self._goes_on(stop, seen=seen):
                break
            if is_person(text):
                seen = True
            stop += 1
        return stop

    def _goes_on(self, i: int, *, seen: bool) -> bool:
        """A caps line inside a signature block: the body signed for, or the rest of a post."""
        text = self.texts[i]
        if seen:
            return (
                is_caps(text)
                and not self._is_type(i)
                and any(self._is_signature(k) for k in range(i + 1, min(i + 3, self.size)))
            )
        return (is_caps(text) and not self._is_type(i)) or text.startswith("(") or len(text) < 60

    def _closing(self, start: int, end: int) -> int:
        """First closing paragraph of the body [start, end)."""
        last = end
        while last > start and not readings(self.texts[last - 1]) and not self.paragraphs[last - 1].cells:
            last -= 1
        if last == start:
            return end if end - start > 1 or not _is("closing", self.texts[start] if end > start else "") else end
        heading = self._is_heading(last - 1)
        for i in range(last, end):
            if is_caps(self.texts[i]):
                heading = True
                continue
            sole = heading and i == last
            if _is("closing", self.texts[i]) and not (
                sole and not self.texts[i].startswith(("Trên đây", "Nghị quyết này đã"))
            ):
                return i
        if (
            end - last == 1
            and not heading
            and self.texts[last].endswith("/.")
            and not self.texts[last - 1].endswith(":")
        ):
            return last
        return end

    def _is_heading(self, i: int) -> bool:
        text = self.texts[i]
        return len(text) < 200 and not text.endswith((".", ";", ",", ":"))

    # Annexes ---------------------------------------------------------------------------------------------------------

    def _is_annex(self, i: int) -> bool:
        """The heading of an annex: its word alone, or a title followed by what it is annexed to."""
        text = self.texts[i]
        if len(text) > _ANNEX_TITLE or self.paragraphs[i].cells or text.endswith((".", ";", ",")):
            return False
        if _is("annex_head", text):
            return True
        return (
            self._is_type(i)
            and is_caps(text)
            and any(
                _is("annexed_to", self.texts[k]) and len(self.texts[k]) < 400
                for k in range(i + 1, min(i + 5, self.size))
            )
        )

    def _annexes(self, i: int) -> None:
        """Everything behind the signature: annexes, each with its own tree, and footnotes."""
        start = i
        number = 0
        while i < self.size:
            if _is("footnote", self.texts[i]) and all(len(t) > 0 for t in self.texts[i : i + 1]):
                self._annex(start, i, number)
                stop = i + 1
                while stop < self.size and not self._is_annex(stop) and not self._is_type(stop):
                    stop += 1
                self._emit(Zone.ANNEX, i, stop, "notes")
                start = i = stop
                continue
            if i > start and self._is_annex(i) and any(not self._is_annex(k) for k in range(max(start, i - 3), i)):
                self._annex(start, i, number)
                number += i > start
                start = i
            i += 1
        self._annex(start, i, number)

    def _annex(self, low: int, high: int, number: int) -> None:
        self._emit(Zone.ANNEX, low, high, "annex" if number == 0 else f"annex-{number + 1}")


RANKS = (
    "Thượng tướng",
    "Đại tướng",
    "Trung tướng",
    "Thiếu tướng",
    "Đại tá",
    "Thượng tá",
    "Trung tá",
    "Thiếu tá",
    "GS.",
    "PGS.",
    "TS.",
    "ThS.",
    "BS.",
)


def is_person(text: str) -> bool:
    """Whether a line is the name of a person: two to five capitalised words and nothing else.

    Example:
        >>> is_person("Trần Thị Diệu Thúy"), is_person("Như trên"), is_person("Đại tá Lê A")
        (True, False, True)
    """
    for rank in RANKS:
        if text.startswith(rank):
            text = text[len(rank) :].strip()
    words = text.split()
    if not 2 <= len(words) <= 6 or len(text) > 45 or (is_caps(text) and _POSTS.search(text)):
        return False
    return all(_is_name_word(word) for word in words)


_POSTS = re.compile(
    r"CHỦ TỊCH|GIÁM ĐỐC|TRƯỞNG|CHÁNH|THỦ TƯỚNG|BÍ THƯ|ỦY BAN|UBND|HĐND|THỐNG ĐỐC|NHIỆM|VĂN PHÒNG|BAN |SỞ |BỘ |ĐẢNG|CHÍNH|PHÓ |DÂN|PHỤ LỤC|DANH MỤC"
)


def _is_name_word(word: str) -> bool:
    bare = word.replace("'", "").replace("’", "").replace("-", "")
    return (
        bare.isalpha()
        and word[0].isupper()
        and (bare[1:].islower() or len(bare) == 1 or bare.isupper() or "-" in word or "'" in word or "’" in word)
    )
