/** Cancelled, closed, restarted, suspended: what was begun goes on, and is done once. */
package com.tplink.tapocare

import app.cash.turbine.test
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import org.junit.jupiter.api.Test
import java.util.concurrent.CountDownLatch
import kotlin.test.assertEquals
import kotlin.test.assertIs
import kotlin.test.assertNull
import kotlin.test.assertTrue
import kotlin.time.Duration.Companion.minutes

class LifeOnAppStoreTest : LifeTest(StoreKind.APP_STORE)

class LifeOnPlayTest : LifeTest(StoreKind.PLAY)

abstract class LifeTest(private val kind: StoreKind) {
    @Test
    fun `a coroutine that is cancelled in mid-purchase does not tear it`() =
        story(kind) { phone ->
            val asked = CompletableDeferred<Unit>()
            val mayAnswer = CompletableDeferred<Unit>()
            phone.app("anna") { care ->
                phone.store.before["owned"] = {
                    asked.complete(Unit)
                    mayAnswer.await()
                }
                val tap = launch { care.subscribe(SubscribeRequest(THREE_CAMERAS)) }
                asked.await()
                tap.cancelAndJoin()
                assertEquals(0, phone.store.sheets.get())
                mayAnswer.complete(Unit)
                assertEquals(OutcomeKind.GRANTED, care.ended().kind)
                care.settle()
            }
            assertEquals(listOf(1, 1, 1), phone.world.counts())
        }

    @Test
    fun `a screen that comes back sees what changed while it was away`() =
        story(kind) { phone ->
            phone.app { care ->
                offTheCore(care.changes).test(timeout = 2.minutes) {
                    assertNull(awaitItem().account)
                    cancelAndIgnoreRemainingEvents()
                }
                val account = phone.world.account("anna")["id"].text
                care.signIn(account).orThrow()
                offTheCore(care.changes).test(timeout = 2.minutes) {
                    assertEquals(account, awaitItem().account)
                    cancelAndIgnoreRemainingEvents()
                }
            }
        }

    /** Turbine collects unconfined: without this, on the core's own threads. */
    private fun <T> offTheCore(stream: Flow<T>): Flow<T> = stream.flowOn(Dispatchers.Default)

    @Test
    fun `one collector hears of its own outcome once, of the next when that is handled, and of nobody else's`() =
        story(kind) { phone ->
            phone.store.sheet = "cancel"
            phone.app("anna") { care ->
                offTheCore(care.outcomes).test(timeout = 2.minutes) {
                    care.subscribe(SubscribeRequest(THREE_CAMERAS)).orThrow()
                    val annas = awaitItem()
                    care.signIn(phone.world.account("ben")["id"].text).orThrow()
                    phone.store.sheet = "pay"
                    care.subscribe(SubscribeRequest(THREE_CAMERAS)).orThrow()
                    val bens = awaitItem()
                    assertEquals(OutcomeKind.GRANTED, bens.kind)
                    care.handled(bens).orThrow()
                    care.signIn(phone.world.account("anna")["id"].text).orThrow()
                    assertEquals(annas, awaitItem())
                    care.handled(annas).orThrow()
                    care.close()
                    awaitComplete()
                }
            }
        }

    @Test
    fun `closed during a purchase the streams end, and the next start carries on`() =
        story(kind) { phone ->
            phone.world.fault("purchases", "down", 1000)
            phone.app("anna") { care ->
                val streams = async { care.changes.toList() to care.outcomes.toList() }
                care.subscribe(SubscribeRequest(THREE_CAMERAS)).orThrow()
                care.until { snapshot -> snapshot.purchases.map { it.state } == listOf("confirming") }
                care.close()
                val (changes, outcomes) = streams.await()
                assertTrue(changes.isNotEmpty() && outcomes.isEmpty())
                assertEquals(listOf("confirming"), care.snapshot().purchases.map { it.state }, "what a screen shows last")
            }
            assertEquals(listOf(1, 0, 0), phone.world.counts())
            phone.world.heal()
            phone.app { care ->
                assertEquals(phone.world.account("anna")["id"].text, care.snapshot().account, "signed in still")
                assertEquals(OutcomeKind.GRANTED, care.ended().kind)
                care.settle()
            }
            assertEquals(listOf(1, 1, 1), phone.world.counts())
        }

    @Test
    fun `after the end every call says that it is closed, in the core's own words`() =
        story(kind) { phone ->
            val care = openSandboxDirectly(phone)
            care.shutdown()
            val said = assertIs<CareResult.Busy>(resultOf("plans") { care.plans() })
            care.close()
            val closed = phone.started()
            closed.close()
            closed.close()
            assertEquals<CareResult<*>>(said, closed.plans())
            val calls =
                listOf(
                    closed.subscribe(SubscribeRequest(THREE_CAMERAS)),
                    closed.signIn("anna"),
                    closed.signOut(),
                    closed.selectCameras("sub_none", emptyList()),
                    closed.startTrial("cam_porch"),
                    closed.refresh(),
                    closed.restore(),
                    closed.onStoreTransactions(emptyList()),
                    closed.sweep(1.minutes),
                    closed.suspend(),
                    closed.resume(),
                )
            calls.forEach { assertEquals("closed" to Money.NOT_CHARGED, assertIs<CareResult.Busy>(it).problem.run { name to money }) }
            assertEquals(emptyList(), closed.receipts())
            assertEquals(emptyList(), closed.changes.toList())
            assertEquals(emptyList(), closed.outcomes.toList())
        }

    private suspend fun openSandboxDirectly(phone: Phone): Care =
        openSandbox(phone.config(), phone.world.sandboxTrust, phone.ports())

    @Test
    fun `closed by several at once, the folder is free when the first of them returns`() =
        story(kind) { phone ->
            val care = phone.started()
            val closing = List(8) { launch(Dispatchers.Default) { care.close() } }
            closing.forEach { it.join() }
            phone.start().orThrow().close()
        }

    @Test
    fun `a coroutine that is cancelled while it opens leaves the folder free`() =
        story(kind) { phone ->
            val reached = CompletableDeferred<Unit>()
            val gate = CountDownLatch(1)
            phone.vault.before = {
                reached.complete(Unit)
                gate.await()
            }
            val opening = launch { phone.start() }
            reached.await()
            opening.cancel()
            gate.countDown()
            opening.join()
            phone.vault.before = {}
            phone.start().orThrow().close()
        }

    @Test
    fun `a core that is closed lets go of the shell's ports`() =
        story(kind) { phone ->
            phone.app("anna") { care ->
                care.buy()
                assertTrue(Handles.holds(phone))
            }
            // A task that was under way drops its last port by itself.
            until { !Handles.holds(phone) }
        }

    @Test
    fun `suspended the core gives the folder back, and resumed it goes on`() =
        story(kind) { phone ->
            phone.app("anna") { care ->
                care.buy()
                assertIs<CareResult.Busy>(phone.start())
                care.suspend().orThrow()
                care.resume().orThrow()
                care.settle()
                assertEquals(1, care.snapshot().subscriptions.size)
            }
        }

    @Test
    fun `an app that opens as apps do refuses plain http and what another store signed`() =
        story(kind) { phone ->
            assertIs<CareResult.Refused>(TapoCare.open(phone.config(), phone.ports()))
            val receipt = phone.store.boughtOutside()
            phone.cloudUrl = "https://care.invalid"
            TapoCare.open(phone.config(), phone.ports()).orThrow().use { care ->
                care.onStoreTransactions(listOf(receipt)).orThrow()
                val row = care.receipts().single()
                // The chain's names do not lead to Apple's root; the app's own key did not sign what this Play hands over.
                val refusedBy = if (kind == StoreKind.APP_STORE) "names" else "signature"
                assertEquals(Triple(false, refusedBy, false), Triple(row.verified, row.refusedBy, row.finished))
            }
            assertEquals(listOf(0, 0), phone.world.counts().drop(1))
        }
}
