"""Tables for people: answers, load reports, status."""

import re
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from api.loading import LoadReport
from graph.results import DocumentInfo, Status

if TYPE_CHECKING:
    from graph.validation import Report

_SHOWN_UNPARSED = 20
_SHOWN_REMOVED = 20
_EMPHASIS = re.compile(r"\*{1,3}|(?<!\w)_{1,2}|_{1,2}(?!\w)")  # of Markdown
_SHOWN_FINDINGS = 50


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leave it to the command line, which ends well; the library would end with an error."""
        raise BrokenPipeError


def console() -> Console:
    """A console on stdout that wraps at the terminal's width and never interprets the text of documents."""
    return _Console(highlight=False, soft_wrap=False)


def short(text: str, width: int = 300) -> str:
    """A text on one line without marks of emphasis, cut at a word."""
    plain = " ".join(_EMPHASIS.sub("", text).split())
    if len(plain) <= width:
        return plain
    return plain[:width].rsplit(" ", 1)[0] + " …"


def show_report(report: LoadReport) -> None:
    """Print what a load did."""
    out = console()
    table = Table("", "Số lượng", title="Đã nạp", title_justify="left", show_edge=False)
    rows = (
        ("Văn bản đọc được lần này", report.read),
        ("  trong đó mới hoặc thay đổi", report.changed),
        ("  không thay đổi, không đọc lại", report.unchanged),
        ("Văn bản trong kho", report.documents),
        ("Văn bản được biết (kể cả chỉ được dẫn)", report.instruments),
        ("Cơ quan, chức danh", report.bodies),
        ("Nhiệm vụ", report.duties),
        ("Chỗ không thống nhất, cần xem", report.conflicts),
        ("Chỗ chưa hiểu", len(report.unparsed)),
    )
    for name, count in rows:
        table.add_row(name, str(count))
    out.print(table)
    for path in report.removed[:_SHOWN_REMOVED]:
        out.print(f"[dim]đã gỡ (tệp không còn hoặc là văn bản mật):[/dim] {escape(path)}")
    if len(report.removed) > _SHOWN_REMOVED:
        out.print(f"[dim]… và {len(report.removed) - _SHOWN_REMOVED} tệp nữa (xem tất cả: --json)[/dim]")
    for u in report.unparsed[:_SHOWN_UNPARSED]:
        out.print(f"[dim]chưa hiểu:[/dim] {escape(f'{u.file}:{u.line}: {short(u.text, 100)} ({u.why})')}")
    if len(report.unparsed) > _SHOWN_UNPARSED:
        out.print(f"[dim]… và {len(report.unparsed) - _SHOWN_UNPARSED} chỗ nữa (xem tất cả: --json)[/dim]")


def show_status(status: Status, documents: list[DocumentInfo]) -> None:
    """Print the counts of a store and its documents."""
    out = console()
    out.print(f"Kho: {escape(status.location)}")
    table = Table("", "Số lượng", show_edge=False)
    rows = (
        ("Văn bản đã nạp", status.corpus.documents),
        ("Văn bản được biết", status.instruments),
        ("  trong đó chỉ được dẫn", status.cited_only),
        ("Cơ quan, chức danh", status.bodies),
        ("Nhiệm vụ", status.duties),
        ("Quan hệ", status.relations),
        ("Chỗ không thống nhất", status.conflicts),
        ("Chỗ chưa hiểu", status.unparsed),
    )
    for name, count in rows:
        table.add_row(name, str(count))
    out.print(table)
    listing = Table(show_edge=False)
    longest = max((len(d.file) for d in documents), default=0)
    listing.add_column("Tệp", overflow="fold", min_width=min(longest, out.width // 3))
    listing.add_column("Văn bản", overflow="fold")
    for name in ("Dẫn\nchiếu", "Nhiệm\nvụ", "Chưa\nhiểu"):
        listing.add_column(name, justify="right", no_wrap=True)
    for d in documents:
        listing.add_row(escape(d.file), escape(d.instrument.label), str(d.citations), str(d.duties), str(d.unparsed))
    if documents:
        out.print(listing)


def show_validation(report: "Report") -> None:
    """Print what the shapes found."""
    out = console()
    verdict = "Đạt" if report.conforms else "Có lỗi"
    out.print(f"{verdict}: {report.triples} bộ ba, {report.instruments} văn bản, {report.duties} nhiệm vụ.")
    table = Table("Mức", "Ở đâu", "Lỗi", show_edge=False)
    for finding in report.findings[:_SHOWN_FINDINGS]:
        where = finding.label or finding.focus
        table.add_row(escape(finding.severity), escape(where), escape(finding.message))
    if report.findings:
        out.print(table)
    if len(report.findings) > _SHOWN_FINDINGS:
        out.print(f"… và {len(report.findings) - _SHOWN_FINDINGS} lỗi nữa (xem tất cả: --json)")
