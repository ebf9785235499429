"""Join the title of a law with the number behind it, and keep what stands in the title of another law apart."""

import re

from loaders.citations_mention import Mention

_GAP = re.compile(
    r"(?P<year>\s(?:năm\s)?(?:19|20)\d\d(?=\s*,?\s*\(?\s*số))?\s*,?\s*\(?\s*(?:luật\s+)?(?:số\s*){0,2}:?\s*"
)
_AMENDING = re.compile(r"luật\s+sửa đổi(?:,?\s(?:và\s)?bổ sung)?(?:\smột số điều)?(?P<of>(?:\scủa)?(?:\scác)?\s+)")
_NEXT = re.compile(r"\s*(?:,\s*và|,|và)\s*")
_TITLED = frozenset({"bare", "listed", "kind_differs"})


def merge(text: str, lower: str, numbered: list[Mention], named: list[Mention]) -> list[Mention]:
    """Join "Luật Điện lực" with the "số 61/2024/QH15" that follows it.

    Args:
        text: View text.
        lower: Its lower-case reading.
        numbered: Mentions with a number.
        named: Mentions by title.

    Returns:
        All mentions in text order, each law once.
    """
    at_digits = {mention.digits: mention for mention in numbered if mention.digits >= 0}
    alone: list[Mention] = []
    chain = _Chain(text, lower)
    for law in named:
        gap = _GAP.match(lower, law.core)
        mention = at_digits.get(gap.end()) if gap is not None else None
        if gap is None or mention is None:
            alone.append(law)
            chain.close()
            continue
        mention.typed, mention.stage = True, law.stage
        mention.date = gap["year"][-4:] if gap["year"] else None
        mention.notes = [note for note in mention.notes if note not in _TITLED]
        if chain.opens(law, mention):
            alone.append(law)
            continue
        mention.start, mention.type, mention.title = law.start, law.type, law.title
        chain.goes_on(mention)
    chain.close()
    return sorted([*numbered, *alone], key=lambda m: m.start)


class _Chain:
    """The numbered laws in the title of an amending law that bears no number of its own.

    "Luật Đất đai số 31/2024/QH15, được sửa đổi tại Luật sửa đổi, bổ sung một số điều của Luật Đất đai số 31/2024/QH15,
    Luật Nhà ở số 27/2023/QH15": the first number is known as that of another title, so it is not the amending law's.
    """

    def __init__(self, text: str, lower: str) -> None:
        self.text, self.lower = text, lower
        self.known: dict[str | None, str | None] = {}
        self.head: Mention | None = None
        self.titles: list[str] = []
        self.end = 0

    def opens(self, law: Mention, mention: Mention) -> bool:
        """Begin a chain where the number belongs to a law that the title amends; tell whether one began."""
        amending = _AMENDING.match(self.lower, law.start, law.core)
        if amending is None or self.known.get(mention.number, law.title) == law.title:
            return False
        self.close()
        inner = amending.end()
        mention.start, mention.type = inner, law.type
        mention.title = " ".join(self.text[inner : law.core].split())
        law.end = law.core = amending.start("of")
        self.head, self.titles = law, []
        self._add(mention)
        return True

    def goes_on(self, mention: Mention) -> None:
        """Take the next numbered law into an open chain, or close it."""
        if self.head is not None and _NEXT.fullmatch(self.lower, self.end, mention.start):
            self._add(mention)
            return
        self.close()
        self.known.setdefault(mention.number, mention.title)

    def _add(self, mention: Mention) -> None:
        mention.amended_by, self.end = self.head, mention.core
        self.titles.append(mention.title or "")

    def close(self) -> None:
        """Give the amending law its whole title."""
        if self.head is not None and self.titles:
            *first, last = self.titles
            laws = f"{', '.join(first)} và {last}" if first else last
            self.head.title = " ".join(f"{self.text[self.head.start : self.head.end]} của {laws}".split())
        self.head, self.titles = None, []


def apart(mentions: list[Mention]) -> list[Mention]:
    """Drop mentions that lie inside another one (a law in the title of its amending law)."""
    kept: list[Mention] = []
    for mention in mentions:
        if kept and mention.start < kept[-1].end:
            last = kept[-1]
            if last.shape == "named" and mention.shape != "named" and mention.start < last.core:
                kept[-1] = mention
            elif mention.shape == "short" and last.issuer is not None and mention.core <= last.end:
                continue  # "của Ban Chỉ đạo … và Đề án 06": part of the issuer's name
            elif last.end > last.core >= 0 and mention.start >= last.core:
                last.end = max(last.core, mention.start - 1)
                kept.append(mention)
            continue
        kept.append(mention)
    return kept
