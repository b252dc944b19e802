"""From the plans to covered cameras, through the foreign boundary."""

from __future__ import annotations

import enum

import pytest
import tapo_care_ffi as ffi
from building import WORKSPACE
from phones import Phone, both_stores, buy, ended, run, until

pytestmark = both_stores


def test_a_plan_is_bought_granted_and_put_on_cameras(phone: Phone) -> None:
    async def story() -> None:
        async with phone.app("anna") as care:
            plans = (await care.plans()).plans
            assert [plan.capacity for plan in plans] == sorted(plan.capacity for plan in plans)
            outcome = await buy(care)
            assert (outcome.kind, outcome.money) == (ffi.OutcomeKind.GRANTED, ffi.Money.CHARGED)
            await care.sweep()
            assert outcome.subscription is not None
            await care.select_cameras(outcome.subscription, ["cam_porch", "cam_garden"])
            covered = [camera.name for camera in care.snapshot().cameras if camera.cover == ffi.Cover.COVERED]
            assert covered == ["Porch", "Garden"]
            [receipt] = care.care.receipts()
            assert (receipt.verified, receipt.finished, receipt.bound) == (True, True, "ours")
        assert phone.world.counts() == (1, 1, 1)

    run(story())


def test_every_field_of_a_snapshot_can_be_read(phone: Phone) -> None:
    async def story() -> None:
        seen: dict[str, set[str]] = {}
        async with phone.app("anna") as care:
            phone.store.sheet = "pending"
            assert (await buy(care)).kind == ffi.OutcomeKind.PENDING
            read(care.snapshot(), seen)
            phone.store.pay_later(phone.world.account("anna")["tag"])
            await care.sweep()
            assert (await ended(care)).kind == ffi.OutcomeKind.GRANTED
            read(await until(care, lambda snapshot: snapshot.picker is not None), seen)
            free = {"state": "active", "history_h": 12, "left": "90d"}
            phone.world.control("POST", "cameras/cam_porch/free-plan", free)
            phone.world.control("POST", "accounts/anna", {"trial": {"state": "active"}})
            await care.refresh()
            read(care.snapshot(), seen)
            read(care.care.explain("cam_porch"), seen)
        records = (
            "Snapshot AddPlan SubscriptionRow Price CameraRow CoverReason Action TrialRow FreePlanRow AccountTrialRow "
            "Banner Picker PickerCamera PurchaseRow Explanation Message MessageArg"
        )
        exported = exported_records()
        for name in records.split():
            assert seen.get(name) == exported[name], name

    run(story())


def read(value: object, seen: dict[str, set[str]]) -> None:
    """Reads everything under a value, and notes the fields of each record."""
    if value is None or isinstance(value, (str, bool, int, enum.Enum)):
        return
    if isinstance(value, list):
        for item in value:
            read(item, seen)
        return
    assert type(value).__module__ == "tapo_care_ffi", f"{value!r} is no record of the boundary"
    assert str(value)
    fields = vars(value)
    if "_values" in fields:
        for item in fields["_values"]:
            read(item, seen)
        return
    seen.setdefault(type(value).__name__, set()).update(fields)
    for field in fields.values():
        read(field, seen)


def exported_records() -> dict[str, set[str]]:
    """The records of `bindings/api.txt`, with the names of their fields."""
    text = (WORKSPACE / "bindings" / "api.txt").read_text()
    section = text.split("# Records\n")[1].split("\n# ")[0]
    records: dict[str, set[str]] = {}
    name = ""
    for line in section.splitlines():
        if line.startswith(" "):
            records[name].add(line.split(":")[0].strip())
        elif line:
            name = line
            records[name] = set()
    return records


def test_a_second_plan_is_refused_with_its_typed_error_before_the_sheet(phone: Phone) -> None:
    async def story() -> None:
        async with phone.app("anna") as care:
            await buy(care)
            await care.sweep()
            with pytest.raises(ffi.CareError.Refused) as refused:
                await care.subscribe(ffi.SubscribeRequest(plan="tapo-10-monthly"))
            problem = refused.value[0]
            assert isinstance(problem, ffi.Problem)
            assert (problem.name, problem.operation) == ("slot_taken", "subscribe")
            assert (problem.money, problem.retry) == (ffi.Money.NOT_CHARGED, ffi.Retry.USER_ACTION())
            assert phone.store.sheets == 1
            assert not care.snapshot().add_plan.available

    run(story())


def test_pending_is_an_outcome_that_holds_the_slot(phone: Phone) -> None:
    async def story() -> None:
        phone.store.sheet = "pending"
        async with phone.app("anna") as care:
            outcome = await buy(care)
            assert (outcome.kind, outcome.money) == (ffi.OutcomeKind.PENDING, ffi.Money.NOT_CHARGED)
            assert [row.state for row in care.snapshot().purchases] == ["pending"]
            with pytest.raises(ffi.CareError.Refused):
                await care.subscribe(ffi.SubscribeRequest(plan="tapo-10-monthly"))
        assert phone.world.counts() == (0, 0, 0)

    run(story())


def test_a_larger_plan_takes_over_at_once_and_a_smaller_one_at_the_renewal(phone: Phone) -> None:
    async def story() -> None:
        async with phone.app("anna") as care:
            bought = (await buy(care)).subscription
            assert bought is not None
            await care.sweep()
            await care.change_plan(ffi.ChangePlanRequest(subscription=bought, plan="tapo-10-monthly"))
            larger = await ended(care)
            assert (larger.kind, larger.money) == (ffi.OutcomeKind.GRANTED, ffi.Money.CHARGED)
            await care.sweep()
            assert [(row.id, row.plan) for row in care.snapshot().subscriptions] == [(bought, "tapo-10-monthly")]
            await care.change_plan(ffi.ChangePlanRequest(subscription=bought, plan="tapo-3-monthly"))
            smaller = await ended(care)
            assert (smaller.kind, smaller.money) == (ffi.OutcomeKind.SCHEDULED, ffi.Money.NOT_CHARGED)
            await care.sweep()
            [row] = care.snapshot().subscriptions
            assert row.scheduled is not None and (row.plan, row.scheduled.plan) == ("tapo-10-monthly", "tapo-3-monthly")
            with pytest.raises(ffi.CareError.Refused):
                await care.return_double_payment(ffi.ReturnRequest())

    run(story())


def test_a_stores_free_trial_is_chosen_on_the_card_and_nothing_is_charged(phone: Phone) -> None:
    async def story() -> None:
        phone.world.control("POST", "catalogue", {"store_trials": True})
        async with phone.app("anna") as care:
            await care.refresh()
            [card] = [plan for plan in (await care.plans()).plans if plan.id == "tapo-3-monthly"]
            assert (card.trial.state, card.terms.key) == ("eligible", "trial-then-renews")
            assert card.trial.length == "P1M"
            await care.subscribe(ffi.SubscribeRequest(plan=card.id, trial=True))
            outcome = await ended(care)
            assert (outcome.kind, outcome.money) == (ffi.OutcomeKind.GRANTED, ffi.Money.NOT_CHARGED)
            assert outcome.sold_otherwise is None
            await care.sweep()
            assert [row.offer for row in care.snapshot().subscriptions] == ["trial"]
        assert phone.world.counts() == (0, 1, 1)

    run(story())


def test_a_change_that_waits_is_taken_back_where_the_store_does_it(phone: Phone) -> None:
    async def story() -> None:
        async with phone.app("anna") as care:
            bought = (await buy(care, "tapo-10-monthly")).subscription
            assert bought is not None
            await care.sweep()
            await care.change_plan(ffi.ChangePlanRequest(subscription=bought, plan="tapo-3-monthly"))
            assert (await ended(care)).kind == ffi.OutcomeKind.SCHEDULED
            await care.sweep()
            [row] = care.snapshot().subscriptions
            [keep] = [action for action in row.actions if action.kind == ffi.ActionKind.KEEP_PLAN]
            back = ffi.ChangePlanRequest(subscription=bought, plan="tapo-10-monthly")
            if not keep.allowed:
                assert keep.reason is not None and keep.reason.key == "change-waits-at-store"
                with pytest.raises(ffi.CareError.Refused):
                    await care.change_plan(back)
                return
            await care.change_plan(back)
            kept = await ended(care)
            assert (kept.kind, kept.money) == (ffi.OutcomeKind.KEPT, ffi.Money.NOT_CHARGED)

    run(story())


def test_a_plan_on_the_web_asks_for_a_yes_and_takes_it(phone: Phone) -> None:
    async def story() -> None:
        web = {"account": "anna", "plan": "tapo-3-monthly", "channel": "web", "cameras": ["cam_porch"]}
        phone.world.control("POST", "subscriptions", web)
        async with phone.app("anna") as care:
            request = ffi.SubscribeRequest(plan="tapo-3-monthly", cameras=["cam_porch"])
            with pytest.raises(ffi.CareError.ConfirmationNeeded) as asked:
                await care.subscribe(request)
            confirmation = asked.value[0]
            assert confirmation.kind == ffi.ConfirmationKind.ALREADY_COVERED and confirmation.facts
            assert phone.store.sheets == 0
            request.confirmation = confirmation.token
            await care.subscribe(request)
            assert (await ended(care)).kind == ffi.OutcomeKind.GRANTED

    run(story())


def test_outcomes_are_iterated_and_each_comes_until_the_next_is_asked_for(phone: Phone) -> None:
    async def story() -> None:
        async with phone.app("anna") as care:
            phone.store.sheet = "cancel"
            await care.subscribe(ffi.SubscribeRequest(plan="tapo-3-monthly"))
            async for outcome in care.outcomes():
                first = outcome
                break
            ends = []
            async for outcome in care.outcomes():
                ends.append(outcome.kind)
                if len(ends) == 1:
                    assert outcome == first, "the loop was left before it was handled"
                    phone.store.sheet = "pay"
                    await care.subscribe(ffi.SubscribeRequest(plan="tapo-3-monthly"))
                else:
                    break
            assert ends == [ffi.OutcomeKind.CANCELLED, ffi.OutcomeKind.GRANTED]

    run(story())
