"""What the documents say about commands, files and endpoints is true of the program."""

import re
from pathlib import Path
from typing import Any

import pytest
import typer.main

from api.app import create_app
from api.cli import app as cli
from api.service import Service
from api.settings import Settings
from graph.connect import connect

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.vi.md")
DOCUMENTS = (*READMES, "CONTRIBUTING.md", "docs/architecture.md", "docs/decisions/README.md", "docs/operations.md")
COMMANDS: dict[str, Any] = vars(typer.main.get_command(cli))["commands"]  # typer bears its own copy of click
_CALL = re.compile(r"^\$ \.venv/bin/luocdo (?P<rest>.*?)(?:\s+#.*)?$", re.MULTILINE)
_MAKE = re.compile(r"^\$ make (?P<target>[\w-]+)", re.MULTILINE)
_OPTION = re.compile(r"(?:^|\s)(--?[a-z][\w-]*)")
_QUOTED = re.compile(r'"[^"]*"')
_LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
_PATH = re.compile(r"`((?:api|graph|loaders|ontology|viz|tests|docs|benchmarks|examples|scripts)/[\w./*<>-]*)`")


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", READMES)
@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_stands_in_both_readmes(name: str, command: str) -> None:
    assert re.search(rf"`(?:[^`\n]* )?{command}\b", _text(name)), f"{name} does not name `{command}`"


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_and_option_has_a_help_text(command: str) -> None:
    assert COMMANDS[command].help
    for parameter in COMMANDS[command].params:
        if parameter.param_type_name == "option":
            assert parameter.help, f"{command} {parameter.opts[0]}"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_calls_in_the_documents_name_commands_and_options_that_exist(name: str) -> None:
    for call in _CALL.finditer(_text(name)):
        words = _QUOTED.sub("", call["rest"]).split()
        assert words[0] in COMMANDS, call[0]
        known = {option for parameter in COMMANDS[words[0]].params for option in parameter.opts}
        for option in _OPTION.findall(_QUOTED.sub("", call["rest"])):
            assert option in known, call[0]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_make_targets_in_the_documents_exist(name: str) -> None:
    targets = set(re.findall(r"^([\w-]+):", _text("Makefile"), re.MULTILINE))
    for target in _MAKE.findall(_text(name)):
        assert target in targets


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_between_the_documents_lead_somewhere(name: str) -> None:
    folder = (ROOT / name).parent
    for link in _LINK.findall(_text(name)):
        assert (folder / link).exists(), f"{name}: {link}"


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "docs/architecture.md"])
def test_files_named_in_the_documents_exist(name: str) -> None:
    for path in _PATH.findall(_text(name)):
        if "<" not in path:
            assert any(ROOT.glob(path.rstrip("/"))), f"{name}: {path}"


def test_every_decision_stands_in_the_index() -> None:
    index = _text("docs/decisions/README.md")
    for page in (ROOT / "docs/decisions").glob("2*.md"):
        assert f"[{_text(f'docs/decisions/{page.name}').splitlines()[0].removeprefix('# ')}]({page.name})" in index


def test_every_endpoint_has_a_summary_a_description_and_words_for_its_parameters() -> None:
    paths = create_app(Service(connect("memory:")), Settings()).openapi()["paths"]
    assert len(paths) > 10
    for path, operations in paths.items():
        for method, operation in operations.items():
            assert operation.get("summary"), f"{method} {path}"
            assert operation.get("description"), f"{method} {path}"
            for parameter in operation.get("parameters", ()):
                assert parameter.get("description"), f"{method} {path}: {parameter['name']}"


def test_every_setting_is_an_environment_variable_as_the_documents_say() -> None:
    source = _text("api/settings.py")
    for field in Settings.__dataclass_fields__:
        assert f'"LUOCDO_{field.upper()}"' in source
