// Messages in words, through the boundary: languages, a shell's own words, and words that do not fit.

import Foundation
import TapoCare
import Testing

extension Boundary {
    @Suite struct Words {
        private func paused(_ days: Int64) -> Message {
            Message(key: "trial-paused", args: [MessageArg(name: "days", value: .count(days))])
        }

        @Test func aNumberTakesThePluralOfRussianAndOfArabic() throws {
            let russian = try openPhrases(locale: "ru-RU", own: [])
            let arabic = try openPhrases(locale: "ar", own: [])
            #expect(russian.locale() == "ru" && russian.localeMatch() == .language)
            #expect(russian.say(paused(21)).contains("остался 21 день"))
            #expect(russian.say(paused(22)).contains("осталось 22 дня"))
            #expect(arabic.say(paused(2)).contains("بقي يومان"))
            #expect(arabic.say(message: paused(3), formatted: ["days": "٣"]).contains("بقيت ٣ أيام"))
        }

        @Test func theStoresPriceStandsVerbatimBetweenIsolatingMarks() throws {
            let price = "6,99\u{a0}€"
            let args = [
                MessageArg(name: "price", value: .text(price)), MessageArg(name: "period", value: .text("P1M")),
            ]
            for locale in ["ru", "ar"] {
                let said = try openPhrases(locale: locale, own: [])
                    .say(Message(key: "renews-until-cancelled", args: args))
                #expect(said.contains("\u{2068}\(price)\u{2069}"))
            }
        }

        @Test func aDateIsWrittenAsItsReaderWritesDates() throws {
            let on = Message(key: "renews-on", args: [MessageArg(name: "date", value: .date(1_770_282_000_000))])
            let said = try openPhrases(locale: "ru", own: [])
                .say(on, for: Locale(identifier: "ru"), in: TimeZone(secondsFromGMT: 0)!)
            #expect(said.contains("5 февраля 2026"))
        }

        @Test func aShellPutsWordsOfItsOwnInPlaceOfOurs() throws {
            let own = PhraseSource(locale: "ru", text: "trial-over = Пробный период позади.")
            let phrases = try openPhrases(locale: "ru", own: [own])
            #expect(phrases.say(Message(key: "trial-over", args: [])) == "Пробный период позади.")
            #expect(phrases.say(moneyMessage(money: .notCharged)) == "Деньги не списаны.")
        }

        @Test func wordsWithAWrongArgumentAreRefusedByKeyAndArgument() {
            let own = PhraseSource(locale: "ru", text: "renews-on = Продление { $when }")
            #expect(throws: PhraseError.UnknownArgument(locale: "ru", key: "renews-on", argument: "when")) {
                try openPhrases(locale: "en", own: [own])
            }
        }
    }
}
