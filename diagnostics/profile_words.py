"""What a choice of tests is called, and how long it takes."""

from station.words import _, _c


def profile_word(profile: str) -> str:
    """The profile's name; "" is a report of facts alone, and a newer version's stands for itself.

    Reports name their profile by its id, so the id is asked for.
    """
    return {
        "": _c("profile", "Facts only"),
        "facts": _c("profile", "Facts only"),
        "triage": _c("profile", "Quick check"),
        "standard": _c("profile", "Standard check"),
        "burn_in": _c("profile", "Long run"),
    }.get(profile, profile)


def profile_hint(profile: str) -> str:
    """What it is for and how long it takes."""
    return {
        "facts": _("A few seconds. Reads what the machine is, tests nothing."),
        "triage": _("About 3 minutes. Is it worth repairing?"),
        "standard": _("About half an hour. Before the machine is given to a pupil."),
        "burn_in": _("Some hours, best over night. Finds what fails only when warm."),
    }.get(profile, "")
