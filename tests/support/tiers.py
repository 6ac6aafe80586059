"""The four ways to embed the search, as a visitor of the portal meets them: what all of them promise is stated once."""

from dataclasses import dataclass, field

from playwright.sync_api import FrameLocator, Locator, Page

from tests.support.portal import Portal
from tests.support.steps import FIELD

TIERS = ("form", "fragment", "element", "frame")

_FOCUSED = """(() => {
  let each = document.activeElement;
  while (each.shadowRoot?.activeElement) each = each.shadowRoot.activeElement;
  return each.tagName === "IFRAME" ? "" : each.name || each.textContent.trim();
})()"""


@dataclass(frozen=True, slots=True)
class Tier:
    """One way to embed the search, on a page of a browser."""

    name: str
    page: Page
    portal: Portal
    choices: dict[str, str] = field(default_factory=lambda: {"size": "4", "body": "sample"})

    def put(self, head: str = "", around: str = "{0}") -> None:
        """Open a page of the portal that holds it, within some markup, and wait until it is there."""
        self.page.goto(self.portal.put(lambda query: around.format(self._content(query)), head))
        # A frame may be loaded later than the page around it: who asks it earlier asks a page that goes away.
        self.field.wait_for(state="attached")

    def _content(self, query: str) -> str:
        if self.name == "fragment":
            given = "&".join(f"{name}={value}" for name, value in self.choices.items())
            return self.portal.include(f"ui=es&{given}")(query)
        return self.portal.snippet(tier=self.name, **self.choices)

    @property
    def place(self) -> Page | FrameLocator:
        """Places of its field and its results."""
        return self.page.frame_locator("iframe") if self.name == "frame" else self.page

    @property
    def field(self) -> Locator:
        """The field that can be typed into."""
        return self.place.locator("#q" if self.name == "element" else FIELD)

    def search(self, words: str) -> None:
        """Ask, and wait for what is shown."""
        self.field.fill(words)
        self.field.press("Enter")
        self.wait()

    def wait(self) -> None:
        """Wait for results, here or on the search site."""
        (self.place if self.name == "frame" else self.page).locator(".rs-hit, article").first.wait_for()

    @property
    def results(self) -> list[str]:
        """Marks that tell results apart: titles on the search site, elsewhere the addresses to cite."""
        if self.name == "form":
            return self.page.locator("article h3").all_text_contents()
        return [text.split()[-1] for text in self.place.locator(".rs-cite p").all_text_contents()]

    @property
    def focused(self) -> str:
        """The element with the focus: the name of a field, or the text of something else."""
        said = self.page.evaluate(_FOCUSED)
        return str(said or self.page.frames[-1].evaluate(_FOCUSED))

    def press_until(self, key: str, wanted: str) -> None:
        """Press a key until something has the focus."""
        for _ in range(80):
            self.page.keyboard.press(key)
            # The title of a result on the search site begins with the meeting.
            if any(part.startswith(wanted) for part in self.focused.split(" · ")):
                return
        raise AssertionError(f"{wanted!r} cannot be reached with {key} in the {self.name}")
