/** From the plans to covered cameras, through the foreign boundary, on both stores. */
package com.tplink.tapocare

import kotlinx.coroutines.flow.first
import org.junit.jupiter.api.Test
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertIs
import kotlin.test.assertNotNull
import kotlin.test.assertNull
import kotlin.test.assertTrue

class BuyingOnAppStoreTest : BuyingTest(StoreKind.APP_STORE)

class BuyingOnPlayTest : BuyingTest(StoreKind.PLAY)

abstract class BuyingTest(private val kind: StoreKind) {
    @Test
    fun `a plan is bought, granted and put on cameras`() =
        story(kind) { phone ->
            phone.app("anna") { care ->
                val plans = care.plans().orThrow().plans
                assertEquals(plans.map { it.capacity }.sorted(), plans.map { it.capacity })
                val outcome = care.buy()
                assertEquals(OutcomeKind.GRANTED to Money.CHARGED, outcome.kind to outcome.money)
                care.settle()
                val subscription = assertNotNull(outcome.subscription)
                care.selectCameras(subscription, listOf("cam_porch", "cam_garden")).orThrow()
                val covered = care.snapshot().cameras.filter { it.cover == Cover.COVERED }
                assertEquals(listOf("Porch", "Garden"), covered.map { it.name })
                val receipt = care.receipts().single()
                assertEquals(Triple(true, true, "ours"), Triple(receipt.verified, receipt.finished, receipt.bound))
            }
            assertEquals(listOf(1, 1, 1), phone.world.counts())
        }

    @Test
    fun `a second plan is refused with its typed result before the sheet (R2, R3)`() =
        story(kind) { phone ->
            phone.app("anna") { care ->
                care.buy()
                care.settle()
                val problem = assertIs<CareResult.Refused>(care.subscribe(SubscribeRequest(TEN_CAMERAS))).problem
                assertEquals("slot_taken" to "subscribe", problem.name to problem.operation)
                assertEquals(Money.NOT_CHARGED to Retry.UserAction, problem.money to problem.retry)
                assertEquals(1, phone.store.sheets.get())
                assertFalse(care.snapshot().addPlan.available)
            }
        }

    @Test
    fun `pending is an outcome that holds the slot (R9)`() =
        story(kind) { phone ->
            phone.store.sheet = "pending"
            phone.app("anna") { care ->
                val outcome = care.buy()
                assertEquals(OutcomeKind.PENDING to Money.NOT_CHARGED, outcome.kind to outcome.money)
                assertEquals(listOf("pending"), care.snapshot().purchases.map { it.state })
                assertIs<CareResult.Refused>(care.subscribe(SubscribeRequest(TEN_CAMERAS)))
            }
            assertEquals(listOf(0, 0, 0), phone.world.counts())
        }

    @Test
    fun `a plan on the web asks for a yes and takes it (X17)`() =
        story(kind) { phone ->
            val web = json("account" to "anna", "plan" to THREE_CAMERAS, "channel" to "web", "cameras" to listOf("cam_porch"))
            phone.world.control("POST", "subscriptions", web)
            phone.app("anna") { care ->
                val request = SubscribeRequest(THREE_CAMERAS, cameras = listOf("cam_porch"))
                val asked = assertIs<CareResult.ConfirmationNeeded>(care.subscribe(request)).confirmation
                assertEquals(ConfirmationKind.ALREADY_COVERED, asked.kind)
                assertTrue(asked.facts.isNotEmpty())
                assertEquals(0, phone.store.sheets.get())
                care.subscribe(request.copy(confirmation = asked.token)).orThrow()
                assertEquals(OutcomeKind.GRANTED, care.ended().kind)
            }
        }

    @Test
    fun `a larger plan takes over at once and a smaller one at the renewal, in one subscription`() =
        story(kind) { phone ->
            phone.app("anna") { care ->
                val bought = assertNotNull(care.buy().subscription)
                care.settle()
                care.changePlan(ChangePlanRequest(bought, TEN_CAMERAS)).orThrow()
                assertEquals(OutcomeKind.GRANTED to Money.CHARGED, care.ended().let { it.kind to it.money })
                care.settle()
                assertEquals(listOf(bought to TEN_CAMERAS), care.snapshot().subscriptions.map { it.id to it.plan })
                care.changePlan(ChangePlanRequest(bought, THREE_CAMERAS)).orThrow()
                assertEquals(OutcomeKind.SCHEDULED to Money.NOT_CHARGED, care.ended().let { it.kind to it.money })
                care.settle()
                val row = care.snapshot().subscriptions.single()
                assertEquals(TEN_CAMERAS to THREE_CAMERAS, row.plan to row.scheduled?.plan)
                assertIs<CareResult.Refused>(care.returnDoublePayment())
            }
        }

    @Test
    fun `a store's free trial is chosen on the card, and nothing is charged (X12)`() =
        story(kind) { phone ->
            phone.world.control("POST", "catalogue", json("store_trials" to true))
            phone.app("anna") { care ->
                care.refresh().orThrow()
                val card = care.plans().orThrow().plans.single { it.id == THREE_CAMERAS }
                assertEquals("eligible" to "trial-then-renews", card.trial.state to card.terms.key)
                care.subscribe(SubscribeRequest(card.id, trial = true)).orThrow()
                val end = care.ended()
                assertEquals(OutcomeKind.GRANTED to Money.NOT_CHARGED, end.kind to end.money)
                assertNull(end.soldOtherwise)
            }
            assertEquals(0, phone.world.counts().first())
        }

    @Test
    fun `a purchase made outside the app is handed over, granted and finished once`() =
        story(kind) { phone ->
            phone.app("anna") { care ->
                val tag = phone.world.account("anna")["tag"].text
                val receipt = phone.store.boughtOutside(tag)
                care.onStoreTransactions(listOf(receipt, receipt)).orThrow()
                care.until { it.subscriptions.isNotEmpty() }
                care.settle()
            }
            assertEquals(listOf(1, 1, 1), phone.world.counts())
        }

    @Test
    fun `an outcome comes again until it is handled, also after a restart`() =
        story(kind) { phone ->
            phone.store.sheet = "cancel"
            phone.app("anna") { care ->
                care.subscribe(SubscribeRequest(THREE_CAMERAS)).orThrow()
                val first = care.outcomes.first()
                assertEquals(first, care.outcomes.first())
            }
            phone.app { care ->
                val again = care.outcomes.first()
                assertEquals(OutcomeKind.CANCELLED, again.kind)
                care.handled(again).orThrow()
                phone.store.sheet = "pay"
                assertEquals(OutcomeKind.GRANTED, care.buy().kind)
            }
        }
}
