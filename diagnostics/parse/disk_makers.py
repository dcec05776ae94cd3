"""Who made a disk. SCSI drives say it; for all others it stands in the model, if anywhere.

A name on the drive comes first: smartctl's database sorts many drives by the maker of their
controller ("Phison Driven SSDs"), who is named only where nobody else is.
"""

import re

from station.placeholders import fact

_NAMED = {  # words of models, vendors and families, in lower case, and whom they mean
    "adata": "ADATA",
    "apacer": "Apacer",
    "apple": "Apple",
    "corsair": "Corsair",
    "crucial": "Crucial",
    "dell": "Dell",
    "fujitsu": "Fujitsu",
    "gigabyte": "Gigabyte",
    "hgst": "Hitachi",
    "hitachi": "Hitachi",
    "hp": "Hewlett-Packard",
    "hynix": "SK hynix",
    "ibm": "IBM",
    "intel": "Intel",
    "kingston": "Kingston",
    "kioxia": "Kioxia",
    "lenovo": "Lenovo",
    "lexar": "Lexar",
    "liteon": "LiteOn",
    "liteonit": "LiteOn",
    "maxtor": "Maxtor",
    "micron": "Micron",
    "netac": "Netac",
    "ocz": "OCZ",
    "patriot": "Patriot",
    "plextor": "Plextor",
    "pny": "PNY",
    "quantum": "Quantum",
    "samsung": "Samsung",
    "sandisk": "SanDisk",
    "seagate": "Seagate",
    "team": "Team",
    "toshiba": "Toshiba",
    "transcend": "Transcend",
    "wd": "Western Digital",
    "wdc": "Western Digital",
    "western": "Western Digital",
}
_NUMBERED = (  # how makers that leave out their name begin their model numbers
    (re.compile(r"WDS?[0-9]|WU[HS][0-9A-Z]"), "Western Digital"),
    (re.compile(r"STM[0-9]{6}"), "Maxtor"),
    (re.compile(r"ST[0-9]{3,}|XA[0-9]+[LM]E"), "Seagate"),
    (re.compile(r"H[DTUC][A-Z]?[0-9]{4,}|HU[AHS][0-9]|IC(25|35)[NL]"), "Hitachi"),
    (re.compile(r"MK[0-9]{4}|M[GQ]0[0-9]|DT01|THNS|K[BX]G[0-9]"), "Toshiba"),
    (re.compile(r"M[HJ][A-Z][0-9]{4}"), "Fujitsu"),
    (re.compile(r"H[DM][0-9]{3}[A-Z]{2}|MZ[A-Z0-9]{3}"), "Samsung"),
    (re.compile(r"CT[0-9]{3,}"), "Crucial"),
    (re.compile(r"MTFD"), "Micron"),
    (re.compile(r"SSD(SC|SA|PE|PF)"), "Intel"),
    (re.compile(r"SA[0-9]{3,4}[MS]|SNVS?[0-9]|S[HKUV][A-Z]*[0-9]{3}S"), "Kingston"),
    (re.compile(r"HF[SM][0-9]{3}"), "SK hynix"),
    (re.compile(r"TS[0-9]+[GT]MT|TS[0-9]+[GT]SSD"), "Transcend"),
)
_NO_VENDORS = frozenset({"ata", "nvme", "usb"})  # what a translating layer puts there
_WORD = re.compile(r"[^\W_]+")


def maker_of(
    model: str | None,
    vendor: str | None = None,
    family: str | None = None,
    sold_as: str | None = None,
) -> str | None:
    """Who made it, by the vendor's own field, the model, the database, or whoever sold it."""
    said = fact(vendor)
    if said is not None and said.casefold() not in _NO_VENDORS:
        return _named(said) or said
    return _named(model) or _of_family(fact(family)) or _named(sold_as) or _numbered(model)


def _named(text: str | None) -> str | None:
    words = _WORD.findall((text or "")[:200].casefold())
    return next((_NAMED[word] for word in words if word in _NAMED), None)


def _of_family(family: str | None) -> str | None:
    """The database begins a family's name with its maker."""
    if family is None:
        return None
    return _named(family) or family.split()[0]


def _numbered(model: str | None) -> str | None:
    return next((maker for start, maker in _NUMBERED if start.match(model or "")), None)
