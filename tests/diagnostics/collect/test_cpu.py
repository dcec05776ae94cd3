import sys
from pathlib import Path

import pytest

from diagnostics.collect.cpu import read_cpu
from tests.diagnostics.machine_tree import write_laptop

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads Linux's own folders")


def test_a_laptop_has_one_package_whose_highest_clock_the_kernel_knows(tmp_path: Path) -> None:
    part = read_cpu(write_laptop(tmp_path)).part

    (package,) = part.cpus
    assert (package.cores, package.threads, package.max_mhz) == (2, 4, 2400)
    assert part.logical_processors == 4
