"""Signed out, erased, looked at from beside: what a shell sees of somebody, and what it is told about being fresh."""

from __future__ import annotations

import pytest
import tapo_care_ffi as ffi
from phones import Phone, both_stores, buy, run, until


@both_stores
def test_an_account_is_erased_only_after_reading_what_still_bills(phone: Phone) -> None:
    async def story() -> None:
        async with phone.app("anna") as care:
            await buy(care, "tapo-3-monthly")
            await care.sweep()
            with pytest.raises(ffi.CareError.ConfirmationNeeded) as asked:
                await care.erase_account()
            confirmation = asked.value[0]
            assert confirmation.kind == ffi.ConfirmationKind.ERASE_ACCOUNT
            assert [fact.key for fact in confirmation.facts] == ["erase-still-bills"]
            assert care.snapshot().subscriptions
            await care.erase_account(confirmation.token)
            assert care.snapshot().account is None

    run(story())


@both_stores
def test_money_that_is_not_settled_is_named_before_an_account_is_erased(phone: Phone) -> None:
    async def story() -> None:
        phone.world.fault("purchases", "down", 1000)
        async with phone.app("anna") as care:
            await care.subscribe(ffi.SubscribeRequest(plan="tapo-10-monthly"))
            await until(care, lambda snapshot: [row.state for row in snapshot.purchases] == ["confirming"])
            with pytest.raises(ffi.CareError.ConfirmationNeeded) as asked:
                await care.erase_account()
            confirmation = asked.value[0]
            assert [fact.key for fact in confirmation.facts] == ["erase-unsettled"]
            assert care.snapshot().account is not None
            await care.erase_account(confirmation.token)
            assert care.snapshot().account is None
        assert (await phone.peek()).purchases == []

    run(story())


def test_a_peek_beside_the_app_shows_what_the_app_shows(phone: Phone) -> None:
    async def story() -> None:
        assert (await phone.peek()).account is None
        async with phone.app("anna") as care:
            await buy(care)
            await care.sweep()
            shown, peeked = care.snapshot(), await phone.peek()
            assert shown.account and peeked.freshness == ffi.Freshness.STALE
            # A trial is offered only on a fresh word of the cloud; all else is the same.
            for name in ("account", "subscriptions", "picker", "purchases", "add_plan"):
                assert getattr(peeked, name) == getattr(shown, name), name
            assert [row.id for row in peeked.cameras] == [row.id for row in shown.cameras]
            await care.sign_out()
            assert (await phone.peek()).cameras == []

    run(story())


def test_fresh_enough_is_not_asked_again_and_the_next_background_task_is_named(phone: Phone) -> None:
    async def story() -> None:
        async with phone.app("anna") as care:
            await care.sweep()
            as_of = care.snapshot().as_of
            assert as_of is not None
            phone.world.fault("account", "down", 1000)
            due = await care.freshen(ffi.Occasion.FOREGROUND)
            assert due is not None and 0 < due - as_of <= 25 * 60 * 60 * 1000
            assert care.snapshot().freshness == ffi.Freshness.FRESH, "it was not asked"
            with pytest.raises(ffi.CareError.TryAgain):
                await care.refresh()

    run(story())


def test_what_is_said_to_the_cloud_is_a_line_for_developers(phone: Phone) -> None:
    async def story() -> None:
        async with phone.app("anna") as care:
            await care.sweep()

    run(story())
    told = {line.event: line.level for line in phone.log.until("cloud.sent")}
    assert told["cloud.sent"] == ffi.LogLevel.DEBUG
