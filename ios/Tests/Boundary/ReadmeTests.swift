// README's lines of Swift do what they say.

import CareSandbox
import Readme
import TapoCare
import Testing

extension Boundary {
    @Suite struct ReadmeExample {
        @Test func itsLinesBuyAPlan() async throws {
            try await story { phone in
                let (shown, rendered) = (Locked<[Outcome]>([]), Locked<[Snapshot]>([]))
                try await example(
                    config: phone.sandbox, ports: phone.ports(), account: phone.world.account("anna")["id"].text,
                    show: { outcome in shown.with { $0.append(outcome) } },
                    render: { snapshot in rendered.with { $0.append(snapshot) } })
                #expect(shown.value.map(\.kind) == [.granted])
                #expect(rendered.value.first?.subscriptions.map(\.capacity) == [1])
                #expect(try await phone.world.counts().grants == 1)
            }
        }
    }
}
