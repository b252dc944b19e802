/** [TapoCare]: the core for coroutines. It decides nothing; what it adds is Kotlin's own flows, results and ends. */
package com.tplink.tapocare

import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext
import kotlin.time.Duration

/**
 * Tapo Care in the app. Every member may be called from any thread and none blocks it: each returns at once or suspends.
 *
 * A call about money goes on when its coroutine is cancelled; a call that only reads ends with it. Everything a screen shows
 * comes from [changes], and everything it must react to from [outcomes]. It ends with [close] or [use].
 *
 * Callers go on where their dispatcher says. `Dispatchers.Unconfined` says: on one of the core's two threads; block there, and
 * the core waits.
 */
public class TapoCare internal constructor(private val care: Care) {
    /** The last snapshot, once closed. */
    @Volatile
    private var last: Snapshot? = null
    private val closing = Mutex()

    /** Counts what may bring another outcome to the front. */
    private val turn = MutableStateFlow(0)

    /**
     * Snapshots as they change, the current one first; what changed while nobody asked is one change. Every collector reads
     * for itself. Ends when the core is closed.
     */
    public val changes: Flow<Snapshot> = flow {
        pulled({ care.changes() }, Changes::end) { changes ->
            while (true) emit(changes.next() ?: break)
        }
    }

    /**
     * How purchases of the signed-in account ended, in order. One stays the first until [handled] is told of it: every new
     * collector sees it again, and after a restart too. Ends when the core is closed.
     */
    public val outcomes: Flow<Outcome> = flow {
        pulled({ care.outcomes() }, Outcomes::end) { outcomes ->
            var shown: String? = null
            while (true) {
                val before = turn.value
                val outcome = outcomes.next() ?: break
                if (outcome.id == shown) {
                    turn.first { it != before }
                } else {
                    shown = outcome.id
                    emit(outcome)
                }
            }
        }
    }

    /** Everything a screen shows, now: [changes] without waiting. After [close] the last one. */
    public fun snapshot(): Snapshot = last ?: unlessClosed({ care.snapshot() }, { checkNotNull(last) })

    /** What this phone's store showed and what verification made of it. After [close] nothing. */
    public fun receipts(): List<ReceiptRow> = unlessClosed({ care.receipts() }, { emptyList() })

    /** Remembers durably that an outcome was handled: the next one comes. Where it fails the same one comes again. */
    public suspend fun handled(outcome: Outcome): CareResult<Unit> =
        turning("handled") { it.outcomes().closing { outcomes -> outcomes.handled(outcome.id) } }

    /** Signs an account in. What is known of it is shown at once; the cloud is asked in the background. */
    public suspend fun signIn(account: AccountId): CareResult<Unit> = turning("sign_in") { it.signIn(account) }

    /** Signs out and removes what can be read of the account. Purchases in flight go on for it; nothing of them is shown. */
    public suspend fun signOut(): CareResult<Unit> = turning("sign_out") { it.signOut() }

    /**
     * The plans on sale in this storefront, by number of cameras, with the store's own prices (R6, R7, U1–U4), and its free
     * trial where there is one (X12).
     */
    public suspend fun plans(): CareResult<PlansOnSale> = asking("plans") { it.plans() }

    /**
     * Begins a purchase (R5–R9): checks every rule, asks the cloud and the store, opens the sheet, and returns the intent. How
     * it ends comes through [outcomes]. Every refusal comes before the sheet, with nothing charged. Cancelling the caller does
     * not stop it: whether the sheet opened is then seen in [changes].
     */
    public suspend fun subscribe(request: SubscribeRequest): CareResult<IntentId> =
        asking("subscribe") { it.subscribe(request) }

    /**
     * Begins a change of plan: a larger one at once, any other when the paid period is over. It goes on as [subscribe] does, and
     * every refusal comes before the sheet, with nothing charged.
     */
    public suspend fun changePlan(request: ChangePlanRequest): CareResult<IntentId> =
        asking("change_plan") { it.changePlan(request) }

    /**
     * Gives one of two plans back that were both paid (X16): the newer, or the one that [request] names. It asks for a yes first:
     * call again with that token. Google Play pays back at once.
     */
    public suspend fun returnDoublePayment(request: ReturnRequest = ReturnRequest()): CareResult<Returned> =
        asking("return_double_payment") { it.returnDoublePayment(request) }

    /**
     * Selects the whole set of cameras for a subscription (R16–R20). Where it is not done, nothing changed; where something
     * changed elsewhere meanwhile, the picker opens with both choices merged.
     */
    public suspend fun selectCameras(subscription: SubscriptionId, cameras: List<CameraId>): CareResult<Unit> =
        asking("select_cameras") { it.selectCameras(subscription, cameras) }

    /** Opens the picker for a subscription (R19). It stays open over restarts until a selection is made or it is closed. */
    public suspend fun openPicker(subscription: SubscriptionId): CareResult<Unit> =
        asking("open_picker") { it.openPicker(subscription) }

    /** Remembers what is ticked in the picker before it is sent, so that an app that dies loses nothing. Asks nobody. */
    public suspend fun tickCameras(subscription: SubscriptionId, cameras: List<CameraId>): CareResult<Unit> =
        asking("tick_cameras") { it.tickCameras(subscription, cameras) }

    /** Closes the picker that is open. A plan without any selection asks again at the next start (R16); nothing else does. */
    public suspend fun closePicker(): CareResult<Unit> = asking("close_picker") { it.closePicker() }

    /** Starts a camera's free trial (T1). It never charges and ends by itself. */
    public suspend fun startTrial(camera: CameraId): CareResult<Unit> = asking("start_trial") { it.startTrial(camera) }

    /**
     * Cancels a camera's free trial: it ends now, for good, and never starts again (T3, R64). Asks for a yes first: call again
     * with that token.
     */
    public suspend fun cancelTrial(camera: CameraId, confirmation: String? = null): CareResult<Unit> =
        asking("cancel_trial") { it.cancelTrial(camera, confirmation) }

    /** Closes a camera's banner for good, also over restarts (U16). */
    public suspend fun closeBanner(camera: CameraId): CareResult<Unit> = asking("close_banner") { it.closeBanner(camera) }

    /** Which plan, trial or free plan covers a camera, or each reason why not. Reads memory only. */
    public fun explain(camera: CameraId): CareResult<Explanation> = asking("explain") { it.explain(camera) }

    /** Asks the cloud for the account's state. Where that fails, what was known stays, marked stale. */
    public suspend fun refresh(): CareResult<Unit> = asking("refresh") { it.refresh() }

    /**
     * Looks at the store account and asks the cloud again about everything it has not granted. Only on the user's word (U6).
     * Where a purchase without an account is to be bound (X11) it asks for a yes: call again with that token.
     */
    public suspend fun restore(confirmation: String? = null): CareResult<Restored> =
        asking("restore") { it.restore(confirmation) }

    /**
     * Stops waiting for the approval of a purchase (Ask to Buy): the slot is free and the plan may be asked for again. Its end,
     * `NOT_APPROVED`, comes through [outcomes]. Without this call it ends by itself 24 hours after it was asked for. An approval
     * that comes all the same is granted. Dismissing twice is harmless.
     */
    public suspend fun dismissPending(intent: IntentId): CareResult<Unit> =
        asking("dismiss_pending") { it.dismissPending(intent) }

    /** Takes in what the store hands over unasked. Returns once each is written down; the rest follows by itself. */
    public suspend fun onStoreTransactions(transactions: List<StoreTransaction>): CareResult<Unit> =
        asking("on_store_transactions") { it.onStoreTransactions(transactions) }

    /** Looks at the store account, posts and finishes what is due, and returns when all is quiet or [deadline] is over. */
    public suspend fun sweep(deadline: Duration): CareResult<Unit> = asking("sweep") { it.sweep(deadline.forCore()) }

    /**
     * What an app calls when it comes to the front, and from its background work: as [sweep], but the cloud is asked for the
     * account only where its answer is too old for the occasion, five minutes or 25 hours. Gives when the next background
     * work is worth its power; the slot is this installation's own.
     */
    public suspend fun freshen(occasion: Occasion, deadline: Duration): CareResult<Timestamp?> =
        asking("freshen") { it.freshen(occasion, deadline.forCore()) }

    /**
     * Removes everything of the signed-in account from this phone and signs it out, before the app deletes the TP-Link ID. It
     * asks for a yes first, with what still bills, where that is cancelled, and what is not settled (X18): call again with
     * that token.
     */
    public suspend fun eraseAccount(confirmation: String? = null): CareResult<Unit> =
        asking("erase_account") { it.eraseAccount(confirmation) }

    /** Puts the core to sleep for a phone that may end the app: both databases closed, the folder given back. */
    public suspend fun suspend(): CareResult<Unit> = asking("suspend") { it.suspend() }

    /** Wakes the core: claims the folder again and goes on with what is due. */
    public suspend fun resume(): CareResult<Unit> = asking("resume") { it.resume() }

    /**
     * Ends the core and returns once the folder is free: [changes] and [outcomes] end, nothing new starts, every later call is
     * [CareResult.Busy] with the name `closed`. What was begun is found again at the next open. Closing twice is harmless, and
     * a caller that is cancelled waits for it all the same.
     */
    public suspend fun close(): Unit =
        withContext(NonCancellable) {
            closing.withLock {
                if (!care.uniffiIsDestroyed) {
                    care.shutdown()
                    last = care.snapshot()
                    // Gives the core's memory back, and with it the shell's ports.
                    care.close()
                }
            }
            turn.update { it + 1 }
        }

    /** Hands the core to [block] and closes it behind that, also where it throws or is cancelled. */
    public suspend fun <T> use(block: suspend (TapoCare) -> T): T =
        try {
            block(this)
        } finally {
            close()
        }

    private inline fun <T> asking(operation: String, call: (Care) -> T): CareResult<T> =
        unlessClosed({ resultOf(operation) { call(care) } }, { CareResult.Busy(problem(operation, "closed")) })

    /** A call after which another outcome may be the first. */
    private inline fun <T> turning(operation: String, call: (Care) -> T): CareResult<T> =
        try {
            asking(operation, call)
        } finally {
            turn.update { it + 1 }
        }

    /** Reads a stream of the core, if there still is one, and ends it also where the collector goes away. */
    private inline fun <S : AutoCloseable> pulled(open: () -> S, end: (S) -> Unit, read: (S) -> Unit) {
        val stream = unlessClosed(open) { null } ?: return
        stream.closing {
            try {
                read(stream)
            } finally {
                end(stream)
            }
        }
    }

    private inline fun <T> unlessClosed(call: () -> T, closed: () -> T): T =
        try {
            call()
        } catch (error: IllegalStateException) {
            // How UniFFI says that the handle is given up. A cancellation is an IllegalStateException too.
            if (!care.uniffiIsDestroyed || error is CancellationException) throw error
            closed()
        }

    public companion object {
        /**
         * Loads the library and opens the core over a folder: claims it, folds the journal, shows what the cache holds, and goes
         * on with what is due. Nothing is awaited from the network.
         *
         * [CareResult.Busy] where another process has the folder, [CareResult.Storage] where it cannot be used or comes from a
         * newer version, [CareResult.Refused] for an insecure address or unusable trust. Where the caller is cancelled the folder
         * is free again.
         *
         * @throws CareLibraryException where the app was put together wrongly.
         */
        public suspend fun open(config: Config, ports: Ports): CareResult<TapoCare> =
            opened(ports) { guarded -> openCare(config, guarded) }

        /**
         * The last state as a snapshot, read from the folder while the app may run and write: for a widget, a notification, a
         * second process. Asks nobody and writes nothing. What cannot be read now is shown as not loaded.
         *
         * [CareResult.Storage] where the folder was written by a newer version.
         *
         * @throws CareLibraryException where the app was put together wrongly.
         */
        public suspend fun peek(config: Config, vault: Vault, clock: Clock): CareResult<Snapshot> =
            peeked(vault, clock) { guardedVault, guardedClock -> peekCare(config, guardedVault, guardedClock) }

        /** As [peek], over what [call] reads. */
        internal suspend fun peeked(
            vault: Vault,
            clock: Clock,
            call: suspend (Vault, Clock) -> Snapshot,
        ): CareResult<Snapshot> {
            withContext(Dispatchers.IO) { CareLibrary.load() }
            return resultOf("peek") { call(vault.guarded(), clock.guarded()) }
        }

        /** As [open], over what [call] opens. */
        internal suspend fun opened(ports: Ports, call: suspend (Ports) -> Care): CareResult<TapoCare> {
            withContext(Dispatchers.IO) { CareLibrary.load() }
            val opened = withContext(NonCancellable) { resultOf("open") { TapoCare(call(ports.guarded())) } }
            if (opened is CareResult.Done) opened.value.unlessCancelled()
            return opened
        }

        private suspend fun TapoCare.unlessCancelled() =
            try {
                currentCoroutineContext().ensureActive()
            } catch (cancelled: CancellationException) {
                close()
                throw cancelled
            }
    }
}

/** Kotlin's `use`, which UniFFI's own of the same name would hide here. */
private inline fun <S : AutoCloseable, T> S.closing(block: (S) -> T): T =
    try {
        block(this)
    } finally {
        close()
    }

/** As the core takes a deadline: milliseconds, and no more than fit. */
private fun Duration.forCore(): UInt = inWholeMilliseconds.coerceIn(0, UInt.MAX_VALUE.toLong()).toUInt()
