"""The tables of the question reader (``api/ask/data/*.yaml``), read once and checked."""

from functools import lru_cache
from importlib.resources import files
from typing import TypeVar

import msgspec
import yaml

from ontology.errors import ModelError

T = TypeVar("T")


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
    compounds: tuple[str, ...]
    family_names: frozenset[str]
    english_words: frozenset[str]
    vietnamese_words: frozenset[str]


class Pattern(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of question in ``questions.yaml``.

    Attributes:
        kind: Word of ``Answer.kind``.
        needs: What the question must name: ``i`` an instrument, ``b`` a body, ``n`` a person, ``2i`` two instruments.
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
    return tuple(_table("questions.yaml", list[Pattern]))


@lru_cache(maxsize=1)
def wording() -> dict[str, dict[str, str]]:
    """Sentences of answers: key → language → template."""
    return _table("wording.yaml", dict[str, dict[str, str]])


def _table(name: str, type_: type[T]) -> T:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster where libyaml is there
    try:
        raw = yaml.load(files("api.ask").joinpath("data", name).read_text("utf-8"), Loader=loader)  # noqa: S506 - both safe
        return msgspec.convert(raw, type_)
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise ModelError(f"bảng {name} sai: {error}") from error
