/** Ports that throw, hang, call back, answer late or twice: typed results, no deadlock, no panic, no lost money. */
package com.tplink.tapocare

import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.EnumSource
import org.junit.jupiter.params.provider.ValueSource
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertIs
import kotlin.test.assertNotEquals
import kotlin.test.assertNotNull
import kotlin.test.assertTrue

/** What a port may throw without having declared it. */
enum class Thrown(val fail: () -> Nothing) {
    EXCEPTION({ throw IllegalArgumentException("nobody declared this") }),
    ERROR({ TODO("UniFFI would not catch this") }),
    CANCELLATION({ throw java.util.concurrent.CancellationException("of something else") }),
}

class CallbacksOnAppStoreTest : CallbacksTest(StoreKind.APP_STORE)

class CallbacksOnPlayTest : CallbacksTest(StoreKind.PLAY)

abstract class CallbacksTest(private val kind: StoreKind) {
    @ParameterizedTest
    @EnumSource
    fun `a sheet that throws is a purchase that failed, and the next tap works`(thrown: Thrown) =
        story(kind) { phone ->
            phone.store.before["buy"] = { thrown.fail() }
            phone.app("anna") { care ->
                val outcome = care.buy()
                assertEquals(OutcomeKind.FAILED to "shell_threw", outcome.kind to outcome.storeCode)
                assertEquals(Money.NOT_CHARGED, outcome.money)
                phone.store.before.clear()
                assertEquals(OutcomeKind.GRANTED, care.buy().kind)
            }
        }

    @Test
    fun `a store that fails says so in its own words`() =
        story(kind) { phone ->
            phone.store.sheet = "fail"
            phone.app("anna") { care ->
                val outcome = care.buy()
                assertEquals(OutcomeKind.FAILED, outcome.kind)
                assertNotEquals("shell_threw", assertNotNull(outcome.storeCode))
            }
        }

    @ParameterizedTest
    @ValueSource(strings = ["storefront", "products"])
    fun `a store that throws is asked again later`(call: String) =
        story(kind) { phone ->
            phone.app("anna") { care ->
                for (thrown in Thrown.entries) {
                    phone.store.before[call] = { thrown.fail() }
                    assertEquals(Money.NOT_CHARGED, assertIs<CareResult.TryAgain>(care.plans()).problem.money)
                }
                phone.store.before.clear()
                assertTrue(care.plans().orThrow().plans.isNotEmpty())
            }
        }

    @ParameterizedTest
    @EnumSource
    fun `a vault that throws remembers nobody, and one that is back does`(thrown: Thrown) =
        story(kind) { phone ->
            phone.vault.before = { thrown.fail() }
            phone.app { care ->
                val account = phone.world.account("anna")["id"].text
                assertEquals("vault_unavailable", assertIs<CareResult.Storage>(care.signIn(account)).problem.name)
                phone.vault.before = {}
                care.signIn(account).orThrow()
                assertEquals(OutcomeKind.GRANTED, care.buy().kind)
            }
        }

    @ParameterizedTest
    @EnumSource
    fun `a session that throws leaves what was known`(thrown: Thrown) =
        story(kind) { phone ->
            phone.app("anna") { care ->
                care.settle()
                // A trial is offered on the cloud's fresh word alone.
                fun covers() = care.snapshot().cameras.map { Triple(it.id, it.cover, it.subscription) }
                val before = covers()
                phone.session.before = { thrown.fail() }
                phone.world.control("POST", "sessions/expire", json("account" to phone.world.account("anna")["id"].text))
                assertIs<CareResult.NotDone>(care.refresh())
                assertEquals(before, covers())
                phone.session.before = {}
                care.refresh().orThrow()
                assertEquals(Freshness.FRESH, care.snapshot().freshness)
            }
        }

    @ParameterizedTest
    @EnumSource
    fun `a clock that throws makes cover unknown, and a log that throws changes nothing`(thrown: Thrown) =
        story(kind) { phone ->
            phone.log.before = { thrown.fail() }
            phone.app("anna") { care ->
                fun cover() = care.snapshot().subscriptions.single().cover
                care.buy()
                care.settle()
                assertEquals(Cover.COVERED, cover())
                phone.clock.before = { thrown.fail() }
                assertEquals(Cover.UNKNOWN, cover())
                phone.clock.before = {}
                assertEquals(Cover.COVERED, cover())
            }
            until { phone.log.lines.isNotEmpty() }
        }

    @Test
    fun `a sheet that hangs holds up nothing, and the next start clears it`() =
        story(kind) { phone ->
            phone.store.sheetMayClose = CompletableDeferred()
            phone.app("anna") { care ->
                care.subscribe(SubscribeRequest(THREE_CAMERAS)).orThrow()
                phone.store.sheetOpened.await()
                assertEquals(listOf("sheet_open"), care.snapshot().purchases.map { it.state })
                care.refresh().orThrow()
                assertTrue(care.plans().orThrow().plans.isNotEmpty())
            }
            phone.app { care ->
                care.settle()
                assertEquals(OutcomeKind.CANCELLED, care.ended().kind)
            }
            assertEquals(listOf(0, 0, 0), phone.world.counts())
        }

    @ParameterizedTest
    @ValueSource(strings = ["storefront", "owned", "unfinished", "buy", "finish", "session"])
    fun `a port that hangs does not keep the app from closing, nor from opening again`(call: String) =
        story(kind) { phone ->
            val reached = CompletableDeferred<Unit>()
            val hang: suspend () -> Unit = {
                reached.complete(Unit)
                awaitCancellation()
            }
            val store = call != "session"
            if (store) phone.store.before[call] = hang else phone.session.before = hang
            val tap =
                phone.app("anna") { care ->
                    val tap = launch { care.subscribe(SubscribeRequest(THREE_CAMERAS)) }
                    reached.await()
                    tap
                }
            tap.cancelAndJoin()
            phone.store.before.clear()
            phone.session.before = {}
            phone.app("anna") { care ->
                care.settle()
                assertTrue(care.plans().orThrow().plans.isNotEmpty())
            }
            assertTrue(phone.world.counts().let { (charges, grants, finishes) -> charges == grants && grants == finishes })
        }

    @ParameterizedTest
    @ValueSource(strings = ["storefront", "owned", "unfinished", "buy", "finish"])
    fun `a port may call back into the core`(call: String) =
        story(kind) { phone ->
            val called = CompletableDeferred<Unit>()
            phone.app("anna") { care ->
                phone.store.before[call] = {
                    care.snapshot()
                    care.receipts()
                    care.refresh()
                    care.changes.first()
                    called.complete(Unit)
                }
                assertEquals(OutcomeKind.GRANTED, care.buy().kind)
                care.settle()
                called.await()
            }
        }

    @Test
    fun `a sheet that answers after the end is found and granted at the next start`() =
        story(kind) { phone ->
            phone.store.sheetMayClose = CompletableDeferred()
            phone.app("anna") { care ->
                care.subscribe(SubscribeRequest(THREE_CAMERAS)).orThrow()
                phone.store.sheetOpened.await()
            }
            phone.store.sheetMayClose.complete(Unit)
            until { phone.world.counts().first() > 0 }
            assertEquals(listOf(1, 0, 0), phone.world.counts(), "after the end nothing new is begun")
            phone.app { care ->
                assertEquals(OutcomeKind.GRANTED, care.ended().kind)
                care.settle()
                assertEquals(1, care.snapshot().subscriptions.size)
            }
            assertEquals(listOf(1, 1, 1), phone.world.counts())
        }

    @Test
    fun `a store that answers twice sells once`() =
        story(kind) { phone ->
            phone.app("anna") { care ->
                // The sheet's answer, and before it the listener's and the queue's: the same purchase three times.
                val again = CompletableDeferred<Unit>()
                phone.store.afterBuying = { bought ->
                    care.onStoreTransactions(listOf(bought, bought)).orThrow()
                    care.onStoreTransactions(phone.store.unfinished()).orThrow()
                    again.complete(Unit)
                }
                val outcome = care.buy()
                again.await()
                care.settle()
                assertEquals(OutcomeKind.GRANTED, outcome.kind)
                assertEquals(1, care.snapshot().subscriptions.size)
                assertEquals(1, care.receipts().size)
                // The one plan holds the slot.
                assertIs<CareResult.Refused>(care.subscribe(SubscribeRequest(TEN_CAMERAS)))
            }
            assertEquals(listOf(1, 1, 1), phone.world.counts())
        }
}
