"""Resolve citations inside their document: short forms, subjects, jurisdictions and full names of issuers."""

import re
from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from loaders.citations_mention import Mention
from ontology.bodies import expand_short
from ontology.names import clean, home_name, place_of
from ontology.record import Header
from ontology.symbols import parse_symbol

_CENTRAL_KINDS = frozenset({"hien_phap", "bo_luat", "luat", "phap_lenh", "nghi_dinh", "lenh", "sac_lenh"})
_CENTRAL_NAMES = ("Chính phủ", "Thủ tướng", "Quốc hội", "Bộ ", "Ban Bí thư", "Trung ương", "Ban Chấp hành Trung ương")
_ACRONYMS = frozenset({"UBND", "HĐND", "MTTQ", "TTHC", "BTV", "BCH", "TU", "TW", "KKT", "KCN"})
_NATIONAL = ("toàn quốc", "của đảng", "đại hội đảng", "trung ương", "đại hội xi")
# Between two bodies that issued together, not inside a name ("Sở Giáo dục và Đào tạo").
_JOINT = re.compile(
    r",? và (?=(?:Ban|Sở|Bộ|UBND|Ủy ban|Uỷ ban|HĐND|Hội đồng|Văn phòng|Tỉnh ủy|Liên đoàn|Công an|Chính phủ|Đoàn|Hội)\s)"
)
_LOCAL_WORDS = ("tỉnh", "thành phố", "huyện", "xã", "phường", "Sở", "Tỉnh ủy", "Thành ủy")


class Place(msgspec.Struct, frozen=True, gc=False):
    """Where an instrument belongs: province slug or "vn", and the full name of its issuer as far as stated."""

    jurisdiction: str | None = None
    body: str | None = None


class Resolver:
    """Resolves the mentions of one document."""

    def __init__(self, header: Header) -> None:
        self.header = header
        self.province = self._province_name()
        self.issuer = header.issuers[0].name if header.issuers else None
        self._bodies: dict[tuple[str, str | None], str] = {}

    def _province_name(self) -> str | None:
        named = (*(issuer.name for issuer in self.header.issuers), self.header.place or "")
        return home_name(self.header.jurisdiction, named)

    def subject(self, index: int, mentions: Sequence[Mention], targets: dict[int, int]) -> str:
        """Name of a governing instrument; a short form is named by the full citation that it repeats."""
        return mentions[targets.get(index, index)].name()

    def place(self, mention: Mention, full: Mention | None) -> Place:
        """Jurisdiction and issuer of a mention; a short form takes them from the full citation that it repeats."""
        if full is not None and mention.issuer is None:
            return self.place(full, None)
        named = place_of(clean(mention.issuer)).province if mention.issuer else None
        central = self._central(mention)
        if central:
            jurisdiction: str | None = "vn"
        elif named is not None:
            jurisdiction = named.slug
        elif central is None and self.header.jurisdiction is None:
            jurisdiction = None
        else:
            jurisdiction = self.header.jurisdiction if self.header.jurisdiction != "vn" else None
        body = None
        if mention.issuer:
            province = None if central else (named.name if named is not None else self.province)
            body = " và ".join(self._full(part, province) for part in _JOINT.split(mention.issuer))
        return Place(jurisdiction, body)

    def _full(self, name: str, province: str | None) -> str:
        """The full name of a body; a document names few bodies, and these often."""
        if (name, province) not in self._bodies:
            self._bodies[name, province] = self._expanded(name, province)
        return self._bodies[name, province]

    def _expanded(self, name: str, province: str | None) -> str:
        body = expand_short(name, province, self.issuer)
        if name.isupper() and body.startswith(name.rsplit(" ", 2)[0]):
            return expand_short(_small_letters(name), province, self.issuer)
        return body

    def _central(self, mention: Mention) -> bool | None:
        """True for bodies of the whole country, False for local ones, None where neither code nor name tells."""
        if mention.type in _CENTRAL_KINDS:
            return True
        parts = parse_symbol(mention.number, mention.symbol, mention.type)
        if parts.level is not None:
            return parts.level == "central"
        issuer = mention.issuer or ""
        if issuer.startswith(_CENTRAL_NAMES) and not any(word in issuer.split() for word in ("tỉnh", "xã", "huyện")):
            return True
        title = (mention.title or "").lower()
        if mention.shape == "named" and "đảng bộ" not in title and any(word in title for word in _NATIONAL):
            return True
        return False if any(word in issuer for word in _LOCAL_WORDS) else None


def short_targets(mentions: Sequence[Mention]) -> dict[int, int]:
    """Say which full citation each short form repeats: the nearest earlier one of its kind and number, else the next.

    Returns:
        Index of the short form to index of the full citation; short forms that repeat nothing are left out.
    """
    full: dict[tuple[str | None, str], list[int]] = {}
    for index, mention in enumerate(mentions):
        if mention.shape == "full" and mention.number is not None:
            number = mention.number.lstrip("0")
            for key in {number, number.split("/")[0]}:
                full.setdefault((mention.type, key), []).append(index)
    found = {}
    for index, mention in enumerate(mentions):
        same = full.get((mention.type, (mention.number or "").lstrip("0"))) if mention.shape == "short" else None
        if same:
            at = bisect_left(same, index)
            found[index] = same[at - 1] if at else same[0]
    return found


def _small_letters(name: str) -> str:
    """Write a name from an upper-case heading as in a sentence ("BAN CÁN SỰ UBND TỈNH": "Ban cán sự UBND tỉnh")."""
    if not name.isupper() or " " not in name:
        return name
    words = [word if word in _ACRONYMS else word.lower() for word in name.split()]
    return " ".join([words[0].capitalize() if words[0].islower() else words[0], *words[1:]])
