"""What this PC remembers between two starts: language, store, service. A small JSON file."""

from pathlib import Path
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct
from platformdirs import user_config_path, user_data_path, user_state_path

from station.files import put_file
from station.store.engine import sqlite_url
from station.words import DEFAULT_LANGUAGE

APP = "refurbishment-station"


class Settings(Struct, frozen=True, omit_defaults=True):
    """Everything has a default, so that a missing or damaged file stops nobody."""

    language: str = DEFAULT_LANGUAGE
    database: str = ""  # "" = a file in the account's data folder
    open_papers: bool = True  # show a finished PDF in the system's viewer
    service: str = ""  # address of the central service; "" = not connected yet

    def store_url(self) -> str:
        """The address of the point's store."""
        if self.database:
            return self.database if "://" in self.database else sqlite_url(Path(self.database))
        return sqlite_url(data_folder() / "station.db")


def data_folder() -> Path:
    """Where the store, reports and papers lie."""
    return _made(user_data_path(APP, appauthor=False) / "store")


def state_folder() -> Path:
    """Where this PC notes how far it saw a store; not part of a restored data folder."""
    return _made(user_state_path(APP, appauthor=False) / "seen")  # on Windows, beside the store's


def is_service_address(text: str) -> bool:
    """Whether the central service could be found there."""
    try:
        address = urlsplit(text)
        _port = address.port  # read here, as it may be no number
    except ValueError:
        return False
    plain = text.isascii() and text.isprintable() and " " not in text
    return plain and address.scheme in {"http", "https"} and bool(address.hostname)


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def settings_file() -> Path:
    """Where the settings lie."""
    return user_config_path(APP, appauthor=False) / "settings.json"


def read_settings(file: Path) -> Settings:
    """The settings of this PC; the defaults where none can be read."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=Settings)
    except (OSError, msgspec.MsgspecError):
        return Settings()


def write_settings(file: Path, settings: Settings) -> None:
    """Remember the settings."""
    put_file(file, msgspec.json.format(msgspec.json.encode(settings)))
