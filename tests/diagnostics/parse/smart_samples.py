"""Reports of drives by ACME, which makes none: the same drives in JSON and as printed."""

import copy
import json
from typing import Any

ATA: dict[str, Any] = {
    "smartctl": {"version": [7, 3], "argv": ["smartctl", "-j", "-x", "/dev/sda"], "exit_status": 0},
    "device": {"name": "/dev/sda", "type": "sat", "protocol": "ATA"},
    "model_family": "Acme Spinner 7",
    "model_name": "ACME SP500-A1",
    "serial_number": "AC-77001",
    "wwn": {"naa": 5, "oui": 3152, "id": 10211297700},
    "firmware_version": "1.07",
    "user_capacity": {"blocks": 976773168, "bytes": 500107862016},
    "logical_block_size": 512,
    "rotation_rate": 7200,
    "form_factor": {"name": "2.5 inches"},
    "sata_version": {"string": "SATA 3.0"},
    "smart_support": {"available": True, "enabled": True},
    "ata_security": {"state": 41, "string": "Disabled, frozen [SEC2]"},
    "smart_status": {"passed": True},
    "ata_smart_attributes": {"table": []},
    "power_on_time": {"hours": 11873},
    "power_cycle_count": 2504,
    "temperature": {"current": 34},
    "ata_smart_error_log": {"extended": {"count": 3}},
    "ata_smart_self_test_log": {
        "extended": {
            "table": [
                {"status": {"value": 25, "string": "Aborted by host"}, "lifetime_hours": 11870},
                {"status": {"value": 0, "passed": True}, "lifetime_hours": 11000},
                {"status": {"value": 115, "passed": False}, "lifetime_hours": 10000},
            ]
        }
    },
}
ATTRIBUTES = [  # id, name, value, raw value, raw string, when failed
    (1, "Raw_Read_Error_Rate", 100, 0, "0", ""),
    (3, "Spin_Up_Time", 100, 1200, "1200", ""),
    (5, "Reallocated_Sector_Ct", 99, 1704074, "138 (0 26)", ""),
    (9, "Power_On_Hours", 80, 11873, "11873", ""),
    (10, "Spin_Retry_Count", 100, 0, "0", ""),
    (12, "Power_Cycle_Count", 98, 2504, "2504", ""),
    (184, "End-to-End_Error", 100, 0, "0", ""),
    (187, "Reported_Uncorrect", 98, 2, "2", ""),
    (188, "Command_Timeout", 100, 4295032833, "1 1 1", ""),
    (190, "Airflow_Temperature_Cel", 66, 723058722, "34 (Min/Max 24/43)", "past"),
    (194, "Temperature_Celsius", 34, 34, "34 (0 14 0 0 0)", ""),
    (196, "Reallocated_Event_Count", 100, 7, "7", "now"),
    (197, "Current_Pending_Sector", 100, 8, "8", ""),
    (198, "Offline_Uncorrectable", 100, 1, "1", ""),
    (199, "UDMA_CRC_Error_Count", 200, 12, "12", ""),
]
NVME: dict[str, Any] = {
    "smartctl": {"version": [7, 4], "argv": ["smartctl", "-jx", "/dev/nvme0"], "exit_status": 0},
    "device": {"name": "/dev/nvme0n1", "type": "nvme", "protocol": "NVMe"},
    "model_name": "ACME Comet 250",
    "serial_number": "AC-88002",
    "firmware_version": "C250.1",
    "nvme_total_capacity": 250059350016,
    "nvme_namespaces": [
        {"size": {"bytes": 250059350016}, "eui64": {"oui": 9528, "ext_id": 386844173853}}
    ],
    "logical_block_size": 512,
    "smart_status": {"passed": True},
    "nvme_smart_health_information_log": {
        "critical_warning": 0,
        "temperature": 41,
        "available_spare": 100,
        "available_spare_threshold": 10,
        "percentage_used": 3,
        "data_units_written": 1000,
        "power_cycles": 1402,
        "power_on_hours": 3121,
        "unsafe_shutdowns": 77,
        "media_errors": 0,
        "num_err_log_entries": 5,
    },
    "temperature": {"current": 41},
}
SCSI: dict[str, Any] = {
    "smartctl": {"version": [7, 3], "argv": ["smartctl", "-j", "-a"], "exit_status": 0},
    "device": {"name": "/dev/sdb", "type": "scsi", "protocol": "SCSI"},
    "scsi_vendor": "ACME",
    "scsi_product": "SV300",
    "scsi_model_name": "ACME SV300",
    "scsi_revision": "N004",
    "user_capacity": {"bytes": 300000000000},
    "rotation_rate": 10500,
    "serial_number": "AC-99003",
    "logical_unit_id": "0x5000c500a1b2c3d4",
    "device_type": {"name": "disk"},
    "smart_status": {"passed": True},
    "temperature": {"current": 31, "drive_trip": 60},
    "scsi_grown_defect_list": 2,
    "scsi_error_counter_log": {
        "read": {"gigabytes_processed": "10.000", "total_uncorrected_errors": 1},
        "write": {"gigabytes_processed": "86472.611", "total_uncorrected_errors": 2},
    },
    "scsi_percentage_used_endurance_indicator": 4,
}


def report(base: dict[str, Any] = ATA, **changed: Any) -> str:
    """A drive's JSON report, with some of its keys changed; None takes one out."""
    whole = {**copy.deepcopy(base), **changed}
    return json.dumps({key: value for key, value in whole.items() if value is not None})


Row = tuple[int, str, int, int, str, str]


def attribute(row: Row) -> Any:
    """One row of the attribute table."""
    number, name, value, raw, string, failed = row
    return {
        "id": number,
        "name": name,
        "value": value,
        "when_failed": failed,
        "raw": {"value": raw, "string": string},
    }


def with_attributes(*rows: Row, **changed: Any) -> str:
    """The ATA drive with these attributes alone."""
    table = {"table": [attribute(row) for row in rows]}
    return report(ATA, ata_smart_attributes=table, **changed)


FULL = with_attributes(*ATTRIBUTES)

_BRIEF_ROWS = """\
  1 Raw_Read_Error_Rate     POSR-K   100   100   051    -    0
  3 Spin_Up_Time            POS--K   100   100   021    -    1200
  5 Reallocated_Sector_Ct   PO--CK   099   099   036    -    138 (0 26)
  9 Power_On_Hours          -O--CK   080   080   000    -    11873
 10 Spin_Retry_Count        PO--CK   100   100   051    -    0
 12 Power_Cycle_Count       -O--CK   098   098   000    -    2504
184 End-to-End_Error        -O--CK   100   100   000    -    0
187 Reported_Uncorrect      -O--CK   098   098   000    -    2
188 Command_Timeout         -O--CK   100   100   000    -    1 1 1
190 Airflow_Temperature_Cel -O---K   066   044   045    Past 34 (Min/Max 24/43)
194 Temperature_Celsius     -O---K   034   056   000    -    34 (0 14 0 0 0)
196 Reallocated_Event_Count -O--CK   100   100   101    NOW  7
197 Current_Pending_Sector  -O--C-   100   100   000    -    8
198 Offline_Uncorrectable   ----C-   100   100   000    -    1
199 UDMA_CRC_Error_Count    -OSRCK   200   200   000    -    12
"""
_WORDS = {"-": "-", "Past": "In_the_past", "NOW": "FAILING_NOW"}


def _old_row(line: str) -> str:
    number, name, _flags, value, worst, limit, failed, raw = line.split(None, 7)
    middle = f"{value}   {worst}   {limit}    Old_age   Always       {_WORDS[failed]}"
    return f"{number:>3} {name:23} 0x0032   {middle} {raw}"


BRIEF_TABLE = (
    f"ID# ATTRIBUTE_NAME          FLAGS    VALUE WORST THRESH FAIL RAW_VALUE\n{_BRIEF_ROWS}"
)
_OLD_HEAD = (
    "ID# ATTRIBUTE_NAME          FLAG     VALUE WORST THRESH TYPE      UPDATED  "
    "WHEN_FAILED RAW_VALUE"
)
OLD_TABLE = "\n".join([_OLD_HEAD, *map(_old_row, _BRIEF_ROWS.splitlines())])


def ata_text(table: str = BRIEF_TABLE) -> str:
    """The ATA drive as smartctl prints it."""
    return f"""\
smartctl 7.3 2022-02-28 r5338 [x86_64-linux] (local build)

=== START OF INFORMATION SECTION ===
Model Family:     Acme Spinner 7
Device Model:     ACME SP500-A1
Serial Number:    AC-77001
LU WWN Device Id: 5 000c50 260a409a4
Firmware Version: 1.07
User Capacity:    500,107,862,016 bytes [500 GB]
Sector Size:      512 bytes logical/physical
Rotation Rate:    7200 rpm
Form Factor:      2.5 inches
SATA Version is:  SATA 3.0, 6.0 Gb/s (current: 6.0 Gb/s)
SMART support is: Available - device has SMART capability.
SMART support is: Enabled
ATA Security is:  Disabled, frozen [SEC2]

=== START OF READ SMART DATA SECTION ===
SMART overall-health self-assessment test result: PASSED

Self-test execution status:      (  25)\tThe self-test routine was aborted by
\t\t\t\t\tthe host.
Vendor Specific SMART Attributes with Thresholds:
{table}
                            |______ P prefailure warning

SMART Extended Comprehensive Error Log Version: 1 (6 sectors)
Device Error Count: 3

SMART Extended Self-test Log Version: 1 (1 sectors)
Num  Test_Description    Status                  Remaining  LifeTime(hours)  LBA_of_first_error
# 1  Short offline       Aborted by host               90%     11870         -
# 2  Short offline       Completed without error       00%     11000         -
# 3  Extended offline    Completed: read failure       30%     10000         4711

SMART Selective self-test log data structure revision number 1
 SPAN  MIN_LBA  MAX_LBA  CURRENT_TEST_STATUS
    1        0        0  Not_testing
"""


NVME_TEXT = """\
smartctl 7.4 2023-08-01 r5530 [x86_64-linux] (local build)

=== START OF INFORMATION SECTION ===
Model Number:                       ACME Comet 250
Serial Number:                      AC-88002
Firmware Version:                   C250.1
Total NVM Capacity:                 250,059,350,016 [250 GB]
NVMe Version:                       1.3
Namespace 1 Size/Capacity:          250,059,350,016 [250 GB]
Namespace 1 Formatted LBA Size:     512
Namespace 1 IEEE EUI-64:            002538 5a11b5a61d

Supported Power States
St Op     Max   Active     Idle   RL RT WL WT  Ent_Lat  Ex_Lat
 0 +     6.50W       -        -    0  0  0  0        0       0

=== START OF SMART DATA SECTION ===
SMART overall-health self-assessment test result: PASSED

SMART/Health Information (NVMe Log 0x02)
Critical Warning:                   0x00
Temperature:                        41 Celsius
Available Spare:                    100%
Available Spare Threshold:          10%
Percentage Used:                    3%
Data Units Written:                 1,000 [512 MB]
Power Cycles:                       1,402
Power On Hours:                     3,121
Unsafe Shutdowns:                   77
Media and Data Integrity Errors:    0
Error Information Log Entries:      5

Error Information (NVMe Log 0x01, 16 of 63 entries)
Num   ErrCount  SQId   CmdId  Status  PELoc          LBA  NSID    VS  Message
  0          5     0  0x0013  0x4004  0x004            0     1     -  Invalid Field in Command
"""
SCSI_TEXT = """\
=== START OF INFORMATION SECTION ===
Vendor:               ACME
Product:              SV300
Revision:             N004
User Capacity:        300,000,000,000 bytes [300 GB]
Rotation Rate:        10500 rpm
Logical Unit id:      0x5000c500a1b2c3d4
Serial number:        AC-99003
Device type:          disk
Transport protocol:   SAS (SPL-3)
SMART support is:     Available - device has SMART capability.
SMART support is:     Enabled

=== START OF READ SMART DATA SECTION ===
SMART Health Status: OK

Percentage used endurance indicator: 4%
Current Drive Temperature:     31 C
Drive Trip Temperature:        60 C
Accumulated power on time, hours:minutes 19394:33
Elements in grown defect list: 2

Error counter log:
           Errors Corrected by           Total   Correction     Gigabytes    Total
               ECC          rereads/    errors   algorithm      processed    uncorrected
           fast | delayed   rewrites  corrected  invocations   [10^9 bytes]  errors
read:          9        0         0         9          0         10.000           1
write:         0        0         0         0          0      86472.611           2

SMART Self-test log
Num  Test              Status                 segment  LifeTime  LBA_first_err [SK ASC ASQ]
# 1  Background short  Completed                   -     349                 - [-   -    -]
"""
