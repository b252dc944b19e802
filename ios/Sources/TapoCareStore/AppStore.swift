// StoreKit 2 as the core's store. It passes on what StoreKit says and decides nothing.

import Foundation
import StoreKit
import TapoCare

#if os(macOS)
    import AppKit

    /// Where the sheet that asks for money back opens.
    public typealias RefundStage = NSViewController
#else
    import UIKit

    /// Where the sheet that asks for money back opens.
    public typealias RefundStage = UIWindowScene
#endif

/// The App Store on this phone, for `Ports.store`.
///
/// Transactions are handed over as Apple signed them, also where StoreKit doubts them: whether they are genuine, and
/// whose they are, is the core's question.
public final class AppStore: TapoCare.Store {
    private let stage: @MainActor @Sendable () -> RefundStage?

    /// Over what is in front: the sheet that asks for money back opens there.
    public init(stage: @escaping @MainActor @Sendable () -> RefundStage?) {
        self.stage = stage
    }

    /// Hands over what StoreKit tells unasked: renewals, approvals, purchases made outside the app. Begin it with the app,
    /// before anything else; it ends with its task.
    public func listen(for care: Care) async {
        for await update in Transaction.updates {
            // What could not be written down stays unfinished, and StoreKit tells it again.
            try? await care.onStoreTransactions([await handedOver(update)])
        }
    }

    public func storefront() async throws(StoreError) -> TapoCare.Storefront {
        guard let storefront = await StoreKit.Storefront.current else { throw .Unavailable }
        // Who the store account is to this app (X5), where StoreKit knows it already.
        let app = try? await AppTransaction.shared
        return TapoCare.Storefront(country: storefront.countryCode, appTransaction: app?.jwsRepresentation)
    }

    public func products(ids: [ProductId]) async throws(StoreError) -> [StoreProduct] {
        var sold: [StoreProduct] = []
        for found in try await asking({ try await Product.products(for: ids) }) {
            if let found = await product(found) { sold.append(found) }
        }
        return sold
    }

    public func buy(order: Order) async throws(StoreError) -> SheetResult {
        guard let tag = UUID(uuidString: order.tag) else { throw .Failed(code: "account_tag_is_no_uuid") }
        guard let product = try await asking({ try await Product.products(for: [order.product]) }).first else {
            throw .Failed(code: "product_unknown")
        }
        // The introductory offer goes without saying to whom Apple thinks eligible, unless the cloud denies it.
        if order.offer != nil, await trial(of: product) == nil { throw .Failed(code: "offer_unavailable") }
        var options: Set<Product.PurchaseOption> = [.appAccountToken(tag)]
        if let denied = order.offerDenied { options.insert(.introductoryOfferEligibility(compactJWS: denied)) }
        let chosen = options
        switch try await asking({ try await product.purchase(options: chosen) }) {
        case .success(let bought): return .success(await handedOver(bought))
        case .pending: return .pending
        case .userCancelled: return .cancelled
        // Not known to this version: a sweep finds what became of it.
        @unknown default: throw .Failed(code: "result_unknown")
        }
    }

    /// What an order replaces goes without saying here: StoreKit knows one subscription of a group, and its levels decide.
    public func requestRefund(id: TransactionId) async throws(StoreError) -> RefundSheet {
        guard let transaction = UInt64(id) else { throw .Failed(code: "transaction_is_no_number") }
        guard let stage = await stage() else { throw .Failed(code: "nothing_in_front") }
        switch try await asking({ try await Transaction.beginRefundRequest(for: transaction, in: stage) }) {
        case .success: return .requested
        case .userCancelled: return .cancelled
        @unknown default: throw .Failed(code: "result_unknown")
        }
    }

    public func unfinished() async throws(StoreError) -> [StoreTransaction] {
        var transactions: [StoreTransaction] = []
        for await transaction in Transaction.unfinished { transactions.append(await handedOver(transaction)) }
        return transactions
    }

    /// What is entitled now, then the newest transaction of every other product ever bought: `currentEntitlements` leaves
    /// out what is in billing retry, what ended and what was given back, and the core has to hear of those too.
    public func owned() async throws(StoreError) -> [StoreTransaction] {
        var transactions: [StoreTransaction] = []
        var seen: Set<ProductId> = []
        for await entitled in Transaction.currentEntitlements {
            seen.insert(entitled.unsafePayloadValue.productID)
            transactions.append(await handedOver(entitled))
        }
        for await old in Transaction.all where seen.insert(old.unsafePayloadValue.productID).inserted {
            guard let newest = await Transaction.latest(for: old.unsafePayloadValue.productID) else { continue }
            transactions.append(await handedOver(newest))
        }
        return transactions
    }

    public func finish(id: TransactionId) async throws(StoreError) {
        for await transaction in Transaction.unfinished where String(transaction.unsafePayloadValue.id) == id {
            await transaction.unsafePayloadValue.finish()
        }
    }
}

/// The signed bytes, with the renewal's where StoreKit has them.
private func handedOver(_ signed: VerificationResult<Transaction>) async -> StoreTransaction {
    let transaction = signed.unsafePayloadValue
    let renewal = await transaction.subscriptionStatus?.renewalInfo.jwsRepresentation
    return StoreTransaction(
        id: String(transaction.id), signed: .appStore(transaction: signed.jwsRepresentation, renewal: renewal))
}

/// In the store's own words; `nil` for what is no subscription.
private func product(_ product: Product) async -> StoreProduct? {
    guard let period = product.subscription?.subscriptionPeriod, let period = iso8601(period) else { return nil }
    let micros = NSDecimalNumber(decimal: product.price * 1_000_000).int64Value
    return StoreProduct(
        id: product.id,
        title: product.displayName,
        displayPrice: product.displayPrice,
        price: Price(micros: micros, currency: product.priceFormatStyle.currencyCode),
        period: period,
        trial: await trial(of: product))
}

/// The free trial that Apple would give this store account with it; `nil` where it has had one, or the product has none.
private func trial(of product: Product) async -> TrialOffer? {
    guard let subscription = product.subscription, let offer = subscription.introductoryOffer,
        offer.paymentMode == .freeTrial, await subscription.isEligibleForIntroOffer,
        let length = iso8601(offer.period, times: offer.periodCount)
    else { return nil }
    return TrialOffer(id: nil, length: length)
}

private func iso8601(_ period: Product.SubscriptionPeriod, times count: Int = 1) -> String? {
    let value = period.value * count
    return switch period.unit {
    case .day: "P\(value)D"
    case .week: "P\(value)W"
    case .month: "P\(value)M"
    case .year: "P\(value)Y"
    @unknown default: nil
    }
}

/// A call of StoreKit, its errors in the core's words.
private func asking<Answer>(_ call: () async throws -> Answer) async throws(StoreError) -> Answer {
    do {
        return try await call()
    } catch let error as Product.PurchaseError {
        throw .Failed(code: "\(error)")
    } catch StoreKitError.notAvailableInStorefront {
        throw .Failed(code: "notAvailableInStorefront")
    } catch StoreKitError.notEntitled {
        throw .Failed(code: "notEntitled")
    } catch {
        // No network, a system that is busy, a task the core gave up on: asking again may help.
        throw .Unavailable
    }
}
