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
        val covered = TrialRow("not_offered", canStart = false, endsAt = null, daysLeft = null, endsToday = false, message("trial-covered"))
        val running =
            TrialRow(
                state = "active",
                canStart = false,
                endsAt = thirtyDaysLater,
                daysLeft = 30u,
                endsToday = false,
                message("trial-active", "date" to MessageValue.Date(thirtyDaysLater), "days" to MessageValue.Count(30)),
            )
        val offer = message("trial-eligible", "length" to MessageValue.Text("P30D"))
        val eligible = TrialRow("eligible", canStart = true, endsAt = null, daysLeft = null, endsToday = false, offer)
        fun onPlan(id: CameraId, name: String, model: String) =
            CameraRow(id, name, model, online = true, Cover.COVERED, subscription, selectable = true, blocked = null, covered)
        fun offPlan(id: CameraId, name: String, model: String, trial: TrialRow, online: Boolean = true, blocked: Message? = null) =
            CameraRow(id, name, model, online, Cover.NOT_COVERED, subscription = null, selectable = blocked == null, blocked, trial)
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
                        channel = "app_store",
                        phase = "active",
                        cover = Cover.COVERED,
                        willRenew = true,
                        renewsAt = aMonthLater,
                        endsAt = null,
                        daysLeft = null,
                        cameras = listOf("cam_porch", "cam_garden"),
                        terms = message("renews-on", "date" to MessageValue.Date(aMonthLater)),
                        manage = ManageRoute.APP_STORE,
                        flags = emptyList(),
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
            purchases = emptyList(),
            notices = emptyList(),
        )
    }

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
            }
            // Empty as long as the picker opens only for a plan that never had a selection.
            assertEquals(listOf("Picker.selected"), seen.missing())
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
