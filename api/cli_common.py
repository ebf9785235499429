"""What all commands share: options, opening the store, printing."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from api.settings import DEFAULT_STORE
from ontology.errors import StoreUnavailableError

if TYPE_CHECKING:
    from api.service import Service
    from graph.store import Store

__all__ = [
    "DEFAULT_STORE",
    "JsonOption",
    "LimitOption",
    "StoreOption",
    "name_given",
    "open_service",
    "open_store",
    "path_given",
    "print_json",
    "warn",
    "write",
]

StoreOption = Annotated[
    str,
    typer.Option(
        "--store",
        envvar="LUOCDO_STORE",
        metavar="URL",
        help="Kho dữ liệu: sqlite:ĐƯỜNG_DẪN, neo4j://MÁY_CHỦ hoặc memory:.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="In JSON cho chương trình khác đọc.")]
LimitOption = Annotated[int, typer.Option("--limit", min=1, max=10_000, help="Số mục nhiều nhất.")]


def path_given(text: str) -> Path:
    """A path as typed; an empty one would mean the current folder, which nobody named."""
    if not text.strip():
        raise typer.BadParameter("đường dẫn trống; thư mục hiện tại là .")
    return Path(text)


def name_given(text: str) -> str:
    """A name, number or words as typed; nothing cannot be asked for."""
    if not text.strip():
        raise typer.BadParameter("chưa có tên, số hoặc từ nào")
    return text


@contextmanager
def open_store(url: str, *, create: bool = False, write: bool = False) -> "Iterator[Store]":
    """Open a store and close it after use.

    Args:
        url: As ``--store`` takes it.
        create: Make the file where it is not there yet; questions to a store that was never loaded are refused instead.
        write: Documents may be loaded or removed; else the store is opened only to ask.

    Raises:
        StoreUnavailableError: No such store, or it cannot be opened.
    """
    from graph.connect import connect  # noqa: PLC0415 - back ends are slow to import

    scheme, _, path = url.partition(":")
    missing = scheme == "sqlite" and path != ":memory:" and not os.path.exists(os.path.expanduser(path))
    if missing and not create:
        raise StoreUnavailableError(f"chưa có kho {path}; hãy nạp văn bản trước: luocdo load THƯ_MỤC")
    if missing and not write:
        connect(url).close()
    store = connect(url, read_only=not write)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def open_service(url: str, *, create: bool = False, write: bool = False) -> "Iterator[Service]":
    """Open a store under the service of all doors; raises as ``open_store``."""
    from api.service import Service  # noqa: PLC0415

    with open_store(url, create=create, write=write) as store:
        yield Service(store)


def print_json(value: Any) -> None:
    """Print a record or plain value as indented JSON on stdout."""
    write(msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n")


def write(text: str) -> None:
    """Write text to stdout as UTF-8, whatever the locale."""
    sys.stdout.flush()
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(text)
    else:
        buffer.write(text.encode("utf-8", "surrogatepass"))
        buffer.flush()


def warn(line: str) -> None:
    """Print one line on stderr."""
    typer.echo(line, err=True)
