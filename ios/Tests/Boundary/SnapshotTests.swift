// Every field of a snapshot, read by reflection: a field that is not asserted here fails.

import CareSandbox
import TapoCare
import Testing

extension Boundary {
    @Suite struct Snapshots {
        @Test func everyFieldOfAPendingPurchaseIsThere() async throws {
            try await story { phone in
                phone.store.answerSheets("pending")
                try await phone.app(as: "anna") { care in
                    let outcome = try await care.buy()
                    let read = fields(of: care.snapshot())
                        .without("cameras[1]", "cameras[2]", "cameras[3]", "cameras[4]")
                    #expect(read == pending(outcome))
                }
            }
        }

        @Test func everyFieldOfAGrantedPlanItsCamerasAndItsPickerIsThere() async throws {
            try await story { phone in
                try await phone.app(as: "anna") { care in
                    try await care.sweep()
                    try await care.startTrial("cam_hallway")
                    let subscription = try #require(try await care.buy().subscription)
                    try await care.sweep()
                    let snapshot = await care.until { $0.picker != nil && $0.purchases.isEmpty }
                    #expect(snapshot.cameras.map(\.name) == ["Porch", "Garden", "Hallway", "Nursery", "Shed"])
                    #expect(snapshot.picker?.cameras == snapshot.cameras)
                    let read = fields(of: snapshot).without("cameras[0]", "cameras[1]", "cameras[4]", "picker.cameras")
                    #expect(read == granted(subscription))
                    try await care.selectCameras(["cam_porch"], for: subscription)
                    #expect(care.snapshot().cameras[0].subscription == subscription)
                    #expect(care.snapshot().subscriptions[0].cameras == ["cam_porch"])
                    #expect(care.snapshot().picker == nil)
                }
            }
        }
    }
}

private func pending(_ outcome: Outcome) -> [String] {
    lines(
        """
        account = acc_anna
        freshness = fresh
        asOf = 1767603600000
        clock = trusted
        addPlan.available = false
        addPlan.reason.key = slot-pending
        addPlan.reason.args[0].name = plan
        addPlan.reason.args[0].value.text = Tapo Care · 3 cameras
        subscriptions = []
        cameras[0].id = cam_porch
        cameras[0].name = Porch
        cameras[0].model = C210
        cameras[0].online = true
        cameras[0].cover = notCovered
        cameras[0].subscription = nil
        cameras[0].selectable = true
        cameras[0].blocked = nil
        cameras[0].trial.state = eligible
        cameras[0].trial.canStart = true
        cameras[0].trial.endsAt = nil
        cameras[0].trial.daysLeft = nil
        cameras[0].trial.endsToday = false
        cameras[0].trial.message.key = trial-eligible
        cameras[0].trial.message.args[0].name = length
        cameras[0].trial.message.args[0].value.text = P30D
        picker = nil
        purchases[0].intent = \(outcome.intent)
        purchases[0].title = Tapo Care · 3 cameras
        purchases[0].product = care.tapo.3.monthly
        purchases[0].state = pending
        purchases[0].refusedBy = nil
        purchases[0].message.key = purchase-pending
        purchases[0].message.args[0].name = plan
        purchases[0].message.args[0].value.text = Tapo Care · 3 cameras
        notices = []
        """)
}

private func granted(_ subscription: SubscriptionId) -> [String] {
    lines(
        """
        account = acc_anna
        freshness = fresh
        asOf = 1767603600000
        clock = trusted
        addPlan.available = false
        addPlan.reason.key = slot-taken
        addPlan.reason.args[0].name = plan
        addPlan.reason.args[0].value.text = Tapo Care · 3 cameras
        addPlan.reason.args[1].name = channel
        addPlan.reason.args[1].value.text = app_store
        addPlan.reason.args[2].name = phase
        addPlan.reason.args[2].value.text = active
        addPlan.reason.args[3].name = subscription
        addPlan.reason.args[3].value.text = \(subscription)
        subscriptions[0].id = \(subscription)
        subscriptions[0].plan = tapo-3-monthly
        subscriptions[0].title = Tapo Care · 3 cameras
        subscriptions[0].capacity = 3
        subscriptions[0].cycle = P1M
        subscriptions[0].channel = app_store
        subscriptions[0].phase = active
        subscriptions[0].cover = covered
        subscriptions[0].willRenew = true
        subscriptions[0].renewsAt = 1770282000000
        subscriptions[0].endsAt = nil
        subscriptions[0].daysLeft = nil
        subscriptions[0].cameras = []
        subscriptions[0].terms.key = renews-on
        subscriptions[0].terms.args[0].name = date
        subscriptions[0].terms.args[0].value.date = 1770282000000
        subscriptions[0].manage = appStore
        subscriptions[0].flags = []
        cameras[2].id = cam_hallway
        cameras[2].name = Hallway
        cameras[2].model = C225
        cameras[2].online = true
        cameras[2].cover = notCovered
        cameras[2].subscription = nil
        cameras[2].selectable = true
        cameras[2].blocked = nil
        cameras[2].trial.state = active
        cameras[2].trial.canStart = false
        cameras[2].trial.endsAt = 1770195600000
        cameras[2].trial.daysLeft = 30
        cameras[2].trial.endsToday = false
        cameras[2].trial.message.key = trial-active
        cameras[2].trial.message.args[0].name = date
        cameras[2].trial.message.args[0].value.date = 1770195600000
        cameras[2].trial.message.args[1].name = days
        cameras[2].trial.message.args[1].value.count = 30
        cameras[3].id = cam_nursery
        cameras[3].name = Nursery
        cameras[3].model = C110
        cameras[3].online = true
        cameras[3].cover = notCovered
        cameras[3].subscription = nil
        cameras[3].selectable = false
        cameras[3].blocked.key = camera-firmware-too-old
        cameras[3].blocked.args[0].name = version
        cameras[3].blocked.args[0].value.text = 1.2.0
        cameras[3].trial.state = eligible
        cameras[3].trial.canStart = true
        cameras[3].trial.endsAt = nil
        cameras[3].trial.daysLeft = nil
        cameras[3].trial.endsToday = false
        cameras[3].trial.message.key = trial-eligible
        cameras[3].trial.message.args[0].name = length
        cameras[3].trial.message.args[0].value.text = P30D
        picker.subscription = \(subscription)
        picker.capacity = 3
        picker.selected = []
        picker.help.key = dont-see-your-camera
        picker.help.args = []
        purchases = []
        notices = []
        """)
}

private func lines(_ text: String) -> [String] {
    text.split(separator: "\n").map(String.init)
}

extension [String] {
    fileprivate func without(_ paths: String...) -> [String] {
        filter { line in !paths.contains { line.hasPrefix($0) } }
    }
}

/// Each field under a value, as `path = value`, in the order of declaration.
private func fields(of value: Any, at path: String = "") -> [String] {
    let mirror = Mirror(reflecting: value)
    let parts = mirror.children.enumerated().map { index, child in
        let label = child.label ?? ""
        let below = mirror.displayStyle == .collection ? "[\(index)]" : path.isEmpty ? label : ".\(label)"
        return (path: path + below, value: child.value)
    }
    switch mirror.displayStyle {
    case .optional:
        return parts.first.map { fields(of: $0.value, at: path) } ?? ["\(path) = nil"]
    case .struct, .collection, .enum:
        // What has no parts is a value: an empty list, a number, a case alone.
        return parts.isEmpty ? ["\(path) = \(value)"] : parts.flatMap { fields(of: $0.value, at: $0.path) }
    default:
        return ["\(path) = \(value)"]
    }
}
