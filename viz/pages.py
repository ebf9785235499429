"""Answers to pages: Jinja templates that escape by default and fail on a missing name."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import PurePath
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from graph.results import Corpus, Evidence
from ontology.vietnamese import fold
from viz import links, words
from viz.elements import where

_STATIC = ("luocdo.css", "app.js", "picture.js", "vis/vis-network.min.js")
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d.*[/-]|[/-].*\d")
_LONG_NUMBER = 30
# Marks of Markdown files; the page of the source shows them as they stand.
_MARKDOWN = re.compile(r"\*{1,3}|(?<!\S)#{1,6}(?=\s)")
_LONG_QUOTE = 420


def render_template(name: str, **values: Any) -> str:
    """Fill one of our templates; a name that the template needs and nobody gave is an error, not an empty string."""
    return _environment().get_template(name).render(values)


def page(name: str, *, corpus: Corpus, **values: Any) -> str:
    """Fill the template of a page; ``corpus`` stands in its footer: what the page speaks of.

    Args:
        name: Template, for example ``instrument.html``.
        corpus: The loaded documents.
        values: What the template shows; see ``viz.views`` for the models.
    """
    return render_template(name, corpus=corpus, **values)


def short(text: str, most: int = _LONG_QUOTE) -> str:
    """Cut a long quotation at a word, with an ellipsis; line breaks become spaces.

    Example:
        >>> short("một hai ba bốn", 9)
        'một hai …'
    """
    flat = " ".join(_MARKDOWN.sub("", text).split())
    if len(flat) <= most:
        return flat
    return flat[:most].rsplit(" ", 1)[0] + " …"


def sentence(text: str) -> str:
    """Begin with a capital letter, as a sentence on a page does."""
    return text[:1].upper() + text[1:]


def unbroken(text: str) -> Markup:
    """Keep numbers and dates ("33/CT-TTg", "26/11/2021") on one line; everything is escaped.

    Example:
        >>> unbroken("số 33/CT-TTg")
        Markup('số <span class="nb">33/CT-TTg</span>')
    """
    parts = [
        Markup('<span class="nb">%s</span>') % part
        if 1 < len(part) <= _LONG_NUMBER and _NUMBER.search(part)
        else escape(part)
        for part in text.split(" ")
    ]
    return Markup(" ").join(parts)


def emphasise(text: str, query: str) -> Markup:
    """Mark the words of a query in a text, accents and case ignored; everything is escaped.

    Of a query of several words, a word that stands alone is not marked: without accents "so" is also "số".

    Example:
        >>> emphasise("Chỉ thị <33>", "chi thi")
        Markup('<mark>Chỉ</mark> <mark>thị</mark> &lt;33&gt;')
    """
    wanted = set(fold(query).split())
    words_of = list(_WORD.finditer(text))
    hit = [fold(m.group()) in wanted for m in words_of]
    parts: list[Markup] = []
    at = 0
    for k, match in enumerate(words_of):
        beside = len(wanted) == 1 or (k > 0 and hit[k - 1]) or (k + 1 < len(hit) and hit[k + 1])
        if hit[k] and beside:
            parts += [escape(text[at : match.start()]), Markup("<mark>%s</mark>") % match.group()]
            at = match.end()
    return Markup("").join([*parts, escape(text[at:])])


@cache
def static_version() -> str:
    """Give a short hash of the static files, part of their addresses so that browsers may keep them for good."""
    root = files("viz").joinpath("static")
    digest = sha256()
    for name in _STATIC:
        digest.update(root.joinpath(*name.split("/")).read_bytes())
    return digest.hexdigest()[:12]


@pass_context
def _evidence_url(context: Context, evidence: Evidence) -> str:
    """Address of a quoted sentence: in this page where it is marked here, else on the page of its source."""
    source = context.get("source")
    if source and source.sha256 == evidence.sha256 and links.anchor(evidence) in source.anchors:
        return "#" + links.anchor(evidence)
    return links.source(evidence)


def _relation(kind: str | None) -> str:
    return words.label(_texts(words.RELATIONS), kind)


def _texts(table: Mapping[Any, str]) -> dict[str, str]:
    return {str(k): v for k, v in table.items()}


def _group(items: Sequence[Any], attribute: str) -> list[tuple[Any, list[Any]]]:
    """Group by an attribute path in order of first appearance; Jinja's own ``groupby`` sorts."""
    found: dict[Any, list[Any]] = {}
    for item in items:
        key = item
        for name in attribute.split("."):
            key = getattr(key, name)
        found.setdefault(key, []).append(item)
    return list(found.items())


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("viz", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "day": words.day,
        "page_url": links.page,
        "evidence_url": _evidence_url,
        "where": where,
        "short": short,
        "file_name": lambda path: PurePath(path).name,
        "emphasise": emphasise,
        "unbroken": unbroken,
        "relation": _relation,
        "strength": lambda v: words.label(_texts(words.STRENGTHS), v),
        "role": lambda v: words.label(_texts(words.ROLES), v),
        "counterparty": lambda v: words.label(_texts(words.COUNTERPARTIES), v),
        "body_kind": lambda v: words.label(_texts(words.BODY_KINDS), v),
        "family": lambda v: words.label(_texts(words.FAMILIES), v),
        "stage": lambda v: words.label(words.STAGES, v),
        "property": lambda v: words.label(words.PROPERTIES, v),
        "conflict": lambda v: words.label(words.CONFLICTS, v),
        "verdict": lambda v: sentence(words.label(words.VERDICTS, v)),
        "sentence": sentence,
        "deadline_meaning": words.deadline_meaning,
        "target": words.target,
        "section": words.section,
        "grouped": _group,
    }
    made.globals |= {
        "picture_url": links.picture,
        "search_url": links.search,
        "why_url": links.why,
        "static_version": static_version,
        "inferred": words.INFERRED,
        "from_table": words.FROM_TABLE,
    }
    return made
