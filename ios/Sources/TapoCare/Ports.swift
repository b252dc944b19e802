// What a shell provides, with the errors it may answer with in its signature.
//
// Each port narrows the generated protocol of the same name: whoever conforms to it cannot throw what the core does not
// know. A class or an actor can be one; the core calls from its own threads.

import TapoCareFFI

/// The store on this phone: StoreKit 2 behind a few calls. It shows the sheet and decides nothing.
///
/// Every call but `buy` has a deadline in the core, after which its task is cancelled.
public protocol Store: TapoCareFFI.Store {
    /// The storefront the user buys in.
    func storefront() async throws(StoreError) -> Storefront

    /// The store's own words and prices for these products; unknown ones are left out.
    func products(ids: [ProductId]) async throws(StoreError) -> [StoreProduct]

    /// Opens the payment sheet and returns when the user has left it. The core never repeats it by itself.
    func buy(order: Order) async throws(StoreError) -> SheetResult

    /// Every transaction not yet finished: the backstop for anything lost.
    func unfinished() async throws(StoreError) -> [StoreTransaction]

    /// The newest transaction of each subscription of the store account, finished or not, in billing retry too.
    func owned() async throws(StoreError) -> [StoreTransaction]

    /// Finishes a transaction; an unknown id, or one that is done, is no error.
    func finish(id: TransactionId) async throws(StoreError)

    /// Opens the sheet for asking the money of that transaction back, and returns when the user has left it.
    func requestRefund(id: TransactionId) async throws(StoreError) -> RefundSheet
}

/// A small place that survives reinstalling the databases: the Keychain. Called from the core's disk thread; may block it.
public protocol Vault: TapoCareFFI.Vault {
    /// The value under `key`, or `nil` where there is none. `VaultError.Unavailable` before the first unlock.
    func read(key: String) throws(VaultError) -> String?

    /// Writes durably.
    func write(key: String, value: String) throws(VaultError)
}

/// Who speaks for a TP-Link ID. Tokens pass through the core and are never stored or logged.
public protocol Session: TapoCareFFI.Session {
    /// A bearer token for `account`; a new one where `fresh`, because the last was refused.
    func token(account: AccountId, fresh: Bool) async throws(SessionError) -> String
}

/// The phone's clocks, read in one go. Called often, from any thread; must not block.
public protocol Clock: TapoCareFFI.Clock {
    /// All clocks in one instant. Where it throws the time is unknown: nothing is covered by it, and nothing expires.
    func read() throws(PortError) -> ClockReading
}

/// Where the core says what it does: step names, never a token, receipt or e-mail.
public protocol Log: TapoCareFFI.Log {
    /// Takes one line. Called from any thread; must not call back into the core.
    func line(line: LogLine)
}
