"""Merged cells of a table: a cell merged downwards counts in every row that it covers."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as the format has it."""

    text: str
    columns: int = 1
    rows: int = 1


def fill(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """Lay cells out on the grid of the table.

    A cell over several rows is repeated in each (the body in charge of three tasks is in charge of each of them);
    a cell over several columns stands in the first, the others are empty; a row of one cell (a heading inside the
    table) is one cell.

    Args:
        rows: Cells row by row, without those that a merge covers.

    Returns:
        Texts row by row; all rows as wide as the table except headings.

    Example:
        >>> fill([[Cell("1"), Cell("A", rows=2)], [Cell("2")]])
        [['1', 'A'], ['2', 'A']]
    """
    hanging: dict[int, tuple[str, int]] = {}  # column: text and number of rows still covered
    filled: list[list[str]] = []
    for row in rows:
        line: list[str] = []
        following: dict[int, tuple[str, int]] = {}
        pending = list(row)
        whole = len(row) == 1 and not hanging and (row[0].columns > 1 or row[0].rows == 1)
        while pending or any(column >= len(line) for column in hanging):
            column = len(line)
            if column in hanging:
                text, left = hanging[column]
                line.append(text)
                if left > 1:
                    following[column] = (text, left - 1)
            elif pending:
                cell = pending.pop(0)
                for step in range(cell.columns):
                    text = cell.text if step == 0 else ""
                    line.append(text)
                    if cell.rows > 1:
                        following[column + step] = (text, cell.rows - 1)
            else:
                line.append("")
        hanging = following
        filled.append(line[:1] if whole else line)
    return filled
