"""How is Firefox driven by a test? (Marionette, its own protocol: WebDriver's commands in JSON)

Playwright's builds of Firefox come from a host of their own, and its BiDi asks Debian's ESR (153)
for `emulation.setMediaFeaturesOverride`, which that one does not know; geckodriver, which Selenium
needs, is in no registry as a program. Firefox itself listens, when it is told to.
"""

from __future__ import annotations

import itertools
import json
import socket
import subprocess
import time
from pathlib import Path
from typing import Any, Self

# Seconds after which an answer is given up, however loaded the machine: a hang, and no measure.
_PATIENCE = 600.0
# Nothing leaves the machine: neither updates, nor lists of dangerous sites.
_PREFERENCES = {
    "app.update.disabledForTesting": True,
    "browser.safebrowsing.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "intl.accept_languages": "fr",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
    "toolkit.telemetry.server": "data:,",
    "ui.prefersReducedMotion": 1,
}


class Firefox:
    """A window of Firefox without a screen, with a profile of its own; a context."""

    def __init__(self, program: str, profile: Path, **preferences: object) -> None:
        profile.mkdir()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        all_preferences = {**_PREFERENCES, "marionette.port": port, **preferences}
        lines = [
            f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in all_preferences.items()
        ]
        (profile / "user.js").write_text("\n".join(lines))
        self._process = subprocess.Popen(
            [program, "--headless", "--no-remote", "--marionette", "--profile", str(profile)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._numbers = itertools.count(1)
        try:
            self._line = self._connected(port)
            self._received = self._line.makefile("rb")
            self._message()
            self.ask("WebDriver:NewSession", capabilities={"alwaysMatch": {}})
        except BaseException:
            self._process.kill()
            self._process.wait()
            raise

    def _connected(self, port: int) -> socket.socket:
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                return socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE)
            except OSError:
                if time.monotonic() > until or self._process.poll() is not None:
                    raise
                time.sleep(0.2)

    def _message(self) -> Any:
        size = b""
        while (sign := self._received.read(1)) != b":":
            if not sign:
                raise ConnectionError("Firefox has gone")
            size += sign
        return json.loads(self._received.read(int(size)))

    def ask(self, command: str, **parameters: Any) -> Any:
        """What a command gives. Raises RuntimeError with what Firefox says."""
        number = next(self._numbers)
        message = json.dumps([0, number, command, parameters]).encode()
        self._line.sendall(b"%d:%s" % (len(message), message))
        kind, answer_number, error, value = self._message()
        assert (kind, answer_number) == (1, number)
        if error:
            raise RuntimeError(f"{command}: {error['error']}: {error['message']}")
        return value["value"] if isinstance(value, dict) and set(value) == {"value"} else value

    def go(self, address: str) -> None:
        """Load a page, to its end."""
        self.ask("WebDriver:Navigate", url=address)

    def run(self, script: str, *arguments: Any) -> Any:
        """What a script of the page returns; `arguments` are those given."""
        return self.ask(
            "WebDriver:ExecuteScript", script=script, args=list(arguments), newSandbox=False
        )

    def wait(self, script: str, *arguments: Any) -> Any:
        """What a script of the page returns, once it is true. Raises TimeoutError."""
        until = time.monotonic() + _PATIENCE
        while not (value := self.run(script, *arguments)):
            if time.monotonic() > until:
                raise TimeoutError(script)
            time.sleep(0.05)
        return value

    def type(self, *keys: str) -> None:
        """Press keys one after the other, where the focus is."""
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self.ask("WebDriver:PerformActions",
                 actions=[{"type": "key", "id": "keys", "actions": actions}])  # fmt: skip

    def size(self, width: int, height: int) -> None:
        """Give what is seen of a page so many pixels."""
        self.ask("WebDriver:SetWindowRect", width=width, height=height)
        inner = self.run("return [innerWidth, innerHeight]")
        self.ask("WebDriver:SetWindowRect",
                 width=2 * width - inner[0], height=2 * height - inner[1])  # fmt: skip

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._received.close()
        self._line.close()
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
