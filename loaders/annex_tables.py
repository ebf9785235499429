"""Task tables (TT | Nhiệm vụ | Chủ trì | Phối hợp | Thời hạn | Sản phẩm): one duty a row, merged cells inherited."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from loaders.bodies import head_at
from loaders.document import Block, Kind, Layout, Span
from loaders.obligations_lines import RoleLine
from ontology.record import Obligation

_TASKS = r"(?:nhiệm vụ|nội dung|công việc|giải pháp|chỉ tiêu|hoạt động|tên văn bản|tên đề án)"
_NAMES_TASKS = re.compile(_TASKS)
_COLUMNS = (
    ("number", re.compile(r"^(?:tt|stt|số tt|số thứ tự|s ?tt)\.?$")),
    ("deadline", re.compile(r"thời hạn|thời gian|tiến độ|hoàn thành|hạn ")),
    ("leads", re.compile(r"chủ trì|đầu mối|thực hiện chính")),
    ("coordinates", re.compile(r"phối hợp")),
    ("directs", re.compile(r"chỉ đạo|lãnh đạo phụ trách")),
    ("product", re.compile(r"sản phẩm|kết quả|đầu ra|cấp trình|hình thức văn bản")),
    (
        "task",
        re.compile(
            r"^(?!.*(?:nhóm|thuộc |văn bản giao|cơ sở pháp lý|căn cứ))"
            rf".*{_TASKS}"
        ),
    ),
    ("performs", re.compile(r"đơn vị|cơ quan|thực hiện|trách nhiệm|phụ trách")),
)
_SAME = re.compile(r"^[\s\"“”'-]*(?:nt|như trên|-nt-|〃|\"|”)?[\s\"“”'.-]*$")
# Tables of procedures, fees and spending rates also name who and how long, but lay no duty on anybody.
_NOT_TASKS = re.compile(
    r"thủ tục|tthc|mức chi|lệ phí|đơn giá|bước(?! công việc)|giải quyết|mã số|định mức|chức danh|mức thù lao|trình tự"
)
_STEP = re.compile(r"(?<!\w)bước \d{1,2}\s*(?:\||$|:)")
_DASH = re.compile(r"\s*(?:[-+•]\s*)?")
_SHORTEST_TASK = 8

Build = Callable[[Block, Span, list[RoleLine]], Obligation | None]


@dataclass(frozen=True, slots=True)
class _Table:
    """The meaning of the columns of one table, by their index."""

    columns: dict[int, str]
    width: int

    def cells(self, row: Block, text: str) -> dict[str, Span]:
        """Give the cells of a row by their meaning.

        A row under cells that span several rows prints only the rest: at its left, or at its right where what would
        stand under a body is no name.
        """
        left = {self.columns[n]: cell for n, cell in enumerate(row.cells) if n in self.columns}
        missing = self.width - len(row.cells)
        if missing <= 0 or text[slice(*row.cells[0])].strip():
            return left
        who = next((left[kind] for kind in ("leads", "performs") if kind in left), None)
        if who is None or not text[slice(*who)].strip() or head_at(text, _named_from(who, text)) >= 0:
            return left
        shifted = {n + missing: cell for n, cell in enumerate(row.cells) if n}
        return {self.columns[n]: cell for n, cell in shifted.items() if n in self.columns}

    @property
    def is_tasks(self) -> bool:
        kinds = set(self.columns.values())
        who = "leads" in kinds or ("performs" in kinds and bool(kinds & {"deadline", "coordinates", "product"}))
        return "task" in kinds and who


def read_tables(layout: Layout, text: str, folded: str, build: Build) -> Iterator[Obligation]:
    """Read the duties of all task tables of a document.

    Args:
        layout: The document laid out.
        text: Its view with new tone placement.
        folded: The same in lower case.
        build: Makes the duty of one row from its block, the range of its task cell and its role cells.
    """
    for is_row, blocks in groupby(layout.blocks, key=lambda b: b.kind is Kind.ROW):
        if is_row:
            yield from _read_rows(list(blocks), text, folded, build)


def _read_rows(rows: list[Block], text: str, folded: str, build: Build) -> Iterator[Obligation]:
    columns: _Table | None = None
    above: dict[str, Span] = {}
    for row in rows:
        header = _header(row, folded)
        if header:
            columns, above = header, {}
            continue
        if columns is None:
            continue
        cells = columns.cells(row, text)
        task = cells.get("task")
        if (
            _STEP.search(folded, row.body, row.end)
            or task is None
            or len(text[task[0] : task[1]].strip()) < _SHORTEST_TASK
        ):
            continue
        filled = [k for k in ("leads", "performs", "directs", "deadline", "coordinates") if _says(cells.get(k), folded)]
        if not filled and not above:
            continue  # a heading inside the table
        merged = {kind: cell if _says(cell, folded) else above.get(kind) for kind, cell in cells.items()}
        if not _says(cells.get("number"), folded):
            # A row of the same number: cells that stand over both rows are not printed again.
            merged = {**above, **merged}
        if not filled and _is_group(cells, folded):
            above = {}
            continue
        above = {k: v for k, v in merged.items() if v is not None}
        lines = [
            RoleLine(kind, cell[0], _strip((_named_from(cell, text), cell[1]), text))
            for kind, cell in merged.items()
            if cell is not None and kind not in ("task", "number")
        ]
        if not any(line.role for line in lines):
            continue
        made = build(row, _strip(task, text), lines)
        if made:
            yield made


def _header(row: Block, folded: str) -> _Table | None:
    """Read a row as the heading of a task table; None where it is not."""
    if not _NAMES_TASKS.search(folded, row.start, row.end):
        return None
    columns: dict[int, str] = {}
    taken: set[str] = set()
    for n, (start, end) in enumerate(row.cells):
        label = " ".join(folded[start:end].split())
        if len(label) > 60 or _NOT_TASKS.search(label):
            return None
        for kind, pattern in _COLUMNS:
            if kind not in taken and pattern.search(label):
                columns[n] = kind
                taken.add(kind)
                break
    table = _Table(columns, len(row.cells))
    return table if table.is_tasks else None


def _named_from(cell: Span, text: str) -> int:
    """Where the first name of a cell begins, the dash of a list passed over."""
    dash = _DASH.match(text, *cell)
    return dash.end() if dash else cell[0]


def _says(cell: Span | None, folded: str) -> bool:
    """Whether a cell has a text of its own: neither empty (merged) nor "nt"."""
    return cell is not None and not _SAME.match(folded[cell[0] : cell[1]])


def _is_group(cells: dict[str, Span], folded: str) -> bool:
    """Whether a row with nothing but a task is the title of a group: its number is Roman or a letter."""
    number = cells.get("number")
    return (
        number is not None and re.match(r"^\s*(?:[ivx]+|[a-h])\s*[.)]?\s*$", folded[number[0] : number[1]]) is not None
    )


def _strip(cell: Span, text: str) -> Span:
    start, end = cell
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
