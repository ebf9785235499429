"""The gate of secrecy: marks are seen where marks stand, words about secrecy are let through."""

import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml

from loaders.document import SourceText
from loaders.secrecy import check
from loaders.source import iter_files, read
from ontology.errors import SecretDocumentError

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
ROWS: list[dict[str, Any]] = yaml.safe_load((ROOT / "loaders/patterns/secrecy.yaml").read_text(encoding="utf-8"))[
    "rows"
]
BODY = "\n\n".join(
    f"{n}. Văn phòng thực hiện nhiệm vụ thứ {n} " + "theo chức năng được giao và quy định " * 6 for n in range(1, 9)
)


def source(text: str, pages: tuple[int, ...] = ()) -> SourceText:
    return SourceText("thư mục/a.txt", "a.txt", "0", "text/plain", "file", text, pages)


def level_of(text: str) -> str:
    with pytest.raises(SecretDocumentError) as caught:
        check(source(text))
    return str(caught.value.details["level"])


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("text", [text for row in ROWS for text in row["examples"]])
def test_every_marked_example_is_refused(text: str, form: str) -> None:
    level_of(unicodedata.normalize(form, text) + "\n\n" + BODY)


@pytest.mark.parametrize(("row", "text"), [(row["id"], text) for row in ROWS for text in row["examples"]])
def test_an_example_is_refused_by_its_own_row(row: str, text: str) -> None:
    with pytest.raises(SecretDocumentError) as caught:
        check(source(text))
    assert caught.value.details["rule"] == row


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("text", [text for row in ROWS for text in row["counter_examples"]])
def test_no_counter_example_is_refused(text: str, form: str) -> None:
    check(source(unicodedata.normalize(form, text) + "\n\n" + BODY))


@pytest.mark.parametrize(
    ("text", "level"),
    [("MẬT\nA", "mat"), ("TỐI MẬT\nA", "toi_mat"), ("T U Y Ệ T  M Ậ T\nA", "tuyet_mat"), ("TOI MAT\nA", "toi_mat")],
)
def test_the_level_is_told(text: str, level: str) -> None:
    assert level_of(text) == level


def test_the_error_names_file_line_and_remedy_but_no_content() -> None:
    with pytest.raises(SecretDocumentError) as caught:
        check(source("UBND TỈNH\nMẬT\nnội dung riêng"))
    details = caught.value.details
    assert (details["file"], details["line"], details["reason"]) == ("thư mục/a.txt", 2, "secret_mark")
    assert details["remedy"]
    assert "nội dung riêng" not in caught.value.message + str(details)


def test_words_alone_in_the_body_are_no_mark() -> None:
    check(source("KẾ HOẠCH\n\n" + BODY + "\n\nMẬT\n\nTối mật"))


def test_the_head_of_an_annex_and_of_a_page_is_looked_at() -> None:
    assert level_of("KẾ HOẠCH\n\n" + BODY + "\n\nPHỤ LỤC I\nTỐI MẬT\nDANH MỤC") == "toi_mat"
    text = "KẾ HOẠCH\n\n" + BODY + "\n\n"
    with pytest.raises(SecretDocumentError):
        check(source(text + "MẬT\n\nTiếp theo", pages=(0, len(text))))


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="../shared is absent")
def test_no_public_document_is_refused() -> None:
    for path in iter_files([SHARED / "seeds", SHARED / "corpora" / "dev"]):
        if isinstance(path, Path):
            check(read(path))
