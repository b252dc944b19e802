/**
 * What the boundary costs in Kotlin, as one line of JSON:
 *
 * - `snapshot`: reading a snapshot of 3, 30 and 300 cameras through the binding, in microseconds, against `by_hand`: the same rows
 *   handed over by an object that only keeps them. What the binding costs beyond it is the core's work and its clock's calls.
 * - `first_call`: loading the library, comparing it with its bindings and one call into it, in milliseconds, against the same of
 *   a UniFFI library with nothing in it; each in a JVM of its own.
 *
 * Both sides are measured in turns, so that whatever else the machine does falls on both alike; of the turns the median.
 * `mvn -q -B -f android/pom.xml -Pbench process-test-classes` runs it and leaves the line in android/care/target/bench.json.
 */
package com.tplink.tapocare

import kotlinx.serialization.json.JsonObject
import kotlin.io.path.Path

private const val TURNS = 31
private const val STARTS = 9

object Bench {
    @JvmStatic
    fun main(arguments: Array<String>) {
        when (arguments.firstOrNull()) {
            null -> println(json("snapshot" to listOf(3, 30, 300).map(::reading), "first_call" to firstCall()))
            else -> println(Loading.valueOf(arguments.first()).millis())
        }
    }

    private fun reading(cameras: Int): JsonObject {
        var measured: JsonObject? = null
        story { phone ->
            val account = "bench-$cameras"
            phone.world.control("POST", "accounts", json("name" to account))
            repeat(cameras) {
                val camera = json("account" to account, "name" to "Camera $it", "model" to "C210", "firmware" to "1.3.9", "online" to true)
                phone.world.control("POST", "cameras", camera)
            }
            phone.app(account) { care ->
                val plan = checkNotNull(care.buy().subscription)
                care.settle()
                care.selectCameras(plan, care.snapshot().cameras.take(3).map { it.id }).orThrow()
                care.settle()
                measured = measured(care, cameras)
            }
        }
        return checkNotNull(measured)
    }

    private fun measured(care: TapoCare, cameras: Int): JsonObject {
        val rows = care.snapshot()
        check(rows.cameras.size == cameras) { "${rows.cameras.size} cameras" }
        val times = 3000 / cameras.coerceAtLeast(10)
        val read = { care.snapshot() }
        val kept = SandboxRows(rows)
        val byHand = { kept.rows() }
        check(byHand() == read()) { "the rows by hand are the same rows" }
        // The compiler has seen all of it before anything counts.
        repeat(TURNS) { micros(times, read) to micros(times, byHand) }
        val turns = List(TURNS) { micros(times, read) to micros(times, byHand) }
        return json(
            "cameras" to cameras,
            "snapshot_us" to median(turns.map { it.first }),
            "by_hand_us" to median(turns.map { it.second }),
            "ratio" to median(turns.map { it.first / it.second }),
        )
    }

    private fun micros(times: Int, work: () -> Any): Double {
        val start = System.nanoTime()
        repeat(times) { result = work() }
        return (System.nanoTime() - start) / 1000.0 / times
    }

    /** So that no work is optimised away. */
    @Volatile
    private var result: Any? = null

    private fun firstCall(): JsonObject {
        val starts = List(STARTS) { start(Loading.CARE) to start(Loading.EMPTY) }
        return json(
            "care_ms" to median(starts.map { it.first }),
            "empty_ms" to median(starts.map { it.second }),
            "ratio" to median(starts.map { it.first / it.second }),
        )
    }

    private fun start(loading: Loading): Double {
        val java = Path(System.getProperty("java.home"), "bin", "java")
        val libraries = "-Djna.library.path=${System.getProperty("jna.library.path")}"
        val command = listOf("$java", libraries, "-cp", System.getProperty("java.class.path"), Bench::class.java.name, loading.name)
        val process = ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start()
        return process.inputReader().readLine().toDouble().also { check(process.waitFor() == 0) }
    }

    private fun median(values: List<Double>): Double = Math.round(values.sorted()[values.size / 2] * 100) / 100.0
}

/** The first call into a library that nothing has loaded yet. */
private enum class Loading(private val firstCall: () -> Unit) {
    CARE({
        CareLibrary.load()
        FfiConverterString.lift(FfiConverterString.lower("first"))
    }),

    /** Its bindings are generated for the bench alone, so they are found by name. */
    EMPTY({
        val bindings = Class.forName("com.tplink.tapocare.empty.Tapo_care_emptyKt")
        bindings.getMethod("uniffiEnsureInitialized").invoke(null)
        bindings.getMethod("nothing").invoke(null)
    }),
    ;

    fun millis(): Double {
        val start = System.nanoTime()
        firstCall()
        return (System.nanoTime() - start) / 1e6
    }
}
