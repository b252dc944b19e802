/** What holds the disk and the cloud shut until a test opens them. */
package com.tplink.tapocare

import kotlinx.coroutines.CompletableDeferred
import java.io.IOException
import java.net.InetAddress
import java.net.ServerSocket
import java.net.Socket
import java.net.URI
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.locks.ReentrantLock
import kotlin.concurrent.thread
import kotlin.concurrent.withLock

/** Whoever passes while it is shut waits. */
class Gate {
    private val lock = ReentrantLock()
    private val opened = lock.newCondition()
    private var closed = false

    /** Completes when somebody stands before the shut gate. */
    val reached = CompletableDeferred<Unit>()

    fun shut() = lock.withLock { closed = true }

    fun open() =
        lock.withLock {
            closed = false
            opened.signalAll()
        }

    /** Blocks the calling thread while the gate is shut. */
    fun pass() =
        lock.withLock {
            if (closed) reached.complete(Unit)
            while (closed) opened.await()
        }
}

/** The cloud behind a gate: connections are made, and not one byte of a question passes while it is shut. */
class HeldCloud(cloud: String, private val gate: Gate) : AutoCloseable {
    private val behind = URI(cloud)
    private val listening = ServerSocket(0, 50, InetAddress.getLoopbackAddress())
    private val sockets = ConcurrentLinkedQueue<Socket>()

    /** Where a phone finds it. */
    val url = "http://127.0.0.1:${listening.localPort}${behind.path}"

    init {
        thread(isDaemon = true, name = "held cloud") { quietly { while (true) connect(listening.accept()) } }
    }

    private fun connect(phone: Socket) {
        val cloud = Socket(behind.host, behind.port)
        sockets += listOf(phone, cloud)
        pipe(phone, cloud) { gate.pass() }
        pipe(cloud, phone) {}
    }

    private fun pipe(from: Socket, to: Socket, before: () -> Unit) {
        thread(isDaemon = true, name = "held cloud") {
            quietly {
                val bytes = ByteArray(16 * 1024)
                while (true) {
                    val read = from.getInputStream().read(bytes)
                    if (read < 0) break
                    before()
                    to.getOutputStream().write(bytes, 0, read)
                }
                to.shutdownOutput()
            }
        }
    }

    /** A connection that breaks is what the core must withstand, not this. */
    private fun quietly(work: () -> Unit) {
        try {
            work()
        } catch (_: IOException) {
        }
    }

    override fun close() {
        listening.close()
        sockets.forEach { it.close() }
    }
}
