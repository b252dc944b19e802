/** Play's listener may say anything, at any time: the sheet has one answer, and no purchase is dropped. */
package com.tplink.tapocare.play

import com.tplink.tapocare.Order
import com.tplink.tapocare.ReplacementMode
import com.tplink.tapocare.SheetResult
import com.tplink.tapocare.StoreException
import com.tplink.tapocare.StoreTransaction
import com.tplink.tapocare.TrialOffer
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.async
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import kotlin.test.assertEquals
import kotlin.test.assertIs
import kotlin.test.assertNull

class PlaySheetTest {
    private val unasked = mutableListOf<StoreTransaction>()
    private val sheet = PlaySheet(unasked::addAll)
    private val order = Order(product = "tapo_care_3", tag = "tag", intent = "intent-1")

    private fun purchase(token: String, intent: String?) = PlayPurchase(token, "{}", "sig", acknowledged = false, intent)

    private val mine = purchase("mine", "intent-1")

    /** Shows the sheet, and lets the listener say these words while it is open. */
    private fun answer(vararg words: Pair<Int, List<PlayPurchase>>): Result<SheetResult> {
        var result: Result<SheetResult>? = null
        runTest {
            result =
                runCatching {
                    sheet.show(order) {
                        words.forEach { (code, purchases) -> sheet.onPurchasesUpdated(code, purchases) }
                        PlayCode.OK
                    }
                }
        }
        return checkNotNull(result)
    }

    @Test
    fun `the purchase of this intent is the answer, and said again it is handed over as unasked`() {
        assertEquals(SheetResult.Success(mine.transaction()), answer(PlayCode.OK to listOf(mine), PlayCode.OK to listOf(mine)).getOrThrow())
        assertEquals(listOf(mine.transaction()), unasked)
    }

    @Test
    fun `purchases of another day are handed over, and the sheet goes on waiting for its own`() {
        val old = purchase("old", null)
        val other = purchase("other", "intent-0")
        assertEquals(SheetResult.Success(mine.transaction()), answer(PlayCode.OK to listOf(old), PlayCode.OK to listOf(other, mine)).getOrThrow())
        assertEquals(listOf(old.transaction(), other.transaction()), unasked)
    }

    @Test
    fun `closed by the user it is cancelled, whatever is said after that`() {
        assertEquals(SheetResult.Cancelled, answer(PlayCode.USER_CANCELED to emptyList(), 6 to emptyList()).getOrThrow())
    }

    @Test
    fun `no connection is not a no of the store`() {
        for (code in listOf(-3, -1, 2, 12)) assertIs<StoreException.Unavailable>(answer(code to emptyList()).exceptionOrNull())
        val failures = mapOf(7 to "item_already_owned", 5 to "developer_error", 99 to "play_99", PlayCode.OK to "no_purchase")
        for ((code, name) in failures) {
            assertEquals(name, assertIs<StoreException.Failed>(answer(code to emptyList()).exceptionOrNull()).code)
        }
    }

    @Test
    fun `a sheet that does not open says why, and the next one opens`() =
        runTest {
            assertThrows<StoreException.Failed> { sheet.show(order) { 4 } }
            assertEquals(SheetResult.Cancelled, answer(PlayCode.USER_CANCELED to emptyList()).getOrThrow())
        }

    @Test
    fun `a second sheet does not take the first one's answer`() =
        runTest {
            val first = async(start = CoroutineStart.UNDISPATCHED) { sheet.show(order) { PlayCode.OK } }
            val second = order.copy(intent = "intent-2")
            assertEquals("sheet_open", assertThrows<StoreException.Failed> { sheet.show(second) { PlayCode.OK } }.code)
            sheet.onPurchasesUpdated(PlayCode.OK, listOf(mine))
            assertEquals(SheetResult.Success(mine.transaction()), first.await())
        }

    @Test
    fun `a sheet whose caller is gone leaves its purchase to the listener`() =
        runTest {
            val opened = CompletableDeferred<Unit>()
            val gone =
                launch {
                    sheet.show(order) {
                        opened.complete(Unit)
                        PlayCode.OK
                    }
                }
            opened.await()
            gone.cancel()
            gone.join()
            sheet.onPurchasesUpdated(PlayCode.OK, listOf(mine))
            assertEquals(listOf(mine.transaction()), unasked)
        }

    @Test
    fun `a product shows its base plan's recurring price, never a promotion's`() {
        val month = PlayPhase("$6.99", 6_990_000, "USD", "P1M")
        val promotion = PlayOffer("t1", "half-off", listOf(PlayPhase("$3.49", 3_490_000, "USD", "P1M"), month))
        val base = PlayOffer("t2", null, listOf(month))
        val shown = checkNotNull(product("tapo_care_3", "Three", listOf(promotion, base)))
        assertEquals("$6.99" to 6_990_000L, shown.displayPrice to shown.price.micros)
        assertEquals("t2", basePlan(listOf(promotion, base))?.token)
        assertNull(product("tapo_care_3", "Three", listOf(promotion)))
    }

    @Test
    fun `a free trial is offered by its id and sold by its token, or not at all (X12)`() {
        val month = PlayPhase("$6.99", 6_990_000, "USD", "P1M")
        val base = PlayOffer("t1", null, listOf(month))
        val half = PlayOffer("t2", "half-off", listOf(PlayPhase("$3.49", 3_490_000, "USD", "P1M", cycles = 3), month))
        fun free(period: String, cycles: Int) =
            PlayOffer("t3", "free", listOf(PlayPhase("Free", 0, "USD", period, cycles), month))
        val offers = listOf(half, free("P1W", 2), base)
        val trial = checkNotNull(checkNotNull(product("tapo_care_3", "Three", offers)).trial)
        assertEquals(TrialOffer("free", "P2W"), trial)
        assertEquals("t3", toBeSold(offers, trial)?.token)
        assertEquals("t1", toBeSold(offers, null)?.token)
        assertNull(toBeSold(listOf(half, base), trial))
        assertNull(trial(listOf(half, base)))
        assertNull(trial(listOf(free("P4W2D", 1), base)))
    }

    @Test
    fun `a replacement has the number that Play documents`() {
        assertEquals(listOf(2, 6), listOf(ReplacementMode.CHARGE_PRORATED_PRICE, ReplacementMode.DEFERRED).map(::replacementMode))
    }

    @Test
    fun `a country is named as the core names it`() {
        assertEquals(listOf("USA", "GBR", "JPN", "XK"), listOf("US", "GB", "JP", "XK").map(::storefront))
    }
}
