/** Ten thousand streams begun and ended: nothing of them stays. */
package com.tplink.tapocare

import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import org.junit.jupiter.api.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue

class StreamsTest {
    @Test
    fun `streams that end in mid-wait leave no thread, no file and no handle`() =
        story { phone ->
            phone.app("anna") { care ->
                care.settle()
                repeat(200) { round(care) }
                val before = Handles.ofProcess()
                repeat(10_000) { round(care) }
                val after = Handles.ofProcess()
                // The JVM's own threads and files come and go; ten thousand leaks would not hide among them.
                before.forEach { (kind, count) -> assertTrue(after.getValue(kind) <= count + 16, "$kind: $before, $after") }
                until { Handles.continuations() == 0 }
            }
        }

    /** Both streams, each left while it waits. */
    private suspend fun round(care: TapoCare) {
        coroutineScope {
            assertEquals(1, care.changes.first().cameras.count { it.id == "cam_porch" })
            launch(start = CoroutineStart.UNDISPATCHED) { care.outcomes.collect {} }.cancelAndJoin()
        }
    }
}
