"""Addresses of pages: the local part of an IRI is the path of its page, so that links stay readable and stable."""

from urllib.parse import quote, urlencode

from graph.results import Evidence
from ontology.identity import BASE

_PREFIXES = {"instrument": "/van-ban/", "body": "/co-quan/"}
_SAFE = "/-._~!$'()*+,;:@"


def local_part(iri: str) -> tuple[str, str]:
    """Split an IRI of ours into its class word and the rest (``instrument``, ``vn/ttg/chi-thi/2021-11-26/33``).

    Both are empty for an IRI that is not ours.
    """
    if not iri.startswith(BASE):
        return "", ""
    kind, _, rest = iri[len(BASE) :].partition("/")
    return kind, rest


def iri_of(kind: str, path: str) -> str:
    """Give the IRI for what stands in an address: a local part, or a whole IRI as it is."""
    if path.startswith(("https://", "http://")):
        return path
    # Some proxies fold the two slashes of an IRI inside a path into one.
    folded = BASE.replace("://", ":/")
    return BASE + path[len(folded) :] if path.startswith(folded) else f"{BASE}{kind}/{path}"


def page(iri: str) -> str:
    """Give the address of the page of an instrument, body or duty, empty where there is none.

    Example:
        >>> page("https://w3id.org/luocdo/body/quang-ngai/so-cong-thuong")
        '/co-quan/quang-ngai/so-cong-thuong'
    """
    kind, rest = local_part(iri)
    prefix = _PREFIXES.get(kind)
    return prefix + quote(rest, safe=_SAFE) if prefix and rest else ""


def source(evidence: Evidence) -> str:
    """Give the address of the source text with the sentence of an evidence marked."""
    where = urlencode({"tu": evidence.start, "den": evidence.end})
    return f"/nguon/{evidence.sha256}?{where}#danh-dau"


def anchor(evidence: Evidence) -> str:
    """Give the id of an evidence inside the source text of its own document."""
    return f"v{evidence.start}-{evidence.end}"


def picture(iri: str, depth: int | None = None) -> str:
    """Give the address of the picture around an instrument or body."""
    query: dict[str, str | int] = {"id": iri}
    if depth is not None:
        query["sau"] = depth
    return "/so-do?" + urlencode(query)


def why(body: str, instrument: str) -> str:
    """Give the address of the page that tells why a body is bound by an instrument."""
    return "/vi-sao?" + urlencode({"co-quan": body, "van-ban": instrument})


def search(text: str) -> str:
    """Give the address of the results for a text."""
    return "/tim?" + urlencode({"q": text})
