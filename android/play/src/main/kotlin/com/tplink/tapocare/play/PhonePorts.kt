/** This phone's clocks, and its log. */
package com.tplink.tapocare.play

import android.content.Context
import android.os.SystemClock
import android.provider.Settings
import android.util.Log as Logcat
import com.tplink.tapocare.Clock
import com.tplink.tapocare.ClockReading
import com.tplink.tapocare.Log
import com.tplink.tapocare.LogLine
import java.util.TimeZone

/** Wall clock, time since boot with sleep, and which boot it is. */
public class PhoneClock(private val context: Context) : Clock {
    override fun read(): ClockReading {
        val wall = System.currentTimeMillis()
        return ClockReading(
            wall = wall,
            utcOffsetS = TimeZone.getDefault().getOffset(wall) / MILLIS,
            elapsedMs = SystemClock.elapsedRealtime(),
            bootId = Settings.Global.getInt(context.contentResolver, Settings.Global.BOOT_COUNT).toString(),
        )
    }

    private companion object {
        const val MILLIS = 1000
    }
}

/** Logcat. The core redacts before it speaks. */
public class LogcatLog : Log {
    override fun line(line: LogLine) {
        Logcat.i("TapoCare", "${line.event} ${line.detail}")
    }
}
