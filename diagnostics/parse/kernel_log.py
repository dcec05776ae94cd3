"""Hardware errors in a kernel log: how many lines name each kind.

One line is chosen for each event: the log explains an error in up to a dozen. Where several forms
of line may tell of the same events, the most frequent form counts.
"""

import re
from collections.abc import Iterable, Mapping

from diagnostics.endings import UnreadableReport
from diagnostics.parse.decoding import text_of
from station.machine import KernelErrors, Machine

_LINE = re.compile(r"^(?:<[0-9]+>)?\[ *[0-9]+\.[0-9]+\]|\bkernel: ", re.MULTILINE)
# bit UC of MCi_STATUS (Intel SDM volume 3, 16.3.2.2; AMD APM volume 2, 9.3.2)
_UNCORRECTED = 1 << 61
_BANK = re.compile(r"Machine Check(?: Exception)?: [0-9a-fA-F]+ Bank [0-9]+: ([0-9a-fA-F]{16})\b")

# Kind: forms of lines, each of which tells of every event.
_FORMS: Mapping[str, tuple[re.Pattern[str], ...]] = {
    kind: tuple(re.compile(form) for form in forms)
    for kind, forms in {
        "machine_checks": (
            _BANK.pattern,
            r"\[Hardware Error\]: (?:Corrected|Uncorrected|Deferred)\b.{0,40}error",
            r"\[Hardware Error\]: Machine check events logged",
            r"\[Hardware Error\]: event severity: ",
        ),
        "machine_checks_uncorrected": (
            r"\[Hardware Error\]: Uncorrected\b.{0,40}error",
            r"\[Hardware Error\]: event severity: (?:fatal|recoverable)",
        ),
        "pcie": (
            r"PCIe Bus Error: severity=",
            r"AER: (?:Multiple )?(?:C|Unc)orrect(?:ed|able)\b.{0,20} error ",
        ),
        "pcie_uncorrected": (
            r"PCIe Bus Error: severity=Uncorrect",
            r"AER: (?:Multiple )?Uncorrect(?:ed|able)\b.{0,20} error ",
        ),
        "disk_io": (
            (
                r"\b(?:I/O|medium|target|timeout|transport|nexus|space allocation) error, dev "
                r"(?!fd|sr|loop|z?ram|nbd)\w{2,20}, sector"
            ),  # an empty drive fails by nature
            r"\bmmcblk[0-9]: error -[0-9]{1,3} ",
        ),
        "ata": (r"\bata[0-9]{1,3}(?:\.[0-9]{2})?: (?:exception Emask|COMRESET failed)",),
        "nvme": (
            (
                r"\bnvme[0-9]{1,3}(?:n[0-9]{1,3})?: .{0,60}"
                r"(?:timeout|controller is down|not ready|Removing after probe failure|sct 0x)"
            ),
        ),
        "memory_corrected": (r"\bEDAC MC[0-9]{1,3}: (?:[0-9]{1,9} )?CE\b",),
        "memory_uncorrected": (r"\bEDAC MC[0-9]{1,3}: (?:[0-9]{1,9} )?UE\b",),
        "thermal": (
            r"\btemperature above threshold, cpu clock throttled",
            r"\bcritical temperature reached",
        ),
        "gpu": (
            r"\bGPU (?:HANG|hang|lockup|reset begin)",
            r"\bring \w{1,20} timeout",
            r"\bNVRM: Xid ",
        ),
        "usb": (
            (
                r"\busb [0-9][-.0-9]{0,30}: (?:device descriptor read/\w{2,4}, error|"
                r"device not accepting address|can't set config)"
            ),
            r"\bover-current (?:condition|change)",
            r"\bunable to enumerate USB device",
        ),
    }.items()
}


def parse_kernel_log(text: str) -> KernelErrors:
    """Count in what dmesg or `journalctl -k` printed; raises UnreadableReport for anything else."""
    if not _LINE.search(text):
        raise UnreadableReport("no line of a kernel's log")
    suspects = [line for line in text.splitlines() if _SUSPECT.search(line)]
    counted = {kind: _count(forms, suspects) for kind, forms in _FORMS.items()}
    fatal = sum(1 for line in suspects if (bank := _BANK.search(line)) and _is_uncorrected(bank[1]))
    counted["machine_checks_uncorrected"] = max(fatal, counted["machine_checks_uncorrected"])
    return KernelErrors(**counted)


# What any form above contains, so that a long log is searched once.
_SUSPECT = re.compile(
    r"(?i)error|machine check|fail|timeout|down|not ready|sct 0x|EDAC|temperature"
    r"|GPU|Xid|Emask|not accepting|can't set|over-current|enumerate"
)


def _count(forms: Iterable[re.Pattern[str]], lines: list[str]) -> int:
    """How often the most frequent form stands in the log."""
    return max(sum(1 for line in lines if form.search(line)) for form in forms)


def _is_uncorrected(status: str) -> bool:
    return bool(int(status, 16) & _UNCORRECTED)


def facts_of(data: bytes) -> Machine:
    """The facts of a kernel log that was written to a file."""
    return Machine(kernel_errors=parse_kernel_log(text_of(data)))
