"""How each section was read, and how each test went: one line each."""

from diagnostics import trial_words
from diagnostics.trial import Trial
from diagnostics.wording import reading_word, reason_word, section_word
from station.machine import Section


def section_line(section: Section) -> str:
    """How one section was read, from where and how long that took."""
    source = section.source or "–"
    tool = f"{source} {section.tool_version}" if section.tool_version else source
    reading = reading_word(section.reading)
    return f"{section_word(section.name)}: {reading} ({tool}, {section.millis} ms)"


def trial_line(trial: Trial) -> str:
    """How one test ended, why, and what it measured."""
    return trial_words.trial_line(trial, reason_word(trial.why) if trial.why else "")
