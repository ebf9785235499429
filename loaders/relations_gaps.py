"""The text between two mentions: where a sentence ends, an item of a list, the title of the first."""

import re

from loaders.citations_lexicon import lexicon

_QUOTES = {"“": 1, "”": -1}
_ITEM = re.compile(r"[“”;]")
_AND_ON = re.compile(r"(\svà)\s+(?:trên cơ sở|căn cứ|theo đề nghị)\s")
_STOPS = re.compile(r"[“”]|[.!?]\s+(?=\S)")


class Gaps:
    """Finds the breaks in the gaps of one view."""

    def __init__(self, text: str, lower: str, openers: tuple[str, ...]) -> None:
        self.text, self.lower, self.openers = text, lower, openers

    def sentence_break(self, start: int, stop: int) -> int | None:
        """Where the last sentence of a gap begins, None where the gap ends no sentence outside quotes."""
        depth, found = 0, None
        for match in _STOPS.finditer(self.text, start, stop):
            sign = match.group()[0]
            if sign in _QUOTES:
                depth = max(0, depth + _QUOTES[sign])
            elif depth == 0 and self._begins(match.end()) and self.real_stop(match.start()):
                found = match.end()
        return found

    def _begins(self, at: int) -> bool:
        """Tell whether a sentence or a bullet begins here."""
        return self.text[at].isupper() or (self.text[at] in "-+•" and self.text[at + 1 : at + 2] == " ")

    def real_stop(self, at: int) -> bool:
        """Tell a full stop from the one in "TP. Hồ Chí Minh" and "P. Giám đốc"."""
        return not (
            self.text[max(0, at - 2) : at].isupper()
            or (at >= 2 and self.text[at - 2] in " (-" and self.text[at - 1].isupper())
        )

    def item_break(self, start: int, stop: int) -> int | None:
        """Where the last ";" item of a gap begins, None where the gap has no ";" outside quotes."""
        depth, found = 0, None
        for match in _ITEM.finditer(self.text, start, stop):
            sign = match.group()
            if sign in _QUOTES:
                depth = max(0, depth + _QUOTES[sign])
            elif depth == 0:
                found = match.end()
        return found

    def clause_break(self, start: int, stop: int) -> int:
        """Where the main clause goes on after the title before: at a comma and a body or a verb of order."""
        found = start
        heads = lexicon().heads
        at = self.lower.find(",", start, stop)
        while at >= 0:
            rest = self.lower[at + 1 : min(stop, at + 24)].strip()
            words = rest.split(" ")
            opened = any(rest.startswith(opener) for opener in self.openers)
            body = self.text[at + 2 : at + 3].isupper() and (words[0] in heads or " ".join(words[:2]) in heads)
            if opened or body:
                found = at + 1
            at = self.lower.find(",", at + 1, stop)
        again = _AND_ON.search(self.lower, found, stop)
        return again.end(1) if again else found
