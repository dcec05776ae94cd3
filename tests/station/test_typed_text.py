"""What people type: kept as they meant it or refused by name, found again, and nowhere else."""

import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from station import bench, handover, intake, labelling, paperwork, returns, stock
from station.checks import CheckResult, Outcome
from station.events import InvalidEvent
from station.labelled import ItemRole
from station.ledger import Moment, Occurred
from station.people import Donor, OperatorName, Person, Pupil
from station.ports import DeviceFilter
from station.refusals import Refusal
from station.store import tables as t
from station.store.engine import sqlite_url
from station.store.store import SqlStore
from station.store.verifying import verify
from station.text import BadText, fold
from tests.station import life
from tests.station.conftest import CLERK, GIVER, LEAD, NOON, TECHNICIAN, new_store

KEPT = {
    "composed": "Nguyễn Thị Hòa",
    "decomposed": unicodedata.normalize("NFD", "Nguyễn Thị Hòa"),
    "the new place of the tone": "Nguyễn Thị Hoà",
    "capitals": "NGUYỄN THỊ HÒA",
    "10 kB": "Nguyễn Thị Hòa " * 500,
    "emoji": "Nguyễn Thị Hòa 👩🏽‍🏫🇻🇳",
    "no-break space": "Nguyễn\u00a0Thị Hòa",
    "quotes": "Nguyễn Thị Hòa'); DROP TABLE people; --",
    "Chinese": "Nguyễn Thị Hòa 阮氏和",
}
REFUSED = {
    "NUL": "Nguyễn\0Thị Hòa",
    "escape": "Nguyễn \x1b[31m Hòa",
    "delete": "Nguyễn\x7f Hòa",
    "line separator": "Nguyễn\u2028Hòa",
    "right to left": "Nguyễn \u202eHòa",
    "half a character": "Nguyễn \ud83d Hòa",
    "TCVN3": "NguyÔn ThÞ Hoµ",
    "VNI-Windows": "Traàn Thò Hoøa",
    "misread UTF-8": "Nguyá»…n Thá»‹ HÃ²a",
    "too long": "Nguyễn Thị Hòa " * 5_000,
}


def donor(store: SqlStore, text: str) -> object:
    new = intake.NewDevice(kind="laptop")
    command = intake.ReceiveDevice(device=new, donor=Donor(text, address="Gò Dầu"))
    return intake.receive_device(command, store, CLERK, NOON)


def donors_address(store: SqlStore, text: str) -> object:
    command = intake.ReceiveDevice(
        device=intake.NewDevice(kind="laptop"), donor=Donor("Hòa", address=text)
    )
    return intake.receive_device(command, store, CLERK, NOON)


def refused_donor(store: SqlStore, text: str) -> object:
    command = intake.RefuseItem(kind="laptop", reason="too-old", donor=Donor(text))
    return intake.refuse_item(command, store, CLERK, NOON)


def pupil(store: SqlStore, text: str) -> object:
    command = handover.EnterCase(level="primary", pupil=Pupil(text))
    return handover.enter_case(command, store, GIVER, NOON)


def guardian(store: SqlStore, text: str) -> object:
    command = handover.EnterCase(level="primary", pupil=Pupil("An", guardian=text))
    return handover.enter_case(command, store, GIVER, NOON)


def operator(store: SqlStore, text: str) -> object:
    store.add_operator(OperatorName("op.new", text, LEAD.role))
    return None


def note(store: SqlStore, text: str) -> object:
    command = intake.ReceiveDevice(device=intake.NewDevice(kind="laptop", note=text))
    return intake.receive_device(command, store, CLERK, NOON)


def receiver(store: SqlStore, text: str) -> object:
    device, case = store.devices(DeviceFilter())[0].device, store.cases(waiting=False)[0]
    given = handover.HandOver(device=device.code, case=case.code, receiver=Person(text))
    return handover.hand_over(given, store, GIVER, NOON)


TYPED: dict[str, Callable[[SqlStore, str], object]] = {
    use_case.__name__: use_case
    for use_case in (donor, donors_address, refused_donor, pupil, guardian, operator, note)
}


def people_rows(store: SqlStore) -> int:
    with store.engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(t.people)).scalar_one()


def everything_kept(store: SqlStore) -> str:
    with store.engine.connect() as connection:
        ids = connection.execute(select(t.people.c.id)).scalars().all()
    return repr([store.content(row) for row in ids])


@pytest.mark.parametrize("text", KEPT)
def test_text_of_today_is_kept_composed(store: SqlStore, text: str) -> None:
    expected = repr(unicodedata.normalize("NFC", KEPT[text]).strip())

    for times, field in enumerate(TYPED.values(), 1):
        field(store, KEPT[text])
        assert everything_kept(store).count(expected) == times, field

    assert verify(store.engine).sound


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_text_is_refused_by_name_and_leaves_nothing(store: SqlStore, text: str) -> None:
    before = store.standing(), people_rows(store)

    for field in TYPED.values():
        with pytest.raises(BadText):
            field(store, REFUSED[text])
        assert (store.standing(), people_rows(store)) == before, field


@pytest.mark.parametrize("text", REFUSED)
def test_who_receives_is_text_too(store: SqlStore, text: str) -> None:
    device, case = life.ready_laptop(store), life.enter_case(store)
    handover.reserve(handover.Reserve(device=device, case=case), store, GIVER, NOON)
    before = store.standing(), people_rows(store)

    with pytest.raises(BadText):
        receiver(store, REFUSED[text])

    assert (store.standing(), people_rows(store)) == before


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(text=st.text(st.characters(), max_size=40), field=st.sampled_from(sorted(TYPED)))
def test_any_text_is_kept_or_refused_by_name(store: SqlStore, field: str, text: str) -> None:
    before = store.standing(), people_rows(store)
    try:
        TYPED[field](store, text)
    except (BadText, Refusal):
        assert (store.standing(), people_rows(store)) == before


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(maker=st.text(max_size=70), serial=st.text(max_size=70))
def test_any_maker_and_serial_is_a_device_word_or_refused(
    store: SqlStore, maker: str, serial: str
) -> None:
    before = store.standing()
    try:
        life.receive(store, maker=maker, serial=serial)
    except (BadText, Refusal):
        assert store.standing() == before


@pytest.mark.parametrize(
    "wanted",
    ["nguyen thi hoa", "Nguyễn Thị Hoà", "NGUYEN", "thị hòa", "hoa", "0912345678", "912"],
)
def test_a_donor_is_found_as_people_type(store: SqlStore, wanted: str) -> None:
    life.receive(store)

    (found,) = store.find_people(wanted)

    assert found.content == life.HOA


@pytest.mark.parametrize("wanted", ["hòa nguyễn", "0912 345 678", "0912.345.678"])
def test_a_donor_is_found_in_other_words(store: SqlStore, wanted: str) -> None:
    life.receive(store)

    assert [found.content for found in store.find_people(wanted)] == [life.HOA]


def test_the_crossed_d_is_found_by_a_plain_one(store: SqlStore) -> None:
    life.enter_case(store, "Đặng Đình Đức")

    assert len(store.find_people("dang dinh duc")) == 1
    assert len(store.find_people("đặng")) == 1
    assert store.find_people("trang") == ()


@pytest.mark.parametrize(
    "typed", ["a\0b", "a\ud800b", "👩🏽‍🏫", "ab " * 3_000, "x" * 10_000, "%_'\"\\"]
)
def test_anything_may_be_typed_into_a_search(either_store: SqlStore, typed: str) -> None:
    life.receive(either_store)

    assert either_store.devices(DeviceFilter(text=typed)) == ()
    assert either_store.count_devices(DeviceFilter(text=typed)) == 0
    assert either_store.find_people(typed) == ()


# ---- nothing typed lies anywhere but in people.sealed ----

SECRETS = {
    "donor": "Huỳnh Thị Ngọc Điệp",
    "donor's phone": "0987654321",
    "donor's address": "Ấp Cẩm Long, Cẩm Giang",
    "note": "Màn hình bị sọc, chị gọi số 0377111222",
    "bench note": "Đã thay bàn phím của anh Tuấn",
    "hand note": "Nghe rè ở loa trái",
    "hold note": "Chờ cô Phượng gọi lại",
    "pupil": "Đỗ Quỳnh Như Ý",
    "guardian": "Đỗ Hữu Nghĩa",
    "guardian's phone": "0344555666",
    "receiver": "Võ Thị Sáu Mươi",
    "receiver's title": "Tổ trưởng tổ dân cư",
    "operator": "Lâm Thiện Thuật",
    "consent": "Phan Thanh Giản Dị",
    "return note": "Gia đình chuyển đi Bình Dương",
    "retire note": "Mẹ của em Thảo trả lại",
    "refused donor": "Cơ sở Minh Phượng Hoàng",
    "shelf": "Kệ Thạnh Bình",
    "paper": "Bên nhận: Châu Thị Tuyết Mai",
    "signed copy": "Chữ ký của Tạ Quang Bửu",
    "waste": "Cơ sở thu gom Trường Hải",
}


def a_day_of_typing(store: SqlStore) -> None:
    s = SECRETS
    giver = Donor(s["donor"], phone=s["donor's phone"], address=s["donor's address"])
    new = intake.NewDevice(kind="laptop", note=s["note"], serial="S1", serial_known_by="typed")
    received = intake.ReceiveDevice(device=new, donor=giver)
    other = intake.receive_device(received, store, CLERK, NOON).header.subject
    refusal = intake.RefuseItem(kind="laptop", reason="too-old", donor=Donor(s["refused donor"]))
    intake.refuse_item(refusal, store, CLERK, NOON)
    bench.take_to_bench(other, store, TECHNICIAN, NOON)
    work = bench.RecordWork(device=other, work="replace-keyboard", note=s["bench note"])
    bench.record_work(work, store, TECHNICIAN, NOON)
    tried = CheckResult("aud.loop", Outcome.FAIL)
    by_hand = bench.EnterCheck(device=other, result=tried, note=s["hand note"])
    bench.enter_check(by_hand, store, TECHNICIAN, NOON)
    held = bench.PutOnHold(device=other, reason="waiting-for-donor", note=s["hold note"])
    bench.put_on_hold(held, store, TECHNICIAN, NOON)
    retired = stock.Retire(device=other, reason="donor-withdrew", note=s["retire note"])
    stock.retire(retired, store, LEAD, NOON)
    store.add_operator(OperatorName("op.new", s["operator"], LEAD.role))
    _give_and_take_back(store)
    _write_papers(store, other)


def _write_papers(store: SqlStore, retired: str) -> None:
    s = SECRETS
    shelf = labelling.LabelItem(role=ItemRole.SHELF, name=s["shelf"])
    labelling.label_item(shelf, store, CLERK, NOON)
    new = (paperwork.NewPaper(paper="receipt", about=(retired,)),)
    (made,) = paperwork.make_papers(
        new, lambda _place, code: f"{code} {s['paper']}".encode(), store, CLERK, NOON
    )
    paperwork.reprint_paper(made.code, store, CLERK, NOON)
    scan = f"%PDF-1.7 {s['signed copy']}".encode()
    signed = paperwork.AttachSignedCopy(code=made.code, scan=scan, media="pdf")
    paperwork.attach_signed_copy(signed, store, CLERK, NOON)
    waste = stock.GiveWaste(devices=(retired,), receiver=Donor(s["waste"]))
    stock.give_waste(waste, store, LEAD, NOON)


def _give_and_take_back(store: SqlStore) -> None:
    s = SECRETS
    child = Pupil(s["pupil"], "4A", s["guardian"], s["guardian's phone"], "parent")
    entered = handover.EnterCase(level="primary", pupil=child)
    case = handover.enter_case(entered, store, GIVER, NOON).header.subject
    device = life.ready_laptop(store)
    handover.reserve(handover.Reserve(device=device, case=case), store, GIVER, NOON)
    receiver = Person(s["receiver"], title=s["receiver's title"])
    given = handover.HandOver(device=device, case=case, receiver=receiver)
    handover.hand_over(given, store, GIVER, NOON)
    paper = Moment(NOON.at, Occurred(date(2021, 10, 10)))
    broken = returns.TakeBackForRepair(
        device=device, reason="broke-in-use", erasure_consent_by=Person(s["consent"])
    )
    returns.take_back_for_repair(broken, store, CLERK, paper)
    back = returns.ReturnToStock(device=device, reason="no-longer-needed", note=s["return note"])
    returns.return_to_stock(back, store, GIVER, NOON)


def as_bytes(text: str) -> set[bytes]:
    """The text as somebody might have stored it, and each word of it that tells anything."""
    forms = {text, fold(text), text.lower(), text.upper()}
    forms |= {word for form in forms for word in form.split() if len(word) > 5}
    normal = {unicodedata.normalize(form, t) for form in ("NFC", "NFD") for t in forms}
    return {t.encode(encoding) for t in normal for encoding in ("utf-8", "utf-16-le", "utf-16-be")}


WORDS_OF_OUR_OWN = {b"keyboard"}
NEEDLES = {name: as_bytes(text) - WORDS_OF_OUR_OWN for name, text in SECRETS.items()}


@pytest.mark.parametrize("secret", SECRETS)
def test_the_needles_would_be_found(secret: str) -> None:
    assert any(needle in SECRETS[secret].encode() for needle in NEEDLES[secret])


def test_no_typed_byte_lies_in_the_file(tmp_path: Path) -> None:
    with new_store(sqlite_url(tmp_path / "station.db")) as store:
        a_day_of_typing(store)
        files = {path.name: path.read_bytes() for path in tmp_path.glob("station.db*")}
        assert len(files["station.db-wal"]) > 10_000  # what was written last is looked at too
    files["closed"] = (tmp_path / "station.db").read_bytes()

    told = [
        (secret, name, needle)
        for secret, needles in NEEDLES.items()
        for needle in needles
        for name, content in files.items()
        if needle in content
    ]

    assert told == []
    assert b"WX71A345" in files["closed"]  # while a disk's serial number is no secret


def test_no_typed_byte_lies_in_any_table(either_store: SqlStore) -> None:
    store = either_store
    a_day_of_typing(store)

    with store.engine.connect() as connection:
        rows = [
            (
                table.name,
                bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode(),
            )
            for table in t.metadata.sorted_tables
            for row in connection.execute(select(table))
            for value in row
        ]

    assert len(rows) > 300
    told = [
        (secret, table)
        for secret, needles in NEEDLES.items()
        for table, value in rows
        if any(needle in value for needle in needles)
    ]
    assert told == []


def test_a_checks_words_are_codes(store: SqlStore) -> None:
    device = life.receive(store)
    bench.take_to_bench(device, store, TECHNICIAN, NOON)
    before = store.standing()
    typed = CheckResult("cam.frames", Outcome.FAIL, reason="Hòa gọi 0912345678")

    with pytest.raises((Refusal, InvalidEvent)):
        bench.enter_check(bench.EnterCheck(device=device, result=typed), store, TECHNICIAN, NOON)
    assert store.standing() == before
