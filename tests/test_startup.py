"""What a start of the app loads: everything slow waits until somebody needs it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

LOADED = """
import json, sys
before = set(sys.modules)
import ui.app
new = sys.modules.keys() - before
print(json.dumps({name: getattr(sys.modules[name], "__file__", None) or "" for name in new}))
"""

# Whatever is added here is paid for at every start, on a point's old PC.
PACKAGES = {
    "PySide6",
    "_cffi_backend",
    "cryptography",
    "msgspec",
    "platformdirs",
    "shiboken6",
    "sqlalchemy",
    "stdnum",
    "typing_extensions",
}


@pytest.fixture(scope="module")
def loaded() -> dict[str, str]:
    """Module names and files after `import ui.app` in a process of its own."""
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
        "PySide6.QtTest",
        "alembic",
        "argon2",
        "babel",
        "barcode",
        "cpuinfo",
        "httpx",
        "jinja2",
        "keyring",
        "litestar",
        "mako",
        "numpy",
        "psycopg",
        "reportlab",
        "segno",
        "sqlalchemy.dialects.postgresql",
        "uvicorn",
    ],
)
def test_a_start_does_not_load(needed_later: str, loaded: dict[str, str]) -> None:
    assert not {name for name in loaded if f"{name}.".startswith(f"{needed_later}.")}


def test_a_start_loads_of_stdnum_the_check_digit_only(loaded: dict[str, str]) -> None:
    parts = {name for name in loaded if name.startswith("stdnum.")}

    assert parts == {"stdnum.damm", "stdnum.exceptions", "stdnum.util"}


def test_a_start_loads_these_packages_and_no_others(loaded: dict[str, str]) -> None:
    assert "ui.app" in loaded
    assert _installed(loaded) == PACKAGES


def _installed(loaded: dict[str, str]) -> set[str]:
    """The packages that came from an installation, by the name of their folder or file."""
    files = [Path(file).parts for file in loaded.values() if "site-packages" in Path(file).parts]
    return {parts[parts.index("site-packages") + 1].split(".")[0] for parts in files}
