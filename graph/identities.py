"""Names of what was read: forms that signs bear in every store and after every reload, for judgements to speak of."""

import re
from collections.abc import Iterable

from graph.judgements import MOST_FORMS, Identity
from graph.periods import period_of
from graph.resolution import rank_of, sign_iri
from graph.statements import Sign
from ontology.identity import BASE, document_iri

_SHA = re.compile(r"[0-9a-f]{64}\Z")
_SIGN, _DOCUMENT = f"{BASE}sign/", f"{BASE}document/"
MOST_FIRM, MOST_SPARE = 4, 2  # of the forms of one side; exact readings fill the rest


def sign_form(sign_id: str) -> str:
    """The form of one exact reading."""
    return f"{_SIGN}{sign_id}"


def sign_of_form(form: str) -> str | None:
    """The short name of the sign that a form names exactly; None for other forms."""
    return form.removeprefix(_SIGN) if form.startswith(_SIGN) else None


def document_of_form(form: str) -> str | None:
    """The digest of the file that a form names; None for other forms."""
    return form.removeprefix(_DOCUMENT) if form.startswith(_DOCUMENT) else None


def forms_of(sign: Sign) -> tuple[str, ...]:
    """All forms that a sign bears: its file's, its instrument's, its own."""
    own = (document_iri(sign.loaded),) if _SHA.match(sign.loaded) else ()
    return (*own, sign_iri(sign), sign_form(sign.id))


def firm_form(sign: Sign) -> str:
    """The form that tells a sign best: the file where it is loaded, the dated number, else the exact reading."""
    own, exact = forms_of(sign)[0], forms_of(sign)[-1]
    firm = bool(sign.loaded) or (sign.num is not None and period_of(sign) is not None and not sign.own)
    return own if firm else exact


def identity_of(signs: Iterable[Sign], label: str = "", *, against: Iterable[Sign] = ()) -> Identity:
    """Tell some readings so that a judgement can speak of them.

    Args:
        signs: The readings of one side, in any order.
        label: What people call it.
        against: The readings of the other side: a form that both bear tells nothing apart and is left out.
    """
    ordered = sorted(signs, key=rank_of)
    others = {form for sign in against for form in forms_of(sign)}
    firm = dict.fromkeys(firm_form(s) for s in ordered)
    spare = dict.fromkeys(form for s in ordered for form in forms_of(s) if not s.own)
    exact = dict.fromkeys(sign_form(s.id) for s in ordered)
    kinds = ([form for form in kind if form not in others] for kind in (firm, spare, exact))
    told = (form for kind, most in zip(kinds, (MOST_FIRM, MOST_SPARE, MOST_FORMS), strict=True) for form in kind[:most])
    return Identity(forms=tuple(dict.fromkeys(told))[:MOST_FORMS], label=label)
