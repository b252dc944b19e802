"""Cancelled, shut down, restarted, suspended: what was begun goes on, and is done once."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
import tapo_care_ffi as ffi
from phones import Phone, both_stores, buy, ended, run, until
from tapo_care_shell import Changes, Outcomes, Shell, open_care


@both_stores
def test_a_caller_that_is_cancelled_in_mid_purchase_does_not_tear_it(phone: Phone) -> None:
    async def story() -> None:
        asked, may_answer = asyncio.Event(), asyncio.Event()

        async def hold() -> None:
            asked.set()
            await may_answer.wait()

        async with phone.app("anna") as care:
            phone.store.before["owned"] = hold
            tap = asyncio.create_task(care.subscribe(ffi.SubscribeRequest(plan="tapo-3-monthly")))
            await asked.wait()
            tap.cancel()
            with pytest.raises(asyncio.CancelledError):
                await tap
            assert phone.store.sheets == 0
            may_answer.set()
            assert (await ended(care)).kind == ffi.OutcomeKind.GRANTED
            await care.sweep()
        assert phone.world.counts() == (1, 1, 1)

    run(story())


def test_a_reader_that_is_cancelled_loses_no_change(phone: Phone) -> None:
    async def story() -> None:
        async with phone.app() as care:
            changes = care.changes()
            assert (await anext(changes)).account is None
            waiting = asyncio.create_task(anext(changes))
            await asyncio.sleep(0)
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
            account = phone.world.account("anna")["id"]
            await care.sign_in(account)
            assert (await anext(changes)).account == account

    run(story())


@both_stores
def test_shut_down_during_a_purchase_the_next_start_carries_on(phone: Phone) -> None:
    async def story() -> None:
        phone.world.fault("purchases", "down", 1000)
        async with phone.app("anna") as care:
            changes, outcomes = care.changes(), care.outcomes()
            await care.subscribe(ffi.SubscribeRequest(plan="tapo-3-monthly"))
            await until(care, lambda snapshot: [row.state for row in snapshot.purchases] == ["confirming"])
            await anext(changes)
            at_the_end = asyncio.gather(drain(changes), drain(outcomes))
        await at_the_end
        assert phone.world.counts() == (1, 0, 0)
        with pytest.raises(ffi.CareError.Busy):
            await care.plans()
        phone.world.heal()
        async with phone.app() as care:
            assert care.snapshot().account == phone.world.account("anna")["id"], "signed in still"
            assert (await ended(care)).kind == ffi.OutcomeKind.GRANTED
            await care.sweep()
        assert phone.world.counts() == (1, 1, 1)

    run(story())


async def drain(stream: Changes | Outcomes) -> None:
    """Until the core ends it."""
    async for _ in stream:
        pass


@both_stores
def test_suspended_the_core_gives_the_folder_back_and_resumed_it_goes_on(phone: Phone) -> None:
    async def story() -> None:
        async with phone.app("anna") as care:
            await buy(care)
            with pytest.raises(ffi.CareError.Busy):
                await phone.start()
            await care.care.suspend()
            await care.care.resume()
            await care.sweep()
            assert len(care.snapshot().subscriptions) == 1

    run(story())


@both_stores
def test_without_being_told_otherwise_plain_http_and_what_another_store_signed_are_refused(phone: Phone) -> None:
    async def story() -> None:
        config = phone.config()
        with pytest.raises(ffi.CareError.Refused):
            await open_care(config, phone.ports())
        config.cloud_url = "https://care.invalid"
        receipt = phone.store.bought_outside()
        async with await open_care(config, phone.ports()) as care:
            await care.care.on_store_transactions([receipt])
            [row] = care.care.receipts()
            # The chain's names do not lead to Apple's root; the app's own key did not sign what Google Play hands over.
            refused_by = "names" if phone.kind == ffi.StoreKind.APP_STORE else "signature"
            assert (row.verified, row.refused_by, row.finished) == (False, refused_by, False)
        assert phone.world.counts()[1:] == (0, 0)

    run(story())


def test_ten_thousand_streams_leave_no_thread_and_no_handle(phone: Phone) -> None:
    async def story() -> None:
        async with phone.app("anna") as care:
            await care.sweep()
            for _ in range(100):
                await one_round(care)
            before = threads()
            for _ in range(10_000):
                await one_round(care)
            assert threads() <= before
            assert len(ffi._UniffiContinuationHandleMap._map) <= 1

    run(story())


async def one_round(care: Shell) -> None:
    changes = care.changes()
    assert await anext(changes)
    changes.end()
    assert await changes._pulled.next() is None


def threads() -> int:
    """Native threads of this process; where the system does not show them there is nothing to compare."""
    tasks = Path("/proc/self/task")
    return len(list(tasks.iterdir())) if tasks.exists() else 0
