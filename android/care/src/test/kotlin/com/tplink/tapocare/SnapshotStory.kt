/** The story of `tests/contract/snapshot`, as every suite plays it, and a snapshot as `path = value`. */
package com.tplink.tapocare

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import java.lang.reflect.Field
import java.lang.reflect.Modifier
import kotlin.io.path.readLines
import kotlin.io.path.readText

private val folder = workspace.resolve("tests/contract/snapshot")

/** What the fields of a snapshot say, by where they stand. */
typealias Said = Map<String, String>

/** Its fields; ids that no two runs share are named by where they stand. */
fun Snapshot.said(): Said {
    val named = mutableMapOf<String, String>()
    subscriptions.forEachIndexed { nth, row -> named[row.id] = "subscription $nth" }
    purchases.forEachIndexed { nth, row -> row.intent?.let { named[it] = "intent $nth" } }
    return buildMap<String, String> { read("", this@said) }
        .mapValues { (_, value) -> named.entries.fold(value) { text, (id, name) -> text.replace(id, name) } }
}

/** Each field under a value. A field that is new is there by itself. */
private fun MutableMap<String, String>.read(path: String, value: Any?) {
    when {
        value is List<*> && value.isNotEmpty() -> value.forEachIndexed { nth, one -> read("$path[$nth]", one) }
        value != null && isRecord(value.javaClass) ->
            fields(value.javaClass).forEach { read(if (path.isEmpty()) snake(it.name) else "$path.${snake(it.name)}", it.get(value)) }
        else -> this[path] = text(value)
    }
}

private fun text(value: Any?): String =
    when {
        value == null -> "nil"
        value is List<*> -> "[]"
        value is Enum<*> -> value.name.lowercase()
        value.javaClass.packageName == Snapshot::class.java.packageName -> {
            val carried = fields(value.javaClass).joinToString { it.get(value).toString() }
            snake(value.javaClass.simpleName) + if (carried.isEmpty()) "" else "($carried)"
        }
        else -> value.toString()
    }

/** A class of the bindings that is no case of an enumeration. */
private fun isRecord(type: Class<*>) =
    type.packageName == Snapshot::class.java.packageName && !type.isEnum && type.enclosingClass == null

private fun fields(type: Class<*>): List<Field> =
    type.declaredFields.filter { !Modifier.isStatic(it.modifiers) && !it.isSynthetic }.onEach { it.isAccessible = true }

private fun snake(name: String) = name.replace(Regex("(?<=[a-z])(?=[A-Z])"), "_").lowercase()

/** What each look of the story shows: the file says what is new since the look before it. */
fun expectedLooks(): Map<String, Said> {
    val looks = linkedMapOf<String, MutableMap<String, String>>()
    var known = mutableMapOf<String, String>()
    for (line in folder.resolve("said.txt").readLines().filter { it.isNotEmpty() }) {
        when {
            line.startsWith("# ") -> known = known.toMutableMap().also { looks[line.drop(2)] = it }
            line.endsWith(" is gone") -> {
                val gone = line.removeSuffix(" is gone")
                known.keys.removeAll { it == gone || it.startsWith("$gone.") || it.startsWith("$gone[") }
            }
            else -> known[line.substringBefore(" = ")] = line.substringAfter(" = ")
        }
    }
    return looks
}

/** Plays the story on that phone, and gives what each look sees. */
suspend fun playSnapshots(phone: Phone, care: TapoCare): Map<String, Said> {
    val looks = linkedMapOf<String, Said>()
    val ids = mutableMapOf<String, String>()
    var receipt: StoreTransaction? = null
    for (step in Json.parseToJsonElement(folder.resolve("story.json").readText()).list) {
        val (verb, what) = (step as JsonObject).entries.first()
        step["sheet"]?.let { phone.store.sheet = it.text }
        when (verb) {
            "look" -> looks[what.text] = care.snapshot().said()
            "control" -> {
                val (method, path) = what.list.map { if (it is JsonObject) "" else it.text }
                val here = ids.entries.fold(path) { text, (name, id) -> text.replace("{$name}", id) }
                phone.world.control(method, here, what.list.getOrNull(2))
            }
            "outside" -> {
                val tag = phone.world.account("anna")["tag"].text
                val bought = phone.world.boughtOutside(what["device"].text, what["product"].text, tag, what["store"].text)
                if (what["store"].text == "play") {
                    ids["token"] = bought["token"].text
                } else {
                    ids["id"] = bought["id"].text
                    receipt = transaction(bought)
                }
            }
            "hand_over" -> care.onStoreTransactions(listOf(altered(checkNotNull(receipt)))).orThrow()
            "advance" -> phone.world.advance(what.text)
            "sign_in" -> care.signIn(phone.world.account(what.text)["id"].text).orThrow()
            "buy" -> care.buy(what.text)
            "change_plan" -> {
                care.changePlan(ChangePlanRequest(care.firstPlan(), what.text)).orThrow()
                care.ended()
            }
            "start_trial" -> care.startTrial(what.text).orThrow()
            "select" -> care.selectCameras(care.firstPlan(), what.texts).orThrow()
            "tick" -> care.tickCameras(care.firstPlan(), what.texts).orThrow()
            "sweep" -> care.settle()
            else -> error("no such step: $step")
        }
    }
    return looks
}

private fun TapoCare.firstPlan() = snapshot().subscriptions.first().id

private val JsonElement.texts get() = list.map { it.text }

/** The same transaction with another signature. */
private fun altered(transaction: StoreTransaction): StoreTransaction {
    val signed = transaction.signed as SignedPayload.AppStore
    val end = if (signed.transaction.endsWith("AAAA")) "BBBB" else "AAAA"
    return StoreTransaction("altered", signed.copy(transaction = signed.transaction.dropLast(4) + end))
}
