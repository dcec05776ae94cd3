import pytest

from diagnostics.parse.disk_makers import maker_of


@pytest.mark.parametrize(
    ("model", "maker"),
    [
        ("WDC WD10EALX-089BA0", "Western Digital"),
        ("WD_BLACK SN770", "Western Digital"),
        ("HGST HUS722T1TALA604", "Hitachi"),
        ("KXG60 TOSHIBA", "Toshiba"),
        ("OCZ-VERTEX3", "OCZ"),
        ("Micron_5300_MTFD", "Micron"),
        ("ST500DM002-1BD142", "Seagate"),
        ("STM3250820AS", "Maxtor"),
        ("HDT722520DLAT80", "Hitachi"),
        ("CT480BX500SSD1", "Crucial"),
        ("MTFDDAK480TDC", "Micron"),
        ("128GB SATA SSD", None),
        ("", None),
        (None, None),
    ],
)
def test_the_maker_stands_in_the_model(model: str | None, maker: str | None) -> None:
    assert maker_of(model) == maker


def test_the_name_on_the_drive_comes_before_the_maker_of_its_controller() -> None:
    assert maker_of("KINGSTON SA400S37240G", family="Phison Driven SSDs") == "Kingston"


def test_a_nameless_drive_is_called_by_the_database() -> None:
    assert maker_of("SATA SSD", family="Phison Driven OEM SSDs") == "Phison"


def test_a_vendor_that_is_said_is_believed() -> None:
    assert maker_of("EG0600", vendor="HP      ") == "Hewlett-Packard"
    assert maker_of("RC-08", vendor="ACME") == "ACME"


@pytest.mark.parametrize("layer", ["ATA     ", "NVMe", "USB"])
def test_a_translating_layer_is_no_vendor(layer: str) -> None:
    assert maker_of("SAMSUNG HD103UJ", vendor=layer) == "Samsung"


def test_who_sold_it_is_named_before_a_number_is_guessed_at() -> None:
    assert maker_of("THNSF8200CAME", sold_as="DELL(tm)") == "Dell"
