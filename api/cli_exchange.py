"""Commands that hand on: graph, export, validate, serve."""

import sys
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.cli_common import (
    DEFAULT_STORE,
    JsonOption,
    StoreOption,
    name_given,
    open_service,
    open_store,
    path_given,
    print_json,
    warn,
)
from ontology.errors import InvalidInputError, NotFoundError
from ontology.system import said


class Format(StrEnum):
    """Formats of ``export``."""

    TURTLE = "turtle"
    TRIG = "trig"
    N_QUADS = "nquads"
    JSON_LD = "json-ld"
    GRAPHML = "graphml"
    CSV = "csv"


def graph(  # noqa: PLR0917 - the options of a command
    name: Annotated[str, typer.Argument(metavar="TÊN", help="Văn bản hoặc cơ quan ở giữa hình.", parser=name_given)],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="TỆP", help="Trang html sẽ ghi; xem được khi không có mạng."),
    ] = None,
    store: StoreOption = DEFAULT_STORE,
    json: JsonOption = False,
    depth: Annotated[int, typer.Option("--depth", min=1, max=10, help="Số bậc quanh tâm.")] = 2,
    limit: Annotated[int, typer.Option("--limit", min=2, max=2000, help="Số nút nhiều nhất.")] = 200,
) -> None:
    """Vẽ lược đồ quanh một văn bản hoặc cơ quan thành một trang html (-o), hoặc in các nút và cạnh (--json)."""
    if output is None and not json:
        raise typer.BadParameter("cần -o TỆP (trang html) hoặc --json")
    with open_service(store) as service:
        try:
            centre, label = (ref := service.resolve_instrument(name)).id, ref.label
        except NotFoundError as missing:
            try:
                centre, label = (body := service.resolve_body(name)).id, body.name
            except NotFoundError:
                raise missing from None
        subgraph = service.store.neighbourhood(centre, depth, limit)
    if json:
        print_json(subgraph)
    if output is None:
        return
    from viz.network import render  # noqa: PLC0415 - templates are slow to import

    _write(output, render(subgraph, f"Lược đồ: {label}"))
    least = "ít nhất " if subgraph.cut_at_least else ""
    cut = f"; bỏ bớt {least}{subgraph.cut} nút" if subgraph.cut else ""
    warn(f"đã ghi {output} ({len(subgraph.nodes)} nút, {len(subgraph.edges)} cạnh{cut})")


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InvalidInputError(f"không ghi được {path}: {said(error)}") from error


def export(
    format_: Annotated[Format, typer.Option("--format", "-f", help="Định dạng.")] = Format.TURTLE,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="TỆP", help="Tệp sẽ ghi (csv: một tệp zip); bỏ trống thì in ra."),
    ] = None,
    store: StoreOption = DEFAULT_STORE,
    json: JsonOption = False,
) -> None:
    """Xuất toàn bộ dữ liệu, nhập lại được nguyên vẹn: turtle, trig, nquads, json-ld, graphml, csv."""
    from api.exporting import export_store  # noqa: PLC0415 - rdflib is slow to import

    format_ = Format.JSON_LD if json else format_
    if format_ is Format.CSV and output is None and sys.stdout.isatty():
        raise typer.BadParameter("csv là một tệp zip, không in ra màn hình được; cần -o TỆP")
    with open_store(store) as opened:
        export_store(opened, format_.value, output)


def import_(
    path: Annotated[Path, typer.Argument(metavar="TỆP", help="Tệp mà lệnh export đã ghi.", parser=path_given)],
    format_: Annotated[
        Format | None, typer.Option("--format", "-f", help="Định dạng; bỏ trống thì theo đuôi tệp.")
    ] = None,
    store: StoreOption = DEFAULT_STORE,
    json: JsonOption = False,
) -> None:
    """Nhập dữ liệu mà lệnh export đã ghi, của máy này hay máy khác; tệp sai thì không nhập gì."""
    from api.importing import keep, read_file  # noqa: PLC0415 - rdflib is slow to import

    told = read_file(path, format_.value if format_ else None)  # first: a file that is refused makes no store
    with open_store(store, create=True, write=True) as opened:
        report = keep(opened, told)
    if json:
        print_json(report)
        return
    if not report.documents and not report.judgements:
        warn(f"luocdo: {report.file} không có văn bản nào của Lược Đồ; chỉ nhập được tệp mà luocdo export đã ghi")
    warn(
        f"đã nhập {report.file}: {report.documents} văn bản ({report.changed} mới hoặc thay đổi), "
        f"{report.judgements} quyết định"
    )


def validate(store: StoreOption = DEFAULT_STORE, json: JsonOption = False) -> None:
    """Kiểm tra dữ liệu theo các quy tắc SHACL; trạng thái 1 nếu có lỗi."""
    from graph.validation import validate as check  # noqa: PLC0415 - pySHACL is slow to import

    with open_store(store) as opened:
        report = check(opened)
    if json:
        print_json(report)
    else:
        from api.cli_tables import show_validation  # noqa: PLC0415

        show_validation(report)
    if not report.conforms:
        raise typer.Exit(1)


def serve(  # noqa: PLR0917 - the options of a command
    store: StoreOption = DEFAULT_STORE,
    host: Annotated[str | None, typer.Option("--host", help="Địa chỉ nghe.")] = None,
    port: Annotated[int | None, typer.Option("--port", min=0, max=65535, help="Cổng.")] = None,
    json: JsonOption = False,
    review: Annotated[
        bool | None,
        typer.Option("--review/--no-review", help="Cho người dùng trả lời trên trang Duyệt; không có thì chỉ xem."),
    ] = None,
    sparql: Annotated[
        bool | None, typer.Option("--sparql/--no-sparql", help="Mở cửa /sparql cho câu truy vấn chỉ đọc.")
    ] = None,
) -> None:
    """Mở trang web và REST API trên máy này."""
    from dataclasses import replace  # noqa: PLC0415

    import uvicorn  # noqa: PLC0415

    from api.app import create_app  # noqa: PLC0415 - fastapi is slow to import
    from api.review import check_writable  # noqa: PLC0415
    from api.serving import address_of, listen  # noqa: PLC0415
    from api.settings import read_settings  # noqa: PLC0415

    settings = read_settings()
    settings = replace(
        settings,
        host=host or settings.host,
        port=settings.port if port is None else port,
        review=settings.review if review is None else review,
        sparql=settings.sparql if sparql is None else sparql,
    )
    with (
        open_service(store, create=True, write=settings.review) as service,
        listen(settings.host, settings.port) as listening,
    ):
        if settings.review:
            check_writable(service.store)
        _warn_open(settings.host, settings.hosts, review=settings.review)
        url = address_of(settings.host, listening)
        if json:
            print_json({"url": url})
        warn(f"Lược Đồ: {url} (dừng: Ctrl+C)")
        server = uvicorn.Server(uvicorn.Config(create_app(service, settings), log_level="warning"))
        with suppress(KeyboardInterrupt):  # the way to end it
            server.run([listening])


def _warn_open(host: str, named: tuple[str, ...], *, review: bool) -> None:
    """Say that others on the network can read the documents, or judge, where they can."""
    from api.settings import LOOPBACK  # noqa: PLC0415

    if host not in {*LOOPBACK, "::1"}:
        names = "" if named else "; đặt LUOCDO_HOSTS để chỉ trả lời các tên máy đã định"
        warn(f"luocdo: {host} mở các văn bản cho mọi máy trong mạng, không hỏi mật khẩu{names}")
        if review:
            warn("luocdo: --review: ai mở được trang này cũng ghi được quyết định, dưới tên bất kỳ")


COMMANDS: dict[str, Callable[..., None]] = {
    "graph": graph,
    "export": export,
    "import": import_,
    "validate": validate,
    "serve": serve,
}
