"""Every model that a view shows keeps the rules of models: empty, filled, and as it changes."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

import ui
from station.intake import NewDevice
from station.store.store import SqlStore
from tests.station import life
from tests.station.conftest import NOON, TECHNICIAN
from tests.ui.desks import desk_at
from ui.bench.column_model import ColumnModel
from ui.bench.in_work import BenchLine, Place
from ui.bench.list_model import BenchModel
from ui.desk import Desk
from ui.device.check_rows import CheckRow
from ui.device.checks_model import ChecksModel
from ui.figures.table_model import FiguresModel, Line, Shown
from ui.intake.lot_draft import LotDraft
from ui.intake.lot_table import LotTable
from ui.line_table import Column, LineTable
from ui.prints.page_list import PageNumbers
from ui.stock.table_model import DeviceTableModel
from ui.theme import Tone

FOLDER = Path(ui.__path__[0])
STRICT = QAbstractItemModelTester.FailureReportingMode.Fatal
SEVERAL = 3


@dataclass(frozen=True)
class Case:
    """A model and how it comes to show so many things."""

    model: QAbstractItemModel
    show: Callable[[int], object]


def lines(store: SqlStore, count: int) -> tuple[BenchLine, ...]:
    """Devices that wait for the bench."""
    codes = (life.receive(store, serial=f"M{count}-{number}") for number in range(count))
    devices = filter(None, map(store.device, codes))
    return tuple(BenchLine(one, Place.WAITING, Tone.UNKNOWN, "take it") for one in devices)


def column(store: SqlStore, _desk: Desk) -> Case:
    model = ColumnModel(store.reference)
    return Case(model, lambda count: model.show_lines(lines(store, count), NOON))


def bench_list(store: SqlStore, _desk: Desk) -> Case:
    model = BenchModel(store.reference)
    return Case(model, lambda count: model.show_at(lines(store, count), NOON))


def checks(_store: SqlStore, _desk: Desk) -> Case:
    model = ChecksModel()
    row = CheckRow("camera", "Camera", "720p", Tone.OK, "passed", "")
    return Case(model, lambda count: model.show_rows([row] * count))


def lot(store: SqlStore, _desk: Desk) -> Case:
    model = LotTable(store.reference)
    one = NewDevice(kind="laptop")
    return Case(model, lambda count: model.show_lot(LotDraft((one,) * count)))


def table(_store: SqlStore, _desk: Desk) -> Case:
    model = LineTable[int]((Column("Number", str), Column("Sign", str, lambda _one: Tone.OK)))
    return Case(model, lambda count: model.show_lines(range(count)))


def pages(_store: SqlStore, _desk: Desk) -> Case:
    model = PageNumbers()
    return Case(model, model.show)


def stock(store: SqlStore, desk: Desk) -> Case:
    model = DeviceTableModel(desk)

    def show(count: int) -> None:
        for number in range(model.rowCount(), count):
            life.receive(store, serial=f"T{number}")
        model.refresh()

    return Case(model, show)


def figures(_store: SqlStore, _desk: Desk) -> Case:
    model = FiguresModel()
    line = Line("VNPT Gò Dầu", "", (1_234, 5))
    heads = ("Point", "", "In the period", "Up to the end")
    return Case(model, lambda count: model.show(Shown(heads, (line,) * count)))


CASES: dict[type[QAbstractItemModel], Callable[[SqlStore, Desk], Case]] = {
    BenchModel: bench_list,
    ChecksModel: checks,
    ColumnModel: column,
    DeviceTableModel: stock,
    FiguresModel: figures,
    LineTable: table,
    LotTable: lot,
    PageNumbers: pages,
}


BASES = re.compile("Model|LineTable")
"""What the name of a model's base holds."""


def models() -> Iterator[type[QAbstractItemModel]]:
    """Every class of the window that is a model, wherever it stands."""
    for file in sorted(FOLDER.rglob("*.py")):
        source = file.read_text(encoding="utf-8")
        if not BASES.search(source):
            continue
        for node in ast.walk(ast.parse(source)):
            named = isinstance(node, ast.ClassDef) and any(
                BASES.search(ast.dump(base)) for base in node.bases
            )
            if isinstance(node, ast.ClassDef) and named:
                path = file.relative_to(FOLDER.parent).with_suffix("")
                found = getattr(import_module(".".join(path.parts)), node.name, None)
                if isinstance(found, type) and issubclass(found, QAbstractItemModel):
                    yield found


def test_every_model_is_tried_here() -> None:
    assert set(models()) == set(CASES), "give the new model a case, so that it is tried"


@pytest.mark.parametrize("kind", CASES, ids=lambda kind: kind.__name__)
def test_a_model_keeps_the_rules_of_models(
    kind: type[QAbstractItemModel], qtbot: QtBot, qtmodeltester: ModelTester, store: SqlStore
) -> None:
    with desk_at(store, TECHNICIAN) as desk:
        case = CASES[kind](store, desk)
        model = case.model
        watched = QAbstractItemModelTester(model, STRICT, model)  # whatever it does from now on
        for count in (0, 1, SEVERAL):
            case.show(count)
            qtbot.waitUntil(partial(has_rows, model, count))
            assert model.data(QModelIndex(), Qt.ItemDataRole.DisplayRole) is None
        assert model.index(0, 0).data() is not None
        qtmodeltester.check(model, force_py=True)  # it looks closer, and once
        assert watched.model() is model


def has_rows(model: QAbstractItemModel, count: int) -> bool:
    return model.rowCount() == count
