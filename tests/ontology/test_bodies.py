import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.bodies import body_of_code, expand_short, identify
from ontology.names import table
from ontology.terms import BodyKind

QN = "Quảng Ngãi"
SCT = "Sở Công Thương tỉnh Quảng Ngãi"
VP = "Văn phòng UBND tỉnh Quảng Ngãi"
SNV = "Sở Nội vụ tỉnh Quảng Ngãi"

SHORT = [
    ("UBND tỉnh", None, "UBND tỉnh Quảng Ngãi"),
    ("UBND", SCT, "UBND tỉnh Quảng Ngãi"),
    ("Ủy ban nhân dân tỉnh", None, "UBND tỉnh Quảng Ngãi"),
    ("HĐND tỉnh", None, "HĐND tỉnh Quảng Ngãi"),
    ("Tỉnh ủy", SCT, "Tỉnh ủy Quảng Ngãi"),
    ("Tỉnh uỷ", SCT, "Tỉnh ủy Quảng Ngãi"),
    ("Ban Thường vụ Tỉnh ủy", SCT, "Ban Thường vụ Tỉnh ủy Quảng Ngãi"),
    ("Ban Dân vận Tỉnh ủy", VP, "Ban Dân vận Tỉnh ủy Quảng Ngãi"),
    ("BCSĐ UBND tỉnh", VP, "Ban cán sự đảng UBND tỉnh Quảng Ngãi"),
    ("SCT", None, SCT),
    ("BDVTU", VP, "Ban Dân vận Tỉnh ủy Quảng Ngãi"),
    ("Sở Nội vụ", SCT, SNV),
    ("Sở Công Thương Quảng Ngãi", None, SCT),
    ("Thanh tra tỉnh", SCT, "Thanh tra tỉnh Quảng Ngãi"),
    ("Công an tỉnh", SCT, "Công an tỉnh Quảng Ngãi"),
    ("Sở", SCT, SCT),
    ("cơ quan", VP, VP),
    ("Văn phòng", VP, VP),
    ("Văn phòng", SCT, f"Văn phòng {SCT}"),
    ("Văn phòng Sở", SCT, f"Văn phòng {SCT}"),
    ("Thanh tra Sở", SCT, f"Thanh tra {SCT}"),
    ("Giám đốc Sở", SCT, f"Giám đốc {SCT}"),
    ("BCH Công đoàn Sở", SCT, f"Ban Chấp hành Công đoàn {SCT}"),
    ("Chánh Văn phòng", VP, f"Chánh {VP}"),
    ("Lãnh đạo Văn phòng", VP, f"Lãnh đạo {VP}"),
    ("Chủ tịch Công đoàn Văn phòng", VP, f"Chủ tịch Công đoàn {VP}"),
    ("Phòng HC-QT", VP, f"Phòng Hành chính - Quản trị {VP}"),
    ("Ban Tiếp công dân tỉnh", VP, "Ban Tiếp công dân tỉnh Quảng Ngãi"),
    ("Trung tâm Phục vụ - Kiểm soát TTHC tỉnh", VP,
     "Trung tâm Phục vụ - Kiểm soát thủ tục hành chính tỉnh Quảng Ngãi"),
    ("các phòng, ban, đơn vị trực thuộc", VP, f"các phòng, ban, đơn vị trực thuộc {VP}"),
    ("Trưởng các phòng, đơn vị trực thuộc Sở", SCT, f"Trưởng các phòng, đơn vị trực thuộc {SCT}"),
    ("các sở, ban, ngành", None, "các sở, ban, ngành tỉnh Quảng Ngãi"),
    ("UBND các huyện, thị xã, thành phố", None, "UBND các huyện, thị xã, thành phố tỉnh Quảng Ngãi"),
    ("Bộ Chính trị", SCT, "Bộ Chính trị"),
    ("Thủ tướng Chính phủ", SCT, "Thủ tướng Chính phủ"),
    ("Văn phòng UBND tỉnh Tây Ninh", VP, "Văn phòng UBND tỉnh Tây Ninh"),
    ("UBND thành phố", SCT, "UBND thành phố"),
    ("cấp thẩm quyền", SCT, "cấp thẩm quyền"),
    ("Đoàn TNCS Hồ Chí Minh", SCT, "Đoàn TNCS Hồ Chí Minh"),
    ("Tổ công tác liên ngành Bờ Hồ", None, "Tổ công tác liên ngành Bờ Hồ"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "issuer", "full"), SHORT)
def test_short_names_are_written_out_by_issuer_and_province(name, issuer, full):
    assert expand_short(name, QN, issuer) == full


def test_without_province_and_issuer_nothing_is_invented():
    for name in ("UBND tỉnh", "Sở", "Văn phòng Sở", "Tỉnh ủy", "Phòng Nội chính", "các sở, ban, ngành"):
        assert expand_short(name, None, None) == name


def test_in_a_centrally_run_city_the_city_is_the_province():
    assert expand_short("UBND thành phố", "Đà Nẵng", None) == "UBND thành phố Đà Nẵng"
    assert expand_short("Thành ủy", "Đà Nẵng", None) == "Thành ủy Đà Nẵng"
    assert expand_short("Sở Nội vụ", "ha-noi", None) == "Sở Nội vụ thành phố Hà Nội"


@given(st.text(max_size=60), st.sampled_from([QN, None, "vn", "khong-co"]), st.sampled_from([SCT, VP, None, ""]))
def test_any_text_can_be_expanded_and_identified(name, province, issuer):
    full = expand_short(name, province, issuer)
    assert isinstance(full, str)
    assert identify(full, "quang-ngai").id.startswith("https://")


@pytest.mark.parametrize(
    ("name", "parents"),
    [
        (SCT, ("UBND tỉnh Quảng Ngãi", "Chính phủ")),
        (f"Văn phòng {SCT}", (SCT, "UBND tỉnh Quảng Ngãi", "Chính phủ")),
        (f"Phòng Nội chính {VP}", (VP, "UBND tỉnh Quảng Ngãi", "Chính phủ")),
        ("Ban Dân vận Tỉnh ủy Quảng Ngãi", ("Tỉnh ủy Quảng Ngãi", "Ban Chấp hành Trung ương Đảng")),
        ("Ban cán sự đảng UBND tỉnh Quảng Ngãi", ("Tỉnh ủy Quảng Ngãi", "Ban Chấp hành Trung ương Đảng")),
        ("Thành ủy Đà Nẵng", ("Ban Chấp hành Trung ương Đảng",)),
        ("Bộ Nội vụ", ("Chính phủ",)),
        ("Chính phủ", ()),
        ("UBND huyện Nghĩa Hành, tỉnh Quảng Ngãi", ("UBND tỉnh Quảng Ngãi", "Chính phủ")),
        ("Tổ công tác liên ngành Bờ Hồ", ()),
    ],
)
def test_superiors_come_nearest_first(name, parents):
    assert identify(name).parents == parents


def test_every_superior_of_a_known_body_leads_on_to_the_same_superiors():
    for name in (SCT, f"Phòng Nội chính {VP}", "Ban Dân vận Tỉnh ủy Quảng Ngãi", f"Giám đốc {SCT}"):
        parents = identify(name).parents
        for at, parent in enumerate(parents):
            assert identify(parent).parents == parents[at + 1 :]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (SCT, "Sở Công thương Quảng Ngãi"),
        (SCT, "SỞ CÔNG THƯƠNG TỈNH QUẢNG NGÃI"),
        ("UBND tỉnh Quảng Ngãi", "Uỷ ban nhân dân tỉnh Quảng Ngãi"),
        ("Ban cán sự đảng UBND tỉnh Quảng Ngãi", "Ban Cán sự UBND tỉnh Quảng Ngãi"),
        ("Tỉnh ủy Quảng Ngãi", "Ban Chấp hành Đảng bộ tỉnh Quảng Ngãi"),
        ("Ủy ban MTTQ Việt Nam tỉnh Tây Ninh", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Tây Ninh"),
        ("Sở Kế hoạch & Đầu tư tỉnh Tây Ninh", "Sở Kế hoạch và Đầu tư Tây Ninh"),
    ],
)
def test_spellings_of_one_body_have_one_iri_and_one_name(one, other):
    assert identify(one).id == identify(other).id
    assert identify(one).name == identify(other).name


def test_bodies_of_one_name_in_two_provinces_or_epochs_are_two():
    assert identify("Sở Nội vụ tỉnh Quảng Ngãi").id != identify("Sở Nội vụ tỉnh Tây Ninh").id
    before, after = identify(SCT, on="2025-06-30"), identify(SCT, on="2025-07-01")
    assert (before.jurisdiction, after.jurisdiction) == ("quang-ngai", "quang-ngai-2025")
    assert before.id != after.id
    assert before.name == after.name


def test_a_name_without_province_takes_that_of_its_document():
    assert identify("Sở Nội vụ", "quang-ngai").id == identify(SNV).id
    assert identify("Bộ Nội vụ", "quang-ngai").jurisdiction == "vn"
    assert identify("Sở Nội vụ").jurisdiction is None


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        (SCT, BodyKind.ORGANIZATION),
        (f"Chánh {VP}", BodyKind.POST),
        (f"Lãnh đạo {VP}", BodyKind.POST),
        ("Chủ tịch UBND tỉnh Quảng Ngãi", BodyKind.POST),
        ("Thủ tướng Chính phủ", BodyKind.POST),
        (f"các phòng, đơn vị trực thuộc {SCT}", BodyKind.CLASS),
        ("UBND các huyện, thị xã, thành phố tỉnh Quảng Ngãi", BodyKind.CLASS),
        ("Đảng ủy các cơ quan Đảng tỉnh Quảng Ngãi", BodyKind.ORGANIZATION),
    ],
)
def test_bodies_posts_and_classes_are_told_apart(name, kind):
    found = identify(name)
    assert found.kind is kind
    assert found.is_class == (kind is BodyKind.CLASS)


def test_posts_stand_under_their_organisation():
    assert identify("Trưởng ban Tiếp công dân tỉnh Quảng Ngãi").parents[0] == "Ban Tiếp công dân tỉnh Quảng Ngãi"
    assert identify(f"Chánh Thanh tra {SCT}").parents[:2] == (f"Thanh tra {SCT}", SCT)


def test_a_provincial_office_is_another_body_than_the_central_one_of_its_name():
    here, central = identify("Cục Thuế tỉnh Tây Ninh"), identify("Cục Thuế", "tay-ninh")
    assert (here.jurisdiction, here.level) == ("tay-ninh", "province")
    assert (central.jurisdiction, central.level, central.valid_from) == ("vn", "central", "2025-03-01")


@pytest.mark.parametrize(
    ("name", "parent"),
    [
        ("Vụ Tổ chức cán bộ Bộ Nội vụ", "Bộ Nội vụ"),
        ("Văn phòng Ban Chỉ đạo Phòng, chống tội phạm", None),
        ("Bộ phận Một cửa Sở Y tế tỉnh Tây Ninh", "Sở Y tế tỉnh Tây Ninh"),
        ("Sở Nội vụ và Sở Tài chính tỉnh Tây Ninh", None),
        ("UBND phường Trần Hưng Đạo", None),
        ("Huyện ủy Nghĩa Hành, tỉnh Quảng Ngãi", "Tỉnh ủy Quảng Ngãi"),
    ],
)
def test_no_superior_is_made_up_from_words_that_look_like_a_body(name, parent):
    parents = identify(name).parents
    assert (parents[0] if parents else None) == parent


def test_a_school_that_bears_a_province_in_its_name_keeps_it():
    assert identify("Trường Đại học Cần Thơ").id.endswith("/can-tho/truong-dai-hoc-can-tho")
    assert identify("Ban Chỉ đạo An toàn tỉnh Tây Ninh").id.endswith("/tay-ninh/ban-chi-dao-an-toan")


def test_the_holder_of_a_central_post_is_not_part_of_the_post():
    named, plain = identify("Phó Thủ tướng Chính phủ Nguyễn Văn Thử"), identify("Phó Thủ tướng Chính phủ")
    assert named.id == plain.id
    assert (named.name, named.parents) == ("Phó Thủ tướng Chính phủ", ("Chính phủ",))


def test_classes_of_two_agencies_are_two():
    one = identify(f"các phòng, đơn vị trực thuộc {SCT}")
    other = identify(f"các phòng, đơn vị trực thuộc {VP}")
    assert one.id != other.id
    assert one.parents[0] == SCT


def test_abolished_bodies_say_until_when_they_lived():
    assert identify(f"Thanh tra {SCT}").valid_to == "2025-06-30"
    assert identify("Bộ Thông tin và Truyền thông").valid_to == "2025-02-28"
    assert identify(SCT).valid_to is None


@pytest.mark.parametrize(
    ("code", "jurisdiction", "name"),
    [
        ("SCT", "quang-ngai", "Sở Công Thương"),
        ("BDVTU", "quang-ngai", "Ban Dân vận Tỉnh ủy"),
        ("VPTU", None, "Văn phòng Tỉnh ủy"),
        ("TU", "ha-noi", "Thành ủy"),
        ("BCSDUBND", None, "Ban cán sự đảng UBND"),
        ("TTg", None, "Thủ tướng Chính phủ"),
        ("BCĐ", None, None),
        ("XYZ", None, None),
    ],
)
def test_codes_give_names(code, jurisdiction, name):
    assert body_of_code(code, jurisdiction) == name


@pytest.mark.parametrize(
    "other",
    [
        "UBND cấp huyện tỉnh Quảng Ngãi",
        "UBND các huyện, thành phố tỉnh Quảng Ngãi",
        "Ủy ban nhân dân các huyện, thị xã và thành phố tỉnh Quảng Ngãi",
    ],
)
def test_wordings_of_one_class_of_the_district_level_are_one_node(other):
    one, again = identify("UBND các huyện, thị xã, thành phố tỉnh Quảng Ngãi"), identify(other)
    assert (one.id, one.name) == (again.id, again.name)
    assert again.is_class
    assert again.name.count("Quảng Ngãi") == 1


@pytest.mark.parametrize(
    ("name", "last_day"),
    [
        ("UBND các huyện, thị xã, thành phố tỉnh Quảng Ngãi", "2025-06-30"),
        ("các huyện ủy, thị ủy, thành ủy tỉnh Quảng Ngãi", "2025-06-30"),
        ("các huyện, thị xã tỉnh Quảng Ngãi", "2025-06-30"),
        ("UBND huyện Nghĩa Hành, tỉnh Quảng Ngãi", "2025-06-30"),
        ("UBND các xã, phường tỉnh Quảng Ngãi", None),
        ("UBND các huyện, thị xã, thành phố và các xã, phường tỉnh Quảng Ngãi", None),
        ("các sở, ban, ngành và UBND các huyện, thị xã, thành phố tỉnh Quảng Ngãi", None),
        ("UBND tỉnh Quảng Ngãi", None),
    ],
)
def test_bodies_and_classes_of_an_abolished_level_say_their_last_day(name, last_day):
    assert identify(name).valid_to == last_day


def test_the_party_committee_of_a_city_inside_a_province_is_not_that_of_the_province():
    city, province = identify("Thành ủy Quảng Ngãi", "quang-ngai"), identify("Tỉnh ủy Quảng Ngãi")
    assert city.id != province.id
    assert (city.name, city.level) == ("Thành ủy Quảng Ngãi, tỉnh Quảng Ngãi", "district")
    assert expand_short("Thành ủy", QN, None) == "Thành ủy"
    assert expand_short("Ban Tổ chức Thành ủy", QN, None) == "Ban Tổ chức Thành ủy"
    assert expand_short("các huyện ủy, thị ủy, thành ủy", QN, None).startswith("các huyện ủy, thị ủy, thành ủy")


def test_a_party_cell_or_union_that_names_its_own_body_is_not_put_inside_the_issuer():
    centre = "Văn phòng Trung ương Đảng"
    assert expand_short("Đảng ủy Mặt trận Tổ quốc", None, centre) == "Đảng ủy Mặt trận Tổ quốc"
    assert expand_short("Công đoàn Viên chức Việt Nam", None, "Bộ Nội vụ") == "Công đoàn Viên chức Việt Nam"
    assert expand_short("Đảng ủy Sở", QN, SCT) == f"Đảng ủy {SCT}"
    assert expand_short("Đảng ủy", QN, SCT) == f"Đảng ủy {SCT}"


@pytest.mark.parametrize(
    "name", ["UBND 06 thành phố trực thuộc trung ương", "Thành ủy", "UBND thành phố", "UBND xã Bình Sơn"]
)
def test_what_may_be_of_a_level_that_goes_on_has_no_last_day(name):
    assert identify(name, "vn").valid_to is None


@pytest.mark.parametrize("name", ["chủ đầu tư", "cơ quan chức năng", "đại biểu HĐND thành phố Hà Nội"])
def test_a_name_in_small_letters_speaks_of_several_and_of_no_single_body(name):
    assert identify(name, "ha-noi").is_class


def test_a_name_in_capitals_that_no_table_knows_stays_one_body():
    assert identify("Ban Quản lý Dự án 85", "ha-noi").kind is BodyKind.ORGANIZATION


@pytest.mark.parametrize("province", ["quang-ngai", "da-nang", "thua-thien-hue", "ho-chi-minh-2025"])
def test_every_local_name_of_the_table_is_read_back_as_itself(province):
    for row in (*table().local, *table().departments):
        one = identify(expand_short(row.name, province, None), province)
        again = identify(one.name, province)
        assert (again.id, again.name, again.parents) == (one.id, one.name, one.parents), row.name


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("UBND xã", "UBND xã Hòa Sơn"),
        ("Chủ tịch UBND xã", "Chủ tịch UBND xã Hòa Sơn"),
        ("Đảng ủy", "Đảng ủy xã Hòa Sơn"),
        ("Phòng Văn hóa - Xã hội", "Phòng Văn hóa - Xã hội xã Hòa Sơn"),
        ("Văn phòng HĐND và UBND", "Văn phòng HĐND và UBND xã Hòa Sơn"),
        ("Trung tâm Phục vụ hành chính công xã", "Trung tâm Phục vụ hành chính công xã Hòa Sơn"),
        ("UBND phường", "UBND phường"),
        ("UBND các xã", "UBND các xã"),
        ("UBND tỉnh", "UBND tỉnh Quảng Ngãi"),
        ("Sở Y tế", "Sở Y tế tỉnh Quảng Ngãi"),
    ],
)
def test_a_document_of_a_commune_means_its_own_organs_by_their_short_names(short: str, full: str) -> None:
    assert expand_short(short, "Quảng Ngãi", "Ủy ban nhân dân xã Hòa Sơn") == full
