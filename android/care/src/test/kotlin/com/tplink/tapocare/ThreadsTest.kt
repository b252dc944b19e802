/** The calling thread is free: disk and cloud are held shut, and every call has returned or suspended before they open. */
package com.tplink.tapocare

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.async
import kotlinx.coroutines.flow.firstOrNull
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertNotEquals
import kotlin.time.Duration.Companion.seconds

class ThreadsTest {
    private val gates = mutableListOf<Gate>()

    private fun gate() = Gate().also { gates += it }

    /** A test that failed leaves nobody standing before a gate. */
    @AfterEach
    fun openAll() = gates.forEach { it.open() }

    @Test
    fun `while the disk is held, opening gives the thread up`() =
        story { phone ->
            val disk = gate()
            val caller = Thread.currentThread()
            phone.vault.before = {
                assertNotEquals(caller, Thread.currentThread(), "the vault is called on the disk's thread")
                disk.pass()
            }
            disk.shut()
            val opening = suspended { phone.start() }
            disk.reached.await()
            assertFalse(opening.isCompleted)
            disk.open()
            opening.await().orThrow().close()
        }

    @Test
    fun `while disk and cloud are held, every call returns or suspends`() =
        story { phone ->
            val disk = gate()
            val cloud = gate()
            HeldCloud(phone.world.cloudUrl, cloud).use { held ->
                phone.cloudUrl = held.url
                phone.vault.before = disk::pass
                phone.app("anna") { care ->
                    care.settle()
                    val plan = SubscribeRequest(THREE_CAMERAS)
                    disk.shut()
                    cloud.shut()
                    val falling = suspended { care.suspend() }
                    disk.reached.await()
                    val calls =
                        listOf(
                            falling,
                            suspended { care.signIn("acc_anna") },
                            suspended { care.refresh() },
                            suspended { care.sweep(20.seconds) },
                            suspended { care.plans() },
                            suspended { care.subscribe(plan) },
                            suspended { care.selectCameras("sub_none", listOf("cam_porch")) },
                            suspended { care.startTrial("cam_porch") },
                            suspended { care.restore() },
                            suspended { care.onStoreTransactions(emptyList()) },
                            suspended { care.resume() },
                            suspended { care.signOut() },
                            suspended { care.outcomes.firstOrNull() },
                            suspended { care.close() },
                        )
                    assertEquals("acc_anna", care.snapshot().account, "what needs neither has returned")
                    assertEquals(emptyList(), care.receipts())
                    cloud.reached.await()
                    disk.open()
                    cloud.open()
                    // How each ends depends on who came first: the disk is closed under them. That it ends is what counts.
                    calls.forEach { it.join() }
                }
            }
        }

    /** Begins a call on this very thread and comes back, which it can only where the call gave the thread up. */
    private fun <T> CoroutineScope.suspended(call: suspend () -> T): Deferred<T> =
        async(start = CoroutineStart.UNDISPATCHED) { call() }
}
