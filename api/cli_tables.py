"""Tables for people: answers, load reports, status."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from api.answers import Answer
from api.loading import LoadReport
from graph.results import DocumentInfo, Status

_SHOWN_UNPARSED = 20


def console() -> Console:
    """A console on stdout that wraps at the terminal's width and never interprets the text of documents."""
    return Console(highlight=False, soft_wrap=False)


def show_answer(answer: Answer) -> None:
    """Print an answer: its sentences, then its items with file, line and source sentence."""
    out = console()
    out.print(escape(answer.text))
    if answer.choices:
        table = Table("", "Có thể là", show_edge=False)
        for k, choice in enumerate(answer.choices, start=1):
            table.add_row(str(k), escape(choice.text))
        out.print(table)
    if answer.items:
        out.print(_items(answer))
    corpus = answer.corpus
    span = f", từ {corpus.from_} đến {corpus.to}" if corpus.from_ and corpus.to else ""
    out.print(f"[dim]Theo {corpus.documents} văn bản đã nạp{escape(span)}.[/dim]")


def _items(answer: Answer) -> Table:
    table = Table("", "Nội dung", "Nguồn", "Nguyên văn", show_edge=False, show_lines=True)
    for k, item in enumerate(answer.items, start=1):
        first = item.evidence[0] if item.evidence else None
        more = f" (+{len(item.evidence) - 1})" if len(item.evidence) > 1 else ""
        where = f"{first.file}:{first.line}{more}" if first is not None else ""
        text = item.text + (" (suy luận)" if item.derived else "")
        table.add_row(str(k), escape(text), escape(where), escape(_short(first.text) if first is not None else ""))
    return table


def _short(text: str, width: int = 300) -> str:
    plain = " ".join(text.split())
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
    for path in report.removed:
        out.print(f"[dim]đã gỡ (tệp không còn hoặc là văn bản mật):[/dim] {escape(path)}")
    for u in report.unparsed[:_SHOWN_UNPARSED]:
        out.print(f"[dim]chưa hiểu:[/dim] {escape(f'{u.file}:{u.line}: {_short(u.text, 100)} ({u.why})')}")
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
    listing = Table("Tệp", "Văn bản", "Dẫn chiếu", "Nhiệm vụ", "Chưa hiểu", show_edge=False)
    for d in documents:
        listing.add_row(escape(d.file), escape(d.instrument.label), str(d.citations), str(d.duties), str(d.unparsed))
    if documents:
        out.print(listing)
