/** Google Play behind the core's port. Nothing is decided here: see [PlaySheet] and PlayAnswers.kt in android/care. */
package com.tplink.tapocare.play

import android.app.Activity
import android.content.Context
import com.android.billingclient.api.AcknowledgePurchaseParams
import com.android.billingclient.api.BillingClient
import com.android.billingclient.api.BillingClient.ProductType
import com.android.billingclient.api.BillingClientStateListener
import com.android.billingclient.api.BillingConfig
import com.android.billingclient.api.BillingFlowParams
import com.android.billingclient.api.BillingFlowParams.ProductDetailsParams
import com.android.billingclient.api.BillingFlowParams.SubscriptionUpdateParams
import com.android.billingclient.api.BillingResult
import com.android.billingclient.api.GetBillingConfigParams
import com.android.billingclient.api.PendingPurchasesParams
import com.android.billingclient.api.ProductDetails
import com.android.billingclient.api.Purchase
import com.android.billingclient.api.QueryProductDetailsParams
import com.android.billingclient.api.QueryPurchasesParams
import com.tplink.tapocare.Order
import com.tplink.tapocare.ProductId
import com.tplink.tapocare.RefundSheet
import com.tplink.tapocare.Replacement
import com.tplink.tapocare.SheetResult
import com.tplink.tapocare.Store
import com.tplink.tapocare.StoreException
import com.tplink.tapocare.StoreProduct
import com.tplink.tapocare.StoreTransaction
import com.tplink.tapocare.Storefront
import com.tplink.tapocare.TransactionId
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext

/**
 * Play Billing 8.1 or newer. [activity] is the one in front, over which the sheet opens; [unasked] takes what the listener says
 * about purchases nobody waits for, and hands it to `TapoCare.onStoreTransactions`.
 */
public class BillingStore(
    context: Context,
    private val activity: () -> Activity?,
    unasked: (List<StoreTransaction>) -> Unit,
) : Store {
    private val sheet = PlaySheet(unasked)
    private val connecting = Mutex()
    private val client =
        BillingClient.newBuilder(context.applicationContext)
            .setListener { result, purchases -> sheet.onPurchasesUpdated(result.responseCode, purchases.orEmpty().map(::purchase)) }
            .enablePendingPurchases(PendingPurchasesParams.newBuilder().enableOneTimeProducts().build())
            .enableAutoServiceReconnection()
            .build()

    override suspend fun storefront(): Storefront {
        val answer = CompletableDeferred<Pair<BillingResult, BillingConfig?>>()
        connected().getBillingConfigAsync(GetBillingConfigParams.newBuilder().build()) { result, config ->
            answer.complete(result to config)
        }
        val (result, config) = answer.await()
        PlayCode.check(result.responseCode)
        // Play does not say who its account is.
        return Storefront(storefront(config?.countryCode ?: throw StoreException.Unavailable()), appTransaction = null)
    }

    override suspend fun products(ids: List<ProductId>): List<StoreProduct> =
        details(ids).mapNotNull { product(it.productId, it.name, offers(it)) }

    override suspend fun buy(order: Order): SheetResult {
        val details = details(listOf(order.product)).firstOrNull() ?: throw StoreException.Failed("item_unavailable")
        val unavailable = if (order.offer == null) "item_unavailable" else "offer_unavailable"
        val offer = toBeSold(offers(details), order.offer) ?: throw StoreException.Failed(unavailable)
        val front = activity() ?: throw StoreException.Failed("no_activity")
        val product = ProductDetailsParams.newBuilder().setProductDetails(details).setOfferToken(offer.token).build()
        val flow =
            BillingFlowParams.newBuilder()
                .setProductDetailsParamsList(listOf(product))
                .setObfuscatedAccountId(order.tag)
                .setObfuscatedProfileId(order.intent)
        // Dropped, it would bill two subscriptions.
        order.replaces?.let { flow.setSubscriptionUpdateParams(update(it)) }
        return sheet.show(order) { withContext(Dispatchers.Main) { client.launchBillingFlow(front, flow.build()).responseCode } }
    }

    override suspend fun unfinished(): List<StoreTransaction> =
        purchases().filter { !it.acknowledged }.map(PlayPurchase::transaction)

    override suspend fun owned(): List<StoreTransaction> = purchases().map(PlayPurchase::transaction)

    override suspend fun finish(id: TransactionId) {
        val answer = CompletableDeferred<BillingResult>()
        connected().acknowledgePurchase(AcknowledgePurchaseParams.newBuilder().setPurchaseToken(id).build(), answer::complete)
        val code = answer.await().responseCode
        if (code != PlayCode.ITEM_NOT_OWNED) PlayCode.check(code)
    }

    override suspend fun requestRefund(id: TransactionId): RefundSheet =
        // Play has no such sheet: the cloud gives back.
        throw StoreException.Failed("not_at_play")

    private suspend fun details(ids: List<ProductId>): List<ProductDetails> {
        val asked =
            ids.map { QueryProductDetailsParams.Product.newBuilder().setProductId(it).setProductType(ProductType.SUBS).build() }
        val answer = CompletableDeferred<Pair<BillingResult, List<ProductDetails>>>()
        connected().queryProductDetailsAsync(QueryProductDetailsParams.newBuilder().setProductList(asked).build()) { result, found ->
            answer.complete(result to found.productDetailsList)
        }
        val (result, details) = answer.await()
        PlayCode.check(result.responseCode)
        return details
    }

    private suspend fun purchases(): List<PlayPurchase> {
        val asked =
            QueryPurchasesParams.newBuilder().setProductType(ProductType.SUBS).includeSuspendedSubscriptions(true).build()
        val answer = CompletableDeferred<Pair<BillingResult, List<Purchase>>>()
        connected().queryPurchasesAsync(asked) { result, purchases -> answer.complete(result to purchases) }
        val (result, purchases) = answer.await()
        PlayCode.check(result.responseCode)
        return purchases.map(::purchase)
    }

    /** The client once it is connected; it connects again by itself. */
    private suspend fun connected(): BillingClient =
        connecting.withLock {
            if (!client.isReady) {
                val answer = CompletableDeferred<Int>()
                client.startConnection(
                    object : BillingClientStateListener {
                        override fun onBillingSetupFinished(result: BillingResult) {
                            answer.complete(result.responseCode)
                        }

                        override fun onBillingServiceDisconnected() {
                            answer.completeExceptionally(StoreException.Unavailable())
                        }
                    },
                )
                PlayCode.check(answer.await())
            }
            client
        }
}

private fun update(old: Replacement): SubscriptionUpdateParams =
    SubscriptionUpdateParams.newBuilder()
        .setOldPurchaseToken(old.transaction)
        .setSubscriptionReplacementMode(replacementMode(old.mode))
        .build()

private fun purchase(said: Purchase): PlayPurchase =
    PlayPurchase(
        token = said.purchaseToken,
        originalJson = said.originalJson,
        signature = said.signature,
        acknowledged = said.isAcknowledged,
        intent = said.accountIdentifiers?.obfuscatedProfileId,
    )

private fun offers(details: ProductDetails): List<PlayOffer> =
    details.subscriptionOfferDetails.orEmpty().map { offer ->
        val phases =
            offer.pricingPhases.pricingPhaseList.map {
                PlayPhase(it.formattedPrice, it.priceAmountMicros, it.priceCurrencyCode, it.billingPeriod, it.billingCycleCount)
            }
        PlayOffer(offer.offerToken, promotion = offer.offerId, phases = phases)
    }
