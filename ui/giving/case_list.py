"""Cases that wait, each with what it needs: school and level, the kind wanted, a direct gift."""

from station.device import Stage
from station.reference import Table
from station.words import _
from ui.cards import EmptyState
from ui.choice import Choice
from ui.coded_words import coded
from ui.day_words import age_words
from ui.desk import Desk
from ui.gate_words import next_step
from ui.giving.handover_lists import CaseLine
from ui.giving.pupil_words import case_word, named_pupil, origin_tone, origin_word, school_word
from ui.giving.sought import TWO_LINES, Sought
from ui.line_list import LineList
from ui.line_table import Column
from ui.theme import Tone


class CaseList(Sought[CaseLine]):
    """Who waits; narrowed by words and by level."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.level = Choice("waitingLevel")
        levels = desk.reference.entries(Table.LEVELS)
        self.level.offer(
            (entry.id, coded(Table.LEVELS, entry.id, desk.reference)) for entry in levels
        )
        self.level.offer_none(_("All levels"))
        self.level.setCurrentIndex(0)
        self.level.setAccessibleName(_("School level"))
        super().__init__(
            self._listing(),
            self._words,
            "caseFilter",
            _("Pupil, school or case"),
            self.level,
            keys="Ctrl+F",
            keep=self._of_level,
        )
        self.listing.view.verticalHeader().setDefaultSectionSize(TWO_LINES)
        self.level.currentIndexChanged.connect(self.narrow)

    def needs(self, line: CaseLine) -> str:
        """The school, whose short name says its level, or the level; and the kind wanted."""
        reference, case = self._desk.reference, line.case
        where = school_word(case.school, reference, self._desk.now().day)
        where = where or coded(Table.LEVELS, case.level, reference)
        wants = coded(Table.KINDS, case.wants, reference) if case.wants else _("any kind")
        return f"{where}\n{wants}"

    def _who(self, line: CaseLine) -> str:
        named = " · ".join(p for p in (named_pupil(line), line.pupil.school_class) if p)
        return f"{named}\n{case_word(line)}"

    def gift(self, line: CaseLine) -> str:
        """The direct gift that waits for this pupil, and where it stands; "" without one."""
        if not line.gifts:
            return ""
        step = next_step(line.gifts[0], self._desk.reference, self._desk.now())[1]
        ready = line.gifts[0].stage is Stage.READY
        return _("direct gift: ready") if ready else _("direct gift: {step}").format(step=step)

    def _of_level(self, line: CaseLine) -> bool:
        return self.level.chosen in {None, line.case.level}

    def _words(self, line: CaseLine) -> str:
        words = (case_word(line), line.case.code, named_pupil(line), line.pupil.school_class)
        return " ".join((*words, self.needs(line), line.pupil.guardian_phone))

    def _waiting(self, line: CaseLine) -> str:
        gift = self.gift(line)
        age = age_words(line.since, self._desk.now().day) if line.since else ""
        return gift or " · ".join(part for part in (origin_word(line), age) if part)

    def _tone(self, line: CaseLine) -> Tone:
        if line.gifts:
            return Tone.OK if line.gifts[0].stage is Stage.READY else Tone.WARN
        return origin_tone(line)

    def _listing(self) -> LineList[CaseLine]:
        columns = (
            Column[CaseLine](_("Pupil and case"), self._who),
            Column[CaseLine](_("Needs"), self.needs, width=150),
            Column[CaseLine](_("Waiting"), self._waiting, self._tone, width=176),
        )
        how = _("Cases come from the programme's service, or are entered from the printed list.")
        empty = EmptyState(_("No case waits for a device"), how)
        return LineList(columns, lambda line: line.case.code, empty).named(
            "waitingCases", _("Cases waiting")
        )
