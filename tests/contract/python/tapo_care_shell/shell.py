"""`Shell`: the core for asyncio. It opens on the running loop, and its changes and outcomes are iterated."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Generic, Self, TypeVar

import tapo_care_ffi as ffi

Item = TypeVar("Item")


class _Stream(Generic[Item]):
    """Pulled by `async for` until ended here, or until the core is shut down."""

    def __init__(self, pulled: ffi.Changes | ffi.Outcomes) -> None:
        self._pulled = pulled

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Item:
        item = await self._pulled.next()
        if item is None:
            raise StopAsyncIteration
        return item

    def end(self) -> None:
        """Ends the iteration, also where somebody waits in it."""
        self._pulled.end()


class Changes(_Stream[ffi.Snapshot]):
    """Snapshots as they change, the current one first."""


class Outcomes(_Stream[ffi.Outcome]):
    """How purchases ended. An outcome counts as handled once the loop asks for the one after it."""

    _pulled: ffi.Outcomes

    def __init__(self, pulled: ffi.Outcomes) -> None:
        super().__init__(pulled)
        self._given: str | None = None

    async def __anext__(self) -> ffi.Outcome:
        if self._given is not None:
            await self.handled(self._given)
        outcome = await super().__anext__()
        self._given = outcome.id
        return outcome

    async def handled(self, id: str) -> None:
        """Remembers durably that the outcome was handled."""
        await self._pulled.handled(id)
        self._given = None


class Shell:
    """The open core. What is not here is asked of `care` directly."""

    def __init__(self, care: ffi.Care) -> None:
        self.care = care

    def snapshot(self) -> ffi.Snapshot:
        """Everything a screen shows, now."""
        return self.care.snapshot()

    def changes(self) -> Changes:
        """Snapshots as they change."""
        return Changes(self.care.changes())

    def outcomes(self) -> Outcomes:
        """How purchases end."""
        return Outcomes(self.care.outcomes())

    async def sign_in(self, account: ffi.AccountId) -> None:
        """Signs an account in."""
        await self.care.sign_in(account)

    async def plans(self) -> ffi.PlansOnSale:
        """The plans on sale in this storefront."""
        return await self.care.plans()

    async def subscribe(self, request: ffi.SubscribeRequest) -> ffi.IntentId:
        """Begins a purchase; how it ends comes through `outcomes`."""
        return await self.care.subscribe(request)

    async def change_plan(self, request: ffi.ChangePlanRequest) -> ffi.IntentId:
        """Begins a change of plan; how it ends comes through `outcomes`."""
        return await self.care.change_plan(request)

    async def return_double_payment(self, request: ffi.ReturnRequest) -> ffi.Returned:
        """Gives one of two plans back that were both paid, after a yes."""
        return await self.care.return_double_payment(request)

    async def select_cameras(self, subscription: ffi.SubscriptionId, cameras: list[ffi.CameraId]) -> None:
        """Selects the whole set of cameras for a subscription."""
        await self.care.select_cameras(subscription, cameras)

    async def refresh(self) -> None:
        """Asks the cloud for the account's state."""
        await self.care.refresh()

    async def sweep(self, deadline_s: float = 20.0) -> None:
        """Looks at the store account and returns when all is quiet, or after `deadline_s` seconds."""
        await self.care.sweep(round(deadline_s * 1000))

    async def freshen(self, occasion: ffi.Occasion, deadline_s: float = 20.0) -> ffi.Timestamp | None:
        """As `sweep`, but the cloud is asked only where its answer is too old; gives when background work is next due."""
        return await self.care.freshen(occasion, round(deadline_s * 1000))

    async def sign_out(self) -> None:
        """Signs out, and removes what can be read of the account."""
        await self.care.sign_out()

    async def erase_account(self, confirmed: str | None = None) -> None:
        """Removes everything of the signed-in account, after a yes."""
        await self.care.erase_account(confirmed)

    async def shutdown(self) -> None:
        """Ends the core: the folder is free, and what was begun is found again at the next open."""
        await self.care.shutdown()

    async def __aenter__(self) -> Shell:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.shutdown()


async def open_care(config: ffi.Config, ports: ffi.Ports) -> Shell:
    """Opens the core on the running loop: the asynchronous ports are called there."""
    _take_this_loop()
    return Shell(await ffi.open_care(config, ports))


async def open_sandbox(config: ffi.Config, trust: ffi.SandboxTrust, ports: ffi.Ports) -> Shell:
    """As `open_care` over a sandbox; there is none in the library that ships."""
    _take_this_loop()
    return Shell(await ffi.open_sandbox(config, trust, ports))


async def peek_care(config: ffi.Config, vault: ffi.Vault, clock: ffi.Clock) -> ffi.Snapshot:
    """What the app showed last, looked at from beside it: a widget, a notification."""
    _take_this_loop()
    return await ffi.peek_care(config, vault, clock)


async def peek_sandbox(
    config: ffi.Config, trust: ffi.SandboxTrust, vault: ffi.Vault, clock: ffi.Clock
) -> ffi.Snapshot:
    """As `peek_care` over a sandbox."""
    _take_this_loop()
    return await ffi.peek_sandbox(config, trust, vault, clock)


def _take_this_loop() -> None:
    # The core calls from its own threads. Without a loop to call on, an asynchronous port would never answer.
    ffi.uniffi_set_event_loop(asyncio.get_running_loop())
