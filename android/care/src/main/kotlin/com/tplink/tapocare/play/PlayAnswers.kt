/** What Google Play's billing library says, in the core's words. No class of that library is here: all of it runs in tests. */
package com.tplink.tapocare.play

import com.tplink.tapocare.IntentId
import com.tplink.tapocare.Price
import com.tplink.tapocare.ProductId
import com.tplink.tapocare.ReplacementMode
import com.tplink.tapocare.SignedPayload
import com.tplink.tapocare.StoreException
import com.tplink.tapocare.StoreProduct
import com.tplink.tapocare.StoreTransaction
import com.tplink.tapocare.TrialOffer
import java.util.Locale
import java.util.MissingResourceException

/** A purchase as the billing library hands it over. */
public data class PlayPurchase(
    /** The purchase token. */
    val token: String,
    /** Byte for byte as Play signed it: written anew it would not verify. */
    val originalJson: String,
    /** Base64. */
    val signature: String,
    /** Whether Play has been told. */
    val acknowledged: Boolean,
    /** `obfuscatedProfileId`: the intent it was bought for; none where it was bought outside the app. */
    val intent: IntentId?,
) {
    /** As the core takes it. Its token is its name. */
    public fun transaction(): StoreTransaction = StoreTransaction(token, SignedPayload.Play(originalJson, signature))
}

/** An offer of a subscription. */
public data class PlayOffer(
    /** What the sheet is opened with. */
    val token: String,
    /** A promotion's id; none for the base plan itself. */
    val promotion: String?,
    /** The amounts, one after the other; the last one recurs. */
    val phases: List<PlayPhase>,
)

/** One amount of an offer, for [cycles] periods; an amount that recurs until cancelled has none. */
public data class PlayPhase(
    /** As it must be shown, verbatim (U4). */
    val formattedPrice: String,
    /** Millionths of the currency's unit. */
    val micros: Long,
    /** ISO 4217. */
    val currency: String,
    /** ISO 8601. */
    val period: String,
    /** `billingCycleCount`. */
    val cycles: Int = 0,
)

/** The base plan's offer: what is sold here has one base plan, and a promotion is nobody's who did not choose it. */
public fun basePlan(offers: List<PlayOffer>): PlayOffer? = offers.firstOrNull { it.promotion == null }

/** The product at its recurring price; none where it has no base plan, and then it is not on sale. */
public fun product(id: ProductId, title: String, offers: List<PlayOffer>): StoreProduct? =
    basePlan(offers)?.phases?.lastOrNull()?.let {
        StoreProduct(id, title, it.formattedPrice, Price(it.micros, it.currency), it.period, trial(offers))
    }

/**
 * The free trial among the offers; Play lists only those that the account may have. None where its length is no single period:
 * what the core could not show it must not offer.
 */
public fun trial(offers: List<PlayOffer>): TrialOffer? =
    offers.firstNotNullOfOrNull { offer ->
        val free = offer.phases.firstOrNull()?.takeIf { it.micros == 0L }
        val length = free?.let { length(it.period, it.cycles) }
        offer.promotion?.let { id -> length?.let { TrialOffer(id, it) } }
    }

private fun length(period: String, cycles: Int): String? =
    Regex("P([0-9]+)([DWMY])").matchEntire(period)?.destructured?.let { (count, unit) ->
        "P${count.toLong() * maxOf(cycles, 1)}$unit"
    }

/** What the sheet is opened with: the trial that was chosen, by its id, or the base plan; none where Play has it no more. */
public fun toBeSold(offers: List<PlayOffer>, chosen: TrialOffer?): PlayOffer? =
    if (chosen == null) basePlan(offers) else offers.firstOrNull { it.promotion != null && it.promotion == chosen.id }

/** `BillingFlowParams.SubscriptionUpdateParams.ReplacementMode`, by its documented numbers. */
public fun replacementMode(mode: ReplacementMode): Int =
    when (mode) {
        ReplacementMode.CHARGE_PRORATED_PRICE -> 2
        ReplacementMode.DEFERRED -> 6
    }

/** The storefront as the core names it, alpha-3, from Play's alpha-2. One that Java does not know stays as it is. */
public fun storefront(country: String): String =
    try {
        Locale.Builder().setRegion(country).build().isO3Country
    } catch (_: MissingResourceException) {
        country
    }

/** `BillingResponseCode`, by its documented numbers. */
public object PlayCode {
    /** Done. */
    public const val OK: Int = 0

    /** The user closed the sheet. */
    public const val USER_CANCELED: Int = 1

    /** Acknowledging what is gone: nothing is left to do. */
    public const val ITEM_NOT_OWNED: Int = 8

    private val notNow = setOf(-3, -1, 2, 12)
    private val names =
        mapOf(
            -2 to "feature_not_supported",
            3 to "billing_unavailable",
            4 to "item_unavailable",
            5 to "developer_error",
            6 to "error",
            7 to "item_already_owned",
            8 to "item_not_owned",
        )

    /** What is thrown for a code that is not good: asking again may help, or the store says no by that name. */
    public fun failure(code: Int): StoreException =
        if (code in notNow) StoreException.Unavailable() else StoreException.Failed(names[code] ?: "play_$code")

    /** Throws unless the code is good. */
    public fun check(code: Int) {
        if (code != OK) throw failure(code)
    }
}
