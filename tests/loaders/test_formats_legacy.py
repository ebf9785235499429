"""Old 8-bit encodings: every letter there and back, fonts by name, lines by their words, and Unicode left alone."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.formats.legacy_fonts import LegacyFont, decode, encode, encodings, font_of
from loaders.formats.legacy_text import repair, repair_reading
from loaders.formats.reading import Reading
from loaders.formats.syllables import is_syllable
from loaders.source import iter_files, read, read_bytes
from ontology.errors import UnreadableFileError

SHARED = Path(__file__).parents[2].parent / "shared"
SMALL = "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵăâđêôơư"
NAMES = ("tcvn3", "vni", "vps", "viscii")
TEXT = """KẾ HOẠCH
Về việc kiểm tra công tác dân vận của chính quyền năm 2004
Căn cứ Quyết định số 12/2003/QĐ-UB ngày 17 tháng 3 năm 2003 của Ủy ban nhân dân tỉnh về quy chế làm việc;
1. Mục đích, yêu cầu
Nâng cao nhận thức và trách nhiệm của cán bộ, công chức đối với người dân và doanh nghiệp trên địa bàn.
2. Tổ chức thực hiện
Các sở, ban, ngành chủ động xây dựng kế hoạch cụ thể, báo cáo kết quả trước ngày 15 tháng 12 hằng năm.
Giao Văn phòng theo dõi, đôn đốc việc thực hiện, kịp thời tham mưu xử lý những khó khăn, vướng mắc.
Nơi nhận:
"""


def font(name: str) -> LegacyFont:
    return LegacyFont(encodings()[name], capitals=False)


@pytest.mark.parametrize("name", NAMES)
def test_every_letter_of_an_encoding_comes_back(name: str) -> None:
    encoding = encodings()[name]
    letters = SMALL if name == "tcvn3" else SMALL + SMALL.upper()
    for letter in letters:
        shape = encode(letter, encoding)
        assert shape in encoding.letters, letter
        assert encoding.letters[shape] == letter


@pytest.mark.parametrize("name", NAMES)
def test_no_two_letters_are_written_alike(name: str) -> None:
    written = encodings()[name].written
    assert len(set(written.values())) == len(written)


@pytest.mark.parametrize("name", NAMES)
def test_text_comes_back_from_an_encoding(name: str) -> None:
    text = TEXT.lower()
    assert decode(encode(text, encodings()[name]), font(name)) == text


@settings(max_examples=100, deadline=None)
@given(text=st.text(SMALL + "bcdghklmnpqrstvx 0123456789.,;-/", max_size=60), name=st.sampled_from(NAMES))
def test_any_small_letters_come_back_from_an_encoding(text: str, name: str) -> None:
    # VNI writes ơ and ô with the same base: a mark that stands alone after it would be read with it
    shape = encode(text, encodings()[name])
    assert encode(decode(shape, font(name)), encodings()[name]) == shape


def test_known_words_are_written_as_the_fonts_wrote_them() -> None:
    assert encode("nghị định về việc", encodings()["tcvn3"]) == "nghÞ ®Þnh vÒ viÖc"
    assert encode("Ủy ban nhân dân quận", encodings()["vni"]) == "UÛy ban nhaân daân quaän"
    assert decode("UÛy ban nhaân daân Quaän", font("vni")) == "Ủy ban nhân dân Quận"
    assert decode("th−êng xuyªn, n\u00adíc", font("tcvn3")) == "thường xuyên, nước"


def test_every_font_row_keeps_its_examples() -> None:
    for encoding in encodings().values():
        for rule in encoding.fonts:
            for name in rule.examples:
                found = font_of(name)
                assert found is not None, name
                assert found.encoding is encoding, name
            for name in rule.counter_examples:
                found = font_of(name)
                assert found is None or found.encoding is not encoding, name


@pytest.mark.parametrize(
    ("name", "capitals"),
    [(".VnTimeH", True), (".VnTime", False), ("ABCDEF+.VnTimeH,Bold", True), ("XYZABC+VnTimeHBold", True)],
)
def test_fonts_of_capitals_are_known_by_their_names(name: str, capitals: bool) -> None:
    found = font_of(name)
    assert found is not None
    assert found.capitals is capitals
    assert decode("quyÕt ®Þnh", found) == "quyết định"  # the text keeps what was typed


def test_words_of_an_old_font_amid_unicode_are_turned() -> None:
    assert decode("tại QuyÕt ®ịnh sè 477 của ngµy", font("tcvn3")) == "tại Quyết định số 477 của ngày"


def test_what_people_typed_in_old_fonts_against_the_rules_is_read_as_meant() -> None:
    assert decode("nhằm ®\u00ad\u00ada Q§-TTg, sè 5 § 3", font("tcvn3")) == "nhằm đưa QĐ-TTg, số 5 § 3"
    assert decode("h\u00ad\u00adíng", font("tcvn3")) == "hướng"
    assert decode("xaùc ñiïnh", font("vni")) == "xác định"


def test_accents_rise_in_words_typed_in_capitals() -> None:
    assert decode("NGHÞ §ÞNH CñA CHÝNH PHñ", font("tcvn3")) == "NGHỊ ĐỊNH CỦA CHÍNH PHỦ"
    assert decode("QU¶N Lý NHµ N¦íC", font("tcvn3")) == "QUẢN LÝ NHÀ NƯỚC"
    assert decode("§iÒu 5. UBND x· vµ hé", font("tcvn3")) == "Điều 5. UBND xã và hộ"


def test_a_run_of_unicode_in_an_old_font_stays() -> None:
    assert decode("được phê duyệt", font("tcvn3")) == "được phê duyệt"


@pytest.mark.parametrize("name", NAMES)
def test_lines_in_an_encoding_are_found_by_their_words(name: str) -> None:
    text = TEXT.replace("KẾ HOẠCH\n", "").replace("Ủy", "ủy")
    assert repair(encode(text, encodings()[name])) == text


@pytest.mark.parametrize("name", NAMES)
def test_a_file_of_bytes_in_an_encoding_is_read(name: str) -> None:
    text = TEXT.replace("KẾ HOẠCH\n", "").replace("Ủy", "ủy")
    codes = {shape: byte for byte in range(256) for shape in [_shown(byte)]}
    data = bytes(codes[c] for c in encode(text, encodings()[name]))
    assert read_bytes(data, Path("a.txt")).text == text


def _shown(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def test_encodings_mixed_in_one_file_are_told_line_by_line() -> None:
    text = TEXT.replace("KẾ HOẠCH\n", "").replace("Ủy", "ủy")
    parts = [encode(text, encodings()["tcvn3"]), text, encode(text, encodings()["vni"])]
    assert repair("\n".join(parts)) == "\n".join([text] * 3)


def test_letters_are_composed_and_the_old_placement_of_tones_stays() -> None:
    told = repair(encode("Cộng hoà xã hội chủ nghĩa, thoả thuận hợp tác quốc tế năm hai nghìn", encodings()["vni"]))
    assert told == "Cộng hoà xã hội chủ nghĩa, thoả thuận hợp tác quốc tế năm hai nghìn"
    assert unicodedata.is_normalized("NFC", told)


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        unicodedata.normalize("NFD", TEXT),
        "Là cán bộ thì có tình, có lí, và là thầy.",
        "La mairie a décidé que le château était à vendre, où l'été dernière fête a été célébrée.",
        "Die Prüfung für Bürger über Straßen und Plätze müsste früher möglich gewesen sein.",
        "© 2024 «Tập đoàn» ® — 25 °C ± 2, § 5, ½ giờ, giá 100 €",
        "Ð/c Bí thư; Ðảng bộ",
        "Niño, señor, mañana, año nuevo, España, ñandú, cañón, otoño",
    ],
)
def test_what_is_unicode_is_never_turned(text: str) -> None:
    assert repair(text) == text
    assert repair("\n".join([text] * 30)) == "\n".join([text] * 30)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="../shared is absent")
def test_no_line_of_a_real_document_in_unicode_is_turned() -> None:
    for path in iter_files([SHARED / "seeds", SHARED / "corpora" / "dev"]):
        if not isinstance(path, UnreadableFileError) and path.suffix in {".txt", ".md"}:
            assert repair(read(path).text) == read(path).text, path


def test_offsets_move_with_the_lines() -> None:
    vni = encode(TEXT.replace("Ủy", "ủy"), encodings()["vni"]).split("\n")
    text = "\n".join(vni)
    second = len(vni[0]) + 1
    reading = repair_reading(Reading(text, (0, second), ((second, second + len(vni[1])),), "text-layer"))
    start, end = reading.tables[0]
    assert reading.text[start:end] == TEXT.split("\n")[1]
    assert reading.pages == (0, start)
    assert reading.text_from == "text-layer"


@pytest.mark.parametrize("word", ["nghiêng", "quyết", "giặc", "Đảng", "khuỷu", "ẤP", "yêu", "oanh"])
def test_syllables_are_known(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["ngh¹", "lµ", "cặng hõa", "tấm̀", "bẻc", "straße", "ñoà", "vieäc"])
def test_what_is_no_syllable_is_known(word: str) -> None:
    assert not is_syllable(word)


def test_repairing_is_linear_in_the_text() -> None:
    line = encode("ế" * 200_000, encodings()["vni"])
    assert len(repair(line + "\n" + "aù " * 200_000)) > 0
