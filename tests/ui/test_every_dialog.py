"""Every dialog on the smallest screen, plain and magnified: whole, named, and within the screen."""

from pathlib import Path

import pytest

from tests.ui.test_every_page import FINE, walked


@pytest.mark.usefixtures("display")
@pytest.mark.parametrize(("scale", "language"), [("1", "vi"), ("1.25", "en"), ("1.5", "vi")])
def test_every_dialog_can_be_read_and_answered_however_it_is_magnified(
    tmp_path: Path, scale: str, language: str
) -> None:
    assert walked(tmp_path, language, scale, "tests.ui.dialog_walk") == FINE
