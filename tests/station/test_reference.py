import subprocess
import sys
from datetime import date
from pathlib import Path

import msgspec
import pytest

from station.coded import CodedId
from station.reference import (
    Entry,
    Organisation,
    OrganisationKind,
    PartType,
    Point,
    ReasonUse,
    Reference,
    ReleaseRules,
    Table,
    Tables,
    UnknownReference,
    Work,
    load,
)

ROOT = Path(__file__).parents[2]
BEGAN = date(2021, 9, 10)
MERGED = date(2025, 7, 1)
GATE_CONDITIONS = {"serial", "kit", "grade"}  # beside checks, what a lead may let go


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load()


def every_entry(reference: Reference) -> list[Entry]:
    coded = [entry for table in Table for entry in reference.entries(table)]
    return [*coded, *reference.every_organisation, *reference.every_point]


def every_rule(reference: Reference) -> list[tuple[str, ReleaseRules]]:
    return [pair for policy in reference.release_policies for pair in policy.kinds.items()]


def test_every_table_can_be_asked_for(reference: Reference) -> None:
    assert {table.value for table in Table} == set(Tables.__struct_fields__)
    assert all(reference.entries(table) for table in Table)


def test_every_entry_has_words_in_both_languages(reference: Reference) -> None:
    for entry in every_entry(reference):
        assert entry.word("vi").strip(), entry.id
        assert entry.word("en").strip(), entry.id


def test_every_id_can_stand_in_an_event(reference: Reference) -> None:
    for entry in every_entry(reference):
        assert msgspec.convert(entry.id, CodedId) == entry.id
    for policy in reference.release_policies:
        assert msgspec.convert(policy.id, CodedId) == policy.id


def test_words_within_a_table_tell_its_entries_apart(reference: Reference) -> None:
    for table in Table:
        for language in ("vi", "en"):
            words = [entry.word(language) for entry in reference.entries(table)]
            assert len(set(words)) == len(words), table


def test_a_word_is_found_by_table_id_and_language(reference: Reference) -> None:
    assert reference.word(Table.KINDS, "laptop") == "Máy tính xách tay"
    assert reference.word(Table.KINDS, "laptop", "en") == "Laptop"


def test_an_unknown_id_is_named(reference: Reference) -> None:
    with pytest.raises(UnknownReference) as caught:
        reference.word(Table.GRADES, "z")

    assert (caught.value.table, caught.value.id) == ("grades", "z")


def test_checks_made_stale_by_work_and_parts_exist(reference: Reference) -> None:
    tables = reference.tables
    changing: list[Work | PartType] = [*tables.works.values(), *tables.parts.values()]
    for changes in changing:
        assert set(changes.stale) <= set(tables.checks), changes.id
    assert reference.work("replace-disk").stale == reference.part("ssd-240gb").stale


def test_kits_and_systems_name_what_exists(reference: Reference) -> None:
    for kind in reference.tables.kinds.values():
        assert set(kind.kit) <= set(reference.tables.kit_items), kind.id
    for system in reference.tables.systems.values():
        assert set(system.licences) <= set(reference.tables.licences), system.id
        assert set(system.kinds) <= set(reference.tables.kinds), system.id


@pytest.mark.parametrize("use", ReasonUse)
def test_every_act_that_asks_for_a_reason_has_some(reference: Reference, use: ReasonUse) -> None:
    reasons = reference.reasons(use)

    assert reasons
    assert all(reference.reason(use, reason.id) == reason for reason in reasons)


def test_a_reason_of_another_act_is_unknown(reference: Reference) -> None:
    with pytest.raises(UnknownReference):
        reference.reason(ReasonUse.RETIRE, "mistyped")


def test_every_kind_of_device_has_release_rules(reference: Reference) -> None:
    for policy in reference.release_policies:
        assert set(policy.kinds) == set(reference.tables.kinds)
        assert all(policy.rules(kind).checks for kind in policy.kinds)


def test_release_rules_name_what_exists(reference: Reference) -> None:
    checks, items = set(reference.tables.checks), set(reference.tables.kit_items)
    for kind, rules in every_rule(reference):
        assert {*rules.checks, *rules.by_hand, *rules.items_for} <= checks, kind
        assert set(rules.items_for) <= set(rules.checks), kind
        assert {item for group in rules.items_for.values() for item in group} <= items, kind
        assert set(rules.kit) <= set(reference.kind(kind).kit), kind
        assert set(rules.waivable) <= {*rules.checks, *GATE_CONDITIONS}, kind


def test_locks_are_never_waived_and_disks_always_erased(reference: Reference) -> None:
    for kind, rules in every_rule(reference):
        assert "own.locks" not in rules.waivable
        assert rules.erasure == reference.kind(kind).has_disk
        assert rules.system == reference.kind(kind).is_computer


def test_a_dead_camera_is_met_by_a_webcam(reference: Reference) -> None:
    rules = reference.release_policy(BEGAN).rules("laptop")

    assert rules.stand_ins("cam.frames") == ("webcam-usb",)
    assert rules.stand_ins("sto.smart") == ()


def test_works_defects_and_grades_name_what_exists(reference: Reference) -> None:
    for work in reference.tables.works.values():
        assert set(work.parts) <= set(reference.tables.parts), work.id
    for part in reference.tables.parts.values():
        assert part.kit is None or part.kit in reference.tables.kit_items, part.id
    for defect in reference.tables.defects.values():
        assert set(defect.zones) <= set(reference.tables.zones), defect.id
        assert set(defect.works) <= set(reference.tables.works), defect.id
    for policy in reference.grade_policies:
        for limit in policy.limits:
            assert {policy.best, limit.grade} <= set(reference.tables.grades), policy.id
            assert {*limit.warned, *limit.by_kit} <= set(reference.tables.checks), policy.id
            assert set(limit.conditions) <= set(reference.tables.conditions), policy.id
            assert set(limit.severities) <= set(reference.tables.severities), policy.id


def test_the_release_policy_is_the_one_of_the_day(reference: Reference) -> None:
    assert reference.release_policy(BEGAN).id == "release-2021-09-10"
    assert reference.release_policy(date(2016, 1, 1)) == reference.release_policies[0]


def test_a_kind_without_rules_is_unknown(reference: Reference) -> None:
    with pytest.raises(UnknownReference, match="phone"):
        reference.release_policy(BEGAN).rules("phone")


def test_policies_carry_the_name_of_their_file(reference: Reference) -> None:
    files = {file.stem for file in (ROOT / "resources/policy").glob("release-*.toml")}

    assert {policy.id for policy in reference.release_policies} == files
    assert all(p.id == f"release-{p.valid_from}" for p in reference.release_policies)


def test_94_communes_lay_under_the_old_province_and_96_under_the_new(reference: Reference) -> None:
    districts = reference.children("72", BEGAN)
    communes = [c for district in districts for c in reference.children(district.code, BEGAN)]

    assert (len(districts), len(communes)) == (9, 94)
    assert len(reference.children("80", MERGED)) == 96
    assert reference.children("80", BEGAN) == reference.children("72", MERGED) == ()


def test_a_code_given_to_another_place_is_told_apart_by_day(reference: Reference) -> None:
    assert reference.unit("25459", date(2025, 6, 30)).full_name == "Phường 3"
    assert reference.unit("25459", MERGED).full_name == "Phường Tân Ninh"
    with pytest.raises(UnknownReference):
        reference.unit("703", MERGED)


@pytest.mark.parametrize("day", [BEGAN, date(2025, 6, 30), MERGED])
def test_every_unit_has_a_parent_on_the_same_day(reference: Reference, day: date) -> None:
    waiting = list(reference.children("", day))
    reached = set()
    while waiting:
        unit = waiting.pop()
        reached.add(unit.code)
        assert not unit.parent or reference.unit(unit.parent, day).kind != "ward"
        waiting += reference.children(unit.code, day)

    assert len(reached) == (97 if day == MERGED else 104)


def test_the_department_changed_its_name_on_the_first_of_march_2025(reference: Reference) -> None:
    assert reference.point(1, date(2025, 2, 28)).organisation == "so-tttt-tay-ninh"
    assert reference.point(1, date(2025, 3, 1)).organisation == "so-khcn-tay-ninh"
    old = reference.organisation("so-tttt-tay-ninh", BEGAN)
    assert reference.organisation(old.successor or "", date(2025, 3, 1)).short == "Sở KH&CN"
    with pytest.raises(UnknownReference):
        reference.organisation("so-tttt-tay-ninh", date(2025, 3, 1))


@pytest.mark.parametrize("day", [BEGAN, date(2025, 2, 28), date(2025, 3, 1), MERGED])
def test_points_and_organisations_fit_together_on_any_day(reference: Reference, day: date) -> None:
    points = reference.points(day)
    schools = reference.organisations(OrganisationKind.SCHOOL, day)

    organisations = [o.id for kind in OrganisationKind for o in reference.organisations(kind, day)]

    assert len({point.number for point in points}) == len(points)
    assert len(set(organisations)) == len(organisations)
    for point in points:
        reference.organisation(point.organisation, day)
        assert reference.unit(point.unit, day).kind != "province"
        assert reference.letterhead(point.organisation, day).number_symbol
    for school in schools:
        reference.entry(Table.LEVELS, school.level or "")
        reference.unit(school.unit or "", day)


def test_the_point_of_the_demonstration_is_where_the_pictures_show_it(
    reference: Reference,
) -> None:
    point = reference.point(12, BEGAN)

    assert (point.id, point.vi) == ("point-012", "VNPT Gò Dầu")
    assert reference.unit(point.unit, BEGAN).name == "Gò Dầu"


def test_an_organisation_without_a_letterhead_is_named(reference: Reference) -> None:
    with pytest.raises(UnknownReference, match="letterheads truong-thcs-go-dau"):
        reference.letterhead("truong-thcs-go-dau", BEGAN)


def test_made_up_records_say_so(reference: Reference) -> None:
    made_up: list[Organisation | Point] = [
        *reference.organisations(OrganisationKind.SCHOOL, BEGAN),
        *reference.every_point,
    ]

    assert all(record.demonstration for record in made_up)


def test_a_tracking_address_ends_in_the_code(reference: Reference) -> None:
    assert reference.programme.tracking_address("0120003457").endswith("/0120003457")


def test_no_name_of_the_data_stands_in_code(reference: Reference) -> None:
    names = {reference.programme.vi, reference.programme.short_vi}
    names |= {organisation.vi for organisation in reference.every_organisation}
    names |= {point.vi for point in reference.every_point}
    for package in ("station", "ui", "diagnostics", "labels", "sync"):
        for path in (ROOT / package).rglob("*.py"):
            code = path.read_text(encoding="utf-8")
            assert not [name for name in names if name in code], path


LOADING = """
import time
from station import reference
began = time.process_time()
reference.load()
print(round((time.process_time() - began) * 1000))
"""


def test_reading_the_reference_data_is_quick_enough_for_start_up() -> None:
    """In a process of its own; the limit leaves room for a slow machine (5 ms were measured)."""
    measured = subprocess.run(
        [sys.executable, "-c", LOADING], capture_output=True, text=True, check=True, cwd=ROOT
    )

    assert int(measured.stdout) < 50


def test_a_device_travels_to_a_point_or_an_organisation(reference: Reference) -> None:
    assert reference.place("point-012", BEGAN) == reference.point(12, BEGAN)
    assert reference.place("truong-th-go-dau", BEGAN).vi == "Trường Tiểu học Gò Dầu"
    with pytest.raises(UnknownReference):
        reference.place("point-899", BEGAN)
