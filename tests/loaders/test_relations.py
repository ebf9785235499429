import re

import pytest

from loaders.citations_lexicon import read_table
from loaders.document import Zone
from loaders.relations_table import relation_table
from ontology.terms import RelationKind


def edges(citations):
    return [(c.relation.value, c.subject, c.number or c.title) for c in citations]


def row_cases():
    for row in read_table("relations.yaml")["triggers"]:
        for example in row["examples"]:
            text, _, other = example.partition(" -> ")
            yield pytest.param(text, other or row["relation"], True, id=f"{row['relation']}: {text[:40]}")
        for example in row["counter_examples"]:
            text, _, other = example.partition(" -> ")
            yield pytest.param(text, other or row["relation"], bool(other), id=f"not {row['relation']}: {text[:40]}")


@pytest.mark.parametrize(("text", "relation", "same"), list(row_cases()))
def test_every_row_of_the_trigger_table_holds_on_its_examples(cite, text, relation, same):
    start = text.index("⟦")
    plain = text.replace("⟦", "").replace("⟧", "")
    found = next(c for c in cite(plain, type="quyet_dinh") if c.start <= start < c.end)
    assert (found.relation.value == relation) is same


@pytest.mark.parametrize("part", ["passive", "after"])
def test_passive_and_following_triggers_hold_on_their_examples(part):
    for row in read_table("relations.yaml")[part]:
        pattern = re.compile(row["pattern"])
        assert all(pattern.search(example) for example in row["examples"])
        assert not any(pattern.search(example) for example in row["counter_examples"])


def test_the_table_names_only_relations_of_the_vocabulary():
    assert {w for w in relation_table().relations.values()} <= {*RelationKind, "none", "reset"}


def test_a_chain_of_titles_gives_each_instrument_its_own_subject(cite):
    text = (
        "Kiểm tra việc thực hiện Quyết định số 51/QĐ-UBND ngày 06/5/2020 của UBND tỉnh về việc ban hành Kế hoạch thực hiện "  # noqa: E501 - a sentence whole
        "Quyết định số 416/QĐ-TTg ngày 25/3/2020 của Thủ tướng Chính phủ thực hiện Chỉ thị số 37-CT/TW ngày 03/9/2019 của "  # noqa: E501 - a sentence whole
        "Ban Bí thư về quan hệ lao động gắn với việc sơ kết 5 năm thực hiện Kết luận số 120-KL/TW"
    )
    assert edges(cite(text)) == [
        ("implements", "self", "51"),
        ("implements", "51/QĐ-UBND", "416"),
        ("implements", "416/QĐ-TTg", "37"),
        ("reviews", "51/QĐ-UBND", "120"),
    ]


def test_a_trigger_governs_all_items_of_its_list(cite):
    text = (
        "Tiếp tục quán triệt, triển khai thực hiện Kết luận số 120-KL/TW về dân chủ; Chỉ thị số 33/CT-TTg về dân vận; "
        "đồng thời tổ chức quán triệt, phổ biến Luật Tiếp công dân; Nghị định số 64/2014/NĐ-CP"
    )
    assert [e[0] for e in edges(cite(text))] == ["implements", "implements", "disseminates", "disseminates"]


def test_a_paragraph_ending_in_a_colon_governs_the_paragraphs_below(cite):
    text = "Bãi bỏ các Quyết định sau đây:\nQuyết định số 1/2015/QĐ-UBND\nQuyết định số 2/2016/QĐ-UBND"
    assert [e[0] for e in edges(cite(text, type="quyet_dinh"))] == ["repeals", "repeals"]


def test_a_list_climbs_out_of_a_title_at_a_semicolon(cite):
    text = (
        "Thực hiện dân chủ theo Nghị định số 59/2023/NĐ-CP của Chính phủ quy định chi tiết một số điều của Luật Tiếp công dân; "  # noqa: E501 - a sentence whole
        "Kế hoạch số 26-KH/BCĐ ngày 31/01/2024"
    )
    assert edges(cite(text)) == [
        ("based_on", "self", "59/2023"),
        ("details", "59/2023/NĐ-CP", "Luật Tiếp công dân"),
        ("based_on", "self", "26"),
    ]


def test_a_new_clause_after_a_comma_speaks_of_the_document(cite):
    text = "Thực hiện Kế hoạch số 30/KH-UBND của UBND tỉnh về nước sạch, Sở Xây dựng yêu cầu thực hiện Chỉ thị số 33/CT-TTg"  # noqa: E501 - a sentence whole
    assert edges(cite(text)) == [("implements", "self", "30"), ("implements", "self", "33")]


def test_continuing_an_earlier_instrument_in_a_title_extends_it(cite):
    text = "Thực hiện Kết luận số 01-KL/TW của Bộ Chính trị về tiếp tục thực hiện Chỉ thị số 05-CT/TW"
    assert edges(cite(text))[1] == ("extends", "01-KL/TW", "05")


def test_an_amended_law_keeps_its_relation_and_says_who_amended_it(cite):
    text = "Căn cứ Luật Đầu tư số 61/2020/QH14 được sửa đổi, bổ sung bởi Luật số 57/2024/QH15, Luật số 90/2025/QH15;"
    old, first, second = cite(text)
    assert old.also == (("amends", "57/2024/QH15"), ("amends", "90/2025/QH15"))
    assert [c.relation for c in (old, first, second)] == ["based_on"] * 3
    assert {c.subject for c in (old, first, second)} == {"self"}


def test_titles_change_what_they_name(cite):
    text = "SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA THÔNG TƯ SỐ 18/2024/TT-NHNN"
    assert edges(cite(text, zone=Zone.TITLE, type="thong_tu")) == [("amends", "self", "18/2024")]
    assert cite(text, zone=Zone.TITLE, type="thong_tu")[0].stage == "issued"


def test_a_change_that_the_document_cannot_make_is_only_proposed(cite):
    text = "đề xuất dự thảo Quyết định thay thế Quyết định số 56/2015/QĐ-UBND ngày 29/12/2015 của UBND tỉnh"
    (one,) = cite(text, type="ke_hoach")
    assert (one.relation, one.stage) == ("replaces", "proposed")
    (one,) = cite("Quyết định này thay thế Quyết định số 56/2015/QĐ-UBND", type="quyet_dinh")
    assert (one.relation, one.stage) == ("replaces", "issued")


def test_an_instrument_that_ceases_to_be_in_force_is_repealed(cite):
    (one,) = cite(
        "Quyết định số 12/2020/QĐ-UBND hết hiệu lực kể từ ngày Quyết định này có hiệu lực.", type="quyet_dinh"
    )
    assert one.relation == "repeals"


def test_preambles_of_plans_implement_and_of_decisions_rest_on_what_they_name(cite):
    text = "Thực Kế hoạch số 90-KH/BDVTU ngày 23/11/2022; Kế hoạch số 31-KH/TU"
    assert [e[0] for e in edges(cite(text, zone=Zone.PREAMBLE))] == ["implements", "implements"]
    assert [e[0] for e in edges(cite(text, zone=Zone.PREAMBLE, type="quyet_dinh"))] == ["based_on", "based_on"]


def test_a_second_name_in_parentheses_repeats_the_statement(cite):
    text = (
        "Thực hiện Nghị quyết số 57-NQ/TW của Bộ Chính trị về đột phá (sau đây gọi tắt là Nghị quyết số 57-NQ/TW), "
        "Nghị quyết số 71/NQ-CP của Chính phủ"
    )
    assert [e[:2] for e in edges(cite(text))] == [("implements", "self")] * 3


def test_an_instrument_is_never_its_own_subject(cite):
    text = "Triển khai Nghị quyết số 57-NQ/TW thực hiện thắng lợi mục tiêu của Nghị quyết số 57-NQ/TW"
    assert {e[1] for e in edges(cite(text))} == {"self"}


def test_a_plain_mention_stays_a_mention(cite):
    (one,) = cite("Nghị quyết số 57-NQ/TW là dấu mốc quan trọng.")
    assert (one.relation, one.subject) == ("mentions", "self")


def test_detailing_a_law_is_told_from_implementing_it(cite):
    text = (
        "- Nghị định số 28/2013/NĐ-CP của Chính phủ quy định chi tiết một số điều và biện pháp thi hành Luật Khiếu nại"
    )
    assert edges(cite(text))[1] == ("details", "28/2013/NĐ-CP", "Luật Khiếu nại")


def test_a_request_to_correct_a_file_amends_no_instrument(cite):
    text = (
        "Trường hợp yêu cầu sửa đổi hồ sơ, Sở Y tế trả lời theo mẫu số 16 ban hành kèm theo Nghị định số 163/2025/NĐ-CP"
    )
    assert cite(text, type="quyet_dinh")[0].relation == "based_on"


def test_who_acts_is_not_who_issued(cite):
    (one,) = cite("quy định tại Nghị định số 52/2013/NĐ-CP do Ủy ban nhân dân cấp tỉnh thực hiện")
    assert one.issuer is None


def test_a_title_that_goes_on_after_a_semicolon_still_belongs_to_its_decree(cite):
    text = (
        "Căn cứ Nghị định số 152/2025/NĐ-CP của Chính phủ quy định về phân cấp trong thi đua; quy định chi tiết và hướng dẫn "  # noqa: E501 - a sentence whole
        "thi hành một số điều của Luật Thi đua, khen thưởng;"
    )
    found = edges(cite(text, zone=Zone.PREAMBLE, type="quyet_dinh"))
    assert found[1] == ("details", "152/2025/NĐ-CP", "Luật Thi đua, khen thưởng")


def test_a_list_after_sau_day_is_governed_too(cite):
    text = "Bãi bỏ toàn bộ các văn bản sau đây:\nQuyết định số 1/2015/QĐ-UBND;\nQuyết định số 2/2016/QĐ-UBND."
    assert {e[0] for e in edges(cite(text, type="quyet_dinh"))} == {"repeals"}


def test_words_about_when_an_instrument_came_into_force_state_no_relation(cite):
    (one,) = cite("cấp sửa đổi giấy phép sau ngày Quyết định số 14/2025/QĐ-TTg có hiệu lực thi hành", type="thong_tu")
    assert one.relation == "mentions"


def test_the_laws_in_the_title_of_a_numbered_amending_law_are_amended_by_it(cite):
    text = "Căn cứ Luật số 57/2024/QH15 của Quốc hội ban hành Luật sửa đổi, bổ sung một số điều của Luật Quy hoạch, Luật Đầu tư;"  # noqa: E501 - a sentence whole
    assert edges(cite(text))[1:] == [
        ("amends", "57/2024/QH15", "Luật Quy hoạch"),
        ("amends", "57/2024/QH15", "Luật Đầu tư"),
    ]


def test_repealing_a_procedure_does_not_repeal_the_decision_that_published_it(cite):
    (one,) = cite("Bãi bỏ thủ tục hành chính đã được công bố tại Quyết định số 2310/QĐ-BNNMT", type="quyet_dinh")
    assert one.relation == "based_on"
