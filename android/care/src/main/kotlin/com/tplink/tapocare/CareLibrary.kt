/** Loads the native library, and says in plain words why it cannot. */
package com.tplink.tapocare

import com.sun.jna.NativeLibrary

/** The app was put together wrongly: nothing a user can do, and nothing was asked of any store. */
public sealed class CareLibraryException(message: String, cause: Throwable) : Exception(message, cause) {
    /** There is no library for this machine. */
    public class Missing(cause: Throwable) : CareLibraryException(MISSING, cause)

    /** The library and these bindings were not made together. */
    public class OtherVersion(cause: Throwable) : CareLibraryException(OTHER_VERSION, cause)
}

/** The native library under everything here. */
public object CareLibrary {
    /**
     * Loads it and compares it with the bindings, once; after that it costs nothing. [TapoCare.open] does it by itself, off
     * the calling thread. Blocks: JNA alone takes more than half a second on a phone.
     *
     * @throws CareLibraryException where it is missing or of another version. Asking again finds the same.
     */
    public fun load() {
        try {
            NativeLibrary.getInstance(System.getProperty("uniffi.component.$NAME.libraryOverride") ?: NAME)
        } catch (error: LinkageError) {
            throw CareLibraryException.Missing(error)
        }
        try {
            uniffiEnsureInitialized()
        } catch (error: LinkageError) {
            // A checksum that differs, or a function this version does not have.
            throw CareLibraryException.OtherVersion(error)
        }
    }
}

private const val NAME = "tapo_care_ffi"

private const val MISSING =
    "the native library $NAME is missing. In an Android app: ship lib$NAME.so for this device's CPU in jniLibs, and JNA as " +
        "`net.java.dev.jna:jna` of type aar. On a desktop: build it with `cargo build -p tapo-care-ffi` and start Java with " +
        "-Djna.library.path=FOLDER"

private const val OTHER_VERSION =
    "the native library $NAME and its Kotlin bindings are of different versions: generate the bindings again from the library " +
        "that ships (`mvn test` in android/ does), or ship the library they were generated from"
