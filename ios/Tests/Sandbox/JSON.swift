// JSON as it comes from the sandbox, read by name and by place.

import Foundation

/// A JSON value. Reading what is not there is a test's mistake and ends it.
public enum JSON: Sendable, Codable, Equatable {
    case null
    case bool(Bool)
    case number(Int64)
    case text(String)
    case list([JSON])
    case object([String: JSON])

    public init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let bool = try? value.decode(Bool.self) {
            self = .bool(bool)
        } else if let number = try? value.decode(Int64.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let list = try? value.decode([JSON].self) {
            self = .list(list)
        } else {
            self = .object(try value.decode([String: JSON].self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        switch self {
        case .null: try value.encodeNil()
        case .bool(let bool): try value.encode(bool)
        case .number(let number): try value.encode(number)
        case .text(let text): try value.encode(text)
        case .list(let list): try value.encode(list)
        case .object(let object): try value.encode(object)
        }
    }

    public subscript(name: String) -> JSON {
        guard case .object(let object) = self else { return .null }
        return object[name] ?? .null
    }

    public var list: [JSON] {
        guard case .list(let list) = self else { preconditionFailure("\(self) is no list") }
        return list
    }

    public var text: String {
        guard case .text(let text) = self else { preconditionFailure("\(self) is no text") }
        return text
    }

    /// As `text`; `nil` where there is none.
    public var optionalText: String? {
        self == .null ? nil : text
    }

    public var number: Int64 {
        guard case .number(let number) = self else { preconditionFailure("\(self) is no number") }
        return number
    }

    public var bool: Bool {
        guard case .bool(let bool) = self else { preconditionFailure("\(self) is neither true nor false") }
        return bool
    }

    /// Base64, decoded.
    public var bytes: Data {
        guard let bytes = Data(base64Encoded: text) else { preconditionFailure("\(self) is no base64") }
        return bytes
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    public init(stringLiteral text: String) { self = .text(text) }
    public init(arrayLiteral list: JSON...) { self = .list(list) }
    public init(dictionaryLiteral members: (String, JSON)...) {
        self = .object(Dictionary(uniqueKeysWithValues: members))
    }
}
