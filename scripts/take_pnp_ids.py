"""Take the makers of screens over from hwdata: `python scripts/take_pnp_ids.py [pnp.ids]`.

The list is UEFI's register of PNP ids as the hwdata project keeps it; see
resources/hardware/README.md. Run it when the list has grown, and commit what it writes.
"""

import sys
from pathlib import Path

SOURCE = Path("/usr/share/hwdata/pnp.ids")
MISSING = {  # makers of panels and screens that use an id which nobody registered for them
    "AOC": "AOC International",
    "BNQ": "BenQ Corporation",
    "EDO": "EverDisplay Optronics",
    "IVO": "InfoVision Optoelectronics",
}
WITHDRAWN = "DO NOT USE"
TARGET = Path(__file__).parents[1] / "resources" / "hardware" / "pnp-ids.tsv"


def main() -> None:
    """Write one sorted `ID<tab>maker` line for each id, with its spaces put right."""
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else SOURCE
    makers = dict(MISSING)
    for line in source.read_text("utf-8").splitlines():
        pnp_id, _, maker = line.partition("\t")
        if len(pnp_id) == 3 and maker.strip() and not maker.startswith(WITHDRAWN):
            makers[pnp_id] = " ".join(maker.split())
    lines = [f"{pnp_id}\t{maker}\n" for pnp_id, maker in sorted(makers.items())]
    TARGET.write_text("".join(lines), "utf-8")
    print(f"{len(lines)} makers in {TARGET}")


if __name__ == "__main__":
    main()
