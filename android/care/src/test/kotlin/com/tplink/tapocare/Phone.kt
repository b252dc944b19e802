/** A phone in a world: a folder and a vault that outlive the app, the ports in Kotlin, and the hands that hold it. */
package com.tplink.tapocare

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.yield
import java.nio.file.Path
import kotlin.io.path.createTempDirectory
import kotlin.io.path.deleteRecursively
import kotlin.io.path.ExperimentalPathApi
import kotlin.time.Duration.Companion.seconds

/** A test on a phone of its own, in a world of its own, on one thread. */
@OptIn(ExperimentalPathApi::class)
fun story(store: StoreKind = StoreKind.APP_STORE, test: suspend CoroutineScope.(Phone) -> Unit) {
    val folder = createTempDirectory("tapo-care")
    try {
        World().use { world -> runBlocking { test(Phone(world, folder.resolve("care"), store)) } }
    } finally {
        folder.deleteRecursively()
    }
}

/** The world's stores, believed instead of Apple and Google. */
val World.sandboxTrust get() = SandboxTrust(appStoreRoot, playLicenseKey)

/** What survives the app, and what the person in front of it does. */
class Phone(val world: World, private val folder: Path, private val kind: StoreKind) {
    val store = sandboxStore(world, kind)
    val vault = MemoryVault()
    val session = SandboxSession(world)
    val clock = WorldClock(world)
    val log = EventLog()

    /** Where the phone thinks the cloud is. */
    var cloudUrl = world.cloudUrl

    fun config() = world.config(folder, cloudUrl, kind)

    fun ports() = Ports(store, vault, session, clock, log)

    /** Starts the app, as an account that was signed in or as nobody. */
    suspend fun start(): CareResult<TapoCare> =
        TapoCare.opened(ports()) { openSandbox(config(), world.sandboxTrust, it) }

    /** What a widget beside the app reads of the folder. */
    suspend fun peek(): Snapshot =
        TapoCare.peeked(vault, clock) { vault, clock -> peekSandbox(config(), world.sandboxTrust, vault, clock) }.orThrow()

    /** As [start]. What was under way when the app before it ended may still write its one line: Busy, try again. */
    suspend fun started(): TapoCare {
        while (true) {
            val started = start()
            if (started !is CareResult.Busy) return started.orThrow()
            yield()
        }
    }

    /** The app while it runs, signed in; closed at the end. */
    suspend fun <T> app(account: String? = null, block: suspend (TapoCare) -> T): T =
        started().use { care ->
            if (account != null) care.signIn(world.account(account)["id"].text).orThrow()
            block(care)
        }
}

const val THREE_CAMERAS = "tapo-3-monthly"
const val TEN_CAMERAS = "tapo-10-monthly"

/** Buys a plan and waits for its end, which is handled. */
suspend fun TapoCare.buy(plan: PlanId = THREE_CAMERAS): Outcome {
    subscribe(SubscribeRequest(plan)).orThrow()
    return ended()
}

/** The next outcome, handled. */
suspend fun TapoCare.ended(): Outcome = outcomes.first().also { handled(it).orThrow() }

/** The first snapshot of which that holds. */
suspend fun TapoCare.until(holds: suspend (Snapshot) -> Boolean): Snapshot = changes.first(holds)

/** Until all is quiet. */
suspend fun TapoCare.settle() = sweep(20.seconds).orThrow()
