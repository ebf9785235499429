"""Tables of wordings under ``loaders/patterns``: rows of name, pattern, examples and counter-examples."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

from loaders.letters import spell_out
from ontology.errors import ModelError


@dataclass(frozen=True, slots=True)
class Wording:
    """One row of a table; ``search`` says that the pattern may stand anywhere, else it opens the paragraph."""

    name: str
    pattern: re.Pattern[str]
    search: bool
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]

    def find(self, text: str) -> re.Match[str] | None:
        """Match the wording in a paragraph."""
        return self.pattern.search(text) if self.search else self.pattern.match(text)


@cache
def wordings(table: str) -> Mapping[str, Wording]:
    """Read a table of wordings by the stem of its file.

    Raises:
        ModelError: A row is not of the right form or a pattern is wrong.
    """
    text = resources.files("loaders").joinpath(f"patterns/{table}.yaml").read_text("utf-8")
    rows: dict[str, Wording] = {}
    for row in yaml.safe_load(text):
        try:
            rows[row["name"]] = Wording(
                row["name"],
                re.compile(spell_out(row["pattern"])),
                bool(row.get("search", False)),
                tuple(row["examples"]),
                tuple(row["counter_examples"]),
            )
        except (KeyError, TypeError, re.error) as error:
            raise ModelError(f"table {table}: bad row {row!r}") from error
    return rows
