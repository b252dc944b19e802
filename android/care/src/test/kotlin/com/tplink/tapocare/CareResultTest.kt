/** Every error of the core has its result, and an accident at the boundary is one too. */
package com.tplink.tapocare

import kotlinx.coroutines.CancellationException
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertIs

class CareResultTest {
    private val slotTaken = problem("subscribe", "slot_taken")

    @Test
    fun `each of the seven errors is a result of its own, with the same problem`() {
        val asked = Confirmation(ConfirmationKind.ALREADY_COVERED, facts = emptyList(), token = "yes", problem = slotTaken)
        val errors =
            mapOf(
                CareException.Refused(slotTaken) to CareResult.Refused(slotTaken),
                CareException.SignIn(slotTaken) to CareResult.SignIn(slotTaken),
                CareException.ConfirmationNeeded(asked) to CareResult.ConfirmationNeeded(asked),
                CareException.TryAgain(slotTaken) to CareResult.TryAgain(slotTaken),
                CareException.Busy(slotTaken) to CareResult.Busy(slotTaken),
                CareException.Storage(slotTaken) to CareResult.Storage(slotTaken),
                CareException.Bug(slotTaken) to CareResult.Bug(slotTaken),
            )
        assertEquals(CareException::class.sealedCount(), errors.size)
        errors.forEach { (error, result) ->
            assertEquals<CareResult<*>>(result, resultOf("subscribe") { throw error })
            assertEquals(slotTaken, result.problem)
        }
    }

    private fun kotlin.reflect.KClass<*>.sealedCount() = java.permittedSubclasses.size

    @Test
    fun `a panic in the core is a bug about money that nobody can rule out, and its words go no further`() {
        val result = resultOf("subscribe") { throw InternalException("token=abc") }
        val problem = assertIs<CareResult.Bug>(result).problem
        assertEquals(Money.MAYBE_CHARGED to UserAction.ContactSupport, problem.money to problem.userAction)
        assertFalse("abc" in result.toString())
    }

    @Test
    fun `a cancelled coroutine stays cancelled`() {
        assertThrows<CancellationException> { resultOf("plans") { throw CancellationException("gone") } }
    }

    @Test
    fun `asked for a value that is not there, it says which call, why, and what became of the money`() {
        val error = assertThrows<NotDoneException> { CareResult.Refused(slotTaken).orThrow() }
        assertEquals("subscribe: slot_taken, money NOT_CHARGED", error.message)
        assertEquals(7, CareResult.Done(7).orThrow())
    }
}
