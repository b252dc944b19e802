"""A phone in a world: the five ports in Python, a folder and a vault that outlive the app, and the hands that hold it."""

from __future__ import annotations

import asyncio
import faulthandler
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Condition
from typing import Any, AsyncIterator

import pytest
import tapo_care_ffi as ffi
from building import WORKSPACE
from stores import AppStore, PlayStore
from tapo_care_shell import Shell, open_sandbox, peek_sandbox
from worlds import NoAnswer, World, ask

both_stores = pytest.mark.parametrize("store", ["app_store", "play"])
# The key an app would carry whose purchases another Google Play signs.
OWN_LICENSE_KEY = (WORKSPACE / "core/tests/receipts/keys/foreign-license-key.txt").read_text()


def run(test: Coroutine[Any, Any, None]) -> None:
    """Runs a test on a loop of its own. One that waits for ever fails; one that blocks the thread ends the process."""
    faulthandler.dump_traceback_later(150, exit=True)
    asyncio.run(asyncio.wait_for(test, 120))
    faulthandler.cancel_dump_traceback_later()


class Phone:
    """What survives the app, and what the person in front of it does."""

    def __init__(self, world: World, folder: Path, kind: ffi.StoreKind = ffi.StoreKind.APP_STORE) -> None:
        self.world = world
        self.folder = folder / "care"
        self.vault = Vault()
        self.clock = Clock(world)
        self.session = Session(world)
        self.log = Log()
        self.kind = kind
        self.store = AppStore(world) if kind == ffi.StoreKind.APP_STORE else PlayStore(world)

    def config(self) -> ffi.Config:
        trust = self.world.trust
        app = ffi.AppStoreApp(bundle_id=trust["app_store"]["bundle_id"], app_id=trust["app_store"]["app_id"])
        return ffi.Config(
            folder=str(self.folder),
            cloud_url=trust["cloud"]["url"],
            cloud_keys=[ffi.CloudKey(id=id, public=public) for id, public in self.world.cloud_keys()],
            app_store=app,
            play=ffi.PlayApp(package=trust["play"]["package"], license_key=OWN_LICENSE_KEY),
            store=self.kind,
            platform="linux",
            locale="en",
        )

    def ports(self) -> ffi.Ports:
        return ffi.Ports(store=self.store, vault=self.vault, session=self.session, clock=self.clock, log=self.log)

    async def start(self) -> Shell:
        """Starts the app, as an account that was signed in or as nobody."""
        trust = ffi.SandboxTrust(
            app_store_root=self.world.app_store_root(), play_license_key=self.world.play_license_key()
        )
        return await open_sandbox(self.config(), trust, self.ports())

    async def peek(self) -> ffi.Snapshot:
        """Looks at the folder beside the app."""
        trust = ffi.SandboxTrust(
            app_store_root=self.world.app_store_root(), play_license_key=self.world.play_license_key()
        )
        return await peek_sandbox(self.config(), trust, self.vault, self.clock)

    async def _started(self) -> Shell:
        """As `start`. What was under way when the app before it ended may still write its one line: Busy, try again."""
        while True:
            try:
                return await self.start()
            except ffi.CareError.Busy:
                await asyncio.sleep(0)

    @asynccontextmanager
    async def app(self, account: str | None = None) -> AsyncIterator[Shell]:
        """The app while it runs, signed in; shut down at the end."""
        async with await self._started() as care:
            if account is not None:
                await care.sign_in(self.world.account(account)["id"])
            yield care


class Vault(ffi.Vault):
    """A keychain; `before` runs first, on the core's disk thread."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}
        self.before: Callable[[], None] = lambda: None

    def read(self, key: str) -> str | None:
        self.before()
        return self._kept.get(key)

    def write(self, key: str, value: str) -> None:
        self.before()
        self._kept[key] = value


class Session(ffi.Session):
    """The TP-Link ID service, played by the sandbox."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.before: Callable[[], Awaitable[None]] | None = None

    async def token(self, account: ffi.AccountId, fresh: bool) -> str:
        if self.before is not None:
            await self.before()
        return await asyncio.to_thread(self._token, account)

    def _token(self, account: str) -> str:
        known = self._world.control("GET", "accounts")["accounts"]
        name = next((one["name"] for one in known if one["id"] == account), None)
        if name is None:
            raise ffi.SessionError.SignInNeeded()
        try:
            return ask("POST", f"{self._world.trust['cloud']['url']}/session", {"name": name})["token"]
        except NoAnswer as error:
            raise ffi.SessionError.Unavailable() from error


class Clock(ffi.Clock):
    """The world's clock."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.broken = False

    def read(self) -> ffi.ClockReading:
        if self.broken:
            raise RuntimeError("no clock")
        elapsed = self._world.now_ms - self._world.started_ms
        return ffi.ClockReading(wall=self._world.now_ms, utc_offset_s=0, elapsed_ms=elapsed, boot_id="boot-1")


class Log(ffi.Log):
    """The names of the core's steps."""

    def __init__(self) -> None:
        self._told = Condition()
        self._lines: list[ffi.LogLine] = []
        self.broken = False

    def line(self, line: ffi.LogLine) -> None:
        with self._told:
            self._lines.append(line)
            self._told.notify_all()
        if self.broken:
            raise RuntimeError("no log")

    def until(self, event: str) -> list[ffi.LogLine]:
        """Every line up to one of that name, which the core may still be handing over: it waits for no log."""

        def come() -> bool:
            return any(line.event == event for line in self._lines)

        with self._told:
            assert self._told.wait_for(come, timeout=30), f"no line {event}"
            return list(self._lines)


async def buy(care: Shell, plan: str = "tapo-3-monthly") -> ffi.Outcome:
    """Buys a plan and waits for its end, which is handled."""
    await care.subscribe(ffi.SubscribeRequest(plan=plan))
    return await ended(care)


async def ended(care: Shell) -> ffi.Outcome:
    """The next outcome, handled."""
    outcomes = care.outcomes()
    outcome = await anext(outcomes)
    await outcomes.handled(outcome.id)
    outcomes.end()
    return outcome


async def until(care: Shell, holds: Callable[[ffi.Snapshot], bool]) -> ffi.Snapshot:
    """The first snapshot of which that holds."""
    changes = care.changes()
    async for snapshot in changes:
        if holds(snapshot):
            changes.end()
            return snapshot
    raise AssertionError("the core ended first")
