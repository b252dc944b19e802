/** JSON over HTTP, as the sandbox speaks it. */
package com.tplink.tapocare

import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.future.await
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonArray
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long
import java.io.IOException
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse

/** The connection broke off. */
class NoAnswer(cause: Throwable) : Exception(cause)

private val client: HttpClient = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()

/** One exchange. Any answer but a good one is the test's mistake. */
suspend fun ask(method: String, url: String, body: JsonElement? = null, token: String? = null): JsonElement {
    val text = body?.let { HttpRequest.BodyPublishers.ofString(it.toString()) } ?: HttpRequest.BodyPublishers.noBody()
    val request = HttpRequest.newBuilder(URI(url)).method(method, text).header("content-type", "application/json")
    token?.let { request.header("authorization", "Bearer $it") }
    val answer =
        try {
            client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString()).await()
        } catch (cancelled: CancellationException) {
            throw cancelled
        } catch (error: IOException) {
            throw NoAnswer(error)
        }
    check(answer.statusCode() in 200..299) { "$method $url: ${answer.statusCode()} ${answer.body()}" }
    return if (answer.body().isEmpty()) JsonNull else Json.parseToJsonElement(answer.body())
}

/** An object of these members; null members are left out. */
fun json(vararg members: Pair<String, Any?>): JsonObject =
    buildJsonObject { members.forEach { (name, value) -> if (value != null) put(name, json(value)) } }

private fun json(value: Any): JsonElement =
    when (value) {
        is JsonElement -> value
        is Number -> JsonPrimitive(value)
        is Boolean -> JsonPrimitive(value)
        is List<*> -> buildJsonArray { value.forEach { add(json(checkNotNull(it))) } }
        else -> JsonPrimitive(value.toString())
    }

operator fun JsonElement.get(name: String): JsonElement = jsonObject.getValue(name)

val JsonElement.text: String get() = jsonPrimitive.content

val JsonElement.textOrNull: String? get() = jsonPrimitive.contentOrNull

val JsonElement.number: Long get() = jsonPrimitive.long

val JsonElement.list: List<JsonElement> get() = jsonArray
