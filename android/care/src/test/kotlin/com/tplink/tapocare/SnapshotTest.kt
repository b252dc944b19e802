/** Every field of a snapshot, read through the boundary: what `tests/contract/snapshot` says, and nothing else. */
package com.tplink.tapocare

import org.junit.jupiter.api.Test
import kotlin.test.assertEquals

class SnapshotTest {
    @Test
    fun `every field says what the world says`() =
        story { phone ->
            phone.app { care ->
                val looks = playSnapshots(phone, care)
                val expected = expectedLooks()
                assertEquals(expected.keys, looks.keys)
                for ((look, said) in expected) assertEquals(said.lines(), looks.getValue(look).lines(), look)
            }
        }

    private fun Said.lines() = toSortedMap().map { (path, value) -> "$path = $value" }.joinToString("\n")
}
