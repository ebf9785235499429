"""The command line's own words in Vietnamese: what the framework says in English of wrong use, and in its help."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import typer
from typer.core import TyperCommand

__all__ = ["Command", "UsageError", "VietnameseContext", "usage_line"]

UsageError: Any = typer.BadParameter.__bases__[0]  # the framework exports only what is raised by hand

# What the framework says of wrong use, whole; groups of the pattern fill the sentence.
_FAULTS = tuple(
    (re.compile(pattern), told)
    for pattern, told in (
        (r"Missing (?:argument|option|parameter) '([^']+)'.*", "còn thiếu {0}"),
        (r"Missing command\.", "chưa ghi lệnh nào"),
        (r"No such command '([^']*)'\. Did you mean (.+)\?", "không có lệnh {0}; có phải {1}?"),
        (r"No such command '([^']*)'\.", "không có lệnh {0}"),
        (r"No such option: (\S+) \(Possible options: (.+)\)", "không có lựa chọn {0}; có phải {1}?"),
        (r"No such option: (\S+)", "không có lựa chọn {0}"),
        (r"Option '([^']+)' requires .*", "lựa chọn {0} cần một giá trị"),
        (r"Option '([^']+)' does not take a value\.", "lựa chọn {0} không nhận giá trị"),
        (r"Got unexpected extra argument\(?s?\)? \((.*)\)", "thừa: {0}"),
    )
)
_VALUE = re.compile(r"Invalid value(?: for ([^:]+))?: (.*)", re.DOTALL)
_VALUES = tuple(
    (re.compile(pattern), told)
    for pattern, told in (
        (r"Input should be greater than or equal to (\S+)", "nhỏ nhất là {0}"),
        (r"Input should be less than or equal to (\S+)", "lớn nhất là {0}"),
        (r"Input should be a valid (?:integer|number).*", "phải là một số"),
        (r"(?:Value error, )?'(.*)' is not one of (.*?)\.?", "«{0}» không phải là một trong {1}"),
    )
)
_HEADINGS: Mapping[str, str] = MappingProxyType({"Options": "Lựa chọn", "Commands": "Lệnh", "Arguments": "Cần ghi"})
_USAGE = (("[OPTIONS]", "[LỰA CHỌN]"), ("COMMAND [ARGS]...", "LỆNH [THAM SỐ]..."))
_HELP = tuple(
    (re.compile(pattern), told)
    for pattern, told in (
        (r"^Show this message and exit\.$", "In hướng dẫn này rồi thoát."),
        (r"^Install completion for the current shell\.$", "Cài việc gõ phím Tab để điền nốt lệnh."),
        (r"^Show completion for the current shell.*$", "In đoạn lệnh để tự cài việc điền nốt lệnh."),
        (r"(?<=[\[; ])required(?=\])", "bắt buộc"),
        (r"(?<=[\[; ])default: ", "mặc định: "),
        (r"(?<=[\[; ])env var: ", "biến môi trường: "),
    )
)
_TYPE = re.compile(r" <[^>]*>")  # "CÂU_HỎI <list[str]>"


def usage_line(error: Any) -> str:
    """Say in one line what is wrong with how a command was typed, and where its help is.

    Example:
        >>> usage_line(typer.BadParameter("cần --from hoặc --to"))
        'luocdo: usage: cần --from hoặc --to; hướng dẫn: luocdo -h'
    """
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "luocdo"
    return " ".join(f"luocdo: usage: {_said(error.format_message())}; hướng dẫn: {command} -h".split())


def _said(message: str) -> str:
    value = _VALUE.fullmatch(message)
    if value is None:
        return _by_table(_FAULTS, message)
    told = _by_table(_VALUES, value[2])
    name = (value[1] or "").replace("'", "")
    return f"{name}: {told}" if name else told


def _by_table(table: Sequence[tuple[re.Pattern[str], str]], message: str) -> str:
    for pattern, told in table:
        found = pattern.fullmatch(message)
        if found is not None:
            return told.format(*(part.replace("'", "") for part in found.groups()))
    return message


class _Formatter(typer.Context.formatter_class):  # type: ignore[valid-type,misc]  # the framework's way to change it
    """Writes help with Vietnamese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """See ``click.HelpFormatter.write_usage``."""
        for english, told in _USAGE:
            args = args.replace(english, told)
        super().write_usage(prog, args, prefix or "Cách dùng: ")

    def write_heading(self, heading: str) -> None:
        """See ``click.HelpFormatter.write_heading``."""
        super().write_heading(_HEADINGS.get(heading, heading))

    def write_dl(self, rows: Sequence[tuple[str, str]], *args: Any, **options: Any) -> None:
        """See ``click.HelpFormatter.write_dl``."""
        super().write_dl([(_TYPE.sub("", name), _help(text)) for name, text in rows], *args, **options)


def _help(text: str) -> str:
    for pattern, told in _HELP:
        text = pattern.sub(told, text)
    return text


class VietnameseContext(typer.Context):
    """A context whose help is written by ``_Formatter``."""

    formatter_class = _Formatter


class Command(TyperCommand):
    """A command whose help is in Vietnamese."""

    context_class = VietnameseContext
