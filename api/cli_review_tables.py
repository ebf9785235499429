"""Conflicts, judgements and explanations for people at a terminal."""

from rich.console import Console
from rich.markup import escape

from api.cli_tables import console, short
from graph.judgements import Judgement
from graph.results import Evidence
from graph.results_identity import Clue, Conflict, Explanation
from viz.words import CONFLICTS, VERDICTS, label

_QUOTE = 1200  # letters of a sentence: who judges must see the mention, wherever in it it stands
_QUOTED = 2  # places of one side
_CERTAIN = 0.05  # a clue that speaks less tells nothing


def show_conflict(conflict: Conflict, place: int, total: int) -> None:
    """Print one conflict: both sides with their sentences, what speaks for and against."""
    out = console()
    later = f" – để sau ({conflict.later.by}: {conflict.later.reason})" if conflict.later else ""
    head = f"{place}/{total}  {conflict.id}  {label(CONFLICTS, conflict.kind)}{later}"
    out.print(f"[bold]{escape(head)}[/bold]")
    out.print(escape(f"  {' / '.join(i.label for i in conflict.instruments)}"))
    out.print(escape(f"  {conflict.reason}"))
    for name, side in zip("AB", conflict.sides, strict=False):
        out.print(escape(f"  {name}. {side.identity.label}"))
        _quote(out, side.evidence)
        if side.more or len(side.evidence) > _QUOTED:
            least = "hơn " if side.more else ""
            out.print(f"     và {least}{len(side.evidence) - _QUOTED} chỗ khác")
    out.print(escape(f"  Khả năng là một: {round(conflict.score * 100)} %"))
    for clue in sorted(conflict.clues, key=lambda c: -abs(c.speaks)):
        out.print(escape(f"    {_sign(clue)} {clue.text}"))
    out.print("")


def _sign(clue: Clue) -> str:
    if abs(clue.speaks) < _CERTAIN:
        return "·"
    return "+" if clue.speaks > 0 else "−"


def _quote(out: Console, evidence: tuple[Evidence, ...], most: int = _QUOTED) -> None:
    for e in evidence[:most]:
        out.print(escape(f"     {e.file}:{e.line}: “{short(e.text, _QUOTE)}”"))


def show_records(records: list[tuple[Judgement, bool]], total: int) -> None:
    """Print records, one paragraph each, with whether they hold; ``total`` are there in all."""
    out = console()
    if not total:
        out.print("Chưa có quyết định nào.")
    for record, holds in records:
        gone = "" if holds else " (đã rút lại)"
        out.print(escape(f"{record.id}  {record.at}  {record.by}: {label(VERDICTS, record.verdict)}{gone}"))
        for side in record.sides:
            out.print(escape(f"    {side.label or side.forms[0]}"))
        if record.undoes:
            out.print(escape(f"    rút lại {record.undoes}"))
        out.print(escape(f"    Lý do: {record.reason}"))


def show_explanation(told: Explanation) -> None:
    """Print the parts of an instrument and what joins them."""
    out = console()
    out.print(f"[bold]{escape(told.instrument.label)}[/bold]")
    for n, part in enumerate(told.parts, 1):
        said = ", ".join(v for v in (part.number, part.symbol, part.date, part.issuer) if v)
        out.print(escape(f"  {n}. {said or part.title or '?'} ({part.documents} văn bản)"))
        out.print(escape(f"     cách ghi: {part.identity.forms[0]}"), soft_wrap=True)  # to be copied as one word
        _quote(out, part.evidence, 1)
    for join in told.joins:
        out.print(escape(f"  {join.a + 1} = {join.b + 1}: {join.reason}"))
    if told.more:
        out.print(f"  … và {told.more} cách ghi nữa")
    if len(told.parts) > 1:
        split = "luocdo review pair CÁCH_GHI_1 CÁCH_GHI_2 different --by TÊN --reason LÝ_DO"
        out.print(f"  Tách ra: {split}", soft_wrap=True)
