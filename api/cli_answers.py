"""Answers for people at a terminal: numbered facts with their quotes, tables of duties."""

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from api.answers import Answer, AnswerEvidence, DutyPart, Item
from api.cli_tables import console, short
from ontology.validity import written
from ontology.vietnamese import fold

_QUOTES = 4  # places quoted in full below a fact
_PLACES = 12  # more places named without their quotes; the rest is counted
_QUOTE = 600  # characters
_WIDE = 100  # columns from which the source has a column of its own


def show_answer(answer: Answer) -> None:
    """Print an answer: its sentences, then its facts, each with its quotes, file and line."""
    out = console()
    out.print(escape(answer.text))
    if answer.choices:
        out.print()
        for k, choice in enumerate(answer.choices, start=1):
            out.print(Padding(escape(f"{k}. {choice.text}"), (0, 0, 0, 2)))
    for k, item in enumerate(answer.items, start=answer.offset + 1):
        out.print()
        _fact(out, k, item)
    out.print()
    _place_in_list(out, answer)
    _corpus(out, answer)


def _fact(out: Console, number: int, item: Item) -> None:
    mark = " [dim](suy luận)[/dim]" if item.derived else ""
    lines = [f"{escape(short(_headline(item), _QUOTE))}{mark}"]
    said = fold(_headline(item))
    for e in item.evidence[:_QUOTES]:
        quote = short(e.text, _QUOTE)
        if fold(quote) not in said:
            lines.append(escape(f"“{quote}”"))
        lines.append(f"[cyan]{escape(_place(e))}[/cyan]")
    rest = item.evidence[_QUOTES : _QUOTES + _PLACES]
    if rest:
        told = "; ".join(_place(e) for e in rest)
        left = len(item.evidence) - _QUOTES - len(rest)
        lines.append(f"[cyan]{escape('và ' + told + (f'; và {left} chỗ nữa' if left else ''))}[/cyan]")
    grid = Table.grid(padding=(0, 1))
    grid.add_row(f"[bold]{number}.[/bold]", "\n".join(lines))
    out.print(grid)


def _headline(item: Item) -> str:
    """What a fact says beside its quote: of a duty who, by when and in which document, for the quote is the duty."""
    duty = item.duty
    if duty is None or not item.evidence:
        return item.text
    lead = "Tiếp nhận: " if item.text.startswith("Tiếp nhận: ") else ""
    when = f"; hạn: {_deadline(duty)}" if duty.deadline or duty.last_day else ""
    return f"{lead}{', '.join(duty.bearers) or 'Nhiệm vụ'}{when} ({duty.document})"


def _place(e: AnswerEvidence) -> str:
    page = f", trang {e.page}" if e.page is not None else ""
    return f"{e.file}, dòng {e.line}{page}"


def _deadline(duty: DutyPart) -> str:
    """The time phrase, and the last day that it means where it does not say so itself."""
    last = written(duty.last_day)
    if not last or last in duty.deadline:
        return duty.deadline or last
    return f"{duty.deadline} ({last})" if duty.deadline else last


def show_duties(answer: Answer) -> None:
    """Print duties as a table: what, who, by when, where it stands; the quote only where it says more."""
    out = console()
    out.print(escape(answer.text))
    out.print()
    out.print(_duty_table(answer, wide=out.width >= _WIDE))
    _place_in_list(out, answer)
    _corpus(out, answer)


def _duty_table(answer: Answer, *, wide: bool) -> Table:
    table = Table(show_edge=False, show_lines=True, expand=True)
    table.add_column("", no_wrap=True)
    table.add_column("Nhiệm vụ", ratio=5, overflow="fold")
    table.add_column("Ai", ratio=2, overflow="fold")
    table.add_column("Hạn", ratio=2, overflow="fold")
    if wide:
        longest = max(len(f"{e.file}:{e.line}") for i in answer.items for e in i.evidence)
        table.add_column("Nguồn", overflow="fold", min_width=min(longest, 36))
    for k, item in enumerate(answer.items, start=answer.offset + 1):
        duty = item.duty
        if duty is None:
            continue
        cells = [str(k), _what(item, duty), escape(", ".join(duty.bearers)), escape(_deadline(duty))]
        sources = f"[cyan]{escape(chr(10).join(_sources(item)))}[/cyan]"
        if wide:
            cells.append(sources)
        else:
            cells[1] += f"\n{sources}"
        table.add_row(*cells)
    return table


def _what(item: Item, duty: DutyPart) -> str:
    """The action, the quotes that it does not hold, whether it was inferred."""
    action = short(duty.action, _QUOTE)
    have = fold(duty.action)
    own = fold(item.evidence[0].text) if item.evidence else ""
    cut = own.startswith(have.removesuffix("…").strip()) or own.endswith(have)  # the action is this sentence, shortened
    more = [e.text for e in item.evidence[:1] if not cut and fold(e.text) not in have]
    parts = [escape(action), *(f"[dim]“{escape(short(q, _QUOTE))}”[/dim]" for q in more)]
    if item.derived:
        parts.append("[dim](suy luận)[/dim]")
    return "\n".join(parts)


def _sources(item: Item) -> list[str]:
    """The places of an item, one string a file: "ke-hoach.txt:25, 29"."""
    lines: dict[str, dict[int, None]] = {}
    for e in item.evidence:
        lines.setdefault(e.file, {})[e.line] = None
    return [f"{file}:{', '.join(map(str, at))}" for file, at in lines.items()]


def _place_in_list(out: Console, answer: Answer) -> None:
    """Where the facts shown stand in the whole list, where they are a part of it."""
    if answer.offset and not answer.items:
        out.print(f"Không có mục nào sau mục thứ {answer.offset}; tất cả có {answer.total} mục.")
    elif answer.offset or answer.more:
        last = answer.offset + len(answer.items)
        least = "ít nhất " if answer.total_at_least else ""
        out.print(f"Mục {answer.offset + 1}–{last} trong {least}{answer.total}.")


def _corpus(out: Console, answer: Answer) -> None:
    corpus = answer.corpus
    span = f", từ {written(corpus.from_)} đến {written(corpus.to)}" if corpus.from_ and corpus.to else ""
    out.print(f"[dim]Theo {corpus.documents} văn bản đã nạp{escape(span)}.[/dim]")
