// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Texts that only their maker can read: AES with GCM. Thread-safe. */
public final class SealedTexts {
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;

  /**
   * Seals with a key.
   *
   * @param key 32 bytes
   */
  public SealedTexts(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
  }

  /**
   * Seals a text.
   *
   * @param unique a text that is used once with this key
   * @return base64
   */
  public String seal(String unique, String text) {
    byte[] nonce = Arrays.copyOf(AuthDigests.sha256(AuthDigests.bytes(unique)), NONCE_BYTES);
    try {
      Cipher cipher = Cipher.getInstance(CIPHER);
      cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
      byte[] sealed = cipher.doFinal(AuthDigests.bytes(text));
      byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
      System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
      return Base64.getEncoder().encodeToString(all);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }

  /** The text in bytes that {@link #seal} made; empty for any others. */
  public Optional<String> open(byte[] sealed) {
    if (sealed.length <= NONCE_BYTES) {
      return Optional.empty();
    }
    try {
      Cipher cipher = Cipher.getInstance(CIPHER);
      cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, sealed, 0, NONCE_BYTES));
      byte[] text = cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
      return Optional.of(new String(text, StandardCharsets.UTF_8));
    } catch (GeneralSecurityException forged) {
      return Optional.empty();
    }
  }
}
