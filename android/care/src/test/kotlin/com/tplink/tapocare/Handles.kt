/** What this process holds: threads, files, and the handles that UniFFI keeps for either side. */
package com.tplink.tapocare

import kotlinx.coroutines.yield
import java.nio.file.Path
import kotlin.io.path.Path
import kotlin.io.path.exists
import kotlin.io.path.listDirectoryEntries

object Handles {
    private val generated: Class<*> = Class.forName("com.tplink.tapocare.Tapo_care_ffiKt")

    /** Threads and open files, where the system shows them. */
    fun ofProcess(): Map<String, Int> =
        listOf("task", "fd").map { Path("/proc/self", it) }.filter(Path::exists).associate { it.fileName.toString() to it.listDirectoryEntries().size }

    /** Coroutines that wait for the core. */
    fun continuations(): Int = sizeOf(generated.getMethod("getUniffiContinuationHandleMap").invoke(null))

    /** Ports that the core holds. */
    fun ports(): Int =
        listOf(FfiConverterTypeStore, FfiConverterTypeVault, FfiConverterTypeSession, FfiConverterTypeClock, FfiConverterTypeLog)
            .sumOf { converter -> sizeOf(getter(converter, "getHandleMap").invoke(converter)) }

    private fun sizeOf(map: Any): Int = getter(map, "getSize").invoke(map) as Int

    /** Internal members carry their module in their name. */
    private fun getter(of: Any, name: String) =
        of.javaClass.methods.first { it.name == name || it.name.startsWith("$name$") }.apply { isAccessible = true }
}

/** Returns once it holds; a test that waits for ever fails by its deadline. */
suspend fun until(holds: () -> Boolean) {
    while (!holds()) yield()
}
