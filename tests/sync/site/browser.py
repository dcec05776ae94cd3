"""Debian's Chromium without a window and without scripts, as anybody's browser may be."""

import base64
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait

CHROMIUM, DRIVER = "/usr/bin/chromium", "/usr/bin/chromedriver"
PHONE, DESKTOP, SMALLEST = 360, 1280, 320  # CSS pixels
HEIGHT, PATIENCE_S = 800, 30
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--hide-scrollbars",
)  # fmt: skip
NO_SCRIPTS = {"profile.managed_default_content_settings.javascript": 2}


class Browser:
    """One window at one site."""

    def __init__(self, driver: webdriver.Chrome, address: str, pictures: Path) -> None:
        self._driver, self._address, self._pictures = driver, address, pictures
        self._taken = 0
        self.resize(PHONE)

    def open(self, path: str) -> None:
        """Go to an address of the site."""
        self._driver.get(self._address + path)

    def resize(self, width: int) -> None:
        """As wide as this device is."""
        size = {"width": width, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False}
        self._driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)

    # ---- what is to be seen ----

    @property
    def text(self) -> str:
        """What a person reads."""
        return self._driver.find_element(By.TAG_NAME, "main").text

    @property
    def path(self) -> str:
        """Where the window is."""
        return self._driver.current_url.removeprefix(self._address)

    def content_width(self) -> int:
        """How wide the page is; wider than the window, it has to be pushed aside."""
        metrics: Any = self._driver.execute_cdp_cmd("Page.getLayoutMetrics", {})
        return int(metrics["cssContentSize"]["width"])

    def find(self, selector: str) -> WebElement:
        """The first part that a CSS selector names."""
        return self._driver.find_element(By.CSS_SELECTOR, selector)

    def picture(self, name: str) -> None:
        """Take the whole page, on a phone and at a desk."""
        self._taken += 1
        for kind, width in (("desktop", DESKTOP), ("phone", PHONE)):
            self.resize(width)
            asked = {"format": "png", "captureBeyondViewport": True}
            shot: Any = self._driver.execute_cdp_cmd("Page.captureScreenshot", asked)
            file = self._pictures / f"{self._taken:02d}-{name}-{kind}.png"
            file.write_bytes(base64.b64decode(shot["data"]))

    # ---- what a person does ----

    def fill(self, values: Mapping[str, str | bool]) -> None:
        """Type into fields, choose, tick; a radio button is chosen by its value."""
        for name, value in values.items():
            self._fill(name, value)

    def _fill(self, name: str, value: str | bool) -> None:
        field = self.find(f"main [name='{name}']:not([type='hidden'])")
        if field.tag_name == "select":
            Select(field).select_by_value(str(value))
        elif field.get_attribute("type") == "radio":
            self.find(f"main [name='{name}'][value='{value}']").click()
        elif field.get_attribute("type") == "checkbox":
            if field.is_selected() != bool(value):
                field.click()
        else:
            field.clear()
            field.send_keys(str(value))

    def send(self, action: str) -> None:
        """Press the button of the form that goes there, and wait for the next page."""
        self._press(self.find(f"main form[action*='{action}'] button"))

    def follow(self, path: str) -> None:
        """Follow the first link of the page that goes there."""
        self._press(self.find(f"main a[href='{path}']"))

    def submit(self) -> None:
        """Press the first button of the page."""
        self._press(self.find("main form button.primary"))

    def _press(self, part: WebElement) -> None:
        page = self._driver.find_element(By.TAG_NAME, "html")
        part.click()
        WebDriverWait(self._driver, PATIENCE_S).until(lambda _: _is_gone(page))


def _is_gone(part: WebElement) -> bool:
    try:
        part.is_enabled()
    except StaleElementReferenceException:
        return True
    return False


@contextmanager
def browser(address: str, profile: Path, pictures: Path) -> Iterator[Browser]:
    """A browser with a profile of its own, until the end of a `with`."""
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.add_experimental_option("prefs", NO_SCRIPTS)
    driver = webdriver.Chrome(options, webdriver.ChromeService(DRIVER))
    try:
        pictures.mkdir(parents=True, exist_ok=True)
        yield Browser(driver, address, pictures)
    finally:
        driver.quit()
