import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.endings import UnreadableReport
from diagnostics.parse.kernel_log import parse_kernel_log
from station.machine import KernelErrors

CLEAN = KernelErrors(*[0] * len(KernelErrors.__struct_fields__))
LINES = {  # a line, and the kinds that count it
    "mce: [Hardware Error]: CPU 0: Machine Check: 0 Bank 4: 8c00004000010090": ["machine_checks"],
    "mce: [Hardware Error]: CPU 1: Machine Check Exception: 5 Bank 0: b200000000070005": [
        "machine_checks",
        "machine_checks_uncorrected",
    ],
    "[Hardware Error]: Corrected error, no action required.": ["machine_checks"],
    "{1}[Hardware Error]: event severity: fatal": ["machine_checks", "machine_checks_uncorrected"],
    "pcieport 0000:00:1c.5: AER: Corrected error received: 0000:03:00.0": ["pcie"],
    "pcieport 0000:00:1c.5: AER: Multiple Correctable error message received from 0000:03:00.0": [
        "pcie"
    ],
    "pcieport 0000:00:1c.0: AER: Uncorrected (Non-Fatal) error received: 0000:03:00.0": [
        "pcie",
        "pcie_uncorrected",
    ],
    "nvme 0000:03:00.0: PCIe Bus Error: severity=Corrected, type=Physical Layer": ["pcie"],
    "blk_update_request: I/O error, dev sda, sector 2048 op 0x0:(READ) flags 0x0": ["disk_io"],
    "critical medium error, dev nvme0n1, sector 2048 op 0x0:(READ)": ["disk_io"],
    "mmcblk0: error -84 transferring data, sector 8192": ["disk_io"],
    "ata1.00: exception Emask 0x0 SAct 0x40 SErr 0x0 action 0x0": ["ata"],
    "ata3: COMRESET failed (errno=-16)": ["ata"],
    "nvme nvme0: I/O 12 QID 3 timeout, aborting": ["nvme"],
    "nvme nvme0: controller is down; will reset: CSTS=0xffffffff": ["nvme"],
    "EDAC MC0: 1 CE memory read error on CPU_SrcID#0_Ha#0_Chan#0_DIMM#0": ["memory_corrected"],
    "EDAC MC0: 1 UE memory read error on unknown memory": ["memory_uncorrected"],
    "CPU0: Package temperature above threshold, cpu clock throttled (total events = 9)": [
        "thermal"
    ],
    "thermal thermal_zone0: critical temperature reached (105 C), shutting down": ["thermal"],
    "i915 0000:00:02.0: [drm] GPU HANG: ecode 9:1:85dffffb": ["gpu"],
    "amdgpu 0000:05:00.0: amdgpu: ring gfx timeout, signaled seq=1": ["gpu"],
    "usb 1-4: device descriptor read/64, error -71": ["usb"],
    "usb usb2-port3: unable to enumerate USB device": ["usb"],
}
HARMLESS = (
    "mce: CPU0 supports 9 MCE banks",
    "pcieport 0000:00:1c.0: AER: enabled with IRQ 122",
    "EDAC MC: Ver: 3.0.0",
    "EDAC MC0: Giving out device to module skx_edac",
    "I/O error, dev fd0, sector 0 op 0x0:(READ)",
    "I/O error, dev sr0, sector 0 op 0x0:(READ)",
    "ata1: SATA link up 6.0 Gbps (SStatus 133 SControl 300)",
    "nvme nvme0: 4/0/0 default/read/poll queues",
    "usb 1-4: new high-speed USB device number 3 using xhci_hcd",
    "CPU0: Package temperature/speed normal",
    "ERST: Error Record Serialization Table (ERST) support is initialized.",
)


def log(*messages: str) -> str:
    return "\n".join(f"[{at:12.6f}] {message}" for at, message in enumerate(messages))


@pytest.mark.parametrize("message", LINES)
def test_an_error_is_counted_once_under_its_kind(message: str) -> None:
    counted = parse_kernel_log(log(message, *HARMLESS))

    assert counted == msgspec.structs.replace(CLEAN, **dict.fromkeys(LINES[message], 1))


def test_a_log_without_errors_counts_none() -> None:
    assert parse_kernel_log(log(*HARMLESS)) == CLEAN


def test_one_event_told_in_several_lines_is_one() -> None:
    event = (
        "pcieport 0000:00:1c.5: AER: Corrected error received: 0000:03:00.0",
        "nvme 0000:03:00.0: PCIe Bus Error: severity=Corrected, type=Physical Layer",
        "nvme 0000:03:00.0:   device [8086:f1a8] error status/mask=00000001/00002000",
    )

    assert parse_kernel_log(log(*event, *event)).pcie == 2


@pytest.mark.parametrize("text", ["", "-- No entries --", "dmesg: read kernel buffer failed"])
def test_what_is_no_log_is_not_a_clean_one(text: str) -> None:
    with pytest.raises(UnreadableReport):
        parse_kernel_log(text)


@given(st.text())
def test_whatever_follows_a_lines_time_is_counted_or_not(text: str) -> None:
    errors = parse_kernel_log(f"[    0.000000] {text}")

    assert all(isinstance(getattr(errors, kind), int) for kind in errors.__struct_fields__)


@given(st.sampled_from(sorted(LINES)), st.data())
def test_a_damaged_line_is_counted_at_most_once(message: str, data: st.DataObject) -> None:
    cut = message[: data.draw(st.integers(0, len(message)))]

    errors = parse_kernel_log(log(cut))

    assert all(getattr(errors, kind) in (0, 1) for kind in errors.__struct_fields__)
