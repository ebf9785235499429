"""Commands that read files: load, extract, text, status, remove."""

import os
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli_common import (
    DEFAULT_STORE,
    JsonOption,
    StoreOption,
    open_service,
    open_store,
    path_given,
    print_json,
    warn,
    write,
)
from api.cli_paging import AllOption, LimitPartOption, OffsetOption, part_of, tell_page
from api.cli_progress import progress
from ontology.errors import InvalidInputError
from ontology.system import said

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from contextlib import AbstractContextManager

    from api.loading import LoadFailure
    from graph.store import Batch
    from loaders.source import Limits

ReadLimitOption = Annotated[
    list[str] | None,
    typer.Option(
        "--read-limit",
        metavar="TÊN=TRỊ",
        help="Giới hạn cho mỗi tệp, ghi được nhiều lần: seconds=60, bytes=64M, pages=2000, memory=2G, ocr_pages=200… "
        "Cũng đặt được bằng biến LUOCDO_LIMIT_<TÊN>.",
    ),
]
PathsArgument = Annotated[list[Path], typer.Argument(help="Tệp hoặc thư mục.", metavar="PATH...", parser=path_given)]

_SHOWN_SKIPPED = 5


def load(  # noqa: PLR0917 - the options of a command
    paths: PathsArgument,
    store: StoreOption = DEFAULT_STORE,
    json: JsonOption = False,
    again: Annotated[
        bool, typer.Option("--again", help="Đọc lại cả tệp không thay đổi, như sau khi nâng cấp chương trình.")
    ] = False,
    read_limit: ReadLimitOption = None,
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler",
            metavar="ĐỊA_CHỈ",
            help="Đọc trên cụm máy Dask, ví dụ tcp://may-chu:8786; mọi máy phải thấy văn bản ở cùng đường dẫn.",
        ),
    ] = None,
) -> None:
    """Nạp văn bản từ tệp và thư mục vào kho; thư mục được đồng bộ, tệp hỏng được báo và bỏ qua."""
    limits = _limits(read_limit)
    with (
        open_service(store, create=True, write=True) as service,
        _readers(scheduler, paths) as executor,
        progress("Đang đọc") as tick,
    ):
        report = service.load(paths, tick, executor, again=again, limits=limits)
    if json:
        print_json(report)
    else:
        from api.cli_tables import show_report  # noqa: PLC0415 - rich only for people

        show_report(report)
    _tell_skipped(report.skipped)
    _warn_failures(report.failed)
    if report.failed:
        raise typer.Exit(1)


def _readers(scheduler: str | None, paths: list[Path]) -> "AbstractContextManager[Executor | None]":
    """Where documents are read: the workers of a cluster, else processes of this machine."""
    if scheduler is None:
        return nullcontext(None)
    from api.cluster import cluster  # noqa: PLC0415 - an extra

    return cluster(scheduler, map(str, paths))


def _limits(told: list[str] | None) -> "Limits":
    """The limits of the environment with those named on the command line."""
    from loaders.source import Limits  # noqa: PLC0415

    named: dict[str, str] = {}
    for one in told or ():
        name, sign, value = one.partition("=")
        if not sign:
            raise InvalidInputError(f"giới hạn “{one}” phải ghi dạng TÊN=TRỊ", remedy="ví dụ: --read-limit seconds=60")
        named[name.strip().lower()] = value
    return Limits.from_environment().changed(named)


def _tell_skipped(skipped: "tuple[LoadFailure, ...]") -> None:
    """One line for all that merely lay beside documents; it is no failure."""
    if skipped:
        names = ", ".join(f.file for f in skipped[:_SHOWN_SKIPPED])
        more = f" và {len(skipped) - _SHOWN_SKIPPED} tệp khác" if len(skipped) > _SHOWN_SKIPPED else ""
        warn(f"luocdo: bỏ qua {len(skipped)} tệp không phải là văn bản: {names}{more}")


def _warn_failures(failed: "tuple[LoadFailure, ...]") -> None:
    from loaders.formats.refusal import shown  # noqa: PLC0415

    for f in failed:
        reason = " ".join(f.reason.split())
        remedy = f" → {f.remedy}" if f.remedy and f.remedy not in reason else ""
        warn(f"luocdo: {f.code}: {shown(f.path)}: {reason}{remedy}")


def _read(path: Path, store: str, limits: "Limits") -> "Batch":
    """Read a file; one that is not on disk but was loaded under this path or name is taken from the store."""
    from api.listing import kept_as  # noqa: PLC0415
    from api.loading import read_one  # noqa: PLC0415

    kind, _, place = store.partition(":")
    if path.exists() or kind != "sqlite" or not os.path.exists(place):
        return read_one(path, limits)
    wanted = {kept_as(os.path.abspath(path)), str(path)}
    with open_store(store) as opened:
        for batch in opened.batches():
            if batch.path in wanted or os.path.basename(batch.path) == str(path):
                return batch
    return read_one(path, limits)


def extract(
    paths: PathsArgument,
    out: Annotated[Path | None, typer.Option("--out", help="Thư mục ghi mỗi văn bản một tệp <tên>.json.")] = None,
    store: StoreOption = DEFAULT_STORE,
    json: JsonOption = False,
    read_limit: ReadLimitOption = None,
) -> None:
    """In bản trích xuất (JSON) của một tệp, hoặc ghi vào thư mục --out cho nhiều tệp."""
    from ontology.record import encode  # noqa: PLC0415

    if out is None:
        if len(paths) != 1 or paths[0].is_dir():
            raise typer.BadParameter("nhiều tệp hoặc thư mục thì cần --out THƯ_MỤC")
        write(encode(_read(paths[0], store, _limits(read_limit)).record, indent=2).decode() + "\n")
        return
    written, failed = _extract_all(paths, out, _limits(read_limit))
    if json:
        print_json({"written": written, "failed": failed})
    _warn_failures(tuple(failed))
    if failed:
        raise typer.Exit(1)


def _extract_all(paths: list[Path], out: Path, limits: "Limits") -> "tuple[list[str], list[LoadFailure]]":
    """Write the record of every file under some paths; gives the files written and those that failed."""
    from api.loading import LoadFailure, list_files, read_all  # noqa: PLC0415
    from ontology.record import encode  # noqa: PLC0415

    files, _, failed, skipped = list_files(paths, limits)
    _tell_skipped(tuple(skipped))
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InvalidInputError(f"không ghi được vào {out}: {said(error)}") from error
    used: set[str] = set()
    written: list[str] = []
    for result in read_all(files, limits=limits):
        if isinstance(result, LoadFailure):
            failed.append(result)
            continue
        name = Path(result.path)
        stem = name.stem if name.stem not in used else name.name
        used.add(stem)
        file = out / f"{stem}.json"
        file.write_bytes(encode(result.record, indent=1) + b"\n")
        written.append(str(file))
    return sorted(written), sorted(failed, key=lambda f: f.path)


def text(
    file: Annotated[Path, typer.Argument(help="Tệp cần đọc, hoặc tên tệp đã nạp.", metavar="FILE", parser=path_given)],
    store: StoreOption = DEFAULT_STORE,
    json: JsonOption = False,
    read_limit: ReadLimitOption = None,
) -> None:
    """In văn bản của một tệp đúng như các vị trí trong bản trích xuất chỉ tới."""
    read = _read(file, store, _limits(read_limit))
    if json:
        source = read.record.source
        print_json({"file": source.file, "sha256": source.sha256, "text": read.text, "pages": list(read.pages)})
    else:
        write(read.text)


def status(
    store: StoreOption = DEFAULT_STORE,
    json: JsonOption = False,
    limit: LimitPartOption = None,
    offset: OffsetOption = 0,
    everything: AllOption = False,
) -> None:
    """Cho biết kho đang có gì."""
    part = part_of(limit, offset, everything, json=json)
    with open_store(store) as opened:
        counts, documents = opened.status(), opened.documents(limit=part.limit, offset=part.offset)
    if json:
        print_json({"status": counts, "documents": documents})
        return
    from api.cli_tables import show_status  # noqa: PLC0415

    show_status(counts, documents)
    tell_page(documents, "văn bản")


def remove(paths: PathsArgument, store: StoreOption = DEFAULT_STORE, json: JsonOption = False) -> None:
    """Gỡ văn bản khỏi kho theo đường dẫn đã nạp (tệp hoặc thư mục); tệp gốc không bị động đến."""
    from api.listing import kept_as  # noqa: PLC0415
    from ontology.errors import NotFoundError  # noqa: PLC0415

    removed: list[str] = []
    with open_store(store, write=True) as opened:
        loaded = list(opened.digests())
        for path in paths:
            whole = kept_as(os.path.abspath(path))
            hit = [p for p in loaded if p in {whole, str(path)} or p.startswith(whole.rstrip(os.sep) + os.sep)]
            if not hit:
                raise NotFoundError(f"chưa nạp văn bản nào từ {path}")
            for p in hit:
                opened.remove(p)
            removed += hit
    if json:
        print_json({"removed": removed})
    else:
        for p in removed:
            typer.echo(f"đã gỡ: {p}")


COMMANDS: dict[str, Callable[..., None]] = {
    "load": load,
    "extract": extract,
    "text": text,
    "status": status,
    "remove": remove,
}
