/** The jars that ship believe the stores and nobody else, whatever a shell asks of them. */
package com.tplink.tapocare

import com.sun.jna.NativeLibrary
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.io.TempDir
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.EnumSource
import java.nio.file.Path
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertFalse
import kotlin.test.assertIs
import kotlin.time.Duration.Companion.seconds

/** Nobody answers there: what the test sees was decided on the phone. */
private const val NOWHERE = "https://127.0.0.1:9"
private const val INTENT = "0d6c5a30-6a4f-4a55-8f6a-3d1f2b7c9e10"
private val PRODUCTS = listOf("care.tapo.3.monthly", "tapo_care_3")

class ShippedTest {
    @TempDir
    lateinit var folder: Path

    @Test
    fun `it is the library inside the jar that is loaded`() {
        CareLibrary.load()
        // JNA unpacks what it finds in a jar into a file of its own.
        assertFalse(NativeLibrary.getInstance("tapo_care_ffi").file.name == "libtapo_care_ffi.so")
        assertEquals("jar", checkNotNull(Care::class.java.protectionDomain.codeSource).location.path.substringAfterLast('.'))
    }

    @Test
    fun `nobody can open it over a sandbox`() {
        assertFailsWith<ClassNotFoundException> { Class.forName("com.tplink.tapocare.SandboxTrust") }
    }

    @Test
    fun `a cloud without TLS is refused before anything is asked`() = inAWorld { world ->
        val ports = Ports(AppStore(world), MemoryVault(), SandboxSession(world), WorldClock(world), EventLog())
        val opened = TapoCare.open(world.config(folder.resolve("care"), world.cloudUrl, StoreKind.APP_STORE), ports)
        val problem = assertIs<CareResult.Refused>(opened).problem
        assertEquals("insecure_url" to Money.NOT_CHARGED, problem.name to problem.money)
    }

    @ParameterizedTest
    @EnumSource(StoreKind::class)
    fun `a purchase signed by a sandbox is refused and gives nothing`(kind: StoreKind) = inAWorld { world ->
        val store = sandboxStore(world, kind)
        val account = world.account("anna")
        store.buy(Order(store.products(PRODUCTS).first().id, account["tag"].text, INTENT))
        assertEquals(1, store.unfinished().size)

        val log = EventLog()
        val ports = Ports(store, MemoryVault(), SandboxSession(world), WorldClock(world), log)
        TapoCare.open(world.config(folder.resolve("care"), NOWHERE, kind), ports).orThrow().use { care ->
            care.signIn(account["id"].text).orThrow()
            care.sweep(10.seconds).orThrow()
            val check = if (kind == StoreKind.APP_STORE) "names" else "signature"
            assertEquals(setOf(check), log.lines.filter { it.first == "receipt.refused" }.map { it.second }.toSet())
            assertEquals(emptyList(), log.lines.filter { it.first == "receipt.verified" })
            assertEquals(emptyList(), care.snapshot().subscriptions)
        }
        assertEquals(1, store.unfinished().size, "what was not granted is not finished")
    }

    private fun inAWorld(test: suspend (World) -> Unit) = World().use { world -> runBlocking { test(world) } }
}
