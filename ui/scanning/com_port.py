"""A scanner on a serial port: no input method is in between. The cable may come and go."""

import logging
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from ui.scanning.frames import Frames
from ui.scanning.habits import BY_ITSELF

if TYPE_CHECKING:
    from PySide6.QtSerialPort import QSerialPort

logger = logging.getLogger(__name__)

AGAIN_MS: Final = 2_000  # until a port that is not there is tried again
REST_MS: Final = 120  # a scan without a suffix ends by silence


class PortState(Enum):
    """How the port stands."""

    UNUSED = auto()
    OPEN = auto()
    MISSING = auto()  # unplugged, or another program holds it: tried again by itself


class ComPort(QObject):
    """Says `scanned` for each scan; QtSerialPort loads with the first port that is asked for."""

    scanned = Signal(str)
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name, self._baud = "", 0
        self._port: QSerialPort | None = None
        self._frames = Frames()
        self._silence = QTimer(self, singleShot=True, interval=REST_MS)
        self._silence.timeout.connect(lambda: self._tell(self._frames.rest()))
        self._again = QTimer(self, interval=AGAIN_MS)
        self._again.timeout.connect(self._try)

    @property
    def state(self) -> PortState:
        """How the port stands now."""
        if not self._name:
            return PortState.UNUSED
        return PortState.OPEN if self._port is not None else PortState.MISSING

    @property
    def name(self) -> str:
        """The port that is open, else the one that is asked for."""
        return self._name if self._port is None else self._port.portName()

    def listen(self, name: str, baud: int) -> None:
        """Listen at this port from now on, "" at none; the same one goes on."""
        if (name, baud) == (self._name, self._baud):
            return
        self.close()
        self._name, self._baud = name, baud
        if name:
            self._again.start()
            self._try()

    def close(self) -> None:
        """Let go of the port."""
        self._again.stop()
        self._name = ""
        self._drop()

    def _try(self) -> None:
        if self._port is not None:
            return
        from PySide6.QtSerialPort import QSerialPort  # noqa: PLC0415 -- few PCs have such a scanner

        name = _usb_port() if self._name == BY_ITSELF else self._name
        if not name:
            return
        port = QSerialPort(name, self)
        port.setBaudRate(self._baud)
        if not port.open(QSerialPort.OpenModeFlag.ReadOnly):
            port.deleteLater()
            return
        self._port = port
        port.readyRead.connect(self._read)
        port.errorOccurred.connect(self._on_error)
        logger.info("the scanner's port is open")
        self.changed.emit()

    def _read(self) -> None:
        if self._port is not None:
            self._tell(self._frames.feed(bytes(self._port.readAll().data())))
            self._silence.start()

    def _tell(self, scans: tuple[str, ...]) -> None:
        for scan in scans:
            self.scanned.emit(scan)

    def _on_error(self, error: "QSerialPort.SerialPortError") -> None:
        if error.name != "NoError":
            logger.info("the scanner's port is gone: %s", error.name)
            self._drop()

    def _drop(self) -> None:
        """The next cable begins with an empty buffer: half a scan is none."""
        port, self._port = self._port, None
        self._silence.stop()
        self._frames = Frames()
        if port is not None:
            port.errorOccurred.disconnect(self._on_error)
            port.close()
            port.deleteLater()
            self.changed.emit()


def port_names() -> tuple[tuple[str, str], ...]:
    """The serial ports of this PC, each with what the system calls it."""
    from PySide6.QtSerialPort import QSerialPortInfo  # noqa: PLC0415 -- as above

    ports = QSerialPortInfo.availablePorts()
    return tuple((port.portName(), port.description() or port.portName()) for port in ports)


def _usb_port() -> str:
    from PySide6.QtSerialPort import QSerialPortInfo  # noqa: PLC0415 -- as above

    ports = QSerialPortInfo.availablePorts()
    return next((port.portName() for port in ports if port.hasVendorIdentifier()), "")
