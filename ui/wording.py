"""One place in which an error becomes a sentence: what is wrong and what to do next.

What nobody foresaw is called our mistake, with a code to tell us.
"""

import errno
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from station.codes import BadCode
from station.reference import Reference
from station.refusals import Refusal
from station.words import _, _n
from ui.day_words import until_words
from ui.refusal_words import refusal_words


def _refused(error: Any) -> str:
    from diagnostics.refused import why_refused  # noqa: PLC0415 -- few windows need its words

    return why_refused(error)


def explain(error: Exception, reference: Reference) -> str:
    """Say what went wrong and what to do next."""
    if isinstance(error, Refusal):
        return refusal_words(error, reference) or _our_mistake(error)
    return problem_words(error)


def problem_words(error: Exception) -> str:
    """The same of what no point's own words are needed for: a typed text, a file, a line."""
    for name in _names(type(error)):
        if name in PROBLEMS:
            return PROBLEMS[name](error)
    return _our_mistake(error)


def _names(kind: type[BaseException]) -> Iterator[str]:
    """The stable names of an error, its own before its parents'.

    By name, so that a window need not load the tools of printing, sync and diagnostics.
    """
    for known in kind.__mro__:
        yield known.__dict__.get("code", known.__name__)


def _our_mistake(error: Exception) -> str:
    code = getattr(error, "code", None)
    name = code if isinstance(code, str) else type(error).__name__
    return _(
        "This is a mistake of the program, not yours. Nothing was recorded. Please tell the"
        " people who look after it: {code}."
    ).format(code=name)


def _wrong_length(error: Any) -> str:
    return _n(
        "A code has {expected} digits, {count} was read. Scan again.",
        "A code has {expected} digits, {count} were read. Scan again.",
        error.got,
    ).format(expected=error.expected, count=error.got)


def _too_long(error: Any) -> str:
    return _("This is too long: at most {limit} characters.").format(limit=error.limit)


def _unknown_prefix(error: Any) -> str:
    return _("No code here begins with “{letter}”. Scan the label again.").format(
        letter=error.letter
    )


def _unknown_reference(error: Any) -> str:
    return _("“{id}” is not in this version's tables ({table}). Update the program.").format(
        id=error.id, table=error.table
    )


def _not_a_parcel(_error: Any) -> str:
    return _("This is no file of a lent laptop, or it is damaged. Choose another one.")


def _wrong_passcode(_error: Any) -> str:
    return _(
        "The passcode does not open this file. Look at the digits, or ask the point to write the "
        "file again."
    )


def _wrong_way(_error: Any) -> str:
    return _(
        "This is the file of the other way: a laptop opens what its point wrote, and the point "
        "takes in what its laptop wrote."
    )


def _parcel_over(error: Any) -> str:
    return _(
        "This file was good until {until}, and by this PC's clock that is over. Ask the point to "
        "lend the laptop again, or set the clock right."
    ).format(until=until_words(error.expires_s))


def _service_refused(error: Any) -> str:
    return _(
        "The programme's service does not take this point's records ({code}). Nothing is lost;"
        " please tell the people who look after it."
    ).format(code=error.code)


def _label_too_small(error: Any) -> str:
    return _("The labels {stock} have no room for the code. Choose larger labels.").format(
        stock=error.stock.id
    )


def _unknown_stock(error: Any) -> str:
    return _("No labels of the size {stock} are known. Choose another size.").format(
        stock=error.name
    )


def _unreadable_settings(error: Any) -> str:
    return _(
        "The settings of this PC cannot be read: {file}. Correct the file, or move it away to"
        " begin with fresh settings."
    ).format(file=error.file)


def _report_differs(error: Any) -> str:
    return _(
        "The report is of a machine with S/N {told}, the device has S/N {serial}. If it is the same"
        " machine all the same, confirm once more."
    ).format(told=error.told, serial=error.device.serial)


def _in_the_way(error: Any) -> str:
    return _(
        "A file stands where the program needs a folder: {folder}. Move the file away and start"
        " again."
    ).format(folder=error.filename or error)


def _cannot_be_used(error: Any) -> str:
    """Of a disk or a stick; on Windows Python gives the same numbers."""
    if error.errno == errno.ENOSPC:
        return _("The disk or stick is full. Make room, or use another one.")
    if error.errno == errno.EROFS:
        return _("The disk or stick can only be read. Look at its lock, or use another one.")
    if error.errno in {errno.EIO, errno.ENODEV, errno.ENXIO}:
        return _("The disk or stick does not answer. Plug it in anew, or use another one.")
    return _(
        "This PC cannot use a file or folder: {file}. Check the disk and the account's rights."
    ).format(file=error.filename or error)


def _font_missing(error: Any) -> str:
    return _("No font for papers is installed. Install one of these: {fonts}.").format(
        fonts=", ".join(error.families)
    )


def _template_word(error: Any) -> str:
    return _("The words of the paper have a fault at “{text}” in {file}. Correct it.").format(
        text=error.text, file=error.file
    )


def _unreadable_template(error: Any) -> str:
    return _("The words of the paper cannot be read: {file}. Save the file again as UTF-8.").format(
        file=error.file
    )


def _unknown_paper(error: Any) -> str:
    return _("There is no paper {name}. Choose another one.").format(name=error.paper)


def _unreadable_stocks(error: Any) -> str:
    from labels.stock_words import mistake_in_stocks  # noqa: PLC0415 -- loads on first use

    return _("The file of label sizes cannot be used. {mistake}").format(
        mistake=mistake_in_stocks(error)
    )


def _unreadable_printers(error: Any) -> str:
    return _(
        "The printers of this PC cannot be read: {file}. Correct the file, or move it away to set"
        " them up anew. Nothing is written over it."
    ).format(file=error.file)


def _page_size_refused(error: Any) -> str:
    return _(
        "The driver of {queue} has no page of {width} × {height} mm. Add this size in the printer's"
        " properties, or choose the stock that lies in the printer."
    ).format(queue=error.queue, width=f"{error.width:g}", height=f"{error.height:g}")


def _not_printed(error: Any) -> str:
    from ui.transport_words import REASONS, REMEDIES  # noqa: PLC0415 -- few windows print

    remedy = REMEDIES.get(error.reason)
    told = REASONS[error.reason]()
    return _("{why}. {remedy}.").format(why=told, remedy=remedy()) if remedy else f"{told}."


PROBLEMS: Final[Mapping[str, Callable[[Any], str]]] = {
    "not_a_parcel": _not_a_parcel,
    "wrong_passcode": _wrong_passcode,
    "wrong_way": _wrong_way,
    "parcel_over": _parcel_over,
    # codes
    BadCode.code: lambda _e: _("This is no code of ours. Scan the label again."),
    "empty_scan": lambda _e: _("The scan was empty. Scan again."),
    "not_ascii": lambda _e: _(
        "A Vietnamese input method changed the scan. Switch it off (UniKey: Ctrl+Shift; Windows:"
        " VIE to ENG) and scan again."
    ),
    "control_characters": lambda _e: _(
        "Two scans ran together, or the scanner adds characters of its own. Scan again."
    ),
    "not_a_code": lambda _e: _("This is not a label of ours; it may be a serial number."),
    "unknown_prefix": _unknown_prefix,
    "wrong_length": _wrong_length,
    "wrong_check_digit": lambda _e: _(
        "A digit of the code is wrong. Scan again, or compare it with the label digit by digit."
    ),
    "no_such_point": lambda _e: _("The first three digits name no point. Check the label."),
    "no_such_number": lambda _e: _("A code never has the number 000000. Check the label."),
    # typed text
    "bad_text": lambda _e: _("This text cannot be kept. Type it again."),
    "too_long": _too_long,
    "control_character": lambda _e: _(
        "There is an invisible character in this text. Delete it and type it by hand."
    ),
    "legacy_encoding": lambda _e: _(
        "This text is in an old Vietnamese encoding (TCVN3, VNI). Type it again in Unicode."
    ),
    "not_a_device_word": lambda _e: _(
        "Only letters without marks, digits and . / + ( ) _ # & ' , - as they stand on the device."
    ),
    "phone_in_a_word": lambda _e: _(
        "This looks like a phone number. It belongs in the donor's phone field."
    ),
    "placeholder": lambda _e: _(
        "The maker writes this where there is no serial number. Leave the field empty; the label"
        " is enough."
    ),
    "not_a_phone": lambda _e: _(
        "This is no telephone number. Write one, with its area code: 0912 345 678 or 0276 3822 222."
    ),
    "phone_as_name": lambda _e: _("This is a telephone number. Write the name here."),
    "unknown_reference": _unknown_reference,
    # the store
    "store_problem": lambda _e: _("The data cannot be worked with. Start the program again."),
    "store_full": lambda _e: _(
        "The disk is full. Make room and do it again; nothing was recorded."
    ),
    "store_read_only": lambda _e: _(
        "The data folder cannot be written to. Check the disk and the account's rights."
    ),
    "store_busy": lambda _e: _("Another program holds the data. Close it and do it again."),
    "store_unreachable": lambda _e: _(
        "The shared database does not answer. Check the network and do it again."
    ),
    "store_uncertain": lambda _e: _(
        "The line broke just as this was kept: it may be recorded. Look at it before you do it "
        "again."
    ),
    "store_locked_out": lambda _e: _(
        "The main PC does not let this PC in any more. Close the program, open it again and join "
        "with a new file: on the main PC Settings → PCs of this point → Add a PC."
    ),
    "no_server_programs": lambda _e: _(
        "The part of the program that serves other PCs is missing on this PC. Ask the people who "
        "look after it."
    ),
    "server_does_not_start": lambda _e: _(
        "The shared data could not be started on this PC. Start the PC anew and try again; if it "
        "stays so, ask the people who look after it."
    ),
    "moved_wrong": lambda _e: _("What arrived differs from what was sent. Try it again."),
    "work_stopped": lambda _e: _("It was stopped."),
    "place_missing": lambda _e: _(
        "The place for backups is not there. Plug the stick in, or choose another place."
    ),
    "not_a_backup": lambda _e: _("This is no backup of this program, or of a newer one."),
    "backup_damaged": lambda _e: _(
        "This backup is damaged: something in it is not what was written. Use an older one, and "
        "another stick from now on."
    ),
    "backup_not_sound": lambda _e: _(
        "What this backup holds does not hold together. Use an older one."
    ),
    "recovery_needed": lambda _e: _(
        "This PC does not open the names in it. Type the recovery code, from the paper in the safe."
    ),
    "no_recovery": lambda _e: _(
        "Only the PC that made this backup can open it: no recovery code was drawn. Restore it "
        "there, under the same account."
    ),
    "not_a_pass": lambda _e: _(
        "This is no file of a main PC, or a damaged one. Save it anew there."
    ),
    "pass_damaged": lambda _e: _(
        "What opens the shared data for this PC is damaged. The data itself is safe. Ask the "
        "people who look after the program to put back this PC's backup of it."
    ),
    "not_an_address": lambda _e: _(
        "The settings name no store: give a file, or an address like postgresql+psycopg://…"
    ),
    "store_unreadable": lambda _e: _(
        "The data file is damaged or is another file. Restore the last backup."
    ),
    "store_too_old": lambda _e: _(
        "An older version of the program wrote this file. Open it with the program once."
    ),
    "store_too_new": lambda _e: _(
        "A newer version wrote this data. Update the program on this PC."
    ),
    "store_empty": lambda _e: _("There is no point in this database yet. Set it up first."),
    "store_exists": lambda _e: _("This database holds a point already. Choose another place."),
    "wrong_key": lambda _e: _(
        "The password does not open the personal data. Type it again, as it was written down: "
        "nobody can replace a lost one."
    ),
    "key_missing": lambda _e: _(
        "This account does not give the key of the personal data. Unlock its keyring, or sign in "
        "to the PC as the account that set up the point: the data is there and stays locked."
    ),
    "already_open": lambda _e: _(
        "The program is open already on this PC: use that window. If it was closed just now, wait "
        "until it has ended."
    ),
    "password_needed": lambda _e: _("The password of the personal data is needed."),
    "BackgroundClosed": lambda _e: _("The program is closing. Start it again to go on."),
    # the ledger
    "broken_ledger": lambda _e: _("The ledger does not hold together. Restore the last backup."),
    "gap": lambda _e: _("An entry of the ledger is missing. Restore the last backup."),
    "fork": lambda _e: _(
        "The ledger holds two entries for one place: two copies were worked on. Tell the lead."
    ),
    "changed_event": lambda _e: _("An entry of the ledger was changed. Restore the last backup."),
    "unreadable_entry": lambda _e: _(
        "An entry of the ledger cannot be read. Restore the last backup."
    ),
    # sync
    "sync_problem": lambda _e: _("Sending did not come to its end. It goes on by itself later."),
    "offline": lambda _e: _(
        "No connection to the programme's service. Go on working; records are sent later."
    ),
    "timed_out": lambda _e: _(
        "The programme's service is too slow now. Go on working; records are sent later."
    ),
    "service_unavailable": lambda _e: _(
        "The programme's service is being worked on. Go on working; records are sent later."
    ),
    "strange_answer": lambda _e: _(
        "Something else answers at the service's address, such as the Wi-Fi's sign-in page."
        " Check the network."
    ),
    "ServiceRefused": _service_refused,
    "TooLarge": lambda _e: _(
        "The network takes only small pieces. Sending goes on with fewer records at a time."
    ),
    "not_enrolled": lambda _e: _(
        "The service does not know this PC yet. The lead asks the Department for a one-time code"
        " and enters it on the page Sync. Records are kept here until then."
    ),
    "revoked": lambda _e: _(
        "The Department has revoked this PC: the service takes nothing more from it. Ask the"
        " Department. Nothing that is recorded here is lost."
    ),
    "bad_signature": lambda _e: _(
        "The service holds another key for this PC. Perhaps two PCs go on from one copy of the"
        " data: tell the lead."
    ),
    "not_the_service": lambda _e: _(
        "Who answers at this address is not the service that this point knows. Nothing was sent;"
        " ask the Department."
    ),
    "stopped": lambda _e: _("Syncing was stopped. It goes on with the next start."),
    "corrupt_item": lambda _e: _(
        "Something that the service sent cannot be read. Nothing is skipped; update the program or"
        " tell the people who look after it."
    ),
    "other_point": lambda e: _(
        "This code is for point {number}. Ask the Department for a code of this point."
    ).format(number=f"{e.station:03d}"),
    "incomplete_answer": lambda _e: _(
        "The service's answer was not complete. Nothing is lost; it is sent again."
    ),
    "chain_ahead": lambda _e: _(
        "The service knows other records of this point than this PC: this is an old copy of the"
        " data. New records go on in a new chain; tell the lead."
    ),
    "chain_stuck": lambda e: _(
        "All was sent but the records of chain {chain}: an old copy was worked on. They stay here;"
        " tell the lead, the Department must settle them."
    ).format(chain=e.chain),
    # diagnostics
    "NoTablet": _refused,
    "NothingCollected": _refused,
    "SourceMissing": lambda _e: _("This PC does not offer what should be measured."),
    "NotPermitted": lambda _e: _("This account may not measure it. Run diagnostics with rights."),
    "TimedOut": lambda _e: _("The device did not answer in time. Try again."),
    "UnreadableReport": lambda _e: _("The answer of the measuring tool cannot be read. Try again."),
    "NotAReport": lambda _e: _(
        "This file is no report of this program's diagnostics. Choose the file that diagnostics"
        " left."
    ),
    "NewerReport": lambda _e: _(
        "A newer version of diagnostics wrote this report. Update the program on this PC."
    ),
    "DamagedReport": lambda _e: _(
        "The file of this report was damaged after it came. Send or bring the report again."
    ),
    "report_too_long": lambda _e: _(
        "This file is too long for a report. Choose the file that diagnostics left."
    ),
    "report_differs": _report_differs,
    # laptops on the local network
    "called_by_another": lambda _e: _(
        "Somebody else called for it and no longer works at this PC. Link it there."
    ),
    "code_taken": lambda _e: _(
        "This code brought a report already. Let the laptop draw a new one."
    ),
    "not_waiting": lambda _e: _(
        "The laptop does not ask any more. Look whether it is on and still shows its code."
    ),
    "not_listening": lambda _e: _(
        "This PC does not listen for laptops now. Turn it on under Waiting reports, or bring the"
        " report by stick."
    ),
    "cannot_listen": lambda _e: _(
        "This PC does not let the program listen. Bring reports by stick."
    ),
    "no_such_short_form": lambda _e: _(
        "No laptop shows these six digits to this PC now. Compare them with its screen, or scan its"
        " code."
    ),
    "UnusablePolicy": lambda _e: _(
        "The thresholds of diagnostics cannot be read. Install the program again."
    ),
    # labels and papers
    "FontMissing": _font_missing,
    "unreadable_template": _unreadable_template,
    "template_word": _template_word,
    "unknown_paper": _unknown_paper,
    "nothing_to_say": lambda _e: _(
        "Nothing is recorded that this paper could say. Record it first, then make the paper."
    ),
    "too_few_copies": lambda _e: _("Both parties keep a copy: print two at least."),
    "several_papers": lambda _e: _(
        "Its pages are of several papers. Scan each paper into a file of its own."
    ),
    "no_paper_found": lambda _e: _(
        "No page shows a paper's code. Attach it by scanning or typing the paper's code."
    ),
    "changed_since": lambda _e: _("The file was changed since it was searched. Search again."),
    "no_day": lambda _e: _("This is no day. Write day, month and year: 05/11/2026."),
    "no_hour": lambda _e: _("This is no hour. Write it like this: 14:30."),
    "no_count": lambda _e: _("Write a number from 1 to 99."),
    "no_amount": lambda _e: _("This is no number. Write it in figures: 4.500.000."),
    "not_a_pdf": lambda _e: _(
        "These pages cannot be shown. Print them again from where they began."
    ),
    "LabelTooSmall": _label_too_small,
    "UnknownStock": _unknown_stock,
    "QueueInUse": lambda _e: _(
        "This program is open here already and prints. Close it there, then open it again."
    ),
    "queue_unusable": lambda _e: _(
        "The folder of the print jobs cannot be used. Check the disk and the account's rights."
    ),
    "queue_full": lambda _e: _("The disk is full: the print was not taken. Make room on the disk."),
    "no_such_job": lambda _e: _("This print is not in the list any more."),
    "no_such_place": lambda e: _("The sheet has no label number {place}.").format(place=e.place),
    "off_the_page": lambda _e: _(
        "The printer's correction pushes the labels over the edge. Look at its set-up."
    ),
    "unreadable_stocks": _unreadable_stocks,
    "label_font_missing": lambda e: _(
        "The labels' font {face} is missing. Install the program again."
    ).format(face=e.face),
    "unreadable_printers": _unreadable_printers,
    "page_size_refused": _page_size_refused,
    "nothing_sent": _not_printed,
    "maybe_printed": lambda e: _("{why} Look whether something came out.").format(
        why=_not_printed(e)
    ),
    # this PC
    "FileNotFoundError": lambda _e: _("A file or folder is gone. Check the disk and do it again."),
    "PermissionError": lambda _e: _("This account may not write there. Choose another folder."),
    "FileExistsError": _in_the_way,
    "NotADirectoryError": _in_the_way,
    "OSError": _cannot_be_used,
    "unreadable_settings": _unreadable_settings,
    "no_service_address": lambda _e: _(
        "The address begins with http:// or https://, then the name of the service."
    ),
}
