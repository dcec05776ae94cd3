"""Say which Debian packages the project still lacks; install them when run by root.

Runs under the system's own Python before the virtual environment exists, so: standard library only.
"""

import os
import shutil
import subprocess
import sys

INSTALL = ("apt-get", "install", "--no-install-recommends")
NEEDED_FOR = {
    "window": (  # what Qt loads at run time: screen, fonts, sound, printing
        "libcups2",
        "libdbus-1-3",
        "libegl1",
        "libfontconfig1",
        "libgl1",
        "libglib2.0-0",
        "libpulse0",
        "libwayland-client0",
        "libwayland-cursor0",
        "libx11-xcb1",
        "libxcb-cursor0",
        "libxcb-icccm4",
        "libxcb-image0",
        "libxcb-keysyms1",
        "libxcb-randr0",
        "libxcb-render-util0",
        "libxcb-shape0",
        "libxcb-sync1",
        "libxcb-xfixes0",
        "libxcb-xkb1",
        "libxkbcommon-x11-0",
        "libxrandr2",
        "fonts-liberation2",  # papers without Times New Roman; version 1 lacks Vietnamese letters
    ),
    "tools": ("dmidecode", "iw", "pciutils", "smartmontools", "usbutils"),  # diagnosis asks them
    "peers": ("glabels", "hwinfo", "inxi", "weasyprint"),  # what we are measured beside
    "display": ("libxtst6", "xvfb"),  # a display where there is none, and keys pressed on it
    "printing": (  # a real print server, its printer of PDF files, and a second barcode reader
        "cups",
        "cups-client",
        "libzbar0",
        "printer-driver-cups-pdf",
    ),
    "database": ("postgresql",),  # the store's tests run on a real server
    "web": (  # the service's pages in a browser, behind a proxy, and valid
        "chromium",
        "chromium-driver",
        "nginx-light",
        "tidy",
    ),
}


def main(*purposes: str) -> int:
    """Make sure the packages for these purposes are there; the answer is an exit status."""
    needed = [package for purpose in purposes for package in NEEDED_FOR[purpose]]
    if not shutil.which("dpkg-query") or not shutil.which("apt-get"):
        print(f"Not a Debian system: cannot check for {' '.join(needed)} or the like; going on.")
        return 0
    missing = missing_packages(needed)
    if not missing:
        return 0
    if os.geteuid() == 0:
        return install(missing)
    print("Some Debian packages are missing. Install them with this line, then try again:")
    print(f"  sudo {' '.join(INSTALL)} {' '.join(missing)}")
    return 1


def missing_packages(needed: list[str]) -> list[str]:
    """Return those that dpkg does not list as installed."""
    listed = subprocess.run(
        ["dpkg-query", "--show", "--showformat=${Package} ${db:Status-Status}\n"],
        capture_output=True,
        text=True,
        check=True,
    )
    rows = [line.split() for line in listed.stdout.splitlines()]
    installed = {row[0] for row in rows if row[1:] == ["installed"]}
    # Debian 13 renamed some libraries when it widened its clock: libcups2 is libcups2t64 there.
    return [name for name in needed if not installed & {name, f"{name}t64"}]


def install(missing: list[str]) -> int:
    """Install packages, asking nothing."""
    print(f"Installing {' '.join(missing)}", flush=True)
    unasked = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["apt-get", "update"], [*INSTALL, "--yes", *missing]):
        finished = subprocess.run([*step, "--quiet=2"], env=unasked, check=False)
        if finished.returncode:
            print(f"{' '.join(step[:2])} failed; what it says stands above.")
            return finished.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
