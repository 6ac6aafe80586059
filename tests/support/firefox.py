"""Firefox, driven by Marionette, the protocol that it speaks itself: Playwright drives only a Firefox of its own.

https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html
"""

import json
import os
import re
import socket
import subprocess
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

ENTER = "\ue007"
TAB = "\ue004"
"""Keys, as WebDriver writes them (section 17.4.2)."""

PREFERENCES = """
user_pref("marionette.port", 0);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
"""
PATIENCE = 60


class Refused(Exception):  # noqa: N818 - what happened
    """Firefox could not do what it was asked."""


class Firefox:
    """A running Firefox. ``within`` selects the shadow host that an element is in, if it is in one."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._number = 0
        self._read()
        self._ask("WebDriver:NewSession")

    def go(self, address: str) -> None:
        """Open an address."""
        self._ask("WebDriver:Navigate", url=address)

    def see(self, expression: str) -> Any:
        """The value of an expression on the page."""
        return self._ask("WebDriver:ExecuteScript", script=f"return {expression}", args=[])["value"]

    def until(self, expression: str) -> None:
        """Wait until an expression is true."""
        for _ in range(1000):
            with suppress(Refused):  # a page that is being left
                if self.see(expression):
                    return
                script = "const done = arguments[0]; requestAnimationFrame(() => setTimeout(done, 10))"
                self._ask("WebDriver:ExecuteAsyncScript", script=script, args=[])
        raise AssertionError(f"never: {expression}")

    def type(self, text: str, selector: str, within: str | None = None) -> None:
        """Type into an element."""
        self._ask("WebDriver:ElementSendKeys", id=self._find(selector, within), text=text)

    def click(self, selector: str, within: str | None = None) -> None:
        """Click an element."""
        self._ask("WebDriver:ElementClick", id=self._find(selector, within))

    def press(self, key: str) -> None:
        """Press a key, wherever the focus is."""
        strokes = [{"type": kind, "value": key} for kind in ("keyDown", "keyUp")]
        self._ask("WebDriver:PerformActions", actions=[{"type": "key", "id": "keys", "actions": strokes}])

    def print(self) -> bytes:
        """The page on paper, as a PDF."""
        return b64decode(self._ask("WebDriver:Print")["value"])

    def enter_frame(self, selector: str) -> None:
        """Look into a frame from now on."""
        self._ask("WebDriver:SwitchToFrame", element=self._find(selector, None))

    def leave_frame(self) -> None:
        """Look at the whole page again."""
        self._ask("WebDriver:SwitchToFrame", id=None)

    def _find(self, selector: str, within: str | None) -> str:
        wanted = {"using": "css selector", "value": selector}
        if within is None:
            return _id(self._ask("WebDriver:FindElement", **wanted))
        root = _id(self._ask("WebDriver:GetShadowRoot", id=self._find(within, None)))
        return _id(self._ask("WebDriver:FindElementFromShadowRoot", shadowRoot=root, **wanted))

    def _ask(self, command: str, **parameters: Any) -> dict[str, Any]:
        self._number += 1
        message = json.dumps([0, self._number, command, parameters])
        self._connection.sendall(f"{len(message)}:{message}".encode())
        _, _, error, result = self._read()
        if error:
            raise Refused(error)
        return result or {}

    def _read(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            length += self._connection.recv(1)
        content = b""
        while len(content) < int(length[:-1]):
            content += self._connection.recv(int(length[:-1]) - len(content))
        return json.loads(content)


def _id(answer: dict[str, Any]) -> str:
    return str(next(iter(answer["value"].values())))


@contextmanager
def running(program: str, profile: Path) -> Iterator[Firefox]:
    """Firefox with an empty profile, until the end."""
    (profile / "user.js").write_text(PREFERENCES)
    command = [program, "--headless", "--marionette", "--no-remote", "--profile", str(profile)]
    home = {**os.environ, "HOME": str(profile)}
    with subprocess.Popen(command, text=True, env=home, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        try:
            assert process.stdout
            port = next(found[1] for line in process.stdout if (found := re.search(r"Listening on port (\d+)", line)))
            with socket.create_connection(("127.0.0.1", int(port)), PATIENCE) as connection:
                yield Firefox(connection)
        finally:
            process.terminate()
