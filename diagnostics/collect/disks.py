"""The disks, from lsblk."""

from diagnostics.collect.run_tool import run_tool
from diagnostics.collect.source import Answer
from diagnostics.endings import UnreadableReport
from diagnostics.parse.lsblk import parse_lsblk
from station.machine import Machine

COLUMNS = "KNAME,TYPE,SIZE,ROTA,RM,TRAN,MODEL,SERIAL,WWN"
_NONE_FOUND = 32  # lsblk's exit status when there is not one disk


def read_disks(lsblk: str, limit_s: float) -> Answer:
    """Ask lsblk for all disks; serials come from udev and need no root."""
    command = [lsblk, "--json", "--bytes", "--nodeps", "--output", COLUMNS]
    output = run_tool(command, limit_s)
    if output.status == _NONE_FOUND:
        return Answer(Machine())
    if output.status != 0:
        raise UnreadableReport(f"lsblk ended with status {output.status}")
    return Answer(parse_lsblk(output.text))
