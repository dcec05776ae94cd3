"""A folder of tools to be the whole PATH: the machine's own by links, and a test's own."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from tests.diagnostics.machine_tree import LSBLK

TOOLS = ("dmidecode", "journalctl", "lsblk", "lspci", "lsusb", "smartctl")
MEMORY_MODULE = """\
# dmidecode 3.4
Getting SMBIOS data from sysfs.
SMBIOS 2.8 present.

Handle 0x0001, DMI type 1, 27 bytes
System Information
\tManufacturer: ACME Computers
\tProduct Name: Notebook 14
\tSerial Number: AC-0001

Handle 0x0011, DMI type 17, 40 bytes
Memory Device
\tSize: 4 GB
\tForm Factor: SODIMM
\tLocator: DIMM A
\tType: DDR3
\tSpeed: 1600 MT/s

"""
LSPCI = "00:02.0 VGA compatible controller [0300]: ACME Graphics 300 [ac01:0003]\n"
LSUSB = "Bus 001 Device 002: ID ac03:b221 ACME HD Camera\n"
HEALTHY = {"dmidecode": MEMORY_MODULE, "lsblk": LSBLK, "lspci": LSPCI, "lsusb": LSUSB}


def write_tool(folder: Path, name: str, *lines: str) -> Path:
    """A tool of that name, which does these lines of shell."""
    path = folder / name
    path.unlink(missing_ok=True)
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]))
    path.chmod(0o755)
    return path


def write_healthy_tools(folder: Path) -> Path:
    """The tools of a laptop, each with a short answer; smartctl knows of no disk."""
    folder.mkdir()
    for name, text in HEALTHY.items():
        (folder / f"{name}.out").write_text(text)
        write_tool(folder, name, f"exec /bin/cat '{folder}/{name}.out'")
    return folder


def link_tools(folder: Path, names: Iterable[str] = TOOLS) -> Path:
    """Links to those of this machine's tools that are there."""
    folder.mkdir()
    for name in names:
        found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
        if found:
            (folder / name).symlink_to(found)
    return folder
