"""Ruled tables of a pdf page: their cells as rows, cells that a merge covers filled."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Box = tuple[float, float, float, float]
Table = tuple[float, list[list[str]]]  # top, rows
UNMAPPED = re.compile(r"\(cid:\d+\)|[\x00-\x08\x0e-\x1f\ue000-\uf8ff]")
_RULES = 6  # fewer lines and boxes than this are no table


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table as pdfplumber gives it: its box, and for each row its top, the boxes and texts of its cells."""

    box: Box
    rows: list[tuple[float, list[Box | None], list[str | None]]]


def grids(page: Any) -> Iterator[Grid]:
    """Find the ruled tables of a page of pdfplumber."""
    if len(page.lines) + len(page.rects) + len(page.curves) >= _RULES:
        for table in page.filter(_may_rule).find_tables():
            rows = [(row.bbox[1], row.cells, texts) for row, texts in zip(table.rows, table.extract(), strict=True)]
            yield Grid(table.bbox, rows)


def tables(found: list[Grid]) -> tuple[list[Table], list[Box]]:
    """Give the tables among the grids of a page, and the boxes that they take."""
    kept, boxes = [], []
    for grid in found:
        rows = _rows(grid)
        if len(rows) > 1 and max(len(row) for row in rows) > 1:
            kept.append((grid.box[1], rows))
            boxes.append(grid.box)
    return kept, boxes


def _may_rule(item: dict[str, Any]) -> bool:
    """Shading behind single lines of text is no border."""
    return item["object_type"] != "rect" or bool(item.get("stroke")) or min(item["width"], item["height"]) < 3


def _rows(grid: Grid) -> list[list[str]]:
    """Texts of a table; a cell merged downwards is repeated in each row that it covers."""
    rows: list[list[str]] = []
    boxes: dict[int, tuple[float, str]] = {}  # column: bottom of its last cell, text
    for top, cells, texts in grid.rows:
        line = []
        for column, (box, text) in enumerate(zip(cells, texts, strict=True)):
            if box is not None:
                told = UNMAPPED.sub("\ufffd", text or "")
                boxes[column] = (box[3], told)
                line.append(told)
            else:
                bottom, above = boxes.get(column, (0.0, ""))
                line.append(above if bottom > top + 2 else "")
        rows.append(line)
    return rows
