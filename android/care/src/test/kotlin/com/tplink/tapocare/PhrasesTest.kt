/** Messages in words, through the boundary: languages, a shell's own words, and words that do not fit. */
package com.tplink.tapocare

import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import java.time.ZoneOffset
import java.util.Locale
import kotlin.test.assertContains
import kotlin.test.assertEquals

class PhrasesTest {
    private val isolated = { text: String -> "\u2068$text\u2069" }

    private fun paused(days: Long) = Message("trial-paused", listOf(MessageArg("days", MessageValue.Count(days))))

    @Test
    fun `a number takes the plural of Russian and of Arabic`() {
        val (russian, arabic) = openPhrases("ru-RU", emptyList()) to openPhrases("ar", emptyList())
        assertEquals("ru" to LocaleMatch.LANGUAGE, russian.locale() to russian.localeMatch())
        assertContains(russian.say(paused(21)), "остался 21 день")
        assertContains(russian.say(paused(22)), "осталось 22 дня")
        assertContains(arabic.say(paused(2)), "بقي يومان")
        assertContains(arabic.say(paused(3), mapOf("days" to "٣")), "بقيت ٣ أيام")
    }

    @Test
    fun `the store's price stands verbatim between isolating marks`() {
        val price = "6,99\u00a0€"
        val args = listOf(MessageArg("price", MessageValue.Text(price)), MessageArg("period", MessageValue.Text("P1M")))
        for (locale in listOf("ru", "ar")) {
            assertContains(openPhrases(locale, emptyList()).say(Message("renews-until-cancelled", args)), isolated(price))
        }
    }

    @Test
    fun `a date is written as its reader writes dates`() {
        val on = Message("renews-on", listOf(MessageArg("date", MessageValue.Date(1_770_282_000_000))))
        val said = openPhrases("ru", emptyList()).say(on, Locale.forLanguageTag("ru"), ZoneOffset.UTC)
        assertContains(said, "5 февраля 2026")
    }

    @Test
    fun `a shell puts words of its own in place of ours`() {
        val own = PhraseSource("ru", "trial-over = Пробный период позади.")
        val phrases = openPhrases("ru", listOf(own))
        assertEquals("Пробный период позади.", phrases.say(Message("trial-over", emptyList())))
        assertEquals("Деньги не списаны.", phrases.say(moneyMessage(Money.NOT_CHARGED)))
    }

    @Test
    fun `words with a wrong argument are refused by key and argument`() {
        val own = PhraseSource("ru", "renews-on = Продление { \$when }")
        val refused = assertThrows<PhraseException.UnknownArgument> { openPhrases("en", listOf(own)) }
        assertEquals(Triple("ru", "renews-on", "when"), Triple(refused.locale, refused.key, refused.argument))
    }

    private companion object {
        @JvmStatic
        @BeforeAll
        fun load() = CareLibrary.load()
    }
}
