"""Find the people that a question names."""

import re
from dataclasses import dataclass
from functools import lru_cache

from api.ask.tables import vocabulary
from api.ask.text import Question

_TITLE = r"(?:ong|ba|dong chi|mr\.?|ms\.?|mrs\.?|who (?:is|was))"
_ASKED = (
    r"(?:la ai|la nguoi nao|giu chuc|giu|lam chuc|co chuc|chuc vu|da ky|signed"
    r"|ky (?:nhung |cac )?(?:van ban|ke hoach|cong van))"
)
_NO_SECOND = frozenset({"ai", "nao", "gi", "uy", "vien", "bo", "phong", "ban", "so"})
_NO_LAST = _NO_SECOND | {"van", "thi"}
_OFTEN_WORDS = frozenset(
    {"do", "ho", "ha", "to", "ly", "la", "chu", "khong", "cao", "mai", "truong", "dao", "doan", "ta", "tong", "thai"}
)


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A place in the question that names a person."""

    start: int
    end: int
    text: str


@lru_cache(maxsize=1)
def _form() -> re.Pattern[str]:
    family = "|".join(sorted(vocabulary().family_names))
    name = rf"(?P<name>\b(?:{family})(?: [a-z]{{1,8}}){{1,4}}?)"
    return re.compile(rf"(?P<title>\b{_TITLE} )?{name}(?= {_ASKED}\b|\s*[?.,]|$)")


def find_people(q: Question) -> list[PersonMention]:
    """Names with a title, or about which one asks "là ai", "ký văn bản nào"; capitals decide where there are any."""
    found = []
    for m in _form().finditer(q.flat):
        written = q.raw[m.start("name") : m.end("name")]
        if _is_person(written, m["name"].split(), titled=m["title"] is not None, q=q):
            found.append(PersonMention(m.start(), m.end("name"), written))
    return found


def _is_person(written: str, words: list[str], *, titled: bool, q: Question) -> bool:
    if all(w[0].isupper() for w in written.split()):
        return titled or q.raw != q.raw.upper()
    if not q.raw.islower() or words[1] in _NO_SECOND or words[-1] in _NO_LAST:
        return False
    return titled or (words[0] not in _OFTEN_WORDS and re.search(rf"\b{_ASKED}\b", q.flat) is not None)
