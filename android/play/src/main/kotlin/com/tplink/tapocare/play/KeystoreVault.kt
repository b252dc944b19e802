/** The vault: values sealed by a key that never leaves this phone's Keystore, kept in the app's preferences. */
package com.tplink.tapocare.play

import android.content.Context
import android.os.UserManager
import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyProperties
import android.util.Base64
import com.tplink.tapocare.Vault
import com.tplink.tapocare.VaultException
import java.security.GeneralSecurityException
import java.security.KeyStore
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec

/** Called from the core's disk thread; a write is on the disk when it returns. */
public class KeystoreVault(private val context: Context) : Vault {
    private val preferences get() = context.getSharedPreferences(NAME, Context.MODE_PRIVATE)

    override fun read(key: String): String? =
        unlocked {
            preferences.getString(key, null)?.let { sealed ->
                val bytes = Base64.decode(sealed, Base64.NO_WRAP)
                val cipher = Cipher.getInstance(AES)
                cipher.init(Cipher.DECRYPT_MODE, secret(), GCMParameterSpec(TAG_BITS, bytes, 0, NONCE))
                cipher.updateAAD(key.toByteArray())
                String(cipher.doFinal(bytes, NONCE, bytes.size - NONCE))
            }
        }

    override fun write(key: String, value: String): Unit =
        unlocked {
            val cipher = Cipher.getInstance(AES)
            cipher.init(Cipher.ENCRYPT_MODE, secret())
            cipher.updateAAD(key.toByteArray())
            val sealed = cipher.iv + cipher.doFinal(value.toByteArray())
            val written = preferences.edit().putString(key, Base64.encodeToString(sealed, Base64.NO_WRAP)).commit()
            if (!written) throw VaultException.Failed("not_written")
        }

    /** Before the first unlock there is nothing to read, which is not the same as nothing. */
    private fun <T> unlocked(work: () -> T): T {
        if (context.getSystemService(UserManager::class.java)?.isUserUnlocked != true) throw VaultException.Unavailable()
        return try {
            work()
        } catch (error: GeneralSecurityException) {
            throw VaultException.Failed(error.javaClass.simpleName)
        }
    }

    private fun secret(): SecretKey {
        val keys = KeyStore.getInstance(PROVIDER).apply { load(null) }
        return keys.getKey(NAME, null) as SecretKey? ?: made()
    }

    private fun made(): SecretKey {
        val purposes = KeyProperties.PURPOSE_ENCRYPT or KeyProperties.PURPOSE_DECRYPT
        val spec =
            KeyGenParameterSpec.Builder(NAME, purposes)
                .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
                .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
                .build()
        return KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, PROVIDER).apply { init(spec) }.generateKey()
    }

    private companion object {
        const val NAME = "tapo-care"
        const val PROVIDER = "AndroidKeyStore"
        const val AES = "AES/GCM/NoPadding"
        const val TAG_BITS = 128

        /** Bytes of the nonce that Android's GCM puts first. */
        const val NONCE = 12
    }
}
