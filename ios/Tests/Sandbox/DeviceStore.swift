// The store on a phone in a world: StoreKit or Play Billing, played by the sandbox's device API.

import Foundation
import TapoCare

/// A store, and the person in front of its sheet.
public final class DeviceStore: Store {
    public enum Call: Sendable {
        case storefront, products, buy, unfinished, owned, finish, requestRefund
    }

    public typealias Before = @Sendable () async throws(StoreError) -> Void

    private struct State: Sendable {
        var sheet = "pay"
        var sheets = 0
        var before: [Call: Before] = [:]
        var mayClose: Signal?
    }

    private let root: String
    private let kind: StoreKind
    private let state = Locked(State())
    /// Given when the first sheet opens.
    public let sheetOpened = Signal()

    init(_ world: World, _ kind: StoreKind) {
        self.kind = kind
        root = "\(world.trust["device_url"].text)/phone/\(kind == .play ? "play" : "app-store")"
    }

    /// How many sheets were opened.
    public var sheets: Int {
        state.with { $0.sheets }
    }

    /// What the person does with the sheet: `pay`, `cancel`, `pending`, `fail`.
    public func answerSheets(_ how: String) {
        state.with { $0.sheet = how }
    }

    /// Sheets stay open until that is given.
    public func holdSheets(until mayClose: Signal) {
        state.with { $0.mayClose = mayClose }
    }

    /// What happens before a call is answered.
    public func before(_ calls: Call..., do this: Before?) {
        state.with { state in calls.forEach { state.before[$0] = this } }
    }

    public func storefront() async throws(StoreError) -> Storefront {
        let said = try await ask(.storefront, "GET", "storefront")
        // Google Play does not say who its account is.
        return Storefront(country: said["country"].text, appTransaction: said["app_transaction"].optionalText)
    }

    public func products(ids: [ProductId]) async throws(StoreError) -> [StoreProduct] {
        try await ask(.products, "POST", "products", ["ids": .list(ids.map(JSON.text))])["products"].list.map {
            StoreProduct(
                id: $0["id"].text,
                title: $0["title"].text,
                displayPrice: $0["display_price"].text,
                price: Price(micros: $0["price_micros"].number, currency: $0["currency"].text),
                period: $0["period"].text,
                trial: trial(of: $0))
        }
    }

    /// The free trial that the store has for this account.
    private func trial(of product: JSON) -> TrialOffer? {
        switch kind {
        case .appStore:
            let offer = product["introductory_offer"]
            guard offer != .null, offer["eligible"].bool else { return nil }
            return TrialOffer(id: nil, length: offer["period"].text)
        case .play:
            let plan = product["base_plans"].list[0]
            let free = plan["offers"].list.first { $0["phase"].text == "freeTrial" && $0["periods"].number == 1 }
            return free.map { TrialOffer(id: $0["id"].text, length: plan["period"].text) }
        }
    }

    public func buy(order: Order) async throws(StoreError) -> SheetResult {
        let mayClose = state.with { state in
            state.sheets += 1
            return state.mayClose
        }
        sheetOpened.give()
        // A task of its own: whoever stands before an open sheet is not sent away when nobody waits for it any more.
        await Task { await mayClose?.wait() }.value
        var body: [String: JSON] = ["product": .text(order.product), "sheet": .text(state.with { $0.sheet })]
        switch kind {
        case .appStore:
            body["app_account_token"] = .text(order.tag)
            if let denied = order.offerDenied { body["introductory_offer_eligibility"] = .text(denied) }
        case .play:
            body["obfuscated_account_id"] = .text(order.tag)
            body["obfuscated_profile_id"] = .text(order.intent)
            if let offer = order.offer?.id { body["offer"] = .text(offer) }
            if let old = order.replaces {
                body["replaces"] = .text(old.transaction)
                body["replacement_mode"] = .text(old.mode == .deferred ? "deferred" : "charge_prorated_price")
            }
        }
        let said = try await ask(.buy, "POST", "buy", .object(body))
        switch (said["result"].text, kind) {
        case ("success", .appStore): return .success(transaction(said["transaction"]))
        // A purchase that waits for its payment is a purchase already: its token is its name.
        case ("success", .play), ("pending", .play): return .success(purchase(said["purchase"]))
        case ("pending", .appStore): return .pending
        case ("cancelled", _): return .cancelled
        default: throw .Failed(code: said["code"].text)
        }
    }

    public func unfinished() async throws(StoreError) -> [StoreTransaction] {
        switch kind {
        case .appStore:
            try await ask(.unfinished, "GET", "unfinished")["transactions"].list.map(transaction)
        case .play:
            try await ask(.unfinished, "GET", "purchases")["purchases"].list
                .filter { !$0["acknowledged"].bool }.map(purchase)
        }
    }

    public func owned() async throws(StoreError) -> [StoreTransaction] {
        switch kind {
        case .appStore: try await ask(.owned, "GET", "owned")["transactions"].list.map(transaction)
        case .play: try await ask(.owned, "GET", "purchases")["purchases"].list.map(purchase)
        }
    }

    public func finish(id: TransactionId) async throws(StoreError) {
        switch kind {
        case .appStore: _ = try await ask(.finish, "POST", "finish", ["id": .text(id)])
        case .play: _ = try await ask(.finish, "POST", "acknowledge", ["token": .text(id)])
        }
    }

    public func requestRefund(id: TransactionId) async throws(StoreError) -> RefundSheet {
        guard kind == .appStore else { throw .Failed(code: "not_at_play") }
        switch try await ask(.requestRefund, "POST", "refund-request", ["id": .text(id)])["result"].text {
        case "requested": return .requested
        case "cancelled": return .cancelled
        default: throw .Failed(code: "refund_refused")
        }
    }

    private func ask(
        _ call: Call, _ method: String, _ path: String, _ body: JSON? = nil
    ) async throws(StoreError) -> JSON {
        try await state.with { $0.before[call] }?()
        do {
            return try await CareSandbox.ask(method, "\(root)/\(path)", body)
        } catch {
            throw .Unavailable
        }
    }
}

/// What the App Store signed, as it is handed over.
public func transaction(_ said: JSON) -> StoreTransaction {
    StoreTransaction(
        id: said["id"].text,
        signed: .appStore(
            transaction: said["signed_transaction"].text, renewal: said["signed_renewal_info"].optionalText))
}

/// What Google Play signed, as it is handed over: byte for byte, or it would not verify.
public func purchase(_ said: JSON) -> StoreTransaction {
    StoreTransaction(
        id: said["token"].text,
        signed: .play(originalJson: said["original_json"].text, signature: said["signature"].text))
}
