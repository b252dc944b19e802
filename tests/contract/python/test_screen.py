"""What a user does beside buying, through the foreign boundary: trials, banners, the picker, and asking why."""

from __future__ import annotations

import pytest
import tapo_care_ffi as ffi
from phones import Phone, both_stores, buy, run

pytestmark = both_stores


def camera(snapshot: ffi.Snapshot, id: str) -> ffi.CameraRow:
    [row] = [row for row in snapshot.cameras if row.id == id]
    return row


def test_a_trial_covers_its_camera_and_is_cancelled_for_good_after_a_yes(phone: Phone) -> None:
    async def story() -> None:
        async with phone.app("anna") as care:
            await care.sweep()
            await care.care.start_trial("cam_porch")
            row = camera(care.snapshot(), "cam_porch")
            assert (row.cover, [why.by for why in row.why]) == (ffi.Cover.COVERED, [ffi.CoverBy.TRIAL])
            with pytest.raises(ffi.CareError.ConfirmationNeeded) as asked:
                await care.care.cancel_trial("cam_porch")
            confirmation = asked.value[0]
            assert confirmation.kind == ffi.ConfirmationKind.CANCEL_TRIAL
            assert [fact.key for fact in confirmation.facts] == ["trial-cancel-is-final"]
            await care.care.cancel_trial("cam_porch", confirmation.token)
            assert camera(care.snapshot(), "cam_porch").trial.state == "used"
            with pytest.raises(ffi.CareError.Refused):
                await care.care.start_trial("cam_porch")

    run(story())


def test_a_banner_that_was_closed_stays_closed_at_the_next_start(phone: Phone) -> None:
    async def story() -> None:
        async with phone.app("anna") as care:
            await care.sweep()
            before = [banner.camera for banner in care.snapshot().banners]
            await care.care.close_banner("cam_porch")
            assert [banner.camera for banner in care.snapshot().banners] == before[1:]
        async with phone.app("anna") as care:
            await care.sweep()
            assert [banner.camera for banner in care.snapshot().banners] == before[1:]

    run(story())


def test_what_is_ticked_in_the_picker_is_there_at_the_next_start(phone: Phone) -> None:
    async def story() -> None:
        async with phone.app("anna") as care:
            subscription = (await buy(care)).subscription
            assert subscription is not None
            await care.sweep()
            await care.select_cameras(subscription, ["cam_porch"])
            await care.care.open_picker(subscription)
            await care.care.tick_cameras(subscription, ["cam_porch", "cam_garden"])
        async with phone.app("anna") as care:
            picker = care.snapshot().picker
            assert picker is not None
            assert (picker.reason, picker.proposed) == (ffi.PickerReason.ASKED, ["cam_porch", "cam_garden"])
            await care.care.close_picker()
            assert care.snapshot().picker is None

    run(story())


def test_each_camera_says_why_it_is_covered_or_not(phone: Phone) -> None:
    async def story() -> None:
        async with phone.app("anna") as care:
            await care.sweep()
            said = care.care.explain("cam_nursery")
            assert (said.camera.cover, said.sentences[0].key) == (ffi.Cover.NOT_COVERED, "camera-is-not-covered")
            assert {why.why_not for why in said.camera.why} == {ffi.WhyNot.NO_PLAN, ffi.WhyNot.NOT_STARTED}
            with pytest.raises(ffi.CareError.Refused):
                care.care.explain("cam_of_nobody")

    run(story())
