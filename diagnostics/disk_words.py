"""What is wrong with a disk, in words: the reasons of sto.smart and the figures behind them."""

from station.words import _, _n


def disk_reasons() -> dict[str, str]:
    """Each reason by its id."""
    return {
        "data_errors": _("the disk lost data that it had stored"),
        "disk_cable_errors": _("data was garbled between disk and mainboard: check the cable"),
        "disk_cache_unsafe": _("the disk can lose data when the power fails"),
        "disk_emulated": _("a virtual machine stands in for the disk: its health is not known"),
        "disk_garbles_data": _("data was garbled inside the disk"),
        "disk_memory_unreliable": _("the disk's own memory can no longer be trusted"),
        "disk_old": _("the disk has run for many hours"),
        "disk_read_only": _("the disk can only be read, no longer written"),
        "disk_says_failing": _("the disk itself says that it is failing"),
        "disk_slow_to_answer": _("the disk sometimes did not answer in time"),
        "disk_too_hot": _("the disk is too hot or too cold"),
        "disk_unreliable": _("the disk itself says that it is no longer reliable"),
        "errors_logged": _("the disk has noted errors in its log"),
        "figure_at_limit": _("a figure of the disk is past the limit set by its maker"),
        "figure_was_at_limit": _("a figure of the disk was once past the limit set by its maker"),
        "flash_life_not_said": _("the built-in flash does not tell how worn it is"),
        "flash_worn": _("the flash memory of the disk is worn"),
        "motor_starts_badly": _("the motor of the disk needed several tries to start"),
        "power_cut_often": _("the disk often lost its power while running"),
        "sectors_counted_otherwise": _("the disk counts bad sectors in its maker's own way"),
        "sectors_lost": _("the disk has sectors that it gave up reading"),
        "sectors_reallocated": _("the disk had to replace bad sectors"),
        "sectors_retried": _("the disk tried to replace sectors"),
        "sectors_unreadable": _("the disk has sectors it can no longer read"),
        "self_test_failed": _("the disk failed its own test"),
        "self_test_failed_once": _("the disk once failed its own test"),
        "smart_incomplete": _("the disk tells too little of its health"),
        "smart_missing": _("the disk tells nothing of its health (no SMART)"),
        "smart_not_asked": _("the disk was not asked for its health (SMART)"),
        "smart_switched_off": _("the health report of the disk (SMART) is switched off"),
        "smart_unreadable": _("the health of the disk (SMART) could not be read"),
        "spare_blocks_low": _("the disk has few spare blocks left"),
    }


def disk_figure(name: str, value: int) -> str | None:
    """One figure of a disk with what it counts; None for a figure that is none of a disk's."""
    template = {
        "available_spare_percent": _("spare blocks {value} %"),
        "command_timeouts": _("late answers: {value}"),
        "critical_warning": _("warning bits {value}"),
        "end_to_end_errors": _("garbled inside: {value}"),
        "error_log_entries": _("errors in the log: {value}"),
        "grown_defects": _("replaced sectors: {value}"),
        "interface_crc_errors": _("garbled transfers: {value}"),
        "life_time_estimate": _("wear level {value} of 11"),
        "media_errors": _("lost blocks: {value}"),
        "pending": _("unreadable sectors: {value}"),
        "percentage_used": _("life used {value} %"),
        "power_on_hours": _n("{value} hour running", "{value} hours running", value),
        "pre_eol": _("spare block level {value} of 3"),
        "reallocated": _("replaced sectors: {value}"),
        "reallocation_events": _("attempts to replace: {value}"),
        "reported_uncorrectable": _("failed reads: {value}"),
        "spin_retries": _("starts tried again: {value}"),
        "uncorrectable": _("sectors given up: {value}"),
        "uncorrected_errors": _("failed reads and writes: {value}"),
        "unsafe_shutdowns": _("power cuts: {value}"),
        "wear_left_percent": _("life left {value} %"),
    }.get(name)
    return None if template is None else template.format(value=value)
