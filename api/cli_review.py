"""The command ``luocdo review``: what a person should judge, the answers, their history."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli_common import (
    DEFAULT_STORE,
    JsonOption,
    LimitOption,
    StoreOption,
    name_given,
    open_service,
    open_store,
    path_given,
    print_json,
    warn,
    write,
)
from api.cli_paging import AllOption, LimitPartOption, OffsetOption, part_of, tell_page
from api.cli_words import Command
from ontology.errors import InvalidInputError
from ontology.system import said

if TYPE_CHECKING:
    from graph.judgements import Judgement
    from graph.paging import Page
    from graph.results_identity import Conflict
    from graph.store import Store

ByOption = Annotated[str, typer.Option("--by", metavar="TÊN", help="Người quyết định.")]
ReasonOption = Annotated[str, typer.Option("--reason", metavar="LÝ_DO", help="Vì sao quyết định như vậy.")]
IdArgument = Annotated[str, typer.Argument(metavar="MÃ", help="Mã mà danh sách hoặc lịch sử in ra.")]
VerdictArgument = Annotated[
    str, typer.Argument(metavar="same|different|later", help="same: là một; different: là hai; later: để sau.")
]
AboutOption = Annotated[
    str | None, typer.Option("--about", metavar="VĂN_BẢN", help="Chỉ những chỗ liên quan đến văn bản này.")
]
_KEYS = {"m": "same", "h": "different", "s": "later"}

review = typer.Typer(
    help="Duyệt những chỗ các văn bản không thống nhất hoặc có thể là một: xem chứng cứ, trả lời, rút lại. "
    "Trên màn hình thì hỏi từng chỗ; trong tệp lệnh thì in danh sách.",
    rich_markup_mode=None,
)


@review.callback(invoke_without_command=True)
def list_conflicts(  # noqa: PLR0917 - the options of a command
    context: typer.Context,
    store: StoreOption = DEFAULT_STORE,
    json: JsonOption = False,
    limit: LimitOption = 50,
    offset: OffsetOption = 0,
    about: AboutOption = None,
) -> None:
    """Liệt kê những chỗ cần người xem, kèm câu của cả hai bên và chứng cứ."""
    if context.invoked_subcommand is not None:
        return
    asked = not json and sys.stdin.isatty() and sys.stdout.isatty()
    with open_service(store, write=asked) as service:
        iri = service.resolve_instrument(about).id if about else None
        found = service.store.conflicts(iri, limit=limit, offset=offset)
        if json:
            print_json({"total": found.total, "items": list(found)})
        elif asked and found:
            _ask_each(service.store, found)
        else:
            _list(found, about)


def _list(found: "Page[Conflict]", about: str | None) -> None:
    from api.cli_review_tables import show_conflict  # noqa: PLC0415 - rich is slow to import

    if not found and not found.total:
        of = f"về «{about}»" if about else "trong các văn bản đã nạp"
        write(f"Không có chỗ nào cần duyệt {of}.\n")
        return
    for n, conflict in enumerate(found, found.start + 1):
        show_conflict(conflict, n, found.total)
    tell_page(found, "chỗ cần duyệt")
    write("Trả lời: luocdo review answer MÃ same|different|later --by TÊN --reason LÝ_DO\n")


def _key(typed: str) -> str:
    key = typed.strip().lower()[:1]
    if key not in (*_KEYS, "b", "t"):
        raise typer.BadParameter("gõ m, h, s, b hoặc t")
    return key


def _ask_each(store: "Store", found: "list[Conflict]") -> None:
    from api.cli_review_tables import show_conflict  # noqa: PLC0415 - rich is slow to import
    from api.review import answer, check_writable, conflict_of, person  # noqa: PLC0415

    check_writable(store)
    by = typer.prompt("Tên người duyệt", default=person() or None)
    for n, conflict in enumerate(found, 1):
        if all(conflict.id != c.id for c in store.conflicts(conflict.instruments[0].id)):
            continue  # an answer before this one settled it, too
        show_conflict(conflict_of(store, conflict.id), n, len(found))
        key = typer.prompt("(m) là một, (h) là hai, (s) để sau, (b) bỏ qua, (t) thôi", value_proc=_key)
        if key == "t":
            return
        if key == "b":
            continue
        reason = typer.prompt("Lý do")
        try:
            _told(answer(store, conflict.id, _KEYS[key], by=by, reason=reason))
        except InvalidInputError as error:
            warn(f"luocdo: {error.code}: {error.message}")


@review.command("answer", cls=Command)
def answer_one(  # noqa: PLR0917 - the options of a command
    id_: IdArgument,
    verdict: VerdictArgument,
    by: ByOption,
    reason: ReasonOption,
    store: StoreOption = DEFAULT_STORE,
    json: JsonOption = False,
) -> None:
    """Trả lời một chỗ trong danh sách."""
    from api.review import answer  # noqa: PLC0415 - the graph is slow to import

    with open_store(store, write=True) as opened:
        _give(answer(opened, id_, verdict, by=by, reason=reason), json=json)


@review.command("pair", cls=Command)
def judge_two(  # noqa: PLR0917 - the options of a command
    a: Annotated[str, typer.Argument(metavar="A", help="Văn bản, hoặc cách ghi do explain in ra.", parser=name_given)],
    b: Annotated[str, typer.Argument(metavar="B", help="Như A.", parser=name_given)],
    verdict: VerdictArgument,
    by: ByOption,
    reason: ReasonOption,
    store: StoreOption = DEFAULT_STORE,
    json: JsonOption = False,
) -> None:
    """Quyết định về hai văn bản bất kỳ, hoặc tách một cách ghi khỏi văn bản mà nó đã được gộp vào."""
    from api.review import judge_pair  # noqa: PLC0415 - the graph is slow to import

    with open_service(store, write=True) as service:
        _give(judge_pair(service, a, b, verdict, by=by, reason=reason), json=json)


@review.command("undo", cls=Command)
def undo_one(
    id_: IdArgument,
    by: ByOption,
    reason: ReasonOption,
    store: StoreOption = DEFAULT_STORE,
    json: JsonOption = False,
) -> None:
    """Rút lại một quyết định; mọi câu trả lời trở lại như trước nó."""
    from api.review import undo  # noqa: PLC0415 - the graph is slow to import

    with open_store(store, write=True) as opened:
        _give(undo(opened, id_, by=by, reason=reason), json=json)


@review.command("history", cls=Command)
def show_history(
    store: StoreOption = DEFAULT_STORE,
    json: JsonOption = False,
    limit: LimitPartOption = None,
    offset: OffsetOption = 0,
    everything: AllOption = False,
) -> None:
    """In mọi quyết định đã ghi, mới nhất trước, kể cả đã rút lại."""
    part = part_of(limit, offset, everything, json=json)
    from api.cli_review_tables import show_records  # noqa: PLC0415 - rich is slow to import
    from api.review import history  # noqa: PLC0415
    from graph.paging import page_of  # noqa: PLC0415

    with open_store(store) as opened:
        if json:
            print_json({"items": opened.judgements()[part.slice]})
        else:
            records = page_of(history(opened), part.limit, part.offset)
            show_records(records, records.total)
            tell_page(records, "quyết định")


@review.command("explain", cls=Command)
def explain_one(
    name: Annotated[str, typer.Argument(metavar="VĂN_BẢN", help="Văn bản cần giải thích.", parser=name_given)],
    store: StoreOption = DEFAULT_STORE,
    json: JsonOption = False,
) -> None:
    """Giải thích vì sao những cách ghi khác nhau được coi là một văn bản, kèm câu nguồn."""
    from api.cli_review_tables import show_explanation  # noqa: PLC0415 - rich is slow to import

    with open_service(store) as service:
        told = service.store.explain(service.resolve_instrument(name).id)
    if json:
        print_json(told)
    else:
        show_explanation(told)


@review.command("export", cls=Command)
def export_all(
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="TỆP", help="Tệp sẽ ghi.")] = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Xuất mọi quyết định thành JSON lines, mỗi dòng một quyết định."""
    from api.review import export_judgements  # noqa: PLC0415 - the graph is slow to import

    with open_store(store) as opened:
        data = export_judgements(opened)
    if output is None:
        write(data.decode())
        return
    try:
        output.write_bytes(data)
    except OSError as error:
        raise InvalidInputError(f"không ghi được {output}: {said(error)}") from error


@review.command("import", cls=Command)
def import_all(
    path: Annotated[Path, typer.Argument(metavar="TỆP", help="Tệp do review export ghi.", parser=path_given)],
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Nhập các quyết định đã xuất; nhập lại lần nữa không đổi gì."""
    from api.review import read_judgements  # noqa: PLC0415 - the graph is slow to import

    records = read_judgements(path)  # first: a file that is refused makes no store
    with open_store(store, create=True, write=True) as opened:
        warn(f"đã nhập {opened.adopt(records)} quyết định mới")


def _give(record: "Judgement", *, json: bool) -> None:
    if json:
        print_json(record)
    else:
        _told(record)


def _told(record: "Judgement") -> None:
    warn(f"đã ghi quyết định {record.id} của {record.by}; rút lại: luocdo review undo {record.id}")
