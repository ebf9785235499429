"""Whether the bodies that two readings name as issuers can be one: short and full names, ministers and ministries."""

from graph.bodies import body_of
from graph.statements import Sign
from ontology.vietnamese import fold


def issuer_keys(sign: Sign) -> frozenset[str]:
    """Folded names that the issuers of a sign go by."""
    bodies = [body_of(name, sign.jurisdiction, sign.date).ref for name in sign.issuers]
    names = {fold(b.name) for b in bodies} | {fold(name) for name in sign.issuers}
    return frozenset(n.removeprefix("bo truong").strip() or "bo" for n in names)  # a minister signs for the ministry


def issuers_agree(one: frozenset[str], two: frozenset[str]) -> bool:
    """Whether two sets of keys can mean one issuer."""
    # "UBND tỉnh" is "UBND tỉnh Quảng Ngãi" told short; a joint document is told as "A và B" in one name
    return any(
        x == y or f"{x} ".startswith(f"{y} ") or f"{y} ".startswith(f"{x} ") or _joint(x, y) or _joint(y, x)
        for x in one
        for y in two
    )


def _joint(part: str, whole: str) -> bool:
    return " va " in f" {whole} " and f" {part} " in f" {whole} "
