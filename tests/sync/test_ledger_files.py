"""Where the files of the public ledger lie."""

from pathlib import Path

import pytest

from sync.central.keeping import ledger_files


def test_a_folder_that_others_may_write_is_no_place_for_the_ledger(tmp_path: Path) -> None:
    found = ledger_files.folder("sqlite:///x", str(tmp_path))
    found.chmod(0o777)

    with pytest.raises(ledger_files.NotOurFolder):
        ledger_files.folder("sqlite:///x", str(tmp_path))


def test_a_folder_is_made_for_this_user_alone_and_found_again(tmp_path: Path) -> None:
    made = ledger_files.folder("sqlite:///x", str(tmp_path))

    assert made.stat().st_mode & 0o777 == 0o700
    assert ledger_files.folder("sqlite:///x", str(tmp_path)) == made
    assert ledger_files.folder("sqlite:///y", str(tmp_path)) != made
