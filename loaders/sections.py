"""Section paths ("annex.II#2.1") written as people cite sections ("phụ lục, mục II (thứ 2).1")."""

from functools import lru_cache

_WORDS = {"phan": "Phần", "chuong": "Chương", "muc": "Mục", "tieu-muc": "Tiểu mục", "dieu": "Điều"}
_PLACES = {"annex": "phụ lục", "notes": "chú thích", "before": "phần trước văn bản"}


def written(path: str) -> str:
    """Write a section path for readers.

    Args:
        path: Labels from the top down, joined by points; "#2" marks the second that bears a label.

    Returns:
        The section as people cite it; numbers below an article are its clauses, letters its points.

    Example:
        >>> written("annex.II#2.1"), written("chuong-II.dieu-10.2.d"), written("III.1.a")
        ('phụ lục, mục II (thứ 2).1', 'Chương II, Điều 10, khoản 2, điểm d', 'mục III.1.a')
        >>> written("annex-2.phan-nhất"), written("dieu-3.II")
        ('phụ lục thứ 2, Phần thứ nhất', 'Điều 3, mục II')
    """
    shown: list[str] = []
    listed = article = False
    for part in path.split("."):
        label, _, turn = part.partition("#")
        name = _named(label)
        if name is not None:
            article, listed = label.startswith("dieu-"), False
            shown.append(name)
        elif article and (label.isdigit() or label.islower()):
            shown.append(f"{'khoản' if label.isdigit() else 'điểm'} {label}")
        elif listed:
            shown[-1] += f".{label}"
        else:
            shown.append(f"mục {label}")
            listed, article = True, False
        if turn:
            shown[-1] += f" (thứ {turn})"
    return ", ".join(shown)


@lru_cache(maxsize=4096)
def _named(label: str) -> str | None:
    """A part that has a word of its own, None for a bare number or letter."""
    if label in _PLACES:
        return _PLACES[label]
    word, _, value = label.rpartition("-")
    if word == "annex":
        return f"phụ lục thứ {value}"
    head, _, rest = label.partition("-")
    if label.startswith("tieu-muc-"):
        head, rest = "tieu-muc", label.removeprefix("tieu-muc-")
    if head not in _WORDS or not rest:
        return None
    spelled = rest[0].islower() and rest[0].isalpha()
    return f"{_WORDS[head]} thứ {rest.replace('-', ' ')}" if spelled else f"{_WORDS[head]} {rest}"
