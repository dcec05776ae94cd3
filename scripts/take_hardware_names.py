"""Take names of makers over from hwdata: `python scripts/take_hardware_names.py [folder]`.

The folder holds pnp.ids (screens) and pci.ids (cards), as the hwdata project keeps them; see
resources/hardware/README.md. Run it when the lists have grown, and commit what it writes.
"""

import re
import sys
from pathlib import Path

SOURCE = Path("/usr/share/hwdata")
TARGET = Path(__file__).parents[1] / "resources" / "hardware"
UNREGISTERED = {  # makers of panels and screens that use an id which nobody registered for them
    "AOC": "AOC International",
    "BNQ": "BenQ Corporation",
    "EDO": "EverDisplay Optronics",
    "IVO": "InfoVision Optoelectronics",
}
WITHDRAWN = re.compile(r"DO NOT USE|Illegal Vendor|\(Wrong ID\)|Unknown", re.IGNORECASE)
PNP = re.compile(r"([A-Z0-9@_]{3})\t(.+)")
PCI = re.compile(r"([0-9a-f]{4})  (.+)")


def take(source: Path, line_of: re.Pattern[str], known: dict[str, str]) -> str:
    """One sorted `id<tab>maker` line for each id, with its spaces put right."""
    makers = dict(known)
    for line in source.read_text("utf-8").splitlines():
        match = line_of.fullmatch(line)
        if match and not WITHDRAWN.search(match[2]):
            makers[match[1]] = " ".join(match[2].split())
    return "".join(f"{maker_id}\t{maker}\n" for maker_id, maker in sorted(makers.items()))


def main() -> None:
    """Write both lists."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SOURCE
    TARGET.joinpath("pnp-ids.tsv").write_text(take(folder / "pnp.ids", PNP, UNREGISTERED), "utf-8")
    TARGET.joinpath("pci-makers.tsv").write_text(take(folder / "pci.ids", PCI, {}), "utf-8")


if __name__ == "__main__":
    main()
