"""What this PC speaks and where it sends to: kept in the settings file for the next start."""

from functools import partial
from pathlib import Path

from msgspec import structs
from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from station.ports import PointStore
from station.words import DEFAULT_LANGUAGE, _
from ui.act_line import ActLine
from ui.buttons import primary_button
from ui.choice import Choice
from ui.desk import Desk
from ui.field import Field
from ui.point_work import EVERYTHING, Part, part_word, parts_of
from ui.settings import (
    NoServiceAddress,
    Settings,
    read_settings,
    require_service_address,
    write_settings,
)
from ui.side_by_side import form_card
from ui.theme import Role, words
from ui.wording import explain

LANGUAGES = {"vi": "vi_VN", "en": "en_001"}  # with the locale that calls it by its plain name


class PcSettings(QWidget):
    """Read once, when the page is made; saving keeps what stands here."""

    said = Signal(str)
    parts_changed = Signal(object)  # frozenset of Part

    def __init__(self, desk: Desk, file: Path) -> None:
        super().__init__()
        self._desk, self._file = desk, file
        self.language = Choice("settingsLanguage")
        # Each in itself, so that whoever does not read the other one finds it.
        named = ((id_, QLocale(name).nativeLanguageName()) for id_, name in LANGUAGES.items())
        self.language.offer(named)
        self.service = QLineEdit()
        self.service.setObjectName("settingsService")
        self.service.setPlaceholderText("https://")
        hint = _("Leave it empty while this point is not connected.")
        self._service_field = Field(_("Address of the central service"), self.service, hint)
        self.parts = {part: QCheckBox(part_word(part)) for part in Part}
        for part, box in self.parts.items():
            box.setObjectName(f"part.{part}")
        self.save = primary_button(_("Save"), shortcut="Ctrl+Return")
        self.save.setObjectName("saveSettings")
        self.save.clicked.connect(self._save)
        self._acts = ActLine(desk, "settingsProblem", self.save)
        self._lay_out()
        self.setEnabled(False)  # until the file was read
        desk.ask(partial(_read, file), self._show, self._refuse, owner=self)

    def _show(self, settings: Settings) -> None:
        self.setEnabled(True)
        self.language.choose(settings.language)
        self.service.setText(settings.service)
        done = parts_of(settings.parts)
        for part, box in self.parts.items():
            box.setChecked(part in done)

    def _save(self) -> None:
        self._service_field.clear_error()
        self._acts.clear()
        service = self.service.text().strip()
        try:
            require_service_address(service)
        except NoServiceAddress as error:
            self._service_field.show_error(explain(error, self._desk.reference))
            self.service.setFocus()
            return
        language = self.language.chosen or DEFAULT_LANGUAGE
        done = tuple(part for part, box in self.parts.items() if box.isChecked())
        done = () if frozenset(done) == EVERYTHING else done
        keep = partial(_write, self._file, language, service, done)
        self._desk.ask(keep, self._saved, self._not_saved, owner=self)

    def _saved(self, settings: Settings) -> None:
        self.parts_changed.emit(parts_of(settings.parts))
        self.said.emit(_("Saved. It holds from the next start of the program."))

    def _not_saved(self, error: Exception) -> None:
        if isinstance(error, OSError):
            told = _(
                "The settings cannot be saved. Check the disk and the account's rights: {file}"
            )
            self._acts.refuse(told.format(file=self._file))
        else:
            self._refuse(error)

    def _refuse(self, error: Exception) -> None:
        self._acts.refuse(explain(error, self._desk.reference))

    def _lay_out(self) -> None:
        when = words(_("Changes hold from the next start of the program."), Role.MUTED)
        when.setWordWrap(True)
        language = Field(_("Language"), self.language)
        done = words(_("What is done here (the rest is hidden)"), Role.MUTED)
        parts = (done, *self.parts.values())
        card = form_card(_("This PC"), language, self._service_field, when, *parts, self._acts)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)


def _read(file: Path, _store: PointStore) -> Settings:
    return read_settings(file)


def _write(
    file: Path, language: str, service: str, parts: tuple[str, ...], _store: PointStore
) -> Settings:
    """Change only what stands on the page: the file may say more than this start was given."""
    settings = structs.replace(read_settings(file), language=language, service=service, parts=parts)
    write_settings(file, settings)
    return settings
