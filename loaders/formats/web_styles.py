"""What the style sheets inside a page say of classes: shown as capitals, hidden, or with words of their own."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

_COMMENT = re.compile(r"/\*.{0,5000}?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]{1,2000})\{([^{}]{0,5000})\}")
_SIMPLE = re.compile(r"([a-z][a-z0-9]*)?([.#][\w-]+)?", re.IGNORECASE)
_UPPER = re.compile(r"text-transform\s*:\s*uppercase", re.IGNORECASE)
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_CONTENT = re.compile(r"content\s*:\s*(?:\"([^\"\n]{1,200})\"|'([^'\n]{1,200})')", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([0-9a-f]{1,6})\s?", re.IGNORECASE)
_MOST = 500_000  # characters of style sheets


@dataclass(frozen=True, slots=True)
class Styles:
    """Selectors of one element (``p``, ``.a``, ``p.a``, ``#a``) by what their rules say, and words that rules add."""

    upper: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    words: tuple[tuple[str, str], ...] = ()

    def are_upper(self, node: etree._Element) -> bool:
        """Whether an element is shown as capitals by its class."""
        return bool(self.upper) and not self.upper.isdisjoint(_names(node))

    def are_hidden(self, node: etree._Element) -> bool:
        """Whether an element is not shown."""
        return bool(self.hidden) and not self.hidden.isdisjoint(_names(node))

    def words_of(self, node: etree._Element) -> list[str]:
        """Words that rules draw before or after an element."""
        names = _names(node) if self.words else set()
        return [word for name, word in self.words if name in names]


def styles_of(root: etree._Element) -> Styles:
    """Read the style sheets inside a page; those outside it are never fetched."""
    sheet = _COMMENT.sub("", "\n".join(node.text or "" for node in root.iter("style"))[:_MOST])
    if not sheet:
        return Styles()
    rules = [(found[1], found[2]) for found in _RULE.finditer(sheet)]
    drawn = [
        (name, _ESCAPE.sub(lambda found: chr(min(int(found[1], 16), 0xFFFD)), a or b))
        for told, body in rules
        for a, b in _CONTENT.findall(body)
        for name in _selectors([told.replace("::", ":").replace(":before", "").replace(":after", "")])
    ]
    return Styles(
        frozenset(_selectors(told for told, body in rules if _UPPER.search(body))),
        frozenset(_selectors(told for told, body in rules if HIDDEN.search(body))),
        tuple(drawn),
    )


def _selectors(told: Iterable[str]) -> list[str]:
    """Selectors of single elements; what hangs on others around it is left to what the page says without it."""
    parts = [part.strip() for one in told for part in one.split(",")]
    return [part.lower() for part in parts if part and _SIMPLE.fullmatch(part)]


def _names(node: etree._Element) -> set[str]:
    tag = node.tag.lower() if isinstance(node.tag, str) else ""
    own = [f".{name.lower()}" for name in (node.get("class") or "").split()]
    own += [f"#{node.get('id', '').lower()}"] if node.get("id") else []
    return {tag, *own, *(tag + name for name in own)}
