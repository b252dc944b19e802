"""One `care-sandbox up` process, and the hand that moves its world."""

from __future__ import annotations

import base64
import json
import subprocess
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

Json = Any


class NoAnswer(Exception):
    """The connection broke off."""


def ask(method: str, url: str, body: Json = None, token: str | None = None) -> Json:
    """One exchange of JSON. Blocks: on a loop it belongs into a thread."""
    headers = {"content-type": "application/json"}
    if token is not None:
        headers["authorization"] = f"Bearer {token}"
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            text = answer.read()
    except urllib.error.HTTPError as error:
        raise AssertionError(f"{method} {url}: {error.code} {error.read().decode()}") from error
    except Exception as error:
        raise NoAnswer(repr(error)) from error
    return json.loads(text) if text else None


class World:
    """Isolated; ends with its test."""

    def __init__(self, binary: Path) -> None:
        self._process = subprocess.Popen([binary, "up"], stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.trust = json.loads(self._process.stdout.readline())
        clock = self.control("GET", "clock")
        self.now_ms: int = clock["now_ms"]
        self.started_ms: int = clock["started_ms"]

    def advance(self, by: str) -> None:
        """Moves the world's clock."""
        self.now_ms = self.control("POST", "clock/advance", {"by": by})["now_ms"]

    def end(self) -> None:
        """Asks the process to end, and waits for it."""
        self._process.terminate()
        assert self._process.wait(timeout=30) == 0, "care-sandbox ends cleanly"
        assert self._process.stdout is not None
        self._process.stdout.close()

    def control(self, method: str, path: str, body: Json = None) -> Json:
        """One call to the control API."""
        control = self.trust["control"]
        return ask(method, f"{control['url']}/control/{path}", body, control["token"])

    def fault(self, endpoint: str, kind: str, times: int = 1) -> None:
        """Makes calls of an endpoint go wrong."""
        self.control("POST", "faults", {"endpoint": endpoint, "kind": kind, "times": times})

    def heal(self) -> None:
        """Clears every fault."""
        self.control("DELETE", "faults")

    def account(self, name: str) -> Json:
        """An account by its name: `id`, `tag`."""
        known = self.control("GET", "accounts")["accounts"]
        return next(account for account in known if account["name"] == name)

    def counts(self) -> tuple[int, int, int]:
        """How many charges, grants and finishes there are."""
        ledger = self.control("GET", "ledger")
        return len(ledger["charges"]), len(ledger["grants"]), len(ledger["finishes"])

    def cloud_keys(self) -> list[tuple[str, bytes]]:
        """The cloud's public keys."""
        return [(key["id"], base64.b64decode(key["public"])) for key in self.trust["cloud"]["keys"]]

    def app_store_root(self) -> bytes:
        """The emulated App Store's root, DER."""
        return base64.b64decode(self.trust["app_store"]["root"])

    def play_license_key(self) -> str:
        """The emulated Google Play's license key, as its console shows it."""
        return self.trust["play"]["key"]
