/** A library that is missing or of another version: an app that is put together wrongly says so, and what to do. */
package com.tplink.tapocare

import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.lang.reflect.Modifier
import java.nio.file.Path
import kotlin.io.path.Path
import kotlin.io.path.writeText
import kotlin.test.assertContains
import kotlin.test.assertEquals

/** What a fresh JVM says on loading, twice: the second time it must not say something else. */
object LoadingMain {
    @JvmStatic
    fun main(arguments: Array<String>) {
        repeat(2) {
            try {
                CareLibrary.load()
                println("loaded")
            } catch (error: CareLibraryException) {
                println("${error.javaClass.simpleName}: ${error.message}")
            }
        }
    }
}

class CareLibraryTest {
    @TempDir
    lateinit var folder: Path

    /** The checksums that the bindings ask a library for. */
    private val checksums =
        Class.forName("com.tplink.tapocare.IntegrityCheckingUniffiLib", false, javaClass.classLoader)
            .declaredMethods
            .filter { Modifier.isNative(it.modifiers) && "_checksum_" in it.name }
            .map { it.name }

    @Test
    fun `the library that the bindings were generated from is loaded`() {
        assertEquals(listOf("loaded", "loaded"), loading(native))
    }

    @Test
    fun `a missing library says what to do`() {
        loading(folder).forEach {
            assertContains(it, "Missing: the native library tapo_care_ffi is missing")
            assertContains(it, "jniLibs")
            assertContains(it, "cargo build -p tapo-care-ffi")
        }
    }

    @Test
    fun `a library with other functions under the same names is refused at load`() {
        compile(contract = CONTRACT, checksums)
        loading(folder).forEach { assertContains(it, "OtherVersion: the native library tapo_care_ffi and its Kotlin bindings") }
    }

    @Test
    fun `an older library that lacks a function is refused at load`() {
        compile(contract = CONTRACT, checksums.drop(1))
        loading(folder).forEach { assertContains(it, "OtherVersion: ") }
    }

    @Test
    fun `a library made with another UniFFI is refused at load`() {
        compile(contract = CONTRACT - 1, checksums)
        loading(folder).forEach { assertContains(it, "OtherVersion: ") }
    }

    /** A library of another version, as far as the load looks at it: every function answers zero. */
    private fun compile(contract: Int, functions: List<String>) {
        val source = folder.resolve("other.rs")
        val answers = functions.map { it to 0 } + ("ffi_tapo_care_ffi_uniffi_contract_version" to contract)
        source.writeText(
            answers.joinToString("\n") { (name, answer) -> "#[unsafe(no_mangle)] pub extern \"C\" fn $name() -> u32 { $answer }" },
        )
        val library = folder.resolve(System.mapLibraryName("tapo_care_ffi"))
        val rustc = listOf("rustc", "--edition", "2024", "--crate-type", "cdylib", "$source", "-o", "$library")
        val (status, said) = run(rustc)
        assertEquals(0, status, said)
    }

    private fun loading(libraries: Path): List<String> {
        val java = Path(System.getProperty("java.home"), "bin", "java")
        val classes = System.getProperty("surefire.test.class.path") ?: System.getProperty("java.class.path")
        val (status, said) = run(listOf("$java", "-Djna.library.path=$libraries", "-cp", classes, LoadingMain::class.java.name))
        assertEquals(0, status, said)
        return said.lines().filter { it.isNotBlank() }.also { assertEquals(2, it.size, said) }
    }

    private fun run(command: List<String>): Pair<Int, String> {
        val process = ProcessBuilder(command).redirectErrorStream(true).start()
        val said = process.inputReader().readText()
        return process.waitFor() to said
    }

    private companion object {
        /** UniFFI's contract of the generated bindings. */
        const val CONTRACT = 30
    }
}
