/** Messages in words with Java's own dates and numbers: the core chooses the plural, the platform writes the figures. */
package com.tplink.tapocare

import java.text.NumberFormat
import java.time.Instant
import java.time.ZoneId
import java.time.format.DateTimeFormatter
import java.time.format.FormatStyle
import java.util.Locale

/**
 * The message in words, its dates and numbers as [reader] writes them, days by [zone]. Never fails.
 */
public fun Phrases.say(
    message: Message,
    reader: Locale = Locale.forLanguageTag(locale()),
    zone: ZoneId = ZoneId.systemDefault(),
): String {
    val formatted = message.args.mapNotNull { arg -> written(arg.value, reader, zone)?.let { arg.name to it } }
    return say(message, formatted.toMap())
}

private fun written(value: MessageValue, reader: Locale, zone: ZoneId): String? =
    when (value) {
        is MessageValue.Text -> null
        is MessageValue.Count -> NumberFormat.getIntegerInstance(reader).format(value.v1)
        is MessageValue.Date ->
            DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(reader).withZone(zone).format(Instant.ofEpochMilli(value.v1))
    }
