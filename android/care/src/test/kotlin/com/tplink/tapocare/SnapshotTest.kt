/** Every field of the snapshot, read through the boundary. A field that is new fails here until it is asserted. */
package com.tplink.tapocare

import org.junit.jupiter.api.Test
import java.lang.reflect.Field
import java.lang.reflect.Modifier
import java.lang.reflect.ParameterizedType
import kotlin.test.assertEquals

private const val DAY_MS = 24 * 60 * 60 * 1000L

class SnapshotTest {
    @Test
    fun `a snapshot says what the world says, field by field`() =
        story { phone ->
            phone.app("anna") { care ->
                care.startTrial("cam_hallway").orThrow()
                val subscription = checkNotNull(care.buy().subscription)
                care.selectCameras(subscription, listOf("cam_porch", "cam_garden")).orThrow()
                care.settle()
                assertEquals(expected(phone, subscription), care.snapshot())
            }
        }

    /** Written with the records' own constructors: a field that is new does not compile here until somebody says what it holds. */
    private fun expected(phone: Phone, subscription: SubscriptionId): Snapshot {
        val now = phone.world.nowMs
        val (aMonthLater, thirtyDaysLater) = now + 31 * DAY_MS to now + 30 * DAY_MS
        val title = "Tapo Care · 3 cameras"
        val plan = "plan" to MessageValue.Text(title)
        val thirtyDays = "length" to MessageValue.Text("P30D")
        val coveredTrial = trial("not_offered", message("trial-covered"), reason = "covered")
        val running =
            trial(
                "active",
                message("trial-active", "date" to MessageValue.Date(thirtyDaysLater), "days" to MessageValue.Count(30)),
                canCancel = true,
                endsAt = thirtyDaysLater,
                daysLeft = 30u,
            )
        val eligible = trial("eligible", message("trial-eligible", thirtyDays), canStart = true)
        fun onPlan(id: CameraId, name: String, model: String) =
            CameraRow(
                id = id,
                name = name,
                model = model,
                online = true,
                cover = Cover.COVERED,
                why = listOf(CoverReason(CoverBy.PLAN, Cover.COVERED, null, subscription, message("covered-by-plan", plan))),
                coveredTwice = false,
                subscription = subscription,
                selectable = true,
                blocked = null,
                trial = coveredTrial,
                freePlan = null,
                actions =
                    listOf(
                        no(ActionKind.ADD_TO_PLAN, message("on-plan-already", plan)),
                        yes(ActionKind.REMOVE_FROM_PLAN),
                        no(ActionKind.START_TRIAL, message("trial-covered")),
                        no(ActionKind.CANCEL_TRIAL, message("trial-not-running")),
                    ),
            )
        fun offPlan(id: CameraId, name: String, model: String, trial: TrialRow, online: Boolean = true, blocked: Message? = null): CameraRow {
            val byTrial = CoverReason(CoverBy.TRIAL, Cover.COVERED, null, null, trial.message)
            val notSelected = CoverReason(CoverBy.PLAN, Cover.NOT_COVERED, WhyNot.NOT_SELECTED, subscription, message("not-on-plan", plan))
            val notStarted = CoverReason(CoverBy.TRIAL, Cover.NOT_COVERED, WhyNot.NOT_STARTED, null, trial.message)
            val final = message("trial-cancel-is-final", "camera" to MessageValue.Text(name))
            return CameraRow(
                id = id,
                name = name,
                model = model,
                online = online,
                cover = if (trial.canCancel) Cover.COVERED else Cover.NOT_COVERED,
                why = if (trial.canCancel) listOf(byTrial) else listOf(notSelected, notStarted),
                coveredTwice = false,
                subscription = null,
                selectable = blocked == null,
                blocked = blocked,
                trial = trial,
                freePlan = null,
                actions =
                    listOf(
                        if (blocked == null) yes(ActionKind.ADD_TO_PLAN) else no(ActionKind.ADD_TO_PLAN, blocked),
                        no(ActionKind.REMOVE_FROM_PLAN, message("on-no-plan")),
                        if (trial.canStart) yes(ActionKind.START_TRIAL) else no(ActionKind.START_TRIAL, message("trial-runs-already")),
                        if (trial.canCancel) yes(ActionKind.CANCEL_TRIAL, final)
                        else no(ActionKind.CANCEL_TRIAL, message("trial-not-running")),
                    ),
            )
        }
        return Snapshot(
            account = "acc_anna",
            freshness = Freshness.FRESH,
            asOf = now,
            clock = ClockState.TRUSTED,
            addPlan =
                AddPlan(
                    available = false,
                    reason =
                        message(
                            "slot-taken",
                            "plan" to MessageValue.Text(title),
                            "channel" to MessageValue.Text("app_store"),
                            "phase" to MessageValue.Text("active"),
                            "subscription" to MessageValue.Text(subscription),
                        ),
                ),
            subscriptions =
                listOf(
                    SubscriptionRow(
                        id = subscription,
                        plan = THREE_CAMERAS,
                        title = title,
                        capacity = 3u,
                        cycle = "P1M",
                        price = Price(6_990_000, "USD"),
                        service = "tapo_care",
                        channel = "app_store",
                        origin = "current",
                        phase = "active",
                        offer = "none",
                        cover = Cover.COVERED,
                        willRenew = true,
                        renewsAt = aMonthLater,
                        endsAt = null,
                        daysLeft = null,
                        cancelBy = aMonthLater,
                        graceUntil = null,
                        resumesAt = null,
                        scheduled = null,
                        priceChange = null,
                        historyRetainedUntil = null,
                        covers = "cameras",
                        cameras = listOf("cam_porch", "cam_garden"),
                        terms = message("renews-on", "date" to MessageValue.Date(aMonthLater)),
                        manage = ManageRoute.APP_STORE,
                        flags = emptyList(),
                        actions =
                            listOf(
                                yes(ActionKind.SELECT_CAMERAS),
                                yes(ActionKind.MANAGE),
                                yes(ActionKind.CANCEL, message("cancel-keeps-access", "date" to MessageValue.Date(aMonthLater))),
                                yes(ActionKind.CHANGE_PLAN),
                                no(ActionKind.KEEP_PLAN, message("no-change-waits")),
                                no(ActionKind.RETURN_PAYMENT, message("not-paid-twice")),
                            ),
                    ),
                ),
            cameras =
                listOf(
                    onPlan("cam_porch", "Porch", "C210"),
                    onPlan("cam_garden", "Garden", "C320WS"),
                    offPlan("cam_hallway", "Hallway", "C225", running),
                    offPlan(
                        "cam_nursery",
                        "Nursery",
                        "C110",
                        eligible,
                        blocked = message("camera-firmware-too-old", "version" to MessageValue.Text("1.2.0")),
                    ),
                    offPlan("cam_shed", "Shed", "C420", eligible, online = false, blocked = message("camera-offline")),
                ),
            picker = null,
            banners =
                listOf(
                    Banner("cam_hallway", BannerKind.TRIAL_RUNNING, running.message),
                    Banner("cam_nursery", BannerKind.TRIAL_OFFERED, eligible.message),
                    Banner("cam_shed", BannerKind.TRIAL_OFFERED, eligible.message),
                ),
            accountTrial = null,
            purchases = emptyList(),
            notices = emptyList(),
        )
    }

    private fun yes(kind: ActionKind, warning: Message? = null) = Action(kind, allowed = true, reason = null, warning)

    private fun no(kind: ActionKind, reason: Message) = Action(kind, allowed = false, reason, warning = null)

    private fun trial(
        state: String,
        message: Message,
        reason: String? = null,
        canStart: Boolean = false,
        canCancel: Boolean = false,
        endsAt: Timestamp? = null,
        daysLeft: UInt? = null,
    ) = TrialRow(state, reason, "P30D", canStart, canCancel, endsAt, daysLeft, endsToday = false, message)

    private fun message(key: String, vararg args: Pair<String, MessageValue>) =
        Message(key, args.map { (name, value) -> MessageArg(name, value) })

    @Test
    fun `every field of every record says something in some story`() =
        story { phone ->
            val seen = Seen()
            val world = phone.world
            phone.app("anna") { care ->
                care.settle()
                seen.read(care.snapshot())
                // A trial that runs, and one that ends today; a camera that cannot be added.
                care.startTrial("cam_porch").orThrow()
                world.control("POST", "cameras/cam_garden", json("firmware" to "0.0.1", "online" to false))
                care.refresh().orThrow()
                seen.read(care.snapshot())
                world.advance("29d")
                world.advance("23h")
                care.refresh().orThrow()
                seen.read(care.snapshot())
                // A purchase that waits, a receipt that is not the store's, and the word on them to somebody else.
                val tag = world.account("anna")["tag"].text
                phone.store.sheet = "pending"
                care.buy()
                val receipt = phone.store.boughtOutside(tag)
                care.onStoreTransactions(listOf(altered(receipt))).orThrow()
                seen.read(care.until { it.purchases.any { row -> row.refusedBy != null } })
                care.signIn(world.account("ben")["id"].text).orThrow()
                seen.read(care.until { it.notices.isNotEmpty() })
                // A plan that waits for its cameras; then one that ends, and a second one paid for at the same time.
                care.signIn(world.account("anna")["id"].text).orThrow()
                care.settle()
                val subscription = care.until { it.picker != null }.also(seen::read).subscriptions.single().id
                care.selectCameras(subscription, listOf("cam_porch")).orThrow()
                world.control("POST", "store/${receipt.id}/cancel")
                val second = transaction(world.boughtOutside("tablet", "care.tapo.10.monthly", tag))
                care.onStoreTransactions(listOf(second)).orThrow()
                care.settle()
                seen.read(care.until { it.subscriptions.size == 2 })
                // What the clouds and stores of this world do not bring about: a plan for the account, in grace, free plans, the
                // account's trial, and a camera that goes while it is ticked.
                val premium = json("account" to "anna", "plan" to "kasa-premium-yearly", "channel" to "web", "phase" to "grace")
                world.control("POST", "subscriptions", premium)
                val free = json("state" to "active", "history_h" to 12, "left" to "90d")
                world.control("POST", "cameras/cam_porch/free-plan", free)
                world.control("POST", "accounts/anna", json("trial" to json("state" to "active", "left" to "3d")))
                care.tickCameras(subscription, listOf("cam_porch", "cam_hallway")).orThrow()
                world.control("POST", "cameras/cam_hallway", json("account" to "ben"))
                care.refresh().orThrow()
                seen.read(care.snapshot())
                world.control("POST", "accounts/anna", json("trial" to json("state" to "not_offered", "reason" to "used")))
                care.refresh().orThrow()
                seen.read(care.snapshot())
            }
            // A scheduled change, a new price, a pause and erased recordings are not brought about here.
            val elsewhere =
                listOf("at", "consent", "from", "to").map { "PriceChange.$it" } +
                    listOf("at", "capacity", "plan", "title").map { "Scheduled.$it" } +
                    listOf("historyRetainedUntil", "priceChange", "resumesAt", "scheduled").map { "SubscriptionRow.$it" }
            assertEquals(elsewhere, seen.missing())
        }

    /** The same transaction with another signature. */
    private fun altered(transaction: StoreTransaction): StoreTransaction {
        val signed = transaction.signed as SignedPayload.AppStore
        val end = if (signed.transaction.endsWith("AAAA")) "BBBB" else "AAAA"
        return StoreTransaction("altered", signed.copy(transaction = signed.transaction.dropLast(4) + end))
    }
}

/** What the fields of records have said. */
private class Seen {
    private val said = mutableMapOf<Field, MutableSet<Any>>()

    /** Reads everything under a value. */
    fun read(value: Any?) {
        if (value is List<*>) value.forEach(::read)
        if (value == null || !isRecord(value.javaClass)) return
        for (field in fields(value.javaClass)) {
            val inside = field.get(value)
            if (inside != null && inside != emptyList<Any>()) said.getOrPut(field) { mutableSetOf() }.add(inside)
            read(inside)
        }
    }

    /** Fields under a snapshot that said nothing: always null, always empty, or a flag that never changed. */
    fun missing(): List<String> {
        val known = mutableSetOf<Class<*>>()
        fun collect(type: Class<*>) {
            if (isRecord(type) && known.add(type)) fields(type).forEach { collect(element(it)) }
        }
        collect(Snapshot::class.java)
        return known.flatMap(::fields).filter { said[it].orEmpty().size < if (it.type == Boolean::class.java) 2 else 1 }
            .map { "${it.declaringClass.simpleName}.${it.name}" }
            .sorted()
    }

    private fun isRecord(type: Class<*>) = type.packageName == Snapshot::class.java.packageName && !type.isEnum

    private fun fields(type: Class<*>) =
        type.declaredFields.filter { !Modifier.isStatic(it.modifiers) && !it.isSynthetic }.onEach { it.isAccessible = true }

    private fun element(field: Field): Class<*> =
        when (val generic = field.genericType) {
            is ParameterizedType -> generic.actualTypeArguments.single() as Class<*>
            else -> field.type
        }
}
