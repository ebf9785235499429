"""The zones of a document in text order."""

from loaders.normalise import Paragraph
from loaders.paper import Paper, Part
from loaders.zones_head import Head
from loaders.zones_tail import Tail


def parts_of(view: str, paragraphs: list[Paragraph]) -> list[Part]:
    """Cut a document into parts, in text order; every paragraph is in exactly one."""
    paper = Paper(view, paragraphs)
    Tail(paper).cut(Head(paper).cut())
    return paper.parts
