"""The tail of a document: closing paragraphs, signature, recipients, annexes (domain.md 3)."""

from loaders.document import Zone
from loaders.markers import readings
from loaders.paper import Paper, holds
from loaders.persons import is_person
from loaders.wrapping import is_caps

_SIGN_SPAN = 14  # paragraphs of a signature block
_ALWAYS_CLOSING = ("Trên đây", "Nghị quyết này đã")


class Tail:
    """Cuts body, closing, signature, recipients and annexes."""

    def __init__(self, paper: Paper) -> None:
        """Take the document."""
        self.paper = paper
        self.texts = paper.texts
        self.paragraphs = paper.paragraphs
        self.size = paper.size

    def cut(self, at: int) -> None:
        """Cut everything from the first paragraph of the body on."""
        end, back = self._tail(at)
        closing = self._closing(at, end)
        self.paper.cut(Zone.BODY, at, closing)
        self.paper.cut(Zone.CLOSING, closing, end)
        for zone, low, high in back:
            self.paper.cut(zone, low, high)
        self._annexes(back[-1][2] if back else end)

    def _tail(self, start: int) -> tuple[int, list[tuple[Zone, int, int]]]:
        """Where the body ends, and the signature and recipients that follow it."""
        end = start
        while end < self.size and not self.paper.ends(end) and not self.paper.is_annex(end):
            end += 1
        spans: list[tuple[Zone, int, int]] = []
        i = end
        while i < self.size:
            if holds("recipients", self.texts[i]):
                stop = self._recipients(i)
            elif self._opens_signature(i, first=not any(zone is Zone.SIGNATURE for zone, _, _ in spans)):
                stop = self._signature(i)
            else:
                break
            if stop == i:
                break
            zone = Zone.RECIPIENTS if holds("recipients", self.texts[i]) else Zone.SIGNATURE
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
            and holds("authority", self.texts[i - 1])
        ):
            i -= 1
        return i

    def _recipients(self, i: int) -> int:
        cell = self.paragraphs[i].cell
        stop = i + 1
        archived = False
        while stop < self.size:
            text = self.texts[stop]
            if (
                self.paragraphs[stop].cells
                or self.paper.is_annex(stop)
                or holds("sign_mark", text)
                or self.paper.is_type(stop)
            ):
                break
            listed = text[0] in "-+•*"
            same = cell and self.paragraphs[stop].cell == cell
            if not same and (self.paper.is_signature(stop) or is_person(text) or (archived and not listed)):
                break
            if not listed and not same and (len(text) > 200 or holds("footnote", text) or is_caps(text)):
                break
            archived = archived or holds("archive", text)
            stop += 1
        return stop

    def _opens_signature(self, i: int, *, first: bool) -> bool:
        """Whether a signature block begins here; a second one needs a mark or post, not a mere line in capitals."""
        soon = range(i, min(i + (3 if is_caps(self.texts[i]) else 1), self.size))
        return any(self.paper.is_signature(k) for k in soon) or (first and self._goes_on(i, seen=False))

    def _signature(self, i: int) -> int:
        """End of the signature block that begins at i; i itself where none does."""
        stop = i
        seen = False
        while stop < self.size and stop - i < _SIGN_SPAN:
            text = self.texts[stop]
            if (
                self.paragraphs[stop].cells
                or holds("recipients", text)
                or holds("footnote", text)
                or self.paper.is_annex(stop)
                or len(text) > 160
            ):
                break
            signs = self.paper.is_signature(stop)
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
                and not self.paper.is_type(i)
                and any(self.paper.is_signature(k) for k in range(i + 1, min(i + 3, self.size)))
            )
        return (is_caps(text) and not self.paper.is_type(i)) or text.startswith("(") or len(text) < 60

    def _closing(self, start: int, end: int) -> int:
        """First closing paragraph of the body [start, end)."""
        last = end
        while last > start and not readings(self.texts[last - 1]) and not self.paragraphs[last - 1].cells:
            last -= 1
        if last == start:
            return end - 1 if end - start > 1 and holds("closing", self.texts[end - 1]) else end
        heading = self._is_heading(last - 1)
        for i in range(last, end):
            if is_caps(self.texts[i]):
                heading = True
                continue
            sole = heading and i == last
            if holds("closing", self.texts[i]) and not (sole and not self.texts[i].startswith(_ALWAYS_CLOSING)):
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

    def _annexes(self, i: int) -> None:
        """Everything behind the signature: annexes, each with its own tree, and footnotes."""
        start = i
        number = 0
        while i < self.size:
            if holds("footnote", self.texts[i]):
                self._annex(start, i, number)
                stop = i + 1
                while stop < self.size and not self.paper.is_annex(stop) and not self.paper.is_type(stop):
                    stop += 1
                self.paper.cut(Zone.ANNEX, i, stop, "notes")
                start = i = stop
                continue
            if (
                i > start
                and self.paper.is_annex(i)
                and any(not self.paper.is_annex(k) for k in range(max(start, i - 3), i))
            ):
                self._annex(start, i, number)
                number += i > start
                start = i
            i += 1
        self._annex(start, i, number)

    def _annex(self, low: int, high: int, number: int) -> None:
        self.paper.cut(Zone.ANNEX, low, high, "annex" if number == 0 else f"annex-{number + 1}")
