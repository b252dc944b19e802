/** Play's payment sheet: one question with one answer, though the billing library answers through a listener of all purchases. */
package com.tplink.tapocare.play

import com.tplink.tapocare.IntentId
import com.tplink.tapocare.Order
import com.tplink.tapocare.SheetResult
import com.tplink.tapocare.StoreException
import com.tplink.tapocare.StoreTransaction
import kotlinx.coroutines.CompletableDeferred
import java.util.concurrent.atomic.AtomicReference

/**
 * The listener may answer twice, late, or about what nobody asked here: the first word on the open sheet is its answer, and
 * every other purchase goes to [unasked], which hands it to `TapoCare.onStoreTransactions`. Any thread.
 */
public class PlaySheet(private val unasked: (List<StoreTransaction>) -> Unit) {
    private class Open(val intent: IntentId) {
        val answer = CompletableDeferred<SheetResult>()
    }

    private val open = AtomicReference<Open?>()

    /**
     * Opens the sheet with [launch], which returns Play's response code, and waits until the user has left it.
     *
     * @throws StoreException where it did not open, failed, or another one is open.
     */
    public suspend fun show(order: Order, launch: suspend () -> Int): SheetResult {
        val mine = Open(order.intent)
        if (!open.compareAndSet(null, mine)) throw StoreException.Failed("sheet_open")
        try {
            PlayCode.check(launch())
            return mine.answer.await()
        } finally {
            open.compareAndSet(mine, null)
        }
    }

    /** `PurchasesUpdatedListener.onPurchasesUpdated`. A purchase that waits for its payment is a purchase already. */
    public fun onPurchasesUpdated(code: Int, purchases: List<PlayPurchase>) {
        val asked = open.get()
        val mine = purchases.firstOrNull { asked != null && it.intent == asked.intent }
        val answered = asked != null && (mine != null || purchases.isEmpty()) && asked.answerWith(code, mine)
        val others = purchases.filter { !answered || it !== mine }
        if (others.isNotEmpty()) unasked(others.map(PlayPurchase::transaction))
    }

    private fun Open.answerWith(code: Int, purchase: PlayPurchase?): Boolean =
        when {
            purchase != null -> answer.complete(SheetResult.Success(purchase.transaction()))
            code == PlayCode.USER_CANCELED -> answer.complete(SheetResult.Cancelled)
            // Bought, it says, and shows nothing: the core looks at the store itself before it says what became of the money.
            code == PlayCode.OK -> answer.completeExceptionally(StoreException.Failed("no_purchase"))
            else -> answer.completeExceptionally(PlayCode.failure(code))
        }
}
