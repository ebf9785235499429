"""Long lists at a terminal: options for a page, and the command that shows the next one."""

import shlex
from collections.abc import Sequence
from contextvars import ContextVar
from typing import Annotated, Any

import typer

from api.cli_common import write
from api.parts import Part
from graph.paging import Page

__all__ = ["PAGE", "AllOption", "LimitPartOption", "OffsetOption", "keep_typed", "next_page", "part_of", "tell_page"]

PAGE = 50  # facts on a page for people
_TYPED: ContextVar[tuple[str, ...]] = ContextVar("typed", default=())

LimitPartOption = Annotated[
    int | None,
    typer.Option(
        "--limit",
        min=0,
        metavar="SỐ",
        help=f"Số mục một trang, 0 là tất cả; không ghi thì {PAGE}, với --json thì tất cả.",
    ),
]
OffsetOption = Annotated[int, typer.Option("--offset", min=0, metavar="SỐ", help="Bỏ qua chừng ấy mục đầu.")]
AllOption = Annotated[bool, typer.Option("--all", help="Tất cả các mục, như --limit 0.")]


def part_of(limit: int | None, offset: int, everything: bool, *, json: bool) -> Part:
    """The part that the options ask for: a page for people, everything for programs, unless they say otherwise."""
    if everything and limit:
        raise typer.BadParameter("chỉ chọn một trong --all và --limit")
    if limit is None:
        limit = 0 if json else PAGE
    return Part(None if everything or not limit else limit, offset)


def keep_typed(args: Sequence[str]) -> None:
    """Remember what was typed after ``luocdo``, for the command that shows the next page."""
    _TYPED.set(tuple(args))


def next_page(option: str, value: int) -> str:
    """The command as it was typed with another value of an option.

    Example:
        >>> keep_typed(["due", "--offset", "50", "--from", "2024-01-01"])
        >>> next_page("--offset", 100)
        'luocdo due --from 2024-01-01 --offset 100'
    """
    typed = _TYPED.get()
    end = typed.index("--") if "--" in typed else len(typed)
    kept: list[str] = []
    skipped = False
    for word in typed[:end]:
        if skipped or word.startswith(f"{option}="):
            skipped = False
        elif word == option:
            skipped = True
        else:
            kept.append(word)
    return shlex.join(["luocdo", *kept, option, str(value), *typed[end:]])


def tell_page(page: Page[Any], what: str) -> None:
    """Say where a page stands in the whole list and how to see the next; nothing of a list that is shown whole."""
    if page.start and not page:
        write(f"Không có {what} nào sau {page.start} mục đầu; tất cả có {page.total}.\n")
    elif page.start or page.more:
        write(f"{what.capitalize()} {page.start + 1}–{page.start + len(page)} trong {page.total}.\n")
    if page and page.more:
        write(f"Xem tiếp: {next_page('--offset', page.start + len(page))}\n")
