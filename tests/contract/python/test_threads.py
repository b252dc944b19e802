"""The calling thread is free: disk and cloud are held shut, and every call has suspended before they open."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable

import tapo_care_ffi as ffi
from phones import Phone, run


async def all_suspend(*calls: Awaitable[object]) -> list[asyncio.Task[object]]:
    """Begins every call and comes back: which it can only where each of them gave the thread up."""
    tasks = [asyncio.ensure_future(call) for call in calls]
    # Another coroutine of this loop runs while they wait. It counts turns, not time.
    for _ in range(20):
        await asyncio.sleep(0)
    assert not any(task.done() for task in tasks), "each waits for what is held"
    return tasks


def test_while_the_disk_is_held_opening_gives_the_thread_up(phone: Phone) -> None:
    async def story() -> None:
        gate, reached, loop = threading.Event(), asyncio.Event(), asyncio.get_running_loop()

        def hold() -> None:
            assert threading.current_thread() is not threading.main_thread(), "the vault is called on the disk's thread"
            loop.call_soon_threadsafe(reached.set)
            gate.wait()

        phone.vault.before = hold
        opening = asyncio.ensure_future(phone.start())
        await reached.wait()
        assert not opening.done()
        gate.set()
        await (await opening).shutdown()

    run(story())


def test_while_disk_and_cloud_are_held_every_call_returns_or_suspends(phone: Phone) -> None:
    async def story() -> None:
        disk, cloud = threading.Event(), asyncio.Event()
        disk_reached, cloud_reached = asyncio.Event(), asyncio.Event()
        loop = asyncio.get_running_loop()

        def hold_disk() -> None:
            loop.call_soon_threadsafe(disk_reached.set)
            disk.wait()

        async def hold_cloud() -> None:
            cloud_reached.set()
            await cloud.wait()

        async with phone.app("anna") as care:
            await care.sweep()
            account = phone.world.account("anna")["id"]
            phone.world.control("POST", "sessions/expire", {"account": account})
            phone.session.before = hold_cloud
            for call in ("storefront", "products", "owned", "unfinished"):
                phone.store.before[call] = hold_cloud
            phone.vault.before = hold_disk
            held = await all_suspend(care.care.suspend())
            await disk_reached.wait()
            streams = care.changes(), care.outcomes()
            held += await all_suspend(
                care.sign_in(account),
                care.refresh(),
                care.sweep(),
                care.plans(),
                care.subscribe(ffi.SubscribeRequest(plan="tapo-3-monthly")),
                care.select_cameras("sub_none", ["cam_porch"]),
                care.care.start_trial("cam_porch"),
                care.care.restore(),
                care.care.sign_out(),
                anext(streams[1]),
            )
            assert care.snapshot().account == account, "what needs neither has returned"
            assert care.care.receipts() == []
            assert (await anext(streams[0])).account == account
            disk.set()
            await cloud_reached.wait()
            cloud.set()
            for stream in streams:
                stream.end()
            # How each ends depends on who came first: the disk was closed under them. That it ends is what counts.
            await asyncio.wait(held)

    run(story())
