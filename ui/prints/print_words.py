"""What a print job is doing, why it stopped and what a person can do, in words."""

from labels.printer import Printer, Route
from labels.queue.job import Job, JobState, PageState
from labels.transport import Reason
from station.codes import grouped
from station.words import _, _n
from ui.prints.label_notes import LABELS
from ui.theme import Tone
from ui.transport_words import REASONS, REMEDIES


def is_open(job: Job) -> bool:
    """Whether something of it is still to be printed."""
    return not job.is_over


def needs_person(job: Job) -> bool:
    """Whether it goes on only after somebody did something."""
    if job.state in (JobState.STOPPED, JobState.UNCERTAIN):
        return True
    return not job.is_over and job.reason not in (None, Reason.BUSY)


def state_words(job: Job) -> str:
    """Where it stands, in a word or two."""
    if job.cancelled and not job.is_over:
        return _("Ends after this page")
    match job.state:
        case JobState.WAITING:
            return _("Tries again by itself") if job.reason else _("Waits for the printer")
        case JobState.SENDING:
            return _("Printing")
        case JobState.DONE:
            return _("Printed")
        case JobState.STOPPED:
            return _("Stopped")
        case JobState.UNCERTAIN:
            return _("Look at the printer")
        case JobState.CANCELLED:
            return _("Cancelled")


def state_tone(job: Job) -> Tone:
    """The colour of its chip."""
    if job.state is JobState.DONE:
        return Tone.OK
    if job.state in (JobState.STOPPED, JobState.UNCERTAIN):
        return Tone.FAIL
    return Tone.WARN if needs_person(job) else Tone.UNKNOWN


def printer_words(printer: Printer) -> str:
    """Where it is printed."""
    return _("PDF on this PC") if printer.route is Route.VIEWER else printer.address


def pages_words(job: Job) -> str:
    """How far it has come."""
    return f"{sum(page.state is PageState.DONE for page in job.pages)}/{len(job.pages)}"


def what_to_do(job: Job) -> str:
    """Why it stands still and what helps; "" where nothing has to be done."""
    if job.state is JobState.UNCERTAIN:
        why = REASONS[job.reason or Reason.BROKEN_OFF]()
        return f"{why}. {question(job)}"
    if job.reason is None or not is_open(job):
        return ""
    why = REASONS[job.reason]()
    remedy = REMEDIES.get(job.reason)
    if job.state is JobState.STOPPED:
        return _("{why}. {remedy}, then press Try again.").format(
            why=why, remedy=remedy() if remedy else _("Look at the printer")
        )
    if remedy is None:
        return _("{why}. It is tried again by itself.").format(why=why)
    return _("{why}. {remedy}: printing then goes on by itself.").format(why=why, remedy=remedy())


def question(job: Job) -> str:
    """What only a person at the printer can answer."""
    codes = uncertain_codes(job)
    if job.kind != LABELS:
        return _("Did the paper come out of the printer?")
    if len(codes) == 1:
        return _("Did label {code} come out?").format(code=grouped(codes[0]))
    return _n(
        "Did this {count} label come out?", "Did these {count} labels come out?", len(codes)
    ).format(count=len(codes))


def labels_of_job(job: Job) -> tuple[str, ...]:
    """The codes whose labels a job prints, each once; none for papers."""
    if job.kind != "labels":
        return ()
    return tuple(dict.fromkeys(code for page in job.pages for code in page.codes))


def uncertain_codes(job: Job) -> tuple[str, ...]:
    """The labels on the page that broke off."""
    pages = (page for page in job.pages if page.state is PageState.UNCERTAIN)
    return next((page.codes for page in pages), ())
