/** One `care-sandbox up` process, and the hand that moves its world. */
package com.tplink.tapocare

import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import java.nio.file.Path
import java.util.Base64
import java.util.concurrent.TimeUnit
import kotlin.io.path.Path
import kotlin.io.path.readText
import kotlin.test.assertEquals
import kotlin.test.assertTrue

/** Where the build put the library and care-sandbox. */
val native: Path = Path(System.getProperty("care.native"))

/** The root of the project. */
val workspace: Path = Path(System.getProperty("care.workspace"))

/** The key an app would carry whose purchases another Google Play signs. */
private val OWN_LICENSE_KEY = workspace.resolve("core/tests/receipts/keys/foreign-license-key.txt").readText()

/** Isolated; ends with its test. */
class World : AutoCloseable {
    private val process =
        ProcessBuilder("$native/care-sandbox", "up").redirectError(ProcessBuilder.Redirect.INHERIT).start()
    private val trust = Json.parseToJsonElement(process.inputReader().readLine())

    /** The world's time; phones read it. */
    @Volatile
    var nowMs = 0L
        private set

    @Volatile
    var startedMs = 0L
        private set

    init {
        runBlocking { readClock(control("GET", "clock")) }
    }

    val cloudUrl get() = trust["cloud"]["url"].text
    val deviceUrl get() = trust["device_url"].text
    private val cloudKeys get() = trust["cloud"]["keys"].list.map { CloudKey(it["id"].text, bytes(it["public"])) }
    val appStoreRoot get() = bytes(trust["app_store"]["root"])
    val playLicenseKey get() = trust["play"]["key"].text
    private val appStore get() = AppStoreApp(trust["app_store"]["bundle_id"].text, trust["app_store"]["app_id"].number)
    private val play get() = PlayApp(trust["play"]["package"].text, OWN_LICENSE_KEY)

    /** What an app here is configured with. */
    fun config(folder: Path, cloud: String, store: StoreKind) =
        Config("$folder", cloud, cloudKeys, appStore, play, store, platform = "linux", locale = "en")

    private fun bytes(base64: JsonElement): ByteArray = Base64.getDecoder().decode(base64.text)

    /** One call to the control API. */
    suspend fun control(method: String, path: String, body: JsonElement? = null): JsonElement =
        ask(method, "${trust["control"]["url"].text}/control/$path", body, trust["control"]["token"].text)

    /** Moves the world's clock. */
    suspend fun advance(by: String) = readClock(control("POST", "clock/advance", json("by" to by)))

    private fun readClock(clock: JsonElement) {
        nowMs = clock["now_ms"].number
        startedMs = clock["started_ms"].number
    }

    /** Makes calls of an endpoint go wrong. */
    suspend fun fault(endpoint: String, kind: String, times: Int = 1) {
        control("POST", "faults", json("endpoint" to endpoint, "kind" to kind, "times" to times))
    }

    /** Clears every fault. */
    suspend fun heal() {
        control("DELETE", "faults")
    }

    /** An account by its name: `id`, `tag`. */
    suspend fun account(name: String): JsonElement =
        control("GET", "accounts")["accounts"].list.first { it["name"].text == name }

    /** Bought past the app. */
    suspend fun boughtOutside(device: String, product: String, tag: AccountTag?, store: String = "app_store"): JsonElement {
        val order = json("device" to device, "product" to product, "app_account_token" to tag, "store" to store)
        return control("POST", "purchases/outside", order)
    }

    /** How many charges, grants and finishes there are. */
    suspend fun counts(): List<Int> {
        val ledger = control("GET", "ledger")
        return listOf("charges", "grants", "finishes").map { ledger[it].list.size }
    }

    /** Asks the process to end, and waits for it. */
    override fun close() {
        process.destroy()
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), "care-sandbox ends when asked")
        assertEquals(0, process.exitValue(), "and cleanly")
    }
}
