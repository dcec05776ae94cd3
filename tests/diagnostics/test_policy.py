from pathlib import Path

import pytest

from diagnostics.judge import policy
from diagnostics.judge.policy import UnusablePolicy

CURRENT = Path(__file__).parents[2] / "resources" / "policy" / f"{policy.CURRENT}.toml"


def test_the_current_policy_is_the_one_of_the_resources() -> None:
    assert policy.load() == policy.load(CURRENT)
    assert policy.load().id == policy.CURRENT


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("warn_percent = 60", "warn_percent = 90"),  # above the pass line
        ("warn_percent = 60", "warn_percent = 0"),
        ("pass_percent = 80", "pass_percent = 101"),
        ("replace_below_percent = 40", "replace_below_percent = 61"),
        ("least_believed_percent = 2", "least_believed_percent = 41"),
        ("least_design_mwh = 4000", "least_design_mwh = 250001"),
        ("least_design_mah = 1000", "least_design_mah = 60001"),
        ("warn_mib = 4096", "warn_mib = 9000"),
        ("fail_below_gb = 30", "fail_below_gb = 121"),
        ("pass_gb = 120", "pass_gb = '120'"),
        ("reallocated = { warn = 1, fail = 4 }", "reallocated = { warn = 4, fail = 1 }"),
        ("pending = { fail = 1 }", "pending = { fail = 0 }"),
        ("pending = { fail = 1 }", "pending = { fails = 1 }"),
        ("wear_left_percent = { warn = 30", "wear_left_percent = { warn = 3"),
        ("pass_gb = 120", ""),
        ("pass_gb = 120", "pass_gb = 120\npass_tb = 1"),
        ("[battery]", "[battery"),
    ],
)
def test_thresholds_that_cannot_be_meant_are_refused(
    tmp_path: Path, written: str, meant: str
) -> None:
    text = CURRENT.read_text("utf-8")
    assert written in text
    changed = tmp_path / "changed.toml"
    changed.write_text(text.replace(written, meant), "utf-8")

    with pytest.raises(UnusablePolicy, match=r"changed\.toml"):
        policy.load(changed)


def test_a_missing_policy_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnusablePolicy, match="none"):
        policy.load(tmp_path / "none.toml")


def test_an_older_policy_is_still_there_to_judge_by() -> None:
    older = policy.load(CURRENT.with_name("judge-2021-09-10.toml"))

    assert older.id == "judge-2021-09-10"
    assert "windows-10" in older.systems
    assert "windows-11" in policy.load().systems


def test_every_threshold_has_its_source_above_it() -> None:
    lines = CURRENT.read_text("utf-8").splitlines()
    thresholds = [at for at, line in enumerate(lines) if "=" in line and not line.startswith("id")]

    assert thresholds
    assert all(lines[at - 1].startswith("# ") for at in thresholds)
