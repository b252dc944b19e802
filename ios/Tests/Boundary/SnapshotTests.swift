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
                        .without("banners[1]", "banners[2]", "banners[3]", "banners[4]")
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
                    #expect(snapshot.picker?.cameras.map(\.id) == snapshot.cameras.map(\.id))
                    let read = fields(of: snapshot)
                        .without("cameras[0]", "cameras[1]", "cameras[4]")
                        .without("banners[1]", "banners[2]", "banners[3]", "banners[4]")
                        .without("picker.cameras[1]", "picker.cameras[2]", "picker.cameras[3]", "picker.cameras[4]")
                    #expect(read == granted(subscription))
                    try await care.selectCameras(["cam_porch"], for: subscription)
                    #expect(care.snapshot().cameras[0].subscription == subscription)
                    #expect(care.snapshot().subscriptions[0].cameras == ["cam_porch"])
                    #expect(care.snapshot().picker == nil)
                }
            }
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
        cameras[0].why[0].by = plan
        cameras[0].why[0].cover = notCovered
        cameras[0].why[0].whyNot = noPlan
        cameras[0].why[0].subscription = nil
        cameras[0].why[0].message.key = no-plan-now
        cameras[0].why[0].message.args = []
        cameras[0].why[1].by = trial
        cameras[0].why[1].cover = notCovered
        cameras[0].why[1].whyNot = notStarted
        cameras[0].why[1].subscription = nil
        cameras[0].why[1].message.key = trial-eligible
        cameras[0].why[1].message.args[0].name = length
        cameras[0].why[1].message.args[0].value.text = P30D
        cameras[0].coveredTwice = false
        cameras[0].subscription = nil
        cameras[0].selectable = true
        cameras[0].blocked = nil
        cameras[0].trial.state = eligible
        cameras[0].trial.reason = nil
        cameras[0].trial.length = P30D
        cameras[0].trial.canStart = true
        cameras[0].trial.canCancel = false
        cameras[0].trial.endsAt = nil
        cameras[0].trial.daysLeft = nil
        cameras[0].trial.endsToday = false
        cameras[0].trial.message.key = trial-eligible
        cameras[0].trial.message.args[0].name = length
        cameras[0].trial.message.args[0].value.text = P30D
        cameras[0].freePlan = nil
        cameras[0].actions[0].kind = addToPlan
        cameras[0].actions[0].allowed = false
        cameras[0].actions[0].reason.key = no-plan-to-choose-for
        cameras[0].actions[0].reason.args = []
        cameras[0].actions[0].warning = nil
        cameras[0].actions[1].kind = removeFromPlan
        cameras[0].actions[1].allowed = false
        cameras[0].actions[1].reason.key = on-no-plan
        cameras[0].actions[1].reason.args = []
        cameras[0].actions[1].warning = nil
        cameras[0].actions[2].kind = startTrial
        cameras[0].actions[2].allowed = true
        cameras[0].actions[2].reason = nil
        cameras[0].actions[2].warning = nil
        cameras[0].actions[3].kind = cancelTrial
        cameras[0].actions[3].allowed = false
        cameras[0].actions[3].reason.key = trial-not-running
        cameras[0].actions[3].reason.args = []
        cameras[0].actions[3].warning = nil
        picker = nil
        banners[0].camera = cam_porch
        banners[0].kind = trialOffered
        banners[0].message.key = trial-eligible
        banners[0].message.args[0].name = length
        banners[0].message.args[0].value.text = P30D
        accountTrial = nil
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
        subscriptions[0].price.micros = 6990000
        subscriptions[0].price.currency = USD
        subscriptions[0].service = tapo_care
        subscriptions[0].channel = app_store
        subscriptions[0].origin = current
        subscriptions[0].phase = active
        subscriptions[0].cover = covered
        subscriptions[0].willRenew = true
        subscriptions[0].renewsAt = 1770282000000
        subscriptions[0].endsAt = nil
        subscriptions[0].daysLeft = nil
        subscriptions[0].cancelBy = 1770282000000
        subscriptions[0].graceUntil = nil
        subscriptions[0].resumesAt = nil
        subscriptions[0].historyRetainedUntil = nil
        subscriptions[0].covers = cameras
        subscriptions[0].cameras = []
        subscriptions[0].terms.key = renews-on
        subscriptions[0].terms.args[0].name = date
        subscriptions[0].terms.args[0].value.date = 1770282000000
        subscriptions[0].manage = appStore
        subscriptions[0].offer = none
        subscriptions[0].scheduled = nil
        subscriptions[0].priceChange = nil
        subscriptions[0].flags = []
        subscriptions[0].actions[0].kind = selectCameras
        subscriptions[0].actions[0].allowed = true
        subscriptions[0].actions[0].reason = nil
        subscriptions[0].actions[0].warning = nil
        subscriptions[0].actions[1].kind = manage
        subscriptions[0].actions[1].allowed = true
        subscriptions[0].actions[1].reason = nil
        subscriptions[0].actions[1].warning = nil
        subscriptions[0].actions[2].kind = cancel
        subscriptions[0].actions[2].allowed = true
        subscriptions[0].actions[2].reason = nil
        subscriptions[0].actions[2].warning.key = cancel-keeps-access
        subscriptions[0].actions[2].warning.args[0].name = date
        subscriptions[0].actions[2].warning.args[0].value.date = 1770282000000
        subscriptions[0].actions[3].kind = changePlan
        subscriptions[0].actions[3].allowed = true
        subscriptions[0].actions[3].reason = nil
        subscriptions[0].actions[3].warning = nil
        subscriptions[0].actions[4].kind = keepPlan
        subscriptions[0].actions[4].allowed = false
        subscriptions[0].actions[4].reason.key = no-change-waits
        subscriptions[0].actions[4].reason.args = []
        subscriptions[0].actions[4].warning = nil
        subscriptions[0].actions[5].kind = returnPayment
        subscriptions[0].actions[5].allowed = false
        subscriptions[0].actions[5].reason.key = not-paid-twice
        subscriptions[0].actions[5].reason.args = []
        subscriptions[0].actions[5].warning = nil
        cameras[2].id = cam_hallway
        cameras[2].name = Hallway
        cameras[2].model = C225
        cameras[2].online = true
        cameras[2].cover = covered
        cameras[2].why[0].by = trial
        cameras[2].why[0].cover = covered
        cameras[2].why[0].whyNot = nil
        cameras[2].why[0].subscription = nil
        cameras[2].why[0].message.key = trial-active
        cameras[2].why[0].message.args[0].name = date
        cameras[2].why[0].message.args[0].value.date = 1770195600000
        cameras[2].why[0].message.args[1].name = days
        cameras[2].why[0].message.args[1].value.count = 30
        cameras[2].coveredTwice = false
        cameras[2].subscription = nil
        cameras[2].selectable = true
        cameras[2].blocked = nil
        cameras[2].trial.state = active
        cameras[2].trial.reason = nil
        cameras[2].trial.length = P30D
        cameras[2].trial.canStart = false
        cameras[2].trial.canCancel = true
        cameras[2].trial.endsAt = 1770195600000
        cameras[2].trial.daysLeft = 30
        cameras[2].trial.endsToday = false
        cameras[2].trial.message.key = trial-active
        cameras[2].trial.message.args[0].name = date
        cameras[2].trial.message.args[0].value.date = 1770195600000
        cameras[2].trial.message.args[1].name = days
        cameras[2].trial.message.args[1].value.count = 30
        cameras[2].freePlan = nil
        cameras[2].actions[0].kind = addToPlan
        cameras[2].actions[0].allowed = true
        cameras[2].actions[0].reason = nil
        cameras[2].actions[0].warning = nil
        cameras[2].actions[1].kind = removeFromPlan
        cameras[2].actions[1].allowed = false
        cameras[2].actions[1].reason.key = on-no-plan
        cameras[2].actions[1].reason.args = []
        cameras[2].actions[1].warning = nil
        cameras[2].actions[2].kind = startTrial
        cameras[2].actions[2].allowed = false
        cameras[2].actions[2].reason.key = trial-runs-already
        cameras[2].actions[2].reason.args = []
        cameras[2].actions[2].warning = nil
        cameras[2].actions[3].kind = cancelTrial
        cameras[2].actions[3].allowed = true
        cameras[2].actions[3].reason = nil
        cameras[2].actions[3].warning.key = trial-cancel-is-final
        cameras[2].actions[3].warning.args[0].name = camera
        cameras[2].actions[3].warning.args[0].value.text = Hallway
        cameras[3].id = cam_nursery
        cameras[3].name = Nursery
        cameras[3].model = C110
        cameras[3].online = true
        cameras[3].cover = notCovered
        cameras[3].why[0].by = plan
        cameras[3].why[0].cover = notCovered
        cameras[3].why[0].whyNot = notSelected
        cameras[3].why[0].subscription = \(subscription)
        cameras[3].why[0].message.key = not-on-plan
        cameras[3].why[0].message.args[0].name = plan
        cameras[3].why[0].message.args[0].value.text = Tapo Care · 3 cameras
        cameras[3].why[1].by = trial
        cameras[3].why[1].cover = notCovered
        cameras[3].why[1].whyNot = notStarted
        cameras[3].why[1].subscription = nil
        cameras[3].why[1].message.key = trial-eligible
        cameras[3].why[1].message.args[0].name = length
        cameras[3].why[1].message.args[0].value.text = P30D
        cameras[3].coveredTwice = false
        cameras[3].subscription = nil
        cameras[3].selectable = false
        cameras[3].blocked.key = camera-firmware-too-old
        cameras[3].blocked.args[0].name = version
        cameras[3].blocked.args[0].value.text = 1.2.0
        cameras[3].trial.state = eligible
        cameras[3].trial.reason = nil
        cameras[3].trial.length = P30D
        cameras[3].trial.canStart = true
        cameras[3].trial.canCancel = false
        cameras[3].trial.endsAt = nil
        cameras[3].trial.daysLeft = nil
        cameras[3].trial.endsToday = false
        cameras[3].trial.message.key = trial-eligible
        cameras[3].trial.message.args[0].name = length
        cameras[3].trial.message.args[0].value.text = P30D
        cameras[3].freePlan = nil
        cameras[3].actions[0].kind = addToPlan
        cameras[3].actions[0].allowed = false
        cameras[3].actions[0].reason.key = camera-firmware-too-old
        cameras[3].actions[0].reason.args[0].name = version
        cameras[3].actions[0].reason.args[0].value.text = 1.2.0
        cameras[3].actions[0].warning = nil
        cameras[3].actions[1].kind = removeFromPlan
        cameras[3].actions[1].allowed = false
        cameras[3].actions[1].reason.key = on-no-plan
        cameras[3].actions[1].reason.args = []
        cameras[3].actions[1].warning = nil
        cameras[3].actions[2].kind = startTrial
        cameras[3].actions[2].allowed = true
        cameras[3].actions[2].reason = nil
        cameras[3].actions[2].warning = nil
        cameras[3].actions[3].kind = cancelTrial
        cameras[3].actions[3].allowed = false
        cameras[3].actions[3].reason.key = trial-not-running
        cameras[3].actions[3].reason.args = []
        cameras[3].actions[3].warning = nil
        picker.subscription = \(subscription)
        picker.title = Tapo Care · 3 cameras
        picker.reason = firstSelection
        picker.capacity = 3
        picker.selected = []
        picker.proposed = []
        picker.leftOut = []
        picker.cameras[0].id = cam_porch
        picker.cameras[0].name = Porch
        picker.cameras[0].model = C210
        picker.cameras[0].selected = false
        picker.cameras[0].proposed = false
        picker.cameras[0].selectable = true
        picker.cameras[0].blocked = nil
        picker.cameras[0].remedy = none
        picker.message.key = picker-choose
        picker.message.args[0].name = plan
        picker.message.args[0].value.text = Tapo Care · 3 cameras
        picker.message.args[1].name = capacity
        picker.message.args[1].value.count = 3
        picker.help.key = dont-see-your-camera
        picker.help.args = []
        banners[0].camera = cam_porch
        banners[0].kind = trialOffered
        banners[0].message.key = trial-eligible
        banners[0].message.args[0].name = length
        banners[0].message.args[0].value.text = P30D
        accountTrial = nil
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
