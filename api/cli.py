"""The command ``luocdo``: load documents, ask them, hand them on."""

import os
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from api import cli_documents, cli_exchange, cli_questions, cli_review, cli_sparql, cli_stores
from api.cli_paging import keep_typed
from api.cli_words import Command, UsageError, VietnameseContext, usage_line
from ontology.errors import LuocdoError

_USAGE = 2
_INTERRUPTED = 130  # what shells give for a program that Ctrl+C ended
_STOPPED = "luocdo: đã dừng theo yêu cầu; những gì đã ghi vẫn còn nguyên"


class _Group(TyperGroup):
    """Commands whose deliberate errors end in one clear line: exit status 1, of wrong use 2."""

    context_class = VietnameseContext

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run and exit; see ``click.Group.main``."""
        given = (args, prog_name, complete_var, False, windows_expand_args)
        if not standalone_mode:
            return super().main(*given, **extra)
        try:
            code = super().main(*given, **extra)
        except UsageError as error:
            _tell_usage(error)
            sys.exit(_USAGE)
        sys.exit(code if isinstance(code, int) else 0)

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Parse what was typed, and keep it; see ``click.Group.parse_args``."""
        if ctx.parent is None:
            keep_typed(args)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: typer.Context) -> object:  # type: ignore[override]
        """Run a command; see ``click.Group.invoke``."""
        try:
            return super().invoke(ctx)
        except LuocdoError as error:
            typer.echo(f"luocdo: {error.code}: {_one_line(error)}", err=True)
            raise typer.Exit(1) from None
        except BrokenPipeError:  # `luocdo … | head`: whoever reads has enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None
        except (KeyboardInterrupt, typer.Abort):  # Ctrl+C, at a prompt or not; also the end of what is typed
            typer.echo(f"\n{_STOPPED}", err=True)
            raise typer.Exit(_INTERRUPTED) from None


def _tell_usage(error: Any) -> None:
    """One line; where nothing was typed at all, the help."""
    typer.echo(error.format_message() if type(error).__name__ == "NoArgsIsHelpError" else usage_line(error), err=True)


def _one_line(error: LuocdoError) -> str:
    remedy = error.details.get("remedy")
    text = f"{error.message}; {remedy}" if remedy and str(remedy) not in error.message else error.message
    file = error.details.get("file")
    if file and str(file) not in text:
        text = f"{file}: {text}"
    return " ".join(text.split())


app = typer.Typer(
    name="luocdo",
    cls=_Group,
    help="Lược Đồ: ai phải làm gì, theo chỉ đạo nào. Nạp văn bản hành chính và văn bản Đảng, "
    "hỏi đáp có trích câu nguồn.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version  # noqa: PLC0415 - only here

        typer.echo(f"luocdo {version('luocdo')}")
        raise typer.Exit


@app.callback()
def _root(
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="In phiên bản rồi thoát.")
    ] = False,
) -> None:
    """Lược Đồ."""


for module in (cli_documents, cli_questions, cli_exchange, cli_sparql, cli_stores):
    for name, command in module.COMMANDS.items():
        app.command(name, cls=Command)(command)


app.add_typer(cli_review.review, name="review", cls=_Group)


def main() -> None:
    """Run the command line; entry of the console script."""
    try:
        app()
    except KeyboardInterrupt:
        typer.echo(f"\n{_STOPPED}", err=True)
        sys.exit(_INTERRUPTED)
    except BrokenPipeError:  # `luocdo … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
