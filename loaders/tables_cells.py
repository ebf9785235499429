"""Cells of a table with one cell border a line, and the borders between them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from loaders.lines import Line, LineKind
from loaders.patterns_table import wordings

Parts = tuple[tuple[int, int], ...]

SHORT_CELL = 120
_CELL_LINES = 60  # of one cell; what is longer is text, not a cell
_CELL_LENGTH = 6000
_FEW_LINES = 3
_SAMPLE = 160  # cells and borders from which the number of columns is judged
_AFTER = wordings("tables")["behind"].pattern


@dataclass
class Cell:
    """What stands between two borders."""

    lines: list[Line]

    @cached_property
    def text(self) -> str:
        """Its lines as one."""
        return " ".join(line.text for line in self.lines)

    @property
    def small(self) -> bool:
        """Whether it is too short to be the text behind a table."""
        return len(self.lines) <= _FEW_LINES and len(self.text) <= SHORT_CELL

    @property
    def parts(self) -> Parts:
        """Ranges of the base text that make it up."""
        return tuple(part for line in self.lines for part in line.parts)


class Stretch:
    """Cells, and borders (their line), from one border on, as long as what comes can belong to a table.

    Tables that follow each other share a stretch, so that each line is looked at once.
    """

    def __init__(self, lines: list[Line], first: int) -> None:
        self.tokens: list[Cell | int] = []
        self.place: dict[int, int] = {}  # line of a border to its place among the tokens
        self._take(lines, first)

    def _take(self, lines: list[Line], first: int) -> None:
        cell: Cell | None = None
        size = 0
        for k in range(first, len(lines)):
            line = lines[k]
            if line.kind is LineKind.BAR:
                if cell is not None:
                    self.tokens.append(cell)
                self.place[k] = len(self.tokens)
                self.tokens.append(k)
                cell, size = None, 0
            elif line.kind is LineKind.ROW:
                return
            elif line.kind is LineKind.TEXT:
                if _AFTER.match(line.text) and (len(line.text) < SHORT_CELL or line.text.startswith("Điều")):
                    return
                cell = cell or Cell([])
                cell.lines.append(line)
                size += len(line.text)
                if len(cell.lines) > _CELL_LINES or size > _CELL_LENGTH:
                    return

    def sample(self, border: int) -> list[Cell | int]:
        """The first tokens from a border on, from which the number of columns is judged."""
        place = self.place[border]
        return self.tokens[place : place + _SAMPLE]

    def tokens_from(self, border: int) -> Iterator[Cell | int]:
        """All tokens from a border on."""
        return (self.tokens[n] for n in range(self.place[border], len(self.tokens)))
