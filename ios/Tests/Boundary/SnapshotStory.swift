// The story of `tests/contract/snapshot`, as every suite plays it, and a snapshot as `path = value`.

import CareSandbox
import Foundation
import TapoCare

/// What the fields of a snapshot say, by where they stand.
typealias Said = [String: String]

private let folder = URL(fileURLWithPath: #filePath)
    .appendingPathComponent("../../../../tests/contract/snapshot").standardizedFileURL

private func read(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: folder.appendingPathComponent(name)), as: UTF8.self)
}

extension Snapshot {
    /// Its fields; ids that no two runs share are named by where they stand.
    var said: Said {
        var named = subscriptions.enumerated().map { ($1.id, "subscription \($0)") }
        named += purchases.enumerated().compactMap { nth, row in row.intent.map { ($0, "intent \(nth)") } }
        return fields(of: self).mapValues { value in
            named.reduce(value) { $0.replacingOccurrences(of: $1.0, with: $1.1) }
        }
    }
}

/// Each field under a value. A field that is new is there by itself.
private func fields(of value: Any, at path: String = "") -> Said {
    let mirror = Mirror(reflecting: value)
    let parts = mirror.children.enumerated().map { nth, child in
        let name = snake(child.label ?? "")
        let below = mirror.displayStyle == .collection ? "[\(nth)]" : path.isEmpty ? name : ".\(name)"
        return (path: path + below, value: child.value)
    }
    switch mirror.displayStyle {
    case .optional:
        return parts.first.map { fields(of: $0.value, at: path) } ?? [path: "nil"]
    case .collection where parts.isEmpty:
        return [path: "[]"]
    case .enum:
        return [path: text(of: mirror, value)]
    case .struct where !parts.isEmpty, .collection:
        return parts.reduce(into: [:]) { said, part in
            said.merge(fields(of: part.value, at: part.path)) { $1 }
        }
    default:
        return [path: "\(value)"]
    }
}

/// A case of an enumeration, with what it carries.
private func text(of mirror: Mirror, _ value: Any) -> String {
    guard let carried = mirror.children.first else { return snake("\(value)") }
    return "\(snake(carried.label ?? ""))(\(inside(carried.value)))"
}

/// What a case carries, without its label.
private func inside(_ value: Any) -> String {
    let mirror = Mirror(reflecting: value)
    guard mirror.displayStyle == .tuple else { return "\(value)" }
    return mirror.children.map { "\($0.value)" }.joined(separator: ", ")
}

private func snake(_ name: String) -> String {
    name.reduce(into: "") { $0 += $1.isUppercase ? "_\($1.lowercased())" : "\($1)" }
}

/// What each look of the story shows: the file says what is new since the look before it.
func expectedLooks() throws -> [String: Said] {
    var looks: [String: Said] = [:]
    var (look, known): (String, Said) = ("", [:])
    for line in try read("said.txt").split(separator: "\n").map(String.init) {
        if line.hasPrefix("# ") {
            look = String(line.dropFirst(2))
        } else if line.hasSuffix(" is gone") {
            let gone = String(line.dropLast(" is gone".count))
            known = known.filter { path, _ in
                path != gone && !path.hasPrefix("\(gone).") && !path.hasPrefix("\(gone)[")
            }
        } else if let equals = line.range(of: " = ") {
            known[String(line[..<equals.lowerBound])] = String(line[equals.upperBound...])
        }
        looks[look] = known
    }
    return looks
}

/// Plays the story on a phone.
struct SnapshotStory {
    let phone: Phone
    let care: Care
    private var looks: [String: Said] = [:]
    private var ids: [String: String] = [:]
    private var receipt: StoreTransaction?

    init(_ phone: Phone, _ care: Care) {
        (self.phone, self.care) = (phone, care)
    }

    /// What each look sees.
    mutating func play() async throws -> [String: Said] {
        let steps = try JSONDecoder().decode(JSON.self, from: Data(try read("story.json").utf8))
        for step in steps.list {
            if let sheet = step["sheet"].optionalText { phone.store.answerSheets(sheet) }
            guard case .object(let said) = step, let (verb, what) = said.first(where: { $0.key != "sheet" }) else {
                preconditionFailure("no step: \(step)")
            }
            try await take(verb, what)
        }
        return looks
    }

    private mutating func take(_ verb: String, _ what: JSON) async throws {
        switch verb {
        case "look": looks[what.text] = care.snapshot().said
        case "control": try await control(what.list)
        case "outside": try await buyOutside(what)
        case "hand_over": try await care.onStoreTransactions([altered(receipt!)])
        case "advance": try await phone.world.advance(what.text)
        case "sign_in": try await care.signIn(phone.world.account(what.text)["id"].text)
        case "buy": _ = try await care.buy(what.text)
        case "change_plan":
            try await care.changePlan(ChangePlanRequest(subscription: firstPlan, plan: what.text))
            _ = try await care.ended()
        case "start_trial": try await care.startTrial(what.text)
        case "select": try await care.selectCameras(what.list.map(\.text), for: firstPlan)
        case "tick": try await care.tickCameras(what.list.map(\.text), for: firstPlan)
        case "sweep": try await care.sweep()
        default: preconditionFailure("no such step: \(verb)")
        }
    }

    private var firstPlan: SubscriptionId {
        care.snapshot().subscriptions[0].id
    }

    private func control(_ asked: [JSON]) async throws {
        let path = ids.reduce(asked[1].text) { $0.replacingOccurrences(of: "{\($1.key)}", with: $1.value) }
        try await phone.world.control(asked[0].text, path, asked.count > 2 ? asked[2] : nil)
    }

    private mutating func buyOutside(_ order: JSON) async throws {
        let tag = try await phone.world.account("anna")["tag"]
        let asked: JSON = [
            "device": order["device"], "product": order["product"], "store": order["store"], "app_account_token": tag,
        ]
        let bought = try await phone.world.control("POST", "purchases/outside", asked)
        if order["store"].text == "play" {
            ids["token"] = bought["token"].text
        } else {
            ids["id"] = bought["id"].text
            receipt = transaction(bought)
        }
    }
}

/// The same transaction with another signature.
private func altered(_ receipt: StoreTransaction) -> StoreTransaction {
    guard case .appStore(let signed, let renewal) = receipt.signed else {
        preconditionFailure("no receipt of the App Store")
    }
    let end = signed.hasSuffix("AAAA") ? "BBBB" : "AAAA"
    let other = String(signed.dropLast(4)) + end
    return StoreTransaction(id: "altered", signed: .appStore(transaction: other, renewal: renewal))
}
