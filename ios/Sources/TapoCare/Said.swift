// Messages in words with Foundation's dates and numbers: the core chooses the plural, the platform writes the figures.

import Foundation
import TapoCareFFI

extension Phrases {
    /// The message in words, its dates and numbers as the reader writes them. Never fails.
    ///
    /// - Parameters:
    ///   - reader: Whose dates and numbers; those of the language spoken where nothing is said.
    ///   - zone: By which a date's day is told.
    public func say(_ message: Message, for reader: Locale? = nil, in zone: TimeZone = .current) -> String {
        let reader = reader ?? Locale(identifier: locale())
        var formatted: [String: String] = [:]
        for arg in message.args {
            switch arg.value {
            case .text:
                break
            case .count(let count):
                let numbers = NumberFormatter()
                numbers.locale = reader
                formatted[arg.name] = numbers.string(from: NSNumber(value: count))
            case .date(let milliseconds):
                let dates = DateFormatter()
                dates.locale = reader
                dates.timeZone = zone
                dates.dateStyle = .long
                dates.timeStyle = .none
                formatted[arg.name] = dates.string(from: Date(timeIntervalSince1970: Double(milliseconds) / 1000))
            }
        }
        return say(message: message, formatted: formatted)
    }
}
