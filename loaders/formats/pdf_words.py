"""Words and lines with their places on a page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its box on the page, top down."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float


@dataclass(frozen=True, slots=True)
class Line:
    """Words that stand on one line."""

    words: tuple[Word, ...]
    has_mark: bool = False  # a raised number stood at its beginning: a footnote starts

    @property
    def text(self) -> str:
        """The words with single spaces."""
        return " ".join(w.text for w in self.words)

    @property
    def x0(self) -> float:
        """Left end."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Right end."""
        return self.words[-1].x1

    @property
    def top(self) -> float:
        """Upper end."""
        return min(w.top for w in self.words)

    @property
    def bottom(self) -> float:
        """Lower end."""
        return max(w.bottom for w in self.words)
