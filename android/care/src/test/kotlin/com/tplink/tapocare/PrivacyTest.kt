/** Erased, looked at from beside, and fresh enough: what a shell sees of somebody who goes, and of an answer that is young. */
package com.tplink.tapocare

import org.junit.jupiter.api.Test
import kotlin.test.assertEquals
import kotlin.test.assertIs
import kotlin.test.assertNotNull
import kotlin.test.assertNull
import kotlin.test.assertTrue
import kotlin.time.Duration.Companion.days
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.seconds

class PrivacyOnAppStoreTest : PrivacyTest(StoreKind.APP_STORE)

class PrivacyOnPlayTest : PrivacyTest(StoreKind.PLAY)

abstract class PrivacyTest(private val kind: StoreKind) {
    @Test
    fun `an account is erased only after reading what still bills and what is not settled (X18)`() =
        story(kind) { phone ->
            phone.world.fault("purchases", "down", 1000)
            phone.app("anna") { care ->
                val web = json("account" to "anna", "plan" to "kasa-premium-yearly", "channel" to "web")
                phone.world.control("POST", "subscriptions", web)
                care.subscribe(SubscribeRequest(TEN_CAMERAS)).let { asked ->
                    val token = assertIs<CareResult.ConfirmationNeeded>(asked).confirmation.token
                    care.subscribe(SubscribeRequest(TEN_CAMERAS, confirmation = token)).orThrow()
                }
                care.until { snapshot -> snapshot.purchases.any { it.state == "confirming" } }
                val asked = assertIs<CareResult.ConfirmationNeeded>(care.eraseAccount()).confirmation
                assertEquals(ConfirmationKind.ERASE_ACCOUNT, asked.kind)
                assertEquals(listOf("erase-still-bills", "erase-unsettled"), asked.facts.map { it.key })
                assertNotNull(care.snapshot().account, "nothing is erased without a yes")
                care.eraseAccount(asked.token).orThrow()
                assertNull(care.snapshot().account)
                assertEquals(emptyList(), phone.peek().cameras)
            }
        }

    @Test
    fun `a peek beside the app shows what the app shows, and nothing once somebody signed out`() =
        story(kind) { phone ->
            assertNull(phone.peek().account)
            phone.app("anna") { care ->
                care.buy()
                care.settle()
                val (shown, peeked) = care.snapshot() to phone.peek()
                assertEquals(Freshness.STALE, peeked.freshness)
                // A trial is offered only on a fresh word of the cloud; all else is the same.
                val asShown = peeked.copy(freshness = shown.freshness, cameras = shown.cameras, banners = shown.banners)
                assertEquals(shown, asShown)
                assertEquals(shown.cameras.map { it.id to it.subscription }, peeked.cameras.map { it.id to it.subscription })
                care.signOut().orThrow()
                assertEquals(null to emptyList(), phone.peek().run { account to cameras })
            }
        }

    @Test
    fun `an answer that is fresh enough is not asked for again, and the next background task is named`() =
        story(kind) { phone ->
            phone.app("anna") { care ->
                care.settle()
                val asOf = assertNotNull(care.snapshot().asOf)
                phone.world.fault("account", "down", 1000)
                val due = assertNotNull(care.freshen(Occasion.FOREGROUND, 20.seconds).orThrow())
                assertTrue(due - asOf in 1..(1.days + 1.hours).inWholeMilliseconds)
                assertEquals(Freshness.FRESH, care.snapshot().freshness, "it was not asked")
                assertIs<CareResult.TryAgain>(care.refresh())
            }
        }
}
