/** What a call of [TapoCare] came to: done, or one of the core's seven reasons why not, so that a `when` is exhaustive. */
package com.tplink.tapocare

import kotlinx.coroutines.CancellationException

/** Done with a value, or not done and why. */
public sealed interface CareResult<out T> {
    /** It is done. */
    public data class Done<out T>(public val value: T) : CareResult<T>

    /** It is not done. [problem] says what happened to the money; nobody is shown its name. */
    public sealed interface NotDone : CareResult<Nothing> {
        /** What happened, what happened to the money, and what to do next. */
        public val problem: Problem
    }

    /** A rule says no; the problem names the rule's reason and the way out. */
    public data class Refused(override val problem: Problem) : NotDone

    /** The user has to sign in again. */
    public data class SignIn(override val problem: Problem) : NotDone

    /** The user has to say yes: call again with the confirmation's token. */
    public data class ConfirmationNeeded(public val confirmation: Confirmation) : NotDone {
        override val problem: Problem get() = confirmation.problem
    }

    /** Could not be asked now; nothing is wrong with the request. */
    public data class TryAgain(override val problem: Problem) : NotDone

    /** Another process or call holds what this one needs, or the core has been closed. */
    public data class Busy(override val problem: Problem) : NotDone

    /** The folder or a database cannot be used. */
    public data class Storage(override val problem: Problem) : NotDone

    /** The core contradicts itself. The app goes on; support should hear of it. */
    public data class Bug(override val problem: Problem) : NotDone
}

/** A call that was not done, where the caller wanted it done or nothing. For programmers: never show its message. */
public class NotDoneException(public val result: CareResult.NotDone) :
    Exception("${result.problem.operation}: ${result.problem.name}, money ${result.problem.money}")

/**
 * The value.
 *
 * @throws NotDoneException where there is none.
 */
public fun <T> CareResult<T>.orThrow(): T =
    when (this) {
        is CareResult.Done -> value
        is CareResult.NotDone -> throw NotDoneException(this)
    }

/** Runs a call of the core. Only cancellation, and what is no word of the core, goes on as an exception. */
internal inline fun <T> resultOf(operation: String, call: () -> T): CareResult<T> =
    try {
        CareResult.Done(call())
    } catch (cancelled: CancellationException) {
        throw cancelled
    } catch (error: CareException) {
        error.result()
    } catch (_: InternalException) {
        // A panic, caught at the boundary. Its words may quote anything, so they stay here.
        CareResult.Bug(problem(operation, "panicked", Money.MAYBE_CHARGED, UserAction.ContactSupport))
    }

private fun CareException.result(): CareResult.NotDone =
    when (this) {
        is CareException.Refused -> CareResult.Refused(v1)
        is CareException.SignIn -> CareResult.SignIn(v1)
        is CareException.ConfirmationNeeded -> CareResult.ConfirmationNeeded(v1)
        is CareException.TryAgain -> CareResult.TryAgain(v1)
        is CareException.Busy -> CareResult.Busy(v1)
        is CareException.Storage -> CareResult.Storage(v1)
        is CareException.Bug -> CareResult.Bug(v1)
    }

/** A problem as the core would word it, for what no longer reaches the core. */
internal fun problem(
    operation: String,
    name: String,
    money: Money = Money.NOT_CHARGED,
    userAction: UserAction = UserAction.None,
): Problem =
    Problem(
        name = name,
        money = money,
        retry = Retry.Never,
        userAction = userAction,
        message = Message(key = name.replace('_', '-'), args = emptyList()),
        operation = operation,
        ids = emptyList(),
    )
