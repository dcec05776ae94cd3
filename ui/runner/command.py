"""`station-diagnose`: the diagnosis in a window on the laptop under test, as text or as JSON.

Qt is loaded for the window only; a text, JSON or a PDF is made without it.
"""

import argparse
import sys
from pathlib import Path

from diagnostics.__main__ import PROFILES
from diagnostics.__main__ import main as without_window

APP = "refurbishment-station"


def main(arguments: list[str] | None = None) -> int:
    """Do what was asked; 0 when it could be done."""
    asked = _parser().parse_args(sys.argv[1:] if arguments is None else arguments)
    if not (asked.json or asked.text or asked.pdf):
        from ui.start import leave_sources_unread  # noqa: PLC0415 -- Qt, for a window only

        leave_sources_unread()
        from ui.runner.application import run_window  # noqa: PLC0415 -- the same

        return run_window(asked.language, asked.folder or report_folder())
    if asked.pdf:
        return _write_pdf(asked)
    folder = ["--folder", str(asked.folder)] if asked.folder else []
    shape = ["--json"] if asked.json else []
    return without_window(
        ["run", *shape, "--language", asked.language, "--profile", asked.profile, *folder]
    )


def report_folder() -> Path:
    """Where the journal and the reports of this account lie."""
    from platformdirs import user_data_path  # noqa: PLC0415 -- --help starts without it

    return user_data_path(APP, appauthor=False) / "diagnosis"


def _write_pdf(asked: argparse.Namespace) -> int:
    """Diagnose as for a text, then leave the one-page sheet where it was asked for."""
    from datetime import datetime  # noqa: PLC0415 -- as above

    from diagnostics.judge import policy  # noqa: PLC0415 -- as above
    from diagnostics.report import identity  # noqa: PLC0415 -- as above
    from diagnostics.sheet import describe  # noqa: PLC0415 -- as above
    from diagnostics.terminal import diagnose_in_terminal  # noqa: PLC0415 -- as above
    from labels.report_sheet import report_sheet_pdf  # noqa: PLC0415 -- as above
    from station import words  # noqa: PLC0415 -- as above

    words.use(asked.language)
    try:
        done, _kept = diagnose_in_terminal(asked.profile, asked.folder, policy.load())
    except OSError as error:
        return _refuse(asked.folder, error)
    today = datetime.now().astimezone().date()
    sheet = describe(done.report, identity(done.data), day=today, language=asked.language)
    try:
        asked.pdf.write_bytes(report_sheet_pdf(sheet))
    except OSError as error:
        return _refuse(asked.pdf, error)
    return 0


def _refuse(file: Path, error: OSError) -> int:
    from diagnostics.refused import why_no_file  # noqa: PLC0415 -- as above

    named = OSError(error.errno, error.strerror, str(error.filename or file))
    sys.stderr.buffer.write(f"{why_no_file(named)}\n".encode())
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("station-diagnose", description=__doc__)
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="print the report as JSON")
    shape.add_argument("--text", action="store_true", help="print the report as text")
    shape.add_argument("--pdf", type=Path, metavar="FILE", help="write the one-page sheet")
    parser.add_argument("--language", choices=("vi", "en"), default="vi")
    parser.add_argument(
        "--profile", choices=PROFILES, default="facts", help="how much is tested; the window asks"
    )
    parser.add_argument("--folder", type=Path, help="for the journal and the report")
    return parser


if __name__ == "__main__":
    sys.exit(main())
