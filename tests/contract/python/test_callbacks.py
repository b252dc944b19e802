"""Ports that throw, hang, call back and answer late: typed results, no deadlock, no panic, no lost money."""

from __future__ import annotations

import asyncio

import pytest
import tapo_care_ffi as ffi
from phones import Phone, both_stores, buy, ended, run
from tapo_care_shell import Shell

pytestmark = both_stores


def covers(care: Shell) -> list[tuple[str, ffi.Cover, str | None]]:
    """Which camera is covered by what; a trial is offered on the cloud's fresh word alone."""
    return [(row.id, row.cover, row.subscription) for row in care.snapshot().cameras]


async def throw() -> None:
    raise ValueError("nobody declared this")


def test_a_sheet_that_throws_is_a_purchase_that_failed(phone: Phone) -> None:
    async def story() -> None:
        phone.store.before["buy"] = throw
        async with phone.app("anna") as care:
            outcome = await buy(care)
            assert (outcome.kind, outcome.store_code) == (ffi.OutcomeKind.FAILED, "shell_threw")
            assert outcome.money == ffi.Money.NOT_CHARGED
            del phone.store.before["buy"]
            assert (await buy(care)).kind == ffi.OutcomeKind.GRANTED, "the next tap works"

    run(story())


def test_a_store_that_fails_says_so_in_its_own_words(phone: Phone) -> None:
    async def story() -> None:
        phone.store.sheet = "fail"
        async with phone.app("anna") as care:
            outcome = await buy(care)
            assert outcome.kind == ffi.OutcomeKind.FAILED and outcome.store_code not in (None, "shell_threw")

    run(story())


@pytest.mark.parametrize("call", ["storefront", "products"])
def test_a_store_that_throws_is_asked_again_later(phone: Phone, call: str) -> None:
    async def story() -> None:
        phone.store.before[call] = throw
        async with phone.app("anna") as care:
            with pytest.raises(ffi.CareError.TryAgain) as late:
                await care.plans()
            assert late.value[0].money == ffi.Money.NOT_CHARGED
            phone.store.before.clear()
            assert (await care.plans()).plans

    run(story())


def test_a_vault_that_throws_remembers_nobody_and_one_that_is_back_does(phone: Phone) -> None:
    async def story() -> None:
        def broken() -> None:
            raise RuntimeError("no keychain")

        phone.vault.before = broken
        async with phone.app() as care:
            account = phone.world.account("anna")["id"]
            with pytest.raises(ffi.CareError.Storage) as refused:
                await care.sign_in(account)
            assert refused.value[0].name == "vault_unavailable"
            phone.vault.before = lambda: None
            await care.sign_in(account)
            assert (await buy(care)).kind == ffi.OutcomeKind.GRANTED

    run(story())


def test_a_session_that_throws_leaves_what_was_known(phone: Phone) -> None:
    async def story() -> None:
        async with phone.app("anna") as care:
            await care.sweep()
            before = covers(care)
            phone.session.before = throw
            phone.world.control("POST", "sessions/expire", {"account": phone.world.account("anna")["id"]})
            with pytest.raises((ffi.CareError.TryAgain, ffi.CareError.SignIn)):
                await care.refresh()
            assert covers(care) == before
            phone.session.before = None
            await care.refresh()
            assert care.snapshot().freshness == ffi.Freshness.FRESH

    run(story())


def test_a_clock_that_throws_makes_cover_unknown_and_a_log_that_throws_changes_nothing(phone: Phone) -> None:
    async def story() -> None:
        phone.log.broken = True
        async with phone.app("anna") as care:
            await buy(care)
            await care.sweep()
            [subscription] = care.snapshot().subscriptions
            assert subscription.cover == ffi.Cover.COVERED
            phone.clock.broken = True
            [subscription] = care.snapshot().subscriptions
            assert subscription.cover == ffi.Cover.UNKNOWN
            phone.clock.broken = False
            [subscription] = care.snapshot().subscriptions
            assert subscription.cover == ffi.Cover.COVERED
        assert phone.log.until("sweep.ended")

    run(story())


def test_a_sheet_that_hangs_holds_up_nothing_and_the_next_start_clears_it(phone: Phone) -> None:
    async def story() -> None:
        phone.store.sheet_may_close.clear()
        async with phone.app("anna") as care:
            await care.subscribe(ffi.SubscribeRequest(plan="tapo-3-monthly"))
            await phone.store.sheet_opened.wait()
            assert [row.state for row in care.snapshot().purchases] == ["sheet_open"]
            await care.refresh()
            assert (await care.plans()).plans
        async with phone.app() as care:
            await care.sweep()
            assert (await ended(care)).kind == ffi.OutcomeKind.CANCELLED
        assert phone.world.counts() == (0, 0, 0)

    run(story())


@pytest.mark.parametrize("call", ["storefront", "owned", "unfinished", "buy", "finish"])
def test_a_port_may_call_back_into_the_core(phone: Phone, call: str) -> None:
    async def story() -> None:
        async with phone.app("anna") as care:
            called = []

            async def call_back() -> None:
                called.append(care.snapshot().account)
                await care.refresh()
                await anext(care.changes())

            phone.store.before[call] = call_back
            assert (await buy(care)).kind == ffi.OutcomeKind.GRANTED
            await care.sweep()
            assert called

    run(story())


def test_a_sheet_that_answers_after_the_end_is_found_and_granted_at_the_next_start(phone: Phone) -> None:
    async def story() -> None:
        phone.store.sheet_may_close.clear()
        async with phone.app("anna") as care:
            await care.subscribe(ffi.SubscribeRequest(plan="tapo-3-monthly"))
            await phone.store.sheet_opened.wait()
        phone.store.sheet_may_close.set()
        while phone.world.counts()[0] == 0:
            await asyncio.sleep(0)
        assert phone.world.counts() == (1, 0, 0), "after the end nothing new is begun"
        async with phone.app() as care:
            assert (await ended(care)).kind == ffi.OutcomeKind.GRANTED
            await care.sweep()
            assert len(care.snapshot().subscriptions) == 1
        assert phone.world.counts() == (1, 1, 1)

    run(story())
