/** StoreKit and Google Play, played by the sandbox's device API. */
package com.tplink.tapocare

import kotlinx.coroutines.CompletableDeferred
import kotlinx.serialization.json.JsonElement
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.atomic.AtomicInteger

/** What both stores have in common, and the person in front of the sheet. */
abstract class SandboxStore(private val root: String) : Store {
    /** What the person does: `pay`, `cancel`, `decline`, `pending`, `fail`. */
    @Volatile
    var sheet = "pay"

    /** How often a sheet was opened. */
    val sheets = AtomicInteger()
    val sheetOpened = CompletableDeferred<Unit>()

    @Volatile
    var sheetMayClose = CompletableDeferred(Unit)

    /** Runs between a purchase and the sheet's own answer. */
    @Volatile
    var afterBuying: suspend (StoreTransaction) -> Unit = {}

    /** Runs before a call of this name. */
    val before = ConcurrentHashMap<String, suspend () -> Unit>()

    protected suspend fun device(method: String, path: String, body: JsonElement? = null, call: String = path): JsonElement {
        before[call]?.invoke()
        return try {
            ask(method, "$root/$path", body)
        } catch (_: NoAnswer) {
            throw StoreException.Unavailable()
        }
    }

    override suspend fun products(ids: List<ProductId>): List<StoreProduct> =
        device("POST", "products", json("ids" to ids))["products"].list.map {
            StoreProduct(
                it["id"].text,
                it["title"].text,
                it["display_price"].text,
                Price(it["price_micros"].number, it["currency"].text),
                it["period"].text,
            )
        }

    override suspend fun buy(order: Order): SheetResult {
        sheets.incrementAndGet()
        sheetOpened.complete(Unit)
        sheetMayClose.await()
        val said = device("POST", "buy", asked(order))
        return when (said["result"].text) {
            "failed" -> throw StoreException.Failed(said["code"].text)
            "cancelled" -> SheetResult.Cancelled
            else -> bought(said).also { if (it is SheetResult.Success) afterBuying(it.v1) }
        }
    }

    protected abstract fun asked(order: Order): JsonElement

    protected abstract fun bought(said: JsonElement): SheetResult
}

/** The App Store. */
class AppStore(root: String) : SandboxStore(root) {
    override suspend fun storefront(): Storefront {
        val said = device("GET", "storefront")
        return Storefront(said["country"].text, said["app_transaction"].textOrNull)
    }

    override fun asked(order: Order) = json("product" to order.product, "app_account_token" to order.tag, "sheet" to sheet)

    override fun bought(said: JsonElement) =
        if (said["result"].text == "pending") SheetResult.Pending else SheetResult.Success(transaction(said["transaction"]))

    override suspend fun unfinished() = device("GET", "unfinished")["transactions"].list.map(::transaction)

    override suspend fun owned() = device("GET", "owned")["transactions"].list.map(::transaction)

    override suspend fun finish(id: TransactionId) {
        device("POST", "finish", json("id" to id))
    }
}

/** What the App Store signed, as it is handed over. */
fun transaction(said: JsonElement) =
    StoreTransaction(
        said["id"].text,
        SignedPayload.AppStore(said["signed_transaction"].text, said["signed_renewal_info"].textOrNull),
    )

/** Google Play. */
class PlayStore(root: String) : SandboxStore(root) {
    override suspend fun storefront() = Storefront(device("GET", "storefront")["country"].text, appTransaction = null)

    override fun asked(order: Order) =
        json(
            "product" to order.product,
            "obfuscated_account_id" to order.tag,
            "obfuscated_profile_id" to order.intent,
            "sheet" to sheet,
        )

    /** A purchase that waits for its payment is a purchase already: its token is its name. */
    override fun bought(said: JsonElement) = SheetResult.Success(purchase(said["purchase"]))

    override suspend fun unfinished() = purchases("unfinished").filter { it["acknowledged"].text == "false" }.map(::purchase)

    override suspend fun owned() = purchases("owned").map(::purchase)

    private suspend fun purchases(call: String) = device("GET", "purchases", call = call)["purchases"].list

    override suspend fun finish(id: TransactionId) {
        device("POST", "acknowledge", json("token" to id), call = "finish")
    }
}

/** What Google Play signed, byte for byte: written anew it would not verify. */
fun purchase(said: JsonElement) =
    StoreTransaction(said["token"].text, SignedPayload.Play(said["original_json"].text, said["signature"].text))
