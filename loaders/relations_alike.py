"""Compare two mentions: one instrument or two, one counter or two, whose issuer stands higher."""

from loaders.citations_mention import Mention
from ontology.symbols import parse_symbol

_RANKS = {"tw": 5, "qh": 5, "ubtvqh": 5, "cp": 4, "ttg": 4, "tu": 3, "ubnd": 2, "hdnd": 2}


def codes_of(mention: Mention) -> tuple[str, ...]:
    """Give the codes of the bodies in a symbol, without terms ("qh15" is "qh")."""
    series = parse_symbol(mention.number, mention.symbol, mention.type).series
    return tuple(code.rstrip("0123456789") for code in series)


def rank_of(mention: Mention) -> int:
    """How high the issuer stands, as far as its code says: a plan of a province can carry out one of its Party's."""
    return max((_RANKS.get(code, 1) for code in codes_of(mention)), default=1)


def one_instrument(left: Mention, right: Mention) -> bool:
    """Tell whether two mentions name one instrument, as far as number and title say."""
    if left.type != right.type:
        return False
    if left.number is None or right.number is None:
        return left.number == right.number and (left.title or "").lower() == (right.title or "").lower()
    same = left.number.lstrip("0") == right.number.lstrip("0")
    return same and (left.symbol == right.symbol or "short" in (left.shape, right.shape))
