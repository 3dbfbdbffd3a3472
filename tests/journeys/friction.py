"""What a job costs a hand: clicks and key presses beyond the text itself, counted as a journey makes them."""

from __future__ import annotations

from playwright.sync_api import Locator, Page


class Friction:
    """`friction = Friction(page)`, then act through it; `friction.count` is what the budget of screens.md speaks of."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def click(self, target: Locator) -> None:
        """One press of finger or mouse, on what is there to be seen."""
        target.click()
        self.count += 1
        self.page.wait_for_load_state()

    def press(self, key: str) -> None:
        """One key that is no text: a shortcut, Tab, Enter."""
        self.page.keyboard.press(key)
        self.count += 1
        self.page.wait_for_load_state()

    def type(self, target: Locator, text: str) -> None:
        """Text is free; getting into the field is one press, unless the page has put the cursor there."""
        if not target.evaluate("one => one === document.activeElement"):
            self.click(target)
        target.press_sequentially(text)
