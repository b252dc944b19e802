/** The shell's ports as the core calls them: whatever they throw, the core hears of it. */
package com.tplink.tapocare

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext

/**
 * UniFFI catches `Exception` alone. An `Error`, such as `TODO()`, would leave the core waiting for ever or hand it an answer
 * that nobody gave; here it becomes an exception, which the core takes as the port's failure.
 *
 * Ports that suspend are called on [Dispatchers.IO], where they may block; [Vault], [Clock] and [Log] on the core's own threads.
 */
internal fun Ports.guarded(): Ports =
    Ports(GuardedStore(store), vault.guarded(), GuardedSession(session), clock.guarded(), GuardedLog(log))

internal fun Vault.guarded(): Vault = GuardedVault(this)

internal fun Clock.guarded(): Clock = GuardedClock(this)

/** A port threw what is no exception. Its class is all that goes on: its words may quote anything. */
internal class PortThrew(thrown: Error) : Exception(thrown.javaClass.name)

private inline fun <T> guarded(call: () -> T): T =
    try {
        call()
    } catch (thrown: Error) {
        throw PortThrew(thrown)
    }

private suspend fun <T> asked(call: suspend () -> T): T = guarded { withContext(Dispatchers.IO) { call() } }

private class GuardedStore(private val store: Store) : Store {
    override suspend fun storefront() = asked { store.storefront() }

    override suspend fun products(ids: List<ProductId>) = asked { store.products(ids) }

    override suspend fun buy(order: Order) = asked { store.buy(order) }

    override suspend fun unfinished() = asked { store.unfinished() }

    override suspend fun owned() = asked { store.owned() }

    override suspend fun finish(id: TransactionId) = asked { store.finish(id) }

    override suspend fun requestRefund(id: TransactionId) = asked { store.requestRefund(id) }
}

private class GuardedSession(private val session: Session) : Session {
    override suspend fun token(account: AccountId, fresh: Boolean) = asked { session.token(account, fresh) }
}

private class GuardedVault(private val vault: Vault) : Vault {
    override fun read(key: String) = guarded { vault.read(key) }

    override fun write(key: String, value: String) = guarded { vault.write(key, value) }
}

private class GuardedClock(private val clock: Clock) : Clock {
    override fun read() = guarded { clock.read() }
}

private class GuardedLog(private val log: Log) : Log {
    override fun line(line: LogLine) = guarded { log.line(line) }
}
