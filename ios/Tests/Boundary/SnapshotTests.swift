// Every field of a snapshot, read by reflection: what `tests/contract/snapshot` says, and nothing else.

import CareSandbox
import TapoCare
import Testing

extension Boundary {
    @Suite struct Snapshots {
        @Test func everyFieldSaysWhatTheWorldSays() async throws {
            try await story { phone in
                try await phone.app { care in
                    var story = SnapshotStory(phone, care)
                    let looks = try await story.play()
                    let expected = try expectedLooks()
                    #expect(looks.keys.sorted() == expected.keys.sorted())
                    for (look, said) in expected {
                        #expect(lines(looks[look] ?? [:]) == lines(said), "\(look)")
                    }
                }
            }
        }

        private func lines(_ said: Said) -> [String] {
            said.map { "\($0) = \($1)" }.sorted()
        }

        @Test func aTrialIsCancelledByAYesAndABannerThatWasClosedStaysClosed() async throws {
            try await story { phone in
                try await phone.app(as: "anna") { care in
                    try await care.sweep()
                    try await care.startTrial("cam_porch")
                    #expect(try await care.explain("cam_porch").camera.why.map(\.by) == [.trial])
                    try await care.closeBanner("cam_porch")
                    #expect(!care.snapshot().banners.contains { $0.camera == "cam_porch" })
                    let asked = await error { try await care.cancelTrial("cam_porch") }
                    guard case .confirmationNeeded(let question)? = asked else {
                        Issue.record("a trial was cancelled without a yes")
                        return
                    }
                    #expect(question.kind == .cancelTrial)
                    try await care.cancelTrial("cam_porch", confirmed: question.token)
                    #expect(care.snapshot().cameras[0].trial.state == "used")
                }
            }
        }

        @Test func thePickerKeepsWhatIsTicked() async throws {
            try await story { phone in
                try await phone.app(as: "anna") { care in
                    let subscription = try #require(try await care.buy().subscription)
                    try await care.sweep()
                    try await care.selectCameras(["cam_porch"], for: subscription)
                    try await care.openPicker(for: subscription)
                    try await care.tickCameras(["cam_porch", "cam_garden"], for: subscription)
                    let picker = try #require(care.snapshot().picker)
                    #expect(picker.reason == .asked)
                    #expect(picker.proposed == ["cam_porch", "cam_garden"])
                    try await care.closePicker()
                    #expect(care.snapshot().picker == nil)
                }
            }
        }
    }
}
