"""Find instruments cited by name: codes, laws, ordinances, the Constitution, resolutions of congresses and plenums."""

import re
from collections.abc import Iterator

from loaders.citations_lexicon import Trie, lexicon
from loaders.citations_mention import Mention
from loaders.citations_scan import Scanner
from ontology.vietnamese import strip_accents

_WORD = re.compile(r"[^\W\d_]+|,|-|\d+|[^\s]")
_WORDS = {"bo_luat": "bộ luật ", "luat": "luật ", "phap_lenh": "pháp lệnh ", "hien_phap": "hiến pháp "}
_NAMES = {"uật ": "luat", "uat ": "luat", "áp lệnh ": "phap_lenh", "iến pháp ": "hien_phap"}
_AMENDING = re.compile(
    r"sửa đổi(?:,?\s(?:và\s)?bổ sung)?(?: một số điều)?(?:(?: và|,) (?:phụ lục|danh mục|biểu)[^;.:()]{0,90}?(?= của ))?"
    r"(?: của)?(?: các)?\s+(?=(?:bộ )?luật |pháp lệnh )"
)
# "Luật khuyến khích đầu tư trong nước (sửa đổi) số 03/1998/QH10": the number behind tells that it is a title.
_BEFORE_NUMBER = re.compile(
    r"(?P<title>[^\W\d_]+(?:,? [^\W\d_]+){1,14}?(?:\s\((?:sửa đổi|sửa đổi, bổ sung)\))?),?\s+số\s*:?\s*"
    r"\d{1,3}\s?/\s?(?:19|20)\d\d\s?/\s?qh"
)
_OF_LAW = re.compile(r"(?:của|thi hành)\s+\Z")
_NEXT_LAW = re.compile(r"(?:,\s*và|,|;|\s+và)\s*(?=(?:bộ )?luật )")
_NOT_A_LAW = frozenset(
    {"sửa", "sua", "này", "sư", "gia", "pháp", "lệ", "định", "các", "do", "về", "đó", "trên", "khác", "liên"}
)
_ORDINAL = (
    r"(?:lần thứ\s+)?(?:[ivxlc]{1,6}|\d{1,2}|nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười(?:\s(?:một|hai|ba))?)(?!\w)"
)
_TERM = r"(?:,?\s*nhiệm kỳ\s+\d{4}\s?[-–]\s?\d{4})"
_CONGRESS = re.compile(
    r"nghị quyết\s+(?:của\s+)?(?:"
    rf"đại hội(?:\s+đại biểu)?(?P<of>[^;:.,()“”\"|\d]{{0,70}}?)(?:{_TERM}|\s+{_ORDINAL}"
    rf"(?:\s+(?:của\s+)?(?:đảng bộ\s+(?:tỉnh|thành phố|huyện|xã|phường)|đảng)(?!\w))?{_TERM}?)"
    rf"|(?:hội nghị\s+)?(?:lần thứ\s+\S{{1,8}}\s+)?(?:ban chấp hành\s+)?trung ương(?:\s+đảng)?(?:\s+{_ORDINAL})?"
    rf",?\s*\(?(?:đảng\s+)?khóa\s+[ivx]{{1,5}}(?!\w)\)?"
    r")"
)
_PROMULGATED = re.compile(r"luật\s+số[^;]{0,90}\s(?:ban hành|thông qua)\s+\Z")
_DRAFT = re.compile(r"(?:dự án|dự thảo|dự)\s+(?:bộ\s+)?$")
_NO_LAW = ("pháp ", "kỷ ", "kỉ ", "quy ", "định ", "hình ", "đại học ", "khoa ", "trường ", "hội ", "ngành ")
_MAX_TITLE = 40
_ALPHA = re.compile(r"[^\W\d_]")


class NamedScanner:
    """Reads the named mentions of the view of a ``Scanner``."""

    def __init__(self, scanner: Scanner) -> None:
        self.scanner, self.text, self.lower = scanner, scanner.text, scanner.lower
        self.lex = lexicon()

    def scan(self) -> list[Mention]:
        """Give all named mentions in text order."""
        found: list[Mention] = []
        end = 0
        for at, kind in sorted(self._laws()):
            if at < end:
                continue
            mention = self._law(at, kind)
            if mention is not None:
                found.append(mention)
                end = mention.core
        found += self._congresses()
        return sorted(found, key=lambda m: m.start)

    def _laws(self) -> Iterator[tuple[int, str]]:
        """Yield where the type word of a law starts, with its kind."""
        for tail, kind in _NAMES.items():
            at = self.lower.find(tail)
            while at >= 0:
                start = at - {"luat": 1, "phap_lenh": 2, "hien_phap": 1}[kind]
                if start >= 0 and (start == 0 or not self.lower[start - 1].isalnum()) and not self._common(start):
                    if kind == "luat" and self.lower.startswith("bộ ", start - 3):
                        yield start - 3, "bo_luat"
                    elif self.lower[start] == {"luat": "l", "phap_lenh": "p", "hien_phap": "h"}[kind]:
                        yield start, kind
                at = self.lower.find(tail, at + 3)

    def _common(self, start: int) -> bool:
        """Tell "pháp luật", "kỷ luật", "quy luật", "Đại học Luật" from a law."""
        ruled = (
            self.lower.endswith("quy định ", 0, start) and self.text[start].isupper()
        )  # "theo quy định Luật Đất đai"
        return not ruled and self.lower[max(0, start - 8) : start].endswith(_NO_LAW)

    def _law(self, start: int, kind: str) -> Mention | None:
        region = self.scanner.region(start)
        if region is None:
            return None
        name = start + len(_WORDS[kind])
        known = True
        if kind == "hien_phap":
            end = self._constitution(name, region.end)
        elif amending := _AMENDING.match(self.lower, name, region.end):
            if _PROMULGATED.search(self.lower, max(region.start, start - 110), start):
                return None  # "Luật số 57/2024/QH15 … ban hành Luật sửa đổi … của Luật A, Luật B": A and B are cited
            end = self._amended(amending.end(), region.end)
        else:
            end = self._known_title(name, region.end, kind)
            if end is not None and not self._capital(start, name) and not self._named_of(start, name, end):
                end = None
            if end is None:
                known, end = False, self._unknown_title(start, name, region.end)
            end = self._numbered_title(start, name, region.end) or end
        if end is None:
            return None
        mention = Mention(start, end, end, region.start, region.end, region.block, "named", kind)
        mention.title = " ".join(self.text[start:end].split())
        if not known:
            mention.notes.append("unknown_title")
        if _DRAFT.search(self.lower[max(region.start, start - 16) : start]):
            mention.stage = "draft"
        return mention

    def _capital(self, start: int, name: int) -> bool:
        return self.text[start].isupper() or self.text[name : name + 1].isupper()

    def _named_of(self, start: int, name: int, end: int) -> bool:
        """Tell whether a title of the table in small letters is named: "một số điều của luật an toàn thực phẩm"."""
        return (
            self.lower.count(" ", name, end) > 1 and _OF_LAW.search(self.lower, max(0, start - 12), start) is not None
        )

    def _numbered_title(self, start: int, name: int, limit: int) -> int | None:
        """End of a title in small letters behind a capital "Luật" that its number follows."""
        if not self.text[start].isupper():
            return None
        titled = _BEFORE_NUMBER.match(self.lower, name, limit)
        words = titled["title"].split() if titled else ()
        if titled is None or not words or words[0] in _NOT_A_LAW or any(w in self.lex.kinds for w in words):
            return None
        return titled.end("title")

    def _constitution(self, at: int, limit: int) -> int | None:
        for phrase in ("nước cộng hòa xã hội chủ nghĩa việt nam", "nước cộng hoà xã hội chủ nghĩa việt nam"):
            if self.lower.startswith(phrase, at, limit):
                return at + len(phrase)
        return at - 1 if re.compile(r"năm \d{4}|\d{4}").match(self.lower, at, limit) else None

    def _amended(self, at: int, limit: int) -> int | None:
        """End of the title of an amending law: the last of the laws that it amends."""
        end: int | None = None
        for _ in range(30):
            kind = next((k for k, word in _WORDS.items() if self.lower.startswith(word, at)), "luat")
            name = at + len(_WORDS[kind])
            inner = self._known_title(name, limit, kind) or self._unknown_title(at, name, limit)
            if inner is None:
                break
            end = inner
            following = _NEXT_LAW.match(self.lower, inner, limit)
            if following is None:
                break
            at = following.end()
        return end

    def _known_title(self, at: int, limit: int, kind: str) -> int | None:
        """Longest title of the table that starts here, letter by letter or but for its accents."""
        return self._in(self.lex.laws.get(kind, {}), at, limit, plain=False) or self._in(
            self.lex.plain_laws.get(kind, {}), at, limit, plain=True
        )

    def _in(self, node: Trie, at: int, limit: int, *, plain: bool) -> int | None:
        end = None
        for word in _WORD.finditer(self.lower, at, min(limit, at + 180)):
            node = node.get(strip_accents(word.group()) if plain else word.group(), {})
            if not node:
                break
            if "" in node:
                end = word.end()
        return end

    def _unknown_title(self, start: int, at: int, limit: int) -> int | None:
        """A capitalised title up to the first word or sign that cannot belong to it."""
        if not self.text[start].isupper() or not self.text[at : at + 1].isupper():
            return None
        end, previous = None, ""
        for count, word in enumerate(_WORD.finditer(self.lower, at, min(limit, at + 180))):
            words = word.group()
            if count >= _MAX_TITLE or not _ALPHA.match(words):
                break
            following = self.lower[word.end() : word.end() + 8].split(" ")
            pair = f"{words} {following[1]}" if len(following) > 1 else words
            if count == 0 and words in _NOT_A_LAW:
                return None
            if count and (words in self.lex.title_stops or pair in self.lex.title_stops):
                break
            if previous and previous in self.lex.kinds:
                return None
            end = word.end()
        return end

    def _congresses(self) -> Iterator[Mention]:
        for match in _CONGRESS.finditer(self.lower):
            region = self.scanner.region(match.start())
            if region is None or not self.text[match.start()].isupper():
                continue
            mention = Mention(
                match.start(), match.end(), match.end(), region.start, region.end, region.block, "named", "nghi_quyet"
            )
            mention.title = " ".join(self.text[match.start() : match.end()].split())
            issuer = re.sub(r"(?i)^nghị quyết\s+(?:của\s+)?|,?\s*nhiệm kỳ.*$", "", mention.title)
            mention.issuer = issuer.strip()
            yield mention
