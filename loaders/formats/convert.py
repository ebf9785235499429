"""Old office formats (.doc, .rtf, .xls) to new ones by LibreOffice without a screen, which keeps the font of each run.

Each conversion has a profile of its own, so that several may run at once and none leaves anything behind; macros,
links to outside and Java are off, and the program has no network where the system allows that.
"""

import tempfile
from pathlib import Path

from loaders.formats.limits import Limits
from loaders.formats.programs import ProgramFailedError, program, run
from loaders.formats.refusal import refusal

_FILTERS = {"docx": "MS Word 2007 XML", "xlsx": "Calc MS Excel 2007 XML"}
_SETTING = (
    '<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop>'
    "</item>"
)
_SETTINGS = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Writer/Content/Update", "Link", "0"),
    ("Calc/Content/Update", "Link", "1"),
    ("Java/VirtualMachine", "Enable", "false"),
)
_XML = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
    'xmlns:xs="http://www.w3.org/2001/XMLSchema">{items}</oor:items>'
)


def is_available() -> bool:
    """Tell whether LibreOffice is on this machine."""
    return _soffice() is not None


def _soffice() -> str | None:
    return program("soffice", "libreoffice", variable="LUOCDO_SOFFICE")


def convert(data: bytes, suffix: str, target: str, path: Path, limits: Limits) -> bytes:
    """Convert a file of an old office format.

    Args:
        data: The bytes of the file.
        suffix: Its kind: ".doc", ".rtf" or ".xls".
        target: "docx" or "xlsx".
        path: The file, for errors.
        limits: Time and size.

    Returns:
        The bytes of the converted file.

    Raises:
        UnreadableFileError: LibreOffice is absent, cannot read the file, or takes too long.
        LimitExceededError: The converted file is too large.
    """
    soffice = _soffice()
    if soffice is None:
        raise refusal(path, "no_converter" if target == "docx" else "no_sheet_converter", extension=suffix)
    with tempfile.TemporaryDirectory(prefix="luocdo-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        _settle(folder / "profile" / "user")
        source, out = folder / f"in{suffix}", folder / "out"
        source.write_bytes(data)
        command = [
            *(soffice, f"-env:UserInstallation={(folder / 'profile').as_uri()}"),
            *("--headless", "--invisible", "--nologo", "--nodefault", "--norestore", "--nolockcheck"),
            *("--convert-to", f"{target}:{_FILTERS[target]}", "--outdir", str(out), str(source)),
        ]
        try:
            run(command, folder=folder, seconds=limits.seconds * 0.9, max_bytes=limits.unpacked_bytes)
        except ProgramFailedError as exc:
            slow = str(exc) == "too slow"
            raise refusal(path, "too_slow" if slow else "not_converted", limit=limits.seconds) from exc
        return _result(out / f"in.{target}", path, limits)


def _settle(user: Path) -> None:
    user.mkdir(parents=True)
    items = "".join(_SETTING.format(path=where, name=name, value=value) for where, name, value in _SETTINGS)
    (user / "registrymodifications.xcu").write_text(_XML.format(items=items), "utf-8")


def _result(path_out: Path, path: Path, limits: Limits) -> bytes:
    if not path_out.is_file():  # LibreOffice ends without an error where it cannot read a file
        raise refusal(path, "not_converted")
    size = path_out.stat().st_size
    if size > limits.bytes:
        raise refusal(path, "too_many_bytes", size=size, limit=limits.bytes)
    return path_out.read_bytes()
