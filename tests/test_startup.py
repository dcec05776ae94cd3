"""What a start of the app loads: everything slow waits until somebody needs it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from station.people import OperatorName
from station.reference import load
from station.store.engine import sqlite_url
from station.store.keys import KeySource, PasswordKey, StatedKey
from station.store.store import create_store
from tests.station import child
from tests.station.conftest import LEAD, NOON, STATION

LOADED = """
import json, sys
before = set(sys.modules)
import ui.command
new = sys.modules.keys() - before
print(json.dumps({name: getattr(sys.modules[name], "__file__", None) or "" for name in new}))
"""

SOURCES = """
import linecache
from ui.start import begin_loading
begin_loading()
import ui.command
print(sum(name.endswith(".py") for name in linecache.cache))
"""
FEW = 10  # before PySide could be asked not to

# Whatever is added here is paid for at every start, on a point's old PC.
PACKAGES = {
    "PySide6": "the window",
    "_cffi_backend": "what cryptography is bound by",
    "cryptography": "the people rows are encrypted",
    "msgspec": "events and settings are read and written",
    "platformdirs": "where the store and the settings lie",
    "shiboken6": "what PySide6 is bound by",
    "sqlalchemy": "the store",
    "stdnum": "the check digit of a scanned code",
    "typing_extensions": "override, which Python has from 3.12 on",
}
SHOWN = PACKAGES | {"fontpkg_inter": "the letters of every text"}
QT = {
    "PySide6.QtCore": "timers, signals, the lock of the file",
    "PySide6.QtGui": "fonts, colours, keys",
    "PySide6.QtSvg": "the icons of the navigation",
    "PySide6.QtWidgets": "everything one sees",
}
# A store without a stated key: the worker thread loads these while the window's thread goes on.
# Not every system and Python brings all of them.
KEY_OF_A_POINT = {
    "_argon2_cffi_bindings": "what argon2 is bound by",
    "argon2": "the password becomes a key",
    "backports": "keyring's jaraco.context, before Python 3.12",
    "importlib_metadata": "keyring looks for its backends, before Python 3.12",
    "jaraco": "keyring is written with it",
    "jeepney": "secretstorage speaks D-Bus with it",
    "keyring": "whether this account keeps keys",
    "lazy_importer": "importlib_metadata puts its own imports off with it",
    "more_itertools": "jaraco is written with it",
    "secretstorage": "keyring's way into the keyring of a Linux desktop",
    "win32ctypes": "keyring's way into the vault of Windows",
    "zipp": "importlib_metadata is written with it",
}


@pytest.fixture(scope="module")
def loaded() -> dict[str, str]:
    """Module names and files after `import ui.command` in a process of its own."""
    ran = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    modules: dict[str, str] = json.loads(ran.stdout)
    return modules


@pytest.mark.parametrize(
    "needed_later",
    [
        "PIL",
        "PySide6.QtMultimedia",
        "PySide6.QtNetwork",
        "PySide6.QtPdf",
        "PySide6.QtPrintSupport",
        "PySide6.QtSerialPort",
        "PySide6.QtTest",
        "alembic",
        "argon2",
        "babel",
        "barcode",
        "cpuinfo",
        "h11",
        "httpx",
        "ifaddr",
        "jinja2",
        "keyring",
        "litestar",
        "mako",
        "numpy",
        "psycopg",
        "reportlab",
        "zxingcpp",
        "sqlalchemy.dialects.postgresql",
        "uvicorn",
        "zeroconf",
    ],
)
def test_a_start_does_not_load(needed_later: str, loaded: dict[str, str]) -> None:
    assert not {name for name in loaded if f"{name}.".startswith(f"{needed_later}.")}


@pytest.mark.parametrize(
    "needed_later",
    [
        "labels.document",
        "labels.filling",
        "labels.imposition",
        "labels.stocks",
        "labels.template",
        "station.paper_facts",
        "ui.papers.describing",
        "ui.paperwork.paper_desk",
        "ui.prints.preview",
        "ui.prints.printers_page",
        "ui.scan_check.page",
        "ui.scanning.camera_dialog",
    ],
)
def test_a_shown_window_has_not_loaded(needed_later: str, shown: dict[str, str]) -> None:
    """What makes and draws papers and labels waits for the first of them."""
    assert needed_later not in shown


def test_a_start_reads_the_sources_of_hardly_any_module() -> None:
    """PySide would, of each: twice as many files from an old disk, and 20 MB of lines."""
    ran = subprocess.run(
        [sys.executable, "-c", SOURCES], capture_output=True, text=True, check=True
    )

    assert int(ran.stdout) < FEW


def test_a_start_loads_of_stdnum_the_check_digit_only(loaded: dict[str, str]) -> None:
    parts = {name for name in loaded if name.startswith("stdnum.")}

    assert parts == {"stdnum.damm", "stdnum.exceptions", "stdnum.util"}


def test_a_start_loads_these_packages_and_no_others(loaded: dict[str, str]) -> None:
    assert "ui.app" in loaded
    assert _installed(loaded) == PACKAGES.keys()


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory, display: None) -> dict[str, str]:
    """Module names and files once a window is there."""
    return _shown(tmp_path_factory.mktemp("shown"), StatedKey("test"))


def test_a_shown_window_loaded_these_packages_and_no_others(shown: dict[str, str]) -> None:
    assert _installed(shown) == SHOWN.keys()
    assert _parts_of_qt(shown) == QT.keys()


def test_the_key_of_a_point_loads_the_keyring_and_what_it_needs(
    tmp_path: Path, display: None
) -> None:
    loaded = _shown(tmp_path, PasswordKey(lambda _new: "mật khẩu"), "mật khẩu")

    assert {"argon2", "keyring"} <= _installed(loaded)
    assert _installed(loaded) - SHOWN.keys() <= KEY_OF_A_POINT.keys()
    assert _parts_of_qt(loaded) == QT.keys()


def _shown(folder: Path, key: KeySource, *password: str) -> dict[str, str]:
    """Module names and files once the window of a small store is there, in Vietnamese."""
    file = folder / "station.db"
    with create_store(sqlite_url(file), key, load(), station=STATION, by=LEAD, when=NOON) as store:
        store.add_operator(OperatorName(LEAD.id, "Trần Thị Mai", LEAD.role))
    ran = child.finished("tests.ui.started_app", file, folder / "state", *password)
    assert ran.returncode == 0, ran.stderr
    modules: dict[str, str] = json.loads(ran.stdout)
    assert "ui.workplace" in modules
    return modules


def _parts_of_qt(loaded: dict[str, str]) -> set[str]:
    return {name for name in loaded if name.startswith("PySide6.Qt")}


def _installed(loaded: dict[str, str]) -> set[str]:
    """The packages that came from an installation, by the name of their folder or file."""
    files = [Path(file).parts for file in loaded.values() if "site-packages" in Path(file).parts]
    return {parts[parts.index("site-packages") + 1].split(".")[0] for parts in files}
