"""Whether a request that changes something comes from our own pages: another site must not answer for a person."""

from hmac import compare_digest
from urllib.parse import urlsplit

from fastapi import Request

from ontology.errors import NotAllowedError


def checked_site(request: Request, token: str | None = None) -> None:
    """Let through what our own pages or a program sent, and nothing that a browser sent for another site.

    Args:
        request: The request.
        token: From the form; None for JSON, which a browser sends to another site only after asking it.

    Raises:
        NotAllowedError: It comes from elsewhere.
    """
    fetched = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    # our pages send no referrer, so browsers tell the origin of their forms as "null"; they tell the site, too
    foreign = origin not in (None, "null") and urlsplit(origin or "").netloc != request.headers.get("host")
    unsure = origin == "null" and fetched != "same-origin"
    if foreign or fetched not in (None, "none", "same-origin") or (token is None and unsure):
        raise NotAllowedError("Yêu cầu đến từ trang khác; hãy trả lời trên trang Duyệt của máy chủ này")
    kept: str = request.app.state.review_token
    if token is not None and not compare_digest(token.encode(), kept.encode()):
        raise NotAllowedError("Trang đã cũ; hãy mở lại trang Duyệt rồi trả lời")
