"""The pattern tables of the duty readers, checked on load and compiled once."""

import re
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

from ontology.errors import ModelError

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@lru_cache(maxsize=16)
def table(name: str) -> Any:
    """Give one YAML table of ``loaders/patterns``.

    Args:
        name: File name without folder, such as ``deadlines.yaml``.

    Raises:
        ModelError: There is no such table, or it is not YAML.
    """
    try:
        raw = (resources.files("loaders") / "patterns" / name).read_text("utf-8")
        # CSafeLoader builds plain data only, as SafeLoader does; it is merely faster.
        return yaml.load(raw, Loader=_LOADER)  # noqa: S506
    except (OSError, yaml.YAMLError) as exc:
        raise ModelError(f"pattern table cannot be read: {name}", table=name) from exc


@lru_cache(maxsize=64)
def phrase(name: str) -> re.Pattern[str]:
    """Give one row of ``phrases`` of ``obligations.yaml``, compiled.

    Args:
        name: Its ``id``.

    Raises:
        ModelError: There is no such row.
    """
    for row in table("obligations.yaml")["phrases"]:
        if row["id"] == name:
            return re.compile(row["pattern"])
    raise ModelError(f"no such phrase: {name}", table="obligations.yaml")


def words(phrases: list[str]) -> str:
    r"""Give an alternation of plain phrases, longest first so that a longer phrase is never cut by its beginning.

    Example:
        >>> words(["ban", "ban quản lý"])
        'ban\\ quản\\ lý|ban'
    """
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))
