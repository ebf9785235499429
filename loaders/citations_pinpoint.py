"""Pinpoints before an instrument: "điểm a khoản 2 Điều 5 của …", outermost first (record.md, ``provision``)."""

import re

_ATOM = re.compile(
    r"(?P<unit>tiết|điểm|khoản|điều|tiểu mục|mục|chương|phần|phụ lục)\s+"
    r"(?P<label>\d{1,3}[a-zđ]?(?![\w/])|[a-zđ]{1,2}(?!\w)|[ivxlc]{1,6}(?!\w))"
)
_MORE = re.compile(
    r"\s*(?:,|;|và|hoặc|đến)\s*(?P<label>\d{1,3}[a-zđ]?(?![\w/])|[a-zđ](?!\w)|[ivxlc]{1,5}(?!\w))(?!\s*(?:năm|tháng))"
)
_JOINT = re.compile(r"\s*(?:,|;|và|hoặc|của|tại|thuộc|các|ban hành kèm theo|kèm theo|đến)?\s*")
_END = re.compile(r"\s*(?:,\s*)?(?:của|tại|thuộc)?\s*(?:các\s*)?$")
_RANK = {"phần": 0, "phụ lục": 0, "chương": 1, "mục": 2, "tiểu mục": 3, "điều": 4, "khoản": 5, "điểm": 6, "tiết": 7}
_SLUG = {
    "phần": "phan",
    "phụ lục": "phu-luc",
    "chương": "chuong",
    "mục": "muc",
    "tiểu mục": "tieu-muc",
    "điều": "dieu",
    "khoản": "khoan",
    "điểm": "diem",
    "tiết": "tiet",
}
_ROMAN = re.compile(r"[ivxlc]+\Z")
_WINDOW = 160

Provision = tuple[tuple[str, str], ...]


def provision_before(lower: str, at: int, floor: int) -> tuple[int, Provision] | None:
    """Read the pinpoint that ends directly before an instrument.

    Args:
        lower: Lower-case view text.
        at: Where the instrument's mention starts.
        floor: View offset not to be crossed backwards.

    Returns:
        Where the pinpoint starts and its parts, outermost first; None where none stands there.

    Example:
        >>> text = "theo điểm a khoản 2 điều 5 của "
        >>> provision_before(text, len(text), 0)
        (5, (('dieu', '5'), ('khoan', '2'), ('diem', 'a')))
    """
    start = max(floor, at - _WINDOW)
    window = lower[start:at]
    run: list[tuple[str, str]] = []
    run_start = run_end = -1
    for atom in _ATOM.finditer(window):
        if atom.start() < run_end:
            continue
        joint = _JOINT.match(window, run_end) if run_end >= 0 else None
        if joint is None or joint.end() != atom.start():
            run, run_start = [], atom.start()
        run.append((atom["unit"], atom["label"]))
        run_end = atom.end()
        while more := _MORE.match(window, run_end):
            run.append((atom["unit"], more["label"]))
            run_end = more.end()
    if not run or not _END.match(window, run_end):
        return None
    return start + run_start, tuple((_SLUG[unit], _label(unit, label)) for unit, label in _outermost_first(run))


def _label(unit: str, label: str) -> str:
    """Roman numerals of the outer parts as they are printed ("mục II"); letters of points stay small."""
    return label.upper() if _RANK[unit] < _RANK["điều"] and _ROMAN.match(label) else label


def _outermost_first(run: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Turn "a of 2 of 5" around, group by group: a group ends where the units fall back to an inner one."""
    groups: list[list[tuple[str, str]]] = [[]]
    for unit, label in run:
        group = groups[-1]
        if group and _RANK[unit] > _RANK[group[-1][0]]:
            groups.append(group := [])
        group.append((unit, label))
    return [part for group in groups for part in sorted(group, key=lambda part: _RANK[part[0]])]
