// `Care`: Tapo Care in the app. Where to start: `Care.open`.

@_exported import TapoCareFFI

/// The open core. Every method may be called from any thread or actor, and none blocks the one it is called on.
///
/// Everything a screen shows comes from `snapshot()` and `changes`; everything it must react to from `outcomes`. A call
/// about money goes on when its task is cancelled, and its result is still returned: cancelling a task never tears a
/// purchase. End the core with `shutdown()`; letting go of it ends nothing.
public final class Care: Sendable {
    private let core: TapoCareFFI.Care

    /// Over what the boundary opened.
    package init(_ core: TapoCareFFI.Care) {
        self.core = core
    }

    /// Opens the core over a folder: shows what the cache holds and goes on with what is due. Nothing is awaited from the
    /// network.
    ///
    /// - Throws: `.busy` where another process has the folder; `.storage` where it cannot be used, and then nothing is
    ///   touched; `.refused` for an insecure address or unusable trust; `.bug` named `library_mismatch` where the linked
    ///   library is not the one these bindings were generated from.
    public static func open(_ config: Config, ports: Ports) async throws(CareError) -> Care {
        try await open { try await openCare(config: config, ports: ports) }
    }

    /// Opens by that call, once the library is known to be the right one.
    package static func open(
        by call: () async throws -> TapoCareFFI.Care
    ) async throws(CareError) -> Care {
        try Library.check()
        return Care(try await CareError.told(by: "open", call))
    }

    /// The last state as a snapshot, read from the folder while the app may run and write: for a widget, a notification
    /// extension. Asks nobody and writes nothing. What cannot be read now is shown as not loaded.
    ///
    /// - Throws: `.storage` where the folder was written by a newer version; `.bug` as `open(_:ports:)`.
    public static func peek(
        _ config: Config, vault: any Vault, clock: any TapoCareFFI.Clock
    ) async throws(CareError) -> Snapshot {
        try await peek { try await peekCare(config: config, vault: vault, clock: clock) }
    }

    /// Peeks by that call, once the library is known to be the right one.
    package static func peek(by call: () async throws -> Snapshot) async throws(CareError) -> Snapshot {
        try Library.check()
        return try await CareError.told(by: "peek", call)
    }

    /// Everything a screen shows, now. Reads memory only.
    public func snapshot() -> Snapshot {
        core.snapshot()
    }

    /// Snapshots as they change, the current one first.
    public var changes: Changes {
        Changes(core: core)
    }

    /// How purchases ended, each again and again until it is handled.
    public var outcomes: Outcomes {
        Outcomes(core: core)
    }

    /// Remembers durably that an outcome was handled: it does not come again. Twice is harmless.
    ///
    /// - Throws: `.storage`; then it comes again.
    public func handled(_ outcome: Outcome) async throws(CareError) {
        try await CareError.told(by: "handled") { try await core.outcomes().handled(id: outcome.id) }
    }

    /// Signs an account in. What the cache holds of it is shown at once; the cloud is asked in the background.
    ///
    /// - Throws: `.storage` where it cannot be remembered.
    public func signIn(_ account: AccountId) async throws(CareError) {
        try await CareError.told(by: "sign_in") { try await core.signIn(account: account) }
    }

    /// Signs out. Purchases in flight go on for the account that began them; nothing of it is shown.
    ///
    /// - Throws: As `signIn(_:)`.
    public func signOut() async throws(CareError) {
        try await CareError.told(by: "sign_out") { try await core.signOut() }
    }

    /// The plans on sale in this storefront, by number of cameras, with the store's own prices (R6, R7, U1–U4),
    /// and its free trial where there is one (X12).
    ///
    /// - Throws: `.tryAgain` where the store does not answer, or the cloud neither does nor ever did.
    public func plans() async throws(CareError) -> PlansOnSale {
        try await CareError.told(by: "plans") { try await core.plans() }
    }

    /// Begins a purchase (R5–R9): checks every rule, asks the cloud and the store, opens the sheet, and returns the
    /// intent. How it ends comes through `outcomes`.
    ///
    /// - Throws: Every refusal before the sheet, with nothing charged: `.refused` where the slot is taken (R2, R3, X5,
    ///   X10), `.confirmationNeeded` (X17), `.tryAgain` where cloud or store do not answer.
    @discardableResult
    public func subscribe(_ request: SubscribeRequest) async throws(CareError) -> IntentId {
        try await CareError.told(by: "subscribe") { try await core.subscribe(request: request) }
    }

    /// Begins a change of plan: a larger one at once, any other when the paid period is over. How it ends comes through
    /// `outcomes`.
    ///
    /// - Throws: Every refusal before the sheet, with nothing charged: `.refused` where the plan is billed elsewhere, is not
    ///   active or is this one already, `.confirmationNeeded` (X17), `.tryAgain` where cloud or store do not answer.
    @discardableResult
    public func changePlan(_ request: ChangePlanRequest) async throws(CareError) -> IntentId {
        try await CareError.told(by: "change_plan") { try await core.changePlan(request: request) }
    }

    /// Gives one of two plans back that were both paid (X16): the newer, or the one that the request names. The App Store
    /// opens its own sheet, and Apple decides later.
    ///
    /// - Throws: `.confirmationNeeded` first: call again with its token. `.refused` where nothing is paid twice or the
    ///   purchase is not on this phone's store account, `.tryAgain`, `.signIn`.
    @discardableResult
    public func returnDoublePayment(_ request: ReturnRequest = ReturnRequest()) async throws(CareError) -> Returned {
        try await CareError.told(by: "return_double_payment") {
            try await core.returnDoublePayment(request: request)
        }
    }

    /// Selects the whole set of cameras for a subscription (R16–R20).
    ///
    /// - Throws: `.refused` with the remedy, `.tryAgain`, `.signIn`; nothing changed.
    public func selectCameras(_ cameras: [CameraId], for subscription: SubscriptionId) async throws(CareError) {
        try await CareError.told(by: "select_cameras") {
            try await core.selectCameras(subscription: subscription, cameras: cameras)
        }
    }

    /// Opens the picker for a subscription, to choose its cameras anew (R19). It stays open over restarts until the
    /// selection is made or it is closed.
    ///
    /// - Throws: `.refused` where the plan takes no selection now, `.signIn`, `.storage`.
    public func openPicker(for subscription: SubscriptionId) async throws(CareError) {
        try await CareError.told(by: "open_picker") { try await core.openPicker(subscription: subscription) }
    }

    /// Remembers what is ticked in the picker before it is sent, so that an app that dies loses nothing. Asks nobody.
    ///
    /// - Throws: `.refused` where the plan could not take that set (R18, R20), `.signIn`, `.storage`.
    public func tickCameras(_ cameras: [CameraId], for subscription: SubscriptionId) async throws(CareError) {
        try await CareError.told(by: "tick_cameras") {
            try await core.tickCameras(subscription: subscription, cameras: cameras)
        }
    }

    /// Closes the picker that is open. A plan without any selection asks again at the next start (R16); nothing else does.
    ///
    /// - Throws: `.signIn`, `.storage`.
    public func closePicker() async throws(CareError) {
        try await CareError.told(by: "close_picker") { try await core.closePicker() }
    }

    /// Cancels a camera's free trial: it ends now, for good, and never starts again (T3, R63, R64).
    ///
    /// - Throws: `.confirmationNeeded` first: call again with its token. `.refused` where nothing runs, `.tryAgain`,
    ///   `.signIn`; nothing changed.
    public func cancelTrial(_ camera: CameraId, confirmed: String? = nil) async throws(CareError) {
        try await CareError.told(by: "cancel_trial") {
            try await core.cancelTrial(camera: camera, confirmed: confirmed)
        }
    }

    /// Closes a camera's banner for good, also over restarts (U16).
    ///
    /// - Throws: `.signIn`, `.storage`; then it stays closed until the app ends.
    public func closeBanner(_ camera: CameraId) async throws(CareError) {
        try await CareError.told(by: "close_banner") { try await core.closeBanner(camera: camera) }
    }

    /// Which plan, trial or free plan covers a camera, or each reason why not. Reads memory only.
    ///
    /// - Throws: `.refused` where the account has no such camera, as far as is known.
    public func explain(_ camera: CameraId) async throws(CareError) -> Explanation {
        try await CareError.told(by: "explain") { try core.explain(camera: camera) }
    }

    /// Starts a camera's free trial (T1). It never charges and ends by itself.
    ///
    /// - Throws: `.refused` with the reason, `.tryAgain`, `.signIn`; nothing changed.
    public func startTrial(_ camera: CameraId) async throws(CareError) {
        try await CareError.told(by: "start_trial") { try await core.startTrial(camera: camera) }
    }

    /// Asks the cloud for the account's state, and wakes whatever waits to try again.
    ///
    /// - Throws: `.tryAgain`, `.signIn`; what was known stays, marked stale.
    public func refresh() async throws(CareError) {
        try await CareError.told(by: "refresh") { try await core.refresh() }
    }

    /// Looks at the store account and asks the cloud again about everything it has not granted. Only on the user's word
    /// (U6).
    ///
    /// - Throws: `.confirmationNeeded` where a purchase without an account is to be bound to this one (X11): call again
    ///   with its token. `.tryAgain` where the store does not answer, `.signIn` where nobody is signed in.
    @discardableResult
    public func restore(confirmed: String? = nil) async throws(CareError) -> Restored {
        try await CareError.told(by: "restore") { try await core.restore(confirmed: confirmed) }
    }

    /// Stops waiting for the approval of a purchase (Ask to Buy): the slot is free and the plan may be asked for again. Its
    /// end, `.notApproved`, comes through `outcomes`. Without this call it ends by itself 24 hours after it was asked for.
    /// An approval that comes all the same is granted. Dismissing twice is harmless.
    ///
    /// - Throws: `.refused` where this account has no such wish, it is not pending (its money is in the error), or the
    ///   store shows the payment it waits for and will tell how that ends; `.signIn`, `.storage`.
    public func dismissPending(_ intent: IntentId) async throws(CareError) {
        try await CareError.told(by: "dismiss_pending") { try await core.dismissPending(intent: intent) }
    }

    /// What this phone's store showed and what verification made of it. Another account's transactions are left out.
    public func receipts() -> [ReceiptRow] {
        core.receipts()
    }

    /// Takes in what the store hands over unasked: renewals, approvals, purchases made outside the app. Returns once each
    /// is written down; verification, grant and finish follow by themselves.
    ///
    /// - Throws: `.storage` where it cannot be written; the store will hand it over again.
    public func onStoreTransactions(_ transactions: [StoreTransaction]) async throws(CareError) {
        try await CareError.told(by: "on_store_transactions") {
            try await core.onStoreTransactions(transactions: transactions)
        }
    }

    /// Looks at the store account, posts and finishes what is due, asks for the account's state, and returns when all is
    /// quiet or the deadline is over. For start, foreground and background tasks. What is not done goes on later.
    ///
    /// - Throws: `.tryAgain` where the store does not answer, `.storage` where nothing can be written.
    public func sweep(deadline: Duration = .seconds(20)) async throws(CareError) {
        try await CareError.told(by: "sweep") { try await core.sweep(deadlineMs: deadline.inMilliseconds) }
    }

    /// What an app calls when it comes to the front, and from its background task: as ``sweep(deadline:)``, but the cloud is
    /// asked for the account only where its answer is too old for the occasion, five minutes or 25 hours. Gives when the next
    /// background task is worth its power; the slot is this installation's own.
    ///
    /// - Throws: `.tryAgain` where the store does not answer, `.storage` where nothing can be written.
    @discardableResult
    public func freshen(
        _ occasion: Occasion, deadline: Duration = .seconds(20)
    ) async throws(CareError) -> Timestamp? {
        try await CareError.told(by: "freshen") {
            try await core.freshen(occasion: occasion, deadlineMs: deadline.inMilliseconds)
        }
    }

    /// Removes everything of the signed-in account from this phone and signs it out, before the app deletes the TP-Link ID.
    /// What is paid and not settled stays sealed until it is.
    ///
    /// - Throws: `.confirmationNeeded` first, with what still bills, where that is cancelled, and what is not settled (X18):
    ///   call again with its token. `.tryAgain` where the cloud cannot say what bills; nothing is erased then.
    public func eraseAccount(confirmed: String? = nil) async throws(CareError) {
        try await CareError.told(by: "erase_account") { try await core.eraseAccount(confirmed: confirmed) }
    }

    /// Puts the core to sleep: waits for a write in progress, closes both databases and gives the folder back. A
    /// transaction that comes meanwhile is still written down.
    ///
    /// - Throws: `.storage` where the disk is gone.
    public func suspend() async throws(CareError) {
        try await CareError.told(by: "suspend") { try await core.suspend() }
    }

    /// Wakes the core: claims the folder and goes on with what is due.
    ///
    /// - Throws: As `open(_:ports:)`.
    public func resume() async throws(CareError) {
        try await CareError.told(by: "resume") { try await core.resume() }
    }

    /// Ends the core: `changes` and `outcomes` end, nothing new starts, the folder is free. What was begun is found again
    /// at the next `open`. Twice is harmless.
    public func shutdown() async {
        await core.shutdown()
    }
}

extension Duration {
    /// As the core takes a deadline: milliseconds, and no more than fit.
    fileprivate var inMilliseconds: UInt32 {
        UInt32(min(max(self / .milliseconds(1), 0), Double(UInt32.max)))
    }
}
