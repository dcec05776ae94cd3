"""Lời văn giấy tờ: the office's own words, beside the shipped ones and a sample of the paper."""

from functools import partial
from typing import Final

from msgspec import structs
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from labels.paper_words import COMMON, TemplateWord
from labels.template import MOST_COPIES, least_copies, template
from station.operators import Role as Duties
from station.ports import PointStore
from station.text import BadText
from station.words import _
from ui.background import Background
from ui.buttons import link_button, primary_button, secondary_button
from ui.cards import Card, EmptyState, PageHead
from ui.choice import Choice
from ui.desk import Desk
from ui.duty import Duty
from ui.field import Field, mark_wrong
from ui.line_list import LineList
from ui.line_table import Column
from ui.number_box import NumberBox
from ui.paperwork.names import paper_name
from ui.paperwork.office import Office
from ui.paperwork.office_words import (
    FILES,
    FileWords,
    Word,
    examples,
    fault_in,
    read_words,
    sample,
    save_words,
    set_aside,
)
from ui.paperwork.texts_edit import TextsEdit, in_one
from ui.prints import press
from ui.prints.paper_view import PaperView
from ui.side_by_side import SPACE, list_card
from ui.theme import Role, words
from ui.wording import explain

REDRAW_PAUSE_MS: Final = 400
CHANGED_WIDTH: Final = 76
PREVIEW_WIDTH: Final = 380


class WordLine:
    """One word in the list."""

    def __init__(self, key: str, word: Word, *, changed: bool) -> None:
        self.key, self.text, self.changed = key, " / ".join(in_one(word).split("\n")), changed


class WordsPage(QWidget):
    """Only the lead may save; whoever else comes here reads."""

    said = Signal(str)

    def __init__(self, desk: Desk, office: Office, background: Background) -> None:
        super().__init__()
        self._desk, self._office, self._background = desk, office, background
        self._words: FileWords | None = None
        self._saved: FileWords | None = None
        self._key = ""
        self.paper = Choice("wordsPaper")
        self.paper.setAccessibleName(_("Which paper"))
        self.list = _word_list()
        self.list.view.setTextElideMode(Qt.TextElideMode.ElideRight)  # what tells it apart is first
        self.texts = TextsEdit()
        self.fields = Choice("wordsFields", placeholder=_("Insert what the program knows…"))
        self.fields.setAccessibleName(_("Insert what the program knows…"))
        self.copies = NumberBox()
        self.copies.setObjectName("wordsCopies")
        self._shipped = words("", Role.MUTED)
        self._shipped.setObjectName("shippedWords")
        self._problem = words("", Role.STRONG)
        self._problem.setObjectName("wordsProblem")
        self.back = link_button(_("Back to the shipped words"))
        self.drop = secondary_button(_("Drop the changes"))
        self.save = primary_button(_("Save the words"), shortcut="Ctrl+S")
        self.aside = secondary_button(_("Set the file aside and begin anew"))
        self.view = PaperView(background)
        self._saving = Duty(desk, self.save, None, self)
        self._redraw = QTimer(self, singleShot=True, interval=REDRAW_PAUSE_MS)
        self._lay_out()
        self._connect()
        self.paper.choose(FILES[0])
        self._open_file()

    @property
    def problem(self) -> str:
        """What is wrong, "" when nothing is."""
        return self._problem.text()

    def unfinished(self) -> str:
        """What closing the window would lose."""
        return _("The words of a paper are changed and not saved yet.") if self._is_changed else ""

    def show_file(self, file: str) -> None:
        """Open the words of one paper, or of all."""
        self.paper.choose(file)
        self._open_file()

    # ---- reading ----

    def _open_file(self) -> None:
        file = self.paper.chosen or FILES[0]
        read = partial(_read, file, self._office)
        self._desk.ask(read, self._show, self._refuse_error, owner=self)

    def _show(self, words_: FileWords) -> None:
        self._saved = self._words = words_
        self._key = ""
        self._refuse("")
        self.aside.setVisible(words_.fault is not None)
        if words_.fault is not None:
            self._refuse_error(words_.fault)
        self._show_copies(words_)
        self._show_lines()
        self.list.choose(next(iter(words_.shipped)))
        self._tell_saving()
        self._draw()

    def _show_copies(self, words_: FileWords) -> None:
        self._copies_field.setVisible(words_.file != COMMON)
        if words_.file != COMMON:
            self.copies.blockSignals(True)
            self.copies.setRange(least_copies(words_.file), MOST_COPIES)
            self.copies.setValue(words_.copies or template(words_.file).copies)
            self.copies.blockSignals(False)

    def _show_lines(self) -> None:
        if self._words is not None:
            known = self._words
            self.list.show_lines(
                [
                    WordLine(key, known.word(key), changed=key in known.changed)
                    for key in known.shipped
                ]
            )

    def _show_choice(self) -> None:
        line = self.list.chosen
        if line is None or self._words is None or line.key == self._key:
            return
        self._key = line.key
        self.texts.blockSignals(True)
        self.texts.show_word(self._words.word(line.key), read_only=not self._may_write)
        self.texts.blockSignals(False)
        self._shipped.setText(in_one(self._words.shipped[line.key]))
        self._offer_fields(self._words.file, line.key)
        self._check()

    def _offer_fields(self, file: str, key: str) -> None:
        known = examples(file, key)
        self.fields.offer((name, f"{{{name}}} – {example}") for name, example in known.items())
        self.fields.setCurrentIndex(-1)
        self.fields.setEnabled(bool(known) and self._may_write)

    @property
    def _may_write(self) -> bool:
        known = self._words
        lead = self._desk.operator.role is Duties.LEAD
        return lead and known is not None and known.fault is None

    @property
    def _is_changed(self) -> bool:
        return self._words is not None and self._saved is not None and self._words != self._saved

    # ---- writing ----

    def _write(self) -> None:
        if self._words is None or not self._key:
            return
        self._words = self._words.with_word(self._key, self.texts.word)
        self._check()
        self._changed()

    def _write_copies(self) -> None:
        if self._words is not None and self._words.file != COMMON:
            own = self.copies.value()
            shipped = template(self._words.file).copies
            self._words = structs.replace(self._words, copies=own if own != shipped else None)
            self._changed()

    def _changed(self) -> None:
        self._show_lines()
        self._tell_saving()
        self._redraw.start()

    def _check(self) -> None:
        """A mistake is told beside the text, before anybody saves it."""
        known = self._words
        if known is None or known.fault is not None:
            return
        fault = fault_in(known.file, self._key, known.word(self._key)) if self._key else None
        self._refuse(self._fault_words(fault) if fault else "")
        self.back.setEnabled(self._may_write and self._key in known.changed)

    def _fault_words(self, fault: TemplateWord | BadText) -> str:
        if isinstance(fault, TemplateWord):
            return _template_fault(fault)
        return explain(fault, self._desk.reference)

    def _tell_saving(self) -> None:
        known = self._words
        faulty = known is None or known.fault is not None or self._first_fault() is not None
        self._saving.offer(self._is_changed and not faulty)
        self.drop.setEnabled(self._is_changed)
        if known is not None:
            self.back.setEnabled(self._may_write and self._key in known.changed)

    def _first_fault(self) -> Exception | None:
        known = self._words
        if known is None:
            return None
        faults = (fault_in(known.file, key, word) for key, word in known.changed.items())
        return next((fault for fault in faults if fault), None)

    def _insert(self) -> None:
        if self.fields.chosen:
            self.texts.insert(f"{{{self.fields.chosen}}}")
            self.fields.setCurrentIndex(-1)

    def _to_shipped(self) -> None:
        if self._words is not None and self._key:
            key, self._key = self._key, ""
            self._words = self._words.with_word(key, self._words.shipped[key])
            self._changed()
            self.list.choose(key)
            self._show_choice()

    def _save(self) -> None:
        if self._words is not None:
            saved = self._words
            keep = partial(_save, saved, self._office)
            self._desk.ask(keep, lambda _none: self._kept(saved), self._refuse_error, owner=self)

    def _kept(self, saved: FileWords) -> None:
        self._saved = saved
        self._office.use_own()
        self._tell_saving()
        self.said.emit(_("The words are saved; the next paper uses them."))

    def _set_aside(self) -> None:
        file = self.paper.chosen or FILES[0]
        move = partial(_set_aside, file, self._office)
        self._desk.ask(move, lambda _none: self._open_file(), self._refuse_error, owner=self)

    # ---- the sample ----

    def _draw(self) -> None:
        known = self._words
        if known is None or self._first_fault() is not None:
            return  # the last good sample stays; what is wrong stands beside the text
        home = self._office.home
        self.view.pictures.open(lambda: press.draw_papers([sample(known.file, known, home)]))

    # ---- told ----

    def _refuse(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def _refuse_error(self, error: Exception) -> None:
        self._refuse(explain(error, self._desk.reference))

    def _operator_changed(self) -> None:
        self._key = ""
        self._show_choice()
        self.copies.setEnabled(self._may_write)
        self.aside.setEnabled(self._desk.operator.role is Duties.LEAD)

    # ---- laid out ----

    def _connect(self) -> None:
        self.paper.activated.connect(self._choose_paper)
        self.list.chosen_changed.connect(self._show_choice)
        self.texts.changed.connect(self._write)
        self.copies.valueChanged.connect(self._write_copies)
        self.fields.activated.connect(self._insert)
        self.back.clicked.connect(self._to_shipped)
        self.drop.clicked.connect(self._open_file)
        self.save.clicked.connect(self._save)
        self.aside.clicked.connect(self._set_aside)
        self._redraw.timeout.connect(self._draw)
        self.view.failed.connect(self._refuse_error)
        self._saving.told.connect(self.said)
        self._desk.operator_changed.connect(self._operator_changed)

    def _choose_paper(self) -> None:
        """Changed words are saved or dropped first."""
        if self._is_changed and self._words is not None:
            self.paper.choose(self._words.file)
            self._refuse(_("Save the changed words or drop them first."))
        else:
            self._open_file()

    def _lay_out(self) -> None:
        self.paper.offer((file, _file_name(file)) for file in FILES)
        for widget, name in (
            (self.back, "backToShipped"),
            (self.drop, "dropWords"),
            (self.save, "saveWords"),
            (self.aside, "setAside"),
        ):
            widget.setObjectName(name)
        mark_wrong(self._problem, True)
        for label in (self._problem, self._shipped):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._problem.hide()
        self.aside.hide()
        self._copies_field = Field(_("How many copies are made"), self.copies)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        left = list_card(_("Words of the paper"), self.list)
        row.addWidget(left, 4)
        row.addWidget(self._editor(), 5)
        sample_card = Card(_("A made-up sample"))
        sample_card.body.addWidget(self.view)
        sample_card.setFixedWidth(PREVIEW_WIDTH)
        row.addWidget(sample_card)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        acts = (self.aside, self.drop, self.save)
        layout.addWidget(PageHead(_("Words of papers"), acts=(self.paper, *acts)))
        layout.addLayout(row, 1)

    def _editor(self) -> Card:
        card = Card(_("As this office writes it"))
        card.add_to_head(self.back)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        column.addWidget(self.texts)
        column.addWidget(self._problem)
        column.addWidget(self.fields)
        column.addWidget(words(_("As the program comes with it"), Role.STRONG))
        column.addWidget(self._shipped)
        column.addStretch()
        scroll.setWidget(inside)
        inside.setAutoFillBackground(False)
        scroll.viewport().setAutoFillBackground(False)
        hint = words(
            _("Square brackets are left out when they say nothing; braces are filled in."),
            Role.MUTED,
        )
        hint.setWordWrap(True)
        card.body.addWidget(scroll, 1)
        card.body.addWidget(hint)
        card.body.addWidget(self._copies_field)
        return card


def _file_name(file: str) -> str:
    return _("Words of all papers") if file == COMMON else paper_name(file)


def _template_fault(fault: TemplateWord) -> str:
    if fault.field is None:
        return _("This word is missing, or is none of this paper.")
    if fault.field in ("[", "]", "{", "}"):
        return _("A bracket is not closed, or stands alone: {bracket}").format(bracket=fault.field)
    return _("Nothing is known here by the name {field}. Choose it from the list.").format(
        field=f"{{{fault.field}}}"
    )


def _word_list() -> LineList[WordLine]:
    columns = (
        Column[WordLine](_("Words"), lambda line: line.text),
        Column[WordLine](
            "",
            lambda line: _("changed") if line.changed else "",
            width=CHANGED_WIDTH,
        ),
    )
    empty = EmptyState(_("There is nothing to change here"))
    return LineList(columns, lambda line: line.key, empty).named(
        "paperWords", _("Words of the paper")
    )


def _read(file: str, office: Office, _store: PointStore) -> FileWords:
    return read_words(file, office.home)


def _save(words_: FileWords, office: Office, _store: PointStore) -> None:
    save_words(words_, office.home)


def _set_aside(file: str, office: Office, _store: PointStore) -> None:
    set_aside(file, office.home)
