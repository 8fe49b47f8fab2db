"""Somebody in front of a browser: signs in, presses what has a name, and reads in one language."""

import re
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Response, expect

from api.pages.language import PageLanguage
from matcher.messages import message
from tests.accounts.examples import PASSWORD
from tests.e2e.standards import DESKTOP, faults_of

MEANT = ("Failed to load resource: the server responded with a status of 4", "htmx:sendAbort", "htmx:afterRequest")
"""What the console says of a page that is refused, and of a request that a newer one took the place of."""


@dataclass(eq=False)
class Visitor:
    """One browser context with one page."""

    page: Page
    address: str
    language: PageLanguage = "da"
    heard: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, browser: Browser, address: str, *, javascript: bool = True, width: tuple[int, int] = DESKTOP) -> Self:
        """Open a window of its own, with no cookies."""
        window = {"width": width[0], "height": width[1]}
        context = browser.new_context(base_url=address, java_script_enabled=javascript, viewport=window)  # type: ignore[arg-type]
        context.set_default_timeout(15_000)
        made = cls(context.new_page(), address)
        made.page.on("console", made._hear)
        made.page.on("pageerror", lambda problem: made.heard.append(str(problem)))
        return made

    def _hear(self, told: ConsoleMessage) -> None:
        if told.type in ("error", "warning") and not told.text.startswith(MEANT):
            self.heard.append(told.text)

    def t(self, key: str, **values: object) -> str:
        """The text `pages.<key>` in the reader's language."""
        return message(f"pages.{key}", self.language, **values)

    def say(self, key: str, **values: object) -> str:
        """Any text of the catalogues in the reader's language."""
        return message(key, self.language, **values)

    def go(self, path: str) -> Response:
        """Open an address of the service."""
        answer = self.page.goto(path)
        assert answer is not None
        return answer

    def sign_in(self, email: str, language: PageLanguage = "da") -> Self:
        """Choose a language and sign in, as a person does."""
        self.go("/sign-in")
        if language != self.language:
            self.page.get_by_role("link", name="English" if language == "en" else "Dansk").click()
            self.language = language
        self.page.get_by_label(self.t("sign_in.email")).fill(email)
        self.page.get_by_label(self.t("sign_in.password")).fill(PASSWORD)
        self.press("sign_in.send")
        self.page.wait_for_url(lambda url: not urlsplit(url).path.startswith("/sign-in"))
        return self

    def press(self, key: str, **values: object) -> None:
        """Press the first button with this name."""
        self.page.get_by_role("button", name=self.t(key, **values)).first.click()

    def follow(self, key: str, **values: object) -> None:
        """Follow the first link with this name."""
        self.page.get_by_role("link", name=self.t(key, **values)).first.click()

    def comes_to(self, pattern: str) -> None:
        """Wait until the address has this in it; a page that sends itself on may break its own loading off."""
        expect(self.page).to_have_url(re.compile(pattern), timeout=30_000)
        self.page.wait_for_load_state()

    def main(self) -> Locator:
        """What the page is about, without head and foot."""
        return self.page.locator("main")

    def reads(self, text: str) -> bool:
        """Whether the page comes to show a text."""
        self.main().get_by_text(text).first.wait_for()
        return True

    def settled(self) -> None:
        """Wait until nothing is under way any more."""
        self.page.wait_for_load_state("networkidle")

    @property
    def path(self) -> str:
        """Path of the page that is open."""
        return urlsplit(self.page.url).path

    def faults(self) -> list[str]:
        """What is wrong with the page that is open."""
        found = [f"{self.path}: {one}" for one in faults_of(self.page, self.language)]
        heard, self.heard[:] = [f"{self.path}: console: {one}" for one in self.heard], []
        return found + heard
