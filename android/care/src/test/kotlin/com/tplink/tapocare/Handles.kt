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

    /** Whether some core holds a port of this phone, under the guard that [Ports.guarded] puts around it. */
    fun holds(phone: Phone): Boolean {
        val ports = phone.ports().run { listOf(store, vault, session, clock, log) }
        return listOf(FfiConverterTypeStore, FfiConverterTypeVault, FfiConverterTypeSession, FfiConverterTypeClock, FfiConverterTypeLog)
            .flatMap { converter -> held(getter(converter, "getHandleMap").invoke(converter)) }
            .any { guard -> fields(guard).any { field -> ports.any { it === field } } }
    }

    private fun held(handles: Any): Collection<Any> = (fields(handles).single { it is Map<*, *> } as Map<*, *>).values.mapNotNull { it }

    private fun fields(of: Any): List<Any?> = of.javaClass.declaredFields.onEach { it.isAccessible = true }.map { it.get(of) }

    private fun sizeOf(map: Any): Int = getter(map, "getSize").invoke(map) as Int

    /** Internal members carry their module in their name. */
    private fun getter(of: Any, name: String) =
        of.javaClass.methods.first { it.name == name || it.name.startsWith("$name$") }.apply { isAccessible = true }
}

/** Returns once it holds; a test that waits for ever fails by its deadline. */
suspend fun until(holds: suspend () -> Boolean) {
    while (!holds()) yield()
}
