/** The Kotlin of README.md buys a plan, as it stands there. */
package com.tplink.tapocare

import com.tplink.tapocare.readme.buyAPlan
import org.junit.jupiter.api.Test
import kotlin.test.assertEquals
import kotlin.test.assertNull

class ReadmeTest {
    @Test
    fun `the lines in the README buy a plan`() =
        story { phone ->
            phone.app { care ->
                val outcome = buyAPlan(care, phone.world.account("anna")["id"].text) { error("nothing needs a yes") }
                assertEquals(OutcomeKind.GRANTED, outcome?.kind)
                care.settle()
            }
            assertEquals(listOf(1, 1, 1), phone.world.counts())
        }

    @Test
    fun `the lines in the README ask before they buy over a plan from the web, and take no for an answer (X17)`() =
        story { phone ->
            val web = json("account" to "anna", "plan" to THREE_CAMERAS, "channel" to "web", "cameras" to listOf("cam_porch"))
            phone.world.control("POST", "subscriptions", web)
            phone.app { care ->
                val asked = mutableListOf<ConfirmationKind>()
                val outcome =
                    buyAPlan(care, phone.world.account("anna")["id"].text) {
                        asked += it.kind
                        false
                    }
                assertNull(outcome)
                assertEquals(listOf(ConfirmationKind.ALREADY_COVERED), asked)
            }
            assertEquals(0, phone.store.sheets.get())
        }
}
