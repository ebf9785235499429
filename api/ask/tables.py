"""The tables of the question reader (``api/ask/data/*.yaml``), read once and checked."""

from functools import lru_cache
from importlib.resources import files
from typing import Any

import msgspec
import yaml

from ontology.errors import ModelError


class TypeWords(msgspec.Struct, frozen=True):
    """Words that name one kind of document."""

    slug: str
    canonical: str
    words: tuple[str, ...]


class Vocabulary(msgspec.Struct, frozen=True):
    """``vocabulary.yaml``."""

    types: tuple[TypeWords, ...]
    not_types: tuple[str, ...]
    body_heads: tuple[str, ...]
    stops: tuple[str, ...]
    known_bodies: tuple[str, ...]
    english_bodies: dict[str, str]
    english_topics: dict[str, str]
    same_names: tuple[tuple[str, ...], ...]
    asking: tuple[str, ...]
    filler: frozenset[str]


class Pattern(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of question in ``questions.yaml``.

    Attributes:
        kind: Word of ``Answer.kind``.
        needs: Marks that must stand in the question (``i`` instrument, ``b`` body, ``2i`` two instruments, ``2b`` two bodies, ``d`` day,
            ``p`` any period); a list of alternatives is written with ``|``.
        cues: Regular expressions over the masked question (``api.ask.text.mask``) with what each adds to the score.
        never: Expressions that rule the kind out.
        examples, counter_examples: Questions that are (not) read as this kind; tested.
    """

    kind: str
    needs: tuple[str, ...] = ()
    cues: dict[str, float] = {}
    never: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Words that name documents and bodies."""
    return _table("vocabulary.yaml", Vocabulary)


@lru_cache(maxsize=1)
def patterns() -> tuple[Pattern, ...]:
    """Kinds of questions, in the order in which ties are broken."""
    return _table("questions.yaml", tuple[Pattern, ...])


@lru_cache(maxsize=1)
def wording() -> dict[str, dict[str, str]]:
    """Sentences of answers: key → language → template."""
    return _table("wording.yaml", dict[str, dict[str, str]])


def _table(name: str, type_: Any) -> Any:
    try:
        raw = yaml.load(files("api.ask").joinpath("data", name).read_text("utf-8"), Loader=_LOADER)
        return msgspec.convert(raw, type_)
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise ModelError(f"bảng {name} sai: {error}") from error


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
