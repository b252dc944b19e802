/** The ports other than the store: a keychain, the TP-Link ID service, the world's clock, a log. */
package com.tplink.tapocare

import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.ConcurrentLinkedQueue

/** A keychain; [before] runs first, on the core's disk thread. */
class MemoryVault : Vault {
    private val kept = ConcurrentHashMap<String, String>()

    @Volatile
    var before: () -> Unit = {}

    override fun read(key: String): String? {
        before()
        return kept[key]
    }

    override fun write(key: String, value: String) {
        before()
        kept[key] = value
    }
}

/** The TP-Link ID service, played by the sandbox. */
class SandboxSession(private val world: World) : Session {
    @Volatile
    var before: suspend () -> Unit = {}

    override suspend fun token(account: AccountId, fresh: Boolean): String {
        before()
        val known = world.control("GET", "accounts")["accounts"].list.find { it["id"].text == account }
        val name = known?.get("name") ?: throw SessionException.SignInNeeded()
        return try {
            ask("POST", "${world.cloudUrl}/session", json("name" to name))["token"].text
        } catch (_: NoAnswer) {
            throw SessionException.Unavailable()
        }
    }
}

/** The world's clock. */
class WorldClock(private val world: World) : Clock {
    @Volatile
    var before: () -> Unit = {}

    override fun read(): ClockReading {
        before()
        return ClockReading(world.nowMs, utcOffsetS = 0, elapsedMs = world.nowMs - world.startedMs, bootId = "boot-1")
    }
}

/** The core's steps. */
class EventLog : Log {
    /** The name of each, and what it says. */
    val lines = ConcurrentLinkedQueue<Pair<String, String>>()

    @Volatile
    var before: () -> Unit = {}

    override fun line(line: LogLine) {
        lines.add(line.event to line.detail)
        before()
    }
}
