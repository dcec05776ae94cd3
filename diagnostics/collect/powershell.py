"""Windows' own classes, all asked by one PowerShell process that every section shares."""

from collections.abc import Sequence
from importlib.resources import files

from diagnostics.collect.run_tool import run_tool
from diagnostics.parse.cim import report_of
from diagnostics.parse.windows_text import decoded
from diagnostics.parse.wmi_machine import WANTED, WmiReport

POWERSHELL = ("powershell.exe", "-NoLogo", "-NoProfile", "-NonInteractive")
_SCRIPT = "facts.ps1"
_NAMESPACES = (  # by the start of a class's name; all others are of root/cimv2
    ("Battery", "root/wmi"),
    ("WmiMonitor", "root/wmi"),
    ("MSStorageDriver", "root/wmi"),
    ("MSFT_PhysicalDisk", "root/Microsoft/Windows/Storage"),
    ("MSFT_NetAdapter", "root/StandardCimv2"),
    ("Win32_Tpm", "root/cimv2/Security/MicrosoftTpm"),
    ("Win32_EncryptableVolume", "root/cimv2/Security/MicrosoftVolumeEncryption"),
)
_FILTERS = {  # a machine has hundreds of these
    "Win32_PnPEntity": (  # cameras, imaging devices, chips of trust; Intel's management engine
        "ClassGuid=''{ca3e7ab9-b4c3-4ae6-8251-579ef933890f}'' "
        "OR ClassGuid=''{6bdd1fc6-810f-11d0-bec7-08002be2092f}'' "
        "OR ClassGuid=''{d94ee5d8-d189-4994-83d2-f68d7d41b0e6}'' "
        "OR Service=''usbvideo'' OR Service=''MEIx64'' OR Service=''TeeDriverW10x64''"
    ),
    "Win32_NetworkAdapter": "MACAddress IS NOT NULL",
}
_OURS = "Station"  # what the script finds without a class


def read_classes(powershell: Sequence[str], limit_s: float) -> tuple[WmiReport, bytes]:
    """Ask for every class that some section wants; the report and the JSON it was read from."""
    command = [*powershell, "-Command", script()]
    data = run_tool(command, limit_s).text.encode()
    return report_of(decoded(data)), data


def script() -> str:
    """The list of what is wanted, and the program that asks for it."""
    body = files("resources").joinpath("collectors", _SCRIPT).read_text("utf-8")
    return f"$wanted = @({', '.join(_wanted())})\n{body}"


def _wanted() -> list[str]:
    """One PowerShell table a class, with the properties of all the sections that read it."""
    properties: dict[str, dict[str, None]] = {}  # a set that keeps its order
    for classes in WANTED.values():
        for name, names in classes.items():
            properties.setdefault(name, {}).update(dict.fromkeys(names))
    asked = {name: names for name, names in properties.items() if not name.startswith(_OURS)}
    return [_table(name, tuple(names)) for name, names in asked.items()]


def _table(name: str, properties: Sequence[str]) -> str:
    listed = ",".join(f"'{wanted}'" for wanted in properties)
    namespace = next((n for start, n in _NAMESPACES if name.startswith(start)), "root/cimv2")
    condition = _FILTERS.get(name, "")
    return f"@{{c='{name}';n='{namespace}';f='{condition}';p=@({listed})}}"
