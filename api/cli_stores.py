"""Commands about whole stores: copy, backup."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from api.cli_common import (
    DEFAULT_STORE,
    JsonOption,
    StoreOption,
    name_given,
    open_store,
    path_given,
    print_json,
    warn,
)
from api.cli_progress import progress
from ontology.errors import InvalidInputError

_NOT_MEMORY = "kho memory: chỉ có trong tiến trình đang chạy, không sao chép được"


def copy(
    source: Annotated[str, typer.Argument(metavar="NGUỒN", help="Địa chỉ kho nguồn.", parser=name_given)],
    destination: Annotated[str, typer.Argument(metavar="ĐÍCH", help="Địa chỉ kho đích.", parser=name_given)],
    exact: Annotated[
        bool, typer.Option("--exact", help="Gỡ khỏi kho đích những văn bản mà kho nguồn không có.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """Sao chép toàn bộ văn bản và quyết định từ kho này sang kho khác; dừng giữa chừng thì chạy lại để đi tiếp."""
    from graph.copying import copy as run  # noqa: PLC0415 - back ends are slow to import
    from graph.copying import same_place  # noqa: PLC0415

    if "memory" in {url.partition(":")[0].lower() for url in (source, destination)}:
        raise InvalidInputError(_NOT_MEMORY, remedy="dùng sqlite:ĐƯỜNG_DẪN hoặc neo4j://MÁY_CHỦ")
    if same_place(source, destination):
        raise InvalidInputError("nguồn và đích là một kho", remedy="ghi hai địa chỉ khác nhau")
    with (
        open_store(source) as given,
        open_store(destination, create=True, write=True) as taking,
        progress("Đang sao chép") as tick,
    ):
        report = run(given, taking, tick, exact=exact)
    if json:
        print_json(report)
    warn(
        f"đã sao chép {report.source} → {report.destination}: {report.documents} tệp văn bản ({report.copied} mới hoặc "
        f"thay đổi, {report.unchanged} đã có), {report.judgements} quyết định ({report.adopted} mới)"
        + (f"; gỡ {report.removed} tệp văn bản" if report.removed else "")
    )
    if report.equal:
        warn("hai kho nay giống hệt nhau")
    else:
        warn("hai kho còn khác nhau: " + _why(report.kept))


def _why(kept: int) -> str:
    if kept:
        return f"kho đích có {kept} tệp văn bản mà kho nguồn không có; thêm --exact để gỡ"
    return "kho đích có quyết định riêng, hoặc kho nguồn vừa thay đổi; chạy lại để sao chép phần mới"


def backup(
    file: Annotated[Path, typer.Argument(metavar="TỆP", help="Tệp sao lưu sẽ ghi; chưa được có.", parser=path_given)],
    store: StoreOption = DEFAULT_STORE,
    json: JsonOption = False,
) -> None:
    """Sao lưu cả kho vào một tệp, kể cả khi kho đang được đọc và ghi; khôi phục bằng luocdo copy."""
    from graph.backup import backup as run  # noqa: PLC0415

    with open_store(store) as opened, progress("Đang sao lưu") as tick:
        report = run(opened, file, tick)
    if json:
        print_json(report)
    warn(
        f"đã sao lưu {report.source} → {report.file}: {report.documents} tệp văn bản, {report.bytes} byte; "
        f"khôi phục: luocdo copy --exact sqlite:{report.file} {report.source}"
    )


COMMANDS: dict[str, Callable[..., None]] = {"copy": copy, "backup": backup}
