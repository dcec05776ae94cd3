"""Approved lists as files: looked at line by line, taken once, and safe whatever is in them."""

import io
import zipfile

import pytest
from sqlalchemy import Engine, func, select

from station.reference import load
from station.sheets import Sheet, as_csv, as_xlsx
from sync.central import tables as t
from sync.central.access.secrets import Secrets
from sync.central.database import opened
from sync.central.officials.roles import OfficialRole
from sync.central.programme import finding, pupil_list, taking_lists
from sync.central.programme.approving import Decided
from sync.central.programme.deciding import By
from tests.sync.service_process import ServiceProcess
from tests.sync.site.conftest import NOW_S, SignIn
from tests.sync.site.visitor import Visitor
from tests.sync.site.wishes import alike, an_application

FORM = "/dieu-phoi/ho-so/danh-sach?lang=en"
HEADS = (
    "STT", "Lớp", "Họ và tên học sinh", "Ngày sinh", "Số định danh cá nhân", "Tên trường",
    "Cha/mẹ", "Điện thoại",
)  # fmt: skip
SCHOOL = "Trường Tiểu học Gò Dầu"


_next = iter(range(10_000))  # both engines keep their pupils for all tests


def number() -> str:
    return f"0722150{next(_next):05d}"


def line(
    name: str, personal: str, born: str = "04/05/2015", school: str = SCHOOL
) -> tuple[str, ...]:
    return ("1", "5A", name, born, personal, school, "Trần Thị Mẹ", "0912 345 678")


def xlsx(*lines: tuple[str, ...]) -> bytes:
    above = ("SỞ GIÁO DỤC VÀ ĐÀO TẠO", "DANH SÁCH HỌC SINH ĐƯỢC DUYỆT")
    return as_xlsx([Sheet("DS", HEADS, lines, above=above)])


def bring(
    official: Visitor,
    data: bytes,
    decision: str = "12/QĐ",
    name: str = "ds.xlsx",
    **more: str | None,
) -> Visitor:
    typed = {"decision": decision, "decided_on": "05/09/2025", "consented": "1"} | more
    return official.get(FORM).send(typed, files={"file": (name, data)})


def cases(engine: Engine, *states: str) -> int:
    with engine.connect() as connection:
        wanted = select(func.count()).select_from(t.application)
        wanted = wanted.where(t.application.c.state.in_(states or ("approved", "waiting")))
        return int(connection.execute(wanted).scalar_one())


def test_a_list_is_looked_at_and_then_taken_and_never_twice(
    signed_in: SignIn, engine: Engine
) -> None:
    official, before = signed_in(OfficialRole.EDUCATION), cases(engine)
    data = xlsx(line("Lê Văn Một", number()), line("Lê Văn Hai", number()))

    bring(official, data)
    assert "2 lines were read" in official.text
    assert cases(engine) == before  # nothing counts yet
    official.send({}, action="nhan")

    assert "2 pupils are new and approved" in official.text
    assert cases(engine) == before + 2
    bring(official, data)
    assert "does nothing a second time" in official.text
    bring(official, data, decision="13/QĐ")  # another decision, the same pupils
    assert not official.all("//form[contains(@action, '/nhan')]")
    assert cases(engine) == before + 2


def test_a_line_of_which_only_the_name_is_missing_is_not_dropped(signed_in: SignIn) -> None:
    foot = ("", "", "Tổng cộng: 1", "", "", "", "Tây Ninh, ngày 05 tháng 9 năm 2025", "")
    official = bring(signed_in(OfficialRole.EDUCATION), xlsx(line("", ""), foot))

    assert "1 line was read" in official.text
    assert "no name" in official.text


def test_a_school_is_known_by_its_short_name_after_the_word_school(signed_in: SignIn) -> None:
    data = xlsx(line("Lê Thị Hai Mươi", number(), school="Trường TH Gò Dầu"))

    official = bring(signed_in(OfficialRole.EDUCATION), data)

    assert "Gò Dầu primary school" in official.text


def test_a_file_that_is_too_large_is_told_as_such(signed_in: SignIn) -> None:
    official = bring(signed_in(OfficialRole.EDUCATION), b"x" * 5_000_000)

    assert (official.status, official.heading) == (413, "Too large")


def test_csv_in_another_order_is_read_alike(signed_in: SignIn, engine: Engine) -> None:
    heads = ("Số CCCD", "Họ tên", "Trường", "Năm sinh", "Cấp")
    personal = number()[1:]  # Excel took the zero in front away
    body = as_csv(Sheet("x", heads, [(personal, "Lê Thị Ba", SCHOOL, "2015", "TH")]))
    before = cases(engine)

    official = bring(signed_in(OfficialRole.EDUCATION), body, name="ds.csv")
    assert "birth date cannot be read" in official.text
    official.send({}, action="nhan")

    assert cases(engine) == before + 1


def test_each_line_keeps_what_is_wrong_with_it(signed_in: SignIn, engine: Engine) -> None:
    twice = number()
    data = xlsx(
        line("", number()),
        line("Lê Văn Bốn", "", born=""),
        line("0912345678", number()),
        line("Lê Văn Năm", twice),
        line("Lê Văn Năm", twice),
    )
    before = cases(engine)
    official = bring(signed_in(OfficialRole.EDUCATION), data)

    for words in ("no name", "neither birth date nor personal number", "this is no name"):
        assert words in official.text
    assert "Stands in the list before: 1" in official.text
    official.send({}, action="nhan")
    assert cases(engine) == before + 1


def test_registered_pupils_are_found_and_approved_and_doubtful_ones_are_left(
    signed_in: SignIn, engine: Engine, own: Secrets
) -> None:
    known, doubtful = number(), number()
    code = an_application(engine, own, number_key=finding.number_key(own.finding, known))
    first, second = (
        an_application(engine, own, number_key=finding.number_key(own.finding, doubtful))
        for _ in range(2)
    )
    alike(engine, second, first)
    data = xlsx(line("Nguyễn Văn Bé", known), line("Nguyễn Văn Bé", doubtful, born="01/01/2014"))

    official = bring(signed_in(OfficialRole.EDUCATION), data)
    assert "Several alike" in official.text
    official.send({}, action="nhan")

    with engine.connect() as connection:
        table = t.application.c
        wanted = select(table.code, table.state).where(table.code.in_((code, first, second)))
        states = {row.code: row.state for row in connection.execute(wanted)}
    assert states == {code: "approved", first: "waiting", second: "waiting"}


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<x/>")
        file.writestr("xl/worksheets/sheet1.xml", b"0" * 70_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        bomb(),
        b"%PDF-1.7",
        b"\xd0\xcf\x11\xe0 old",
        b"PK\x03\x04 broken",
        b"a;b\n1;2\n",
        b"\x00\x01",
    ],
    ids=["bomb", "pdf", "xls", "damaged", "no header", "no text"],
)
def test_what_is_no_list_is_told_beside_the_file(signed_in: SignIn, data: bytes) -> None:
    official = bring(signed_in(OfficialRole.EDUCATION), data)

    assert official.status == 422
    assert official.wrong.keys() == {"file"}


def test_without_the_families_consents_no_list_is_read(signed_in: SignIn) -> None:
    official = bring(
        signed_in(OfficialRole.EDUCATION), xlsx(line("Lê Văn Sáu", number())), consented=None
    )

    assert official.wrong.keys() == {"consented"}
    assert not official.all("//input[@type='checkbox' and @checked]")


def test_what_stands_in_cells_is_text(signed_in: SignIn) -> None:
    data = xlsx(line("<b>Lê</b> =1+1", number(), school="<script>x</script>"))

    official = bring(signed_in(OfficialRole.EDUCATION), data)

    assert "<script>" not in official.answer.text
    assert "<b>Lê" not in official.answer.text


def test_a_list_that_was_left_is_forgotten(signed_in: SignIn, engine: Engine) -> None:
    official = bring(signed_in(OfficialRole.EDUCATION), xlsx(line("Lê Văn Bảy", number())))
    code = official.path.rsplit("/", 1)[1]

    official.send({}, action="/bo")

    with engine.connect() as connection:
        its = select(t.brought_list.c.sealed).where(t.brought_list.c.code == code)
        assert connection.execute(its).scalar_one() is None


def test_the_file_to_fill_in_is_one_that_can_be_read(signed_in: SignIn) -> None:
    official = signed_in(OfficialRole.EDUCATION)
    template = official.get("/dieu-phoi/ho-so/danh-sach-mau").answer.content

    bring(official, template)

    assert "1 line was read" in official.text


def test_nobody_but_education_brings_lists(signed_in: SignIn) -> None:
    assert signed_in(OfficialRole.DEPARTMENT).get(FORM).status == 404


def test_a_list_that_takes_too_long_goes_on_where_it_stopped(
    process: ServiceProcess, engine: Engine, own: Secrets, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Taken in pieces: what was taken before is not taken again, however it stopped."""
    monkeypatch.setattr(taking_lists, "LONGEST_S", -1.0)
    reference, by = load(), By("somebody", NOW_S)
    day = reference.programme.day(NOW_S)
    lines = [line(f"Lê Văn Thứ {n}", number()) for n in range(2 * taking_lists.PIECE)]
    read = pupil_list.read_list(xlsx(*lines), reference, day)
    before = cases(engine)
    with opened(process.database) as services:
        code = taking_lists.bring(services, own, read, Decided("1", day), by)
        first = taking_lists.take(services, own, reference, code, by)
        assert (first.new, first.more) == (taking_lists.PIECE, True)
        monkeypatch.undo()
        second = taking_lists.take(services, own, reference, code, by)

    assert (second.new, second.more) == (taking_lists.PIECE, False)
    assert cases(engine) == before + 2 * taking_lists.PIECE


def test_a_list_that_nobody_took_is_forgotten_after_a_week(
    process: ServiceProcess, own: Secrets
) -> None:
    reference, by = load(), By("somebody", NOW_S)
    day = reference.programme.day(NOW_S)
    read = pupil_list.read_list(xlsx(line("Lê Văn Tám", number())), reference, day)
    with opened(process.database) as services:
        code = taking_lists.bring(services, own, read, Decided("7", day), by)

        taking_lists.forget_old(services, NOW_S + taking_lists.KEPT_S)
        assert taking_lists.brought(services, own, code).lines is not None
        taking_lists.forget_old(services, NOW_S + taking_lists.KEPT_S + 1)
        assert taking_lists.brought(services, own, code).lines is None
