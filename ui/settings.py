"""What this PC remembers between two starts: language, store, service. A small JSON file."""

from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct
from platformdirs import user_config_path, user_data_path, user_state_path

from station.files import put_file
from station.store.engine import database_file, sqlite_url
from station.words import DEFAULT_LANGUAGE
from ui.scanning.habits import ScannerHabits

APP = "refurbishment-station"


class UnreadableSettings(Exception):
    """The settings file says nothing we understand; without it the wrong store might be opened."""

    code = "unreadable_settings"

    def __init__(self, file: Path) -> None:
        super().__init__(str(file))
        self.file = file


class NoServiceAddress(Exception):
    """No service could be found under this address."""

    code = "no_service_address"

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


class Settings(Struct, frozen=True, omit_defaults=True):
    """Everything has a default, for a PC that has no such file yet."""

    language: Literal["vi", "en"] = DEFAULT_LANGUAGE
    database: str = ""  # "" = a file in the account's data folder
    open_papers: bool = True  # show a finished PDF in the system's viewer
    service: str = ""  # address of the central service; "" = not connected yet
    receive_reports: bool = False  # listen for laptops on the local network
    print_at_intake: bool = False  # receiving prints the labels too
    print_chargers: bool = False  # a charger gets a label of its own
    print_receipts: bool = False  # and the donor a receipt
    parts: tuple[str, ...] = ()  # what is done here; () = everything
    first_steps_open: bool = False  # a store was founded, and nobody answered or left them yet
    scanner: ScannerHabits = ScannerHabits()

    @property
    def names_a_file(self) -> bool:
        """Whether the store, as far as the settings know, lies in a file."""
        return database_file(self.store_url()) is not None

    def store_url(self) -> str:
        """The address of the point's store."""
        if self.database:
            return self.database if "://" in self.database else sqlite_url(Path(self.database))
        return sqlite_url(data_folder() / "station.db")


def data_folder() -> Path:
    """Where the store, reports and papers lie."""
    return user_data_path(APP, appauthor=False) / "store"


def state_folder() -> Path:
    """Where this PC notes how far it saw a store; not part of a restored data folder."""
    return user_state_path(APP, appauthor=False) / "seen"  # on Windows, beside the store's


def is_service_address(text: str) -> bool:
    """Whether the central service could be found there."""
    try:
        address = urlsplit(text)
        _port = address.port  # read here, as it may be no number
    except ValueError:
        return False
    plain = text.isascii() and text.isprintable() and " " not in text
    return plain and address.scheme in {"http", "https"} and bool(address.hostname)


def require_service_address(text: str) -> None:
    """Raise NoServiceAddress where no service could be found; "" is a point without one."""
    if text and not is_service_address(text):
        raise NoServiceAddress(text)


def settings_file() -> Path:
    """Where the settings lie."""
    return user_config_path(APP, appauthor=False) / "settings.json"


def read_settings(file: Path) -> Settings:
    """The settings of this PC, the defaults where there is no file; raises UnreadableSettings."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=Settings)
    except (FileNotFoundError, NotADirectoryError):
        return Settings()
    except (OSError, ValueError) as error:  # msgspec's own errors are ValueErrors
        raise UnreadableSettings(file) from error


def write_settings(file: Path, settings: Settings) -> None:
    """Remember the settings."""
    put_file(file, msgspec.json.format(msgspec.json.encode(settings)))
