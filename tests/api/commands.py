"""The command line, run in this process."""

import sys
from pathlib import Path

from typer.testing import CliRunner

from api.cli import app

CORPUS = Path(__file__).parent / "ask_corpus"


LUOCDO = Path(sys.executable).with_name("luocdo")


runner = CliRunner()


def run(*args: str | Path) -> tuple[int, str, str]:
    result = runner.invoke(app, [str(a) for a in args])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr
