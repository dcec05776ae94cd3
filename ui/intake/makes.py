"""Makers and models that the point has seen, the commonest first, to complete what is typed."""

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct
from PySide6.QtCore import QObject, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit

from station.ports import DeviceFilter, PointStore

LOOKED_AT = 1_500  # the newest devices tell what comes now
SHOWN = 9


class Make(Struct, frozen=True):
    """One kind of device as its donors bring it."""

    kind: str
    maker: str
    model: str

    @property
    def name(self) -> str:
        """As people say it."""
        return f"{self.maker} {self.model}"


def seen_makes(store: PointStore) -> tuple[Make, ...]:
    """Every make among the newest devices, the commonest first."""
    rows = store.devices(DeviceFilter(), limit=LOOKED_AT)
    counted = Counter(
        Make(row.device.kind, row.device.maker, row.device.model)
        for row in rows
        if row.device.maker and row.device.model
    )
    return tuple(make for make, _count in counted.most_common())


class MakeCompleter(QObject):
    """Offers makers in one field and whole makes in the other; Enter or Down takes one."""

    chosen = Signal(Make)

    def __init__(self, maker: QLineEdit, model: QLineEdit) -> None:
        super().__init__(model)
        self._makes: tuple[Make, ...] = ()
        self._makers = _completing(maker)
        self._names = _completing(model)
        self._names.activated.connect(self._take)

    @property
    def known(self) -> bool:
        """Whether there is anything to complete from."""
        return bool(self._makes)

    def offer(self, makes: Iterable[Make]) -> None:
        """Complete from these from now on."""
        self._makes = tuple(makes)
        makers = dict.fromkeys(make.maker for make in self._makes)
        _model(self._makers).setStringList(list(makers))
        _model(self._names).setStringList([make.name for make in self._makes])

    def _take(self, name: str) -> None:
        found = next((make for make in self._makes if make.name == name), None)
        if found is not None:
            self.chosen.emit(found)


def _completing(line: QLineEdit) -> QCompleter:
    completer = QCompleter(QStringListModel(line), line)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setMaxVisibleItems(SHOWN)
    line.setCompleter(completer)
    return completer


def _model(completer: QCompleter) -> QStringListModel:
    model = completer.model()
    if not isinstance(model, QStringListModel):
        raise TypeError(model)
    return model
