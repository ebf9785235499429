"""Commands that ask: ask, find, implements, basis, duties, why, due, search."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli_common import (
    DEFAULT_STORE,
    JsonOption,
    LimitOption,
    StoreOption,
    name_given,
    open_service,
    print_json,
    write,
)
from api.cli_paging import AllOption, LimitPartOption, OffsetOption, next_page, part_of
from ontology.errors import AmbiguousReferenceError, NotFoundError

if TYPE_CHECKING:
    from api.answers import Answer
    from api.service import Service

InstrumentArgument = Annotated[
    str,
    typer.Argument(
        metavar="VĂN_BẢN",
        help='Như người ta viết: "Chỉ thị 33", "33/CT-TTg", "chi thi 33", tên tệp.',
        parser=name_given,
    ),
]
BodyArgument = Annotated[
    str, typer.Argument(metavar="CƠ_QUAN", help='Tên cơ quan: "Văn phòng UBND tỉnh".', parser=name_given)
]
FromOption = Annotated[str | None, typer.Option("--from", metavar="NGÀY", help="Từ ngày (2024-11-01 hoặc 01/11/2024).")]
ToOption = Annotated[str | None, typer.Option("--to", metavar="NGÀY", help="Đến hết ngày.")]
DepthOption = Annotated[int, typer.Option("--depth", min=1, max=50, help="Số bậc nhiều nhất.")]


def _give(
    store: str,
    json: bool,
    question: "Callable[[Service], Answer]",
    *,
    table: bool = False,
    ranked: int = 0,
) -> None:
    """Print an answer; a name that fits none or several is an error, which ``--json`` still gives as an answer.

    Args:
        store: URL of the store.
        json: Print the answer for programs.
        question: Gives the answer.
        table: Show duties as a table.
        ranked: How many of a ranked list were asked for; more of it are had by a higher limit.
    """
    with open_service(store) as service:
        try:
            answer = question(service)
        except (NotFoundError, AmbiguousReferenceError) as error:
            if json:
                print_json(service.refusal(error))
            raise
    if json:
        print_json(answer)
        return
    from api.cli_answers import show_answer, show_duties  # noqa: PLC0415 - rich only for people

    if table and answer.items and all(i.duty is not None for i in answer.items):
        show_duties(answer)
    else:
        show_answer(answer)
    if answer.items and answer.more:
        after = answer.offset + len(answer.items)
        write(f"Xem tiếp: {next_page('--limit', 2 * ranked) if ranked else next_page('--offset', after)}\n")


def _day(text: str | None) -> str | None:
    """Read a day as people type it into ISO form."""
    if text is None:
        return None
    from api.ask.days import find_periods  # noqa: PLC0415

    periods = [p for p in find_periods(text.strip()) if p.unit == "day"]
    if len(periods) != 1 or re.search(r"[^\d/.-]", text.strip()):
        raise typer.BadParameter(f"«{text}» không phải là ngày; viết 2024-11-01 hoặc 01/11/2024")
    return periods[0].first


def ask(  # noqa: PLR0917 - the options of a command
    question: Annotated[
        list[str],
        typer.Argument(metavar="CÂU_HỎI", help="Tiếng Việt có hoặc không dấu, hoặc tiếng Anh.", parser=name_given),
    ],
    store: StoreOption = DEFAULT_STORE,
    json: JsonOption = False,
    limit: LimitPartOption = None,
    offset: OffsetOption = 0,
    everything: AllOption = False,
) -> None:
    """Hỏi các văn bản đã nạp; trả lời kèm câu nguồn, không suy diễn."""
    part = part_of(limit, offset, everything, json=json)
    _give(store, json, lambda s: s.ask(" ".join(question), part))


def find(
    text: Annotated[str, typer.Argument(metavar="TỪ", help="Số, tên, hoặc một phần tên.", parser=name_given)],
    store: StoreOption = DEFAULT_STORE,
    json: JsonOption = False,
    limit: LimitOption = 20,
) -> None:
    """Tìm văn bản hoặc cơ quan theo số hoặc tên."""
    _give(store, json, lambda s: s.find(text, limit), ranked=limit)


def implements(  # noqa: PLR0917 - the options of a command
    instrument: InstrumentArgument,
    store: StoreOption = DEFAULT_STORE,
    json: JsonOption = False,
    depth: DepthOption = 10,
    limit: LimitPartOption = None,
    offset: OffsetOption = 0,
    everything: AllOption = False,
) -> None:
    """Những văn bản thực hiện một văn bản, trực tiếp và qua văn bản khác."""
    part = part_of(limit, offset, everything, json=json)
    _give(store, json, lambda s: s.implements(instrument, depth, part=part))


def basis(  # noqa: PLR0917 - the options of a command
    instrument: InstrumentArgument,
    store: StoreOption = DEFAULT_STORE,
    json: JsonOption = False,
    depth: DepthOption = 10,
    limit: LimitPartOption = None,
    offset: OffsetOption = 0,
    everything: AllOption = False,
) -> None:
    """Một văn bản thực hiện hoặc căn cứ những văn bản nào, lên đến trên cùng."""
    part = part_of(limit, offset, everything, json=json)
    _give(store, json, lambda s: s.basis(instrument, depth, part=part))


def duties(  # noqa: PLR0917 - the options of a command
    body: BodyArgument,
    store: StoreOption = DEFAULT_STORE,
    json: JsonOption = False,
    up: Annotated[bool, typer.Option("--up", help="Nghĩa vụ đối với cấp trên.")] = False,
    down: Annotated[bool, typer.Option("--down", help="Cấp dưới phải làm cho cơ quan này.")] = False,
    own: Annotated[bool, typer.Option("--own", help="Nhiệm vụ của chính cơ quan (mặc định).")] = False,
    under: Annotated[
        str | None,
        typer.Option("--under", metavar="VĂN_BẢN", help="Chỉ nhiệm vụ thực hiện văn bản này.", parser=name_given),
    ] = None,
    from_: FromOption = None,
    to: ToOption = None,
    reports: Annotated[bool, typer.Option("--reports", help="Chỉ việc báo cáo, gửi, nộp.")] = False,
    units: Annotated[bool, typer.Option("--units/--no-units", help="Kể cả đơn vị trực thuộc và chức danh.")] = True,
    limit: LimitPartOption = None,
    offset: OffsetOption = 0,
    everything: AllOption = False,
) -> None:
    """Nhiệm vụ của một cơ quan: của mình, với cấp trên (--up), của cấp dưới (--down)."""
    from ontology.terms import Direction  # noqa: PLC0415

    if up + down + own > 1:
        raise typer.BadParameter("chỉ chọn một trong --up, --down, --own")
    direction = Direction.UP if up else Direction.DOWN if down else Direction.OWN
    first, last = _day(from_), _day(to)
    part = part_of(limit, offset, everything, json=json)
    _give(
        store,
        json,
        lambda s: s.duties(body, direction, under=under, from_=first, to=last, reports=reports, units=units, part=part),
        table=True,
    )


def why(  # noqa: PLR0917 - the options of a command
    body: BodyArgument,
    instrument: InstrumentArgument,
    store: StoreOption = DEFAULT_STORE,
    json: JsonOption = False,
    limit: LimitPartOption = None,
    offset: OffsetOption = 0,
    everything: AllOption = False,
) -> None:
    """Vì sao một cơ quan phải thực hiện một văn bản: từng bước, kèm câu nguồn."""
    part = part_of(limit, offset, everything, json=json)
    _give(store, json, lambda s: s.why(body, instrument, part))


def due(  # noqa: PLR0917 - the options of a command
    from_: FromOption = None,
    to: ToOption = None,
    body: Annotated[
        str | None, typer.Option("--body", metavar="CƠ_QUAN", help="Chỉ của cơ quan này.", parser=name_given)
    ] = None,
    store: StoreOption = DEFAULT_STORE,
    json: JsonOption = False,
    limit: LimitPartOption = None,
    offset: OffsetOption = 0,
    everything: AllOption = False,
) -> None:
    """Nhiệm vụ đến hạn trong một khoảng thời gian."""
    first, last = _day(from_), _day(to)
    if first is None and last is None:
        raise typer.BadParameter("cần --from hoặc --to")
    part = part_of(limit, offset, everything, json=json)
    _give(store, json, lambda s: s.due(first, last, body, part), table=True)


def search(
    text: Annotated[str, typer.Argument(metavar="TỪ", help="Từ cần tìm, không cần dấu.", parser=name_given)],
    store: StoreOption = DEFAULT_STORE,
    json: JsonOption = False,
    limit: LimitOption = 20,
) -> None:
    """Tìm trong toàn văn các văn bản đã nạp."""
    _give(store, json, lambda s: s.search(text, limit), ranked=limit)


COMMANDS: dict[str, Callable[..., None]] = {
    "ask": ask,
    "find": find,
    "implements": implements,
    "basis": basis,
    "duties": duties,
    "why": why,
    "due": due,
    "search": search,
}
