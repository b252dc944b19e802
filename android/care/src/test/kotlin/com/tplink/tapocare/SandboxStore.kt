/** StoreKit and Google Play, played by the sandbox's device API. */
package com.tplink.tapocare

import com.tplink.tapocare.play.PlayCode
import com.tplink.tapocare.play.PlayOffer
import com.tplink.tapocare.play.PlayPhase
import com.tplink.tapocare.play.PlayPurchase
import com.tplink.tapocare.play.PlaySheet
import com.tplink.tapocare.play.trial
import kotlinx.coroutines.CompletableDeferred
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonObject
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.atomic.AtomicInteger

/** The one phone of a test, as its world knows it. */
private const val DEVICE = "phone"

/** What both stores have in common, and the person in front of the sheet. */
abstract class SandboxStore(protected val world: World, path: String) : Store {
    private val root = "${world.deviceUrl}/$DEVICE/$path"

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
                trial(it),
            )
        }

    protected abstract fun trial(product: JsonElement): TrialOffer?

    override suspend fun buy(order: Order): SheetResult {
        sheets.incrementAndGet()
        sheetOpened.complete(Unit)
        sheetMayClose.await()
        return openSheet(order).also { if (it is SheetResult.Success) afterBuying(it.v1) }
    }

    protected abstract suspend fun openSheet(order: Order): SheetResult

    /** Bought for three cameras on this phone, past the app; for an account where a tag is given. */
    abstract suspend fun boughtOutside(tag: AccountTag? = null): StoreTransaction
}

/** The store of that kind on the phone. */
fun sandboxStore(world: World, kind: StoreKind): SandboxStore =
    when (kind) {
        StoreKind.APP_STORE -> AppStore(world)
        StoreKind.PLAY -> PlayStore(world)
    }

/** The App Store. */
class AppStore(world: World) : SandboxStore(world, "app-store") {
    override suspend fun storefront(): Storefront {
        val said = device("GET", "storefront")
        return Storefront(said["country"].text, said["app_transaction"].textOrNull)
    }

    override suspend fun openSheet(order: Order): SheetResult {
        val asked =
            json(
                "product" to order.product,
                "app_account_token" to order.tag,
                "sheet" to sheet,
                "introductory_offer_eligibility" to order.offerDenied,
            )
        val said = device("POST", "buy", asked)
        return when (said["result"].text) {
            "success" -> SheetResult.Success(transaction(said["transaction"]))
            "pending" -> SheetResult.Pending
            "cancelled" -> SheetResult.Cancelled
            else -> throw StoreException.Failed(said["code"].text)
        }
    }

    override fun trial(product: JsonElement): TrialOffer? =
        (product["introductory_offer"] as? JsonObject)?.takeIf { it.getValue("eligible").text == "true" }?.let {
            TrialOffer(id = null, length = it.getValue("period").text)
        }

    override suspend fun boughtOutside(tag: AccountTag?): StoreTransaction =
        transaction(world.boughtOutside(DEVICE, "care.tapo.3.monthly", tag))

    override suspend fun unfinished() = device("GET", "unfinished")["transactions"].list.map(::transaction)

    override suspend fun owned() = device("GET", "owned")["transactions"].list.map(::transaction)

    override suspend fun finish(id: TransactionId) {
        device("POST", "finish", json("id" to id))
    }

    override suspend fun requestRefund(id: TransactionId): RefundSheet =
        when (device("POST", "refund-request", json("id" to id, "asks" to (sheet != "cancel")))["result"].text) {
            "requested" -> RefundSheet.REQUESTED
            "cancelled" -> RefundSheet.CANCELLED
            else -> throw StoreException.Failed("refund_refused")
        }
}

/** What the App Store signed, as it is handed over. */
fun transaction(said: JsonElement) =
    StoreTransaction(
        said["id"].text,
        SignedPayload.AppStore(said["signed_transaction"].text, said["signed_renewal_info"].textOrNull),
    )

/** Google Play, through the same [PlaySheet] as on a phone; the listener says everything twice. */
class PlayStore(world: World) : SandboxStore(world, "play") {
    private val unasked = ConcurrentLinkedQueue<StoreTransaction>()
    private val listener = PlaySheet(unasked::addAll)

    override suspend fun storefront() = Storefront(device("GET", "storefront")["country"].text, appTransaction = null)

    override suspend fun openSheet(order: Order): SheetResult =
        listener.show(order) {
            val asked =
                json(
                    "product" to order.product,
                    "obfuscated_account_id" to order.tag,
                    "obfuscated_profile_id" to order.intent,
                    "sheet" to sheet,
                    "offer" to order.offer?.id,
                    "replaces" to order.replaces?.transaction,
                    "replacement_mode" to order.replaces?.mode?.name?.lowercase(),
                )
            val said = device("POST", "buy", asked)
            val code =
                when (said["result"].text) {
                    "success", "pending" -> PlayCode.OK
                    "cancelled" -> PlayCode.USER_CANCELED
                    else -> 6
                }
            val bought = if (code == PlayCode.OK) listOf(purchase(said["purchase"])) else emptyList()
            repeat(2) { listener.onPurchasesUpdated(code, bought) }
            PlayCode.OK
        }

    /** Through the code that a phone runs: what the sandbox lists becomes what the billing library would say. */
    override fun trial(product: JsonElement): TrialOffer? {
        val plan = product["base_plans"].list.first()
        val offers =
            plan["offers"].list.map {
                val cycles = it["periods"].number.toInt()
                val free = PlayPhase(it["display_price"].text, it["price_micros"].number, "", plan["period"].text, cycles)
                PlayOffer(it["id"].text, promotion = it["id"].text, phases = listOf(free))
            }
        return trial(offers)
    }

    override suspend fun boughtOutside(tag: AccountTag?): StoreTransaction =
        purchase(world.boughtOutside(DEVICE, "tapo_care_3", tag, store = "play")).transaction()

    override suspend fun unfinished() = purchases("unfinished").filter { !it.acknowledged }.map { it.transaction() }

    override suspend fun owned() = purchases("owned").map { it.transaction() }

    private suspend fun purchases(call: String) = device("GET", "purchases", call = call)["purchases"].list.map(::purchase)

    override suspend fun finish(id: TransactionId) {
        device("POST", "acknowledge", json("token" to id), call = "finish")
    }

    override suspend fun requestRefund(id: TransactionId): RefundSheet = throw StoreException.Failed("not_at_play")
}

/** What Google Play signed, as it is handed over. */
fun purchase(said: JsonElement): PlayPurchase {
    val original = said["original_json"].text
    val intent = Json.parseToJsonElement(original).jsonObject["obfuscatedProfileId"]?.textOrNull
    return PlayPurchase(said["token"].text, original, said["signature"].text, said["acknowledged"].text == "true", intent)
}
