"""The command that asks in SPARQL."""

import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.cli_common import DEFAULT_STORE, JsonOption, StoreOption, name_given, open_store, warn, write
from ontology.errors import InvalidInputError
from ontology.system import said

_MOST_FILE = 100_000


class Form(StrEnum):
    """Forms of an answer."""

    TSV = "tsv"
    CSV = "csv"
    JSON = "json"
    XML = "xml"
    TURTLE = "turtle"
    N_TRIPLES = "ntriples"
    JSON_LD = "json-ld"
    RDF_XML = "rdf-xml"


def sparql(  # noqa: PLR0917 - the options of a command
    query: Annotated[
        str | None,
        typer.Argument(
            metavar="CÂU|TỆP.rq|TÊN",
            help="Câu SPARQL, tệp chứa câu, hoặc tên một câu có sẵn (--list).",
            parser=name_given,
        ),
    ] = None,
    bind: Annotated[
        list[str] | None,
        typer.Option("--bind", "-b", metavar="TÊN=GIÁ_TRỊ", help="Cho trước giá trị của một biến; IRI viết nguyên."),
    ] = None,
    form: Annotated[Form | None, typer.Option("--format", "-f", help="Dạng câu trả lời.")] = None,
    store: StoreOption = DEFAULT_STORE,
    json: JsonOption = False,
    seconds: Annotated[float, typer.Option("--seconds", min=0.1, max=3600, help="Thời gian nhiều nhất.")] = 60.0,
    rows: Annotated[int, typer.Option("--rows", min=1, max=10_000_000, help="Số dòng nhiều nhất.")] = 1_000_000,
    listing: Annotated[bool, typer.Option("--list", help="Liệt kê các câu có sẵn.")] = False,
) -> None:
    """Hỏi kho bằng SPARQL 1.1, chỉ đọc; các đồ thị được coi là một."""
    from graph.sparql_door import SparqlDoor, SparqlLimits  # noqa: PLC0415 - rdflib is slow to import
    from graph.sparql_results import SHORT  # noqa: PLC0415
    from graph.sparql_rows import bound_text, query_names, query_text  # noqa: PLC0415

    if listing:
        for name in query_names():
            says = " ".join(line[2:] for line in query_text(name).splitlines() if line.startswith("# "))
            write(f"{name}\t{says}\n")
        return
    if not query:
        raise typer.BadParameter("cần một câu SPARQL, một tệp .rq hoặc --list")
    text = query_text(query) if query in query_names() else _read(query)
    text = bound_text(text, dict(_pair(one) for one in bind or ()))
    wanted = Form.JSON if json else form
    accept = SHORT[wanted.value] if wanted else f"{SHORT['tsv']}, {SHORT['turtle']}"
    limits = SparqlLimits(seconds=seconds, rows=rows, bytes=2_000_000_000)
    with open_store(store) as opened, SparqlDoor(opened, limits) as door:
        answer = door.query(text, accept)
    sys.stdout.flush()
    sys.stdout.buffer.write(answer.body)
    sys.stdout.buffer.flush()
    if answer.truncated:
        warn(f"luocdo: chỉ in {answer.rows} dòng đầu; còn nữa (--rows)")


def _read(query: str) -> str:
    if query.replace("_", "").isalnum():
        raise InvalidInputError(f"không có câu nào tên {query}", remedy="xem tên các câu có sẵn: luocdo sparql --list")
    if not query.endswith(".rq"):
        return query
    try:
        with Path(query).open(encoding="utf-8") as file:
            return file.read(_MOST_FILE + 1)
    except (OSError, UnicodeDecodeError) as error:
        why = said(error) if isinstance(error, OSError) else "không phải UTF-8"
        raise InvalidInputError(f"không đọc được {query}: {why}", file=query) from error


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.isidentifier():
        raise typer.BadParameter(f"--bind phải có dạng TÊN=GIÁ_TRỊ, không phải {text!r}")
    return name, value


COMMANDS: dict[str, Callable[..., None]] = {"sparql": sparql}
