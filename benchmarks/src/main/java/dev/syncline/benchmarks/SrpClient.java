// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The client's side of SRP as Cognito has it, for one sign-in. Source: RFC 5054's group of 3,072
 * bits and the published clients.
 */
public final class SrpClient {
  private static final BigInteger N =
      new BigInteger(
          """
          FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74
          020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F1437
          4FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED
          EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF05
          98DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB
          9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B
          E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF695581718
          3995497CEA956AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33
          A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7
          ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864
          D87602733EC86A64521F2B18177B200CBBE117577A615D6C770988C0BAD946E2
          08E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF
          """
              .replaceAll("\\s", ""),
          16);
  private static final BigInteger G = BigInteger.TWO;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss 'UTC' yyyy", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final BigInteger secret;
  private final BigInteger publicValue;

  /** A client whose secret is from {@code random}. */
  public SrpClient(RandomGenerator random) {
    byte[] bytes = new byte[128];
    random.nextBytes(bytes);
    secret = new BigInteger(1, bytes);
    publicValue = G.modPow(secret, N);
  }

  /** {@code SRP_A}. */
  public String publicValue() {
    return publicValue.toString(16);
  }

  /** What a proof consists of. */
  public record Proof(String timestamp, String signature) {}

  /** Answers a PASSWORD_VERIFIER challenge. */
  public Proof prove(
      String pool,
      String user,
      String password,
      String salt,
      String serverValue,
      String block,
      Instant now)
      throws GeneralSecurityException {
    BigInteger server = new BigInteger(serverValue, 16);
    BigInteger u = number(hash(bytes(publicValue), bytes(server)));
    BigInteger k = number(hash(bytes(N), bytes(G)));
    byte[] identity = hash((pool + user + ":" + password).getBytes(StandardCharsets.UTF_8));
    BigInteger x = number(hash(bytes(new BigInteger(salt, 16)), identity));
    BigInteger shared =
        server.subtract(k.multiply(G.modPow(x, N))).mod(N).modPow(secret.add(u.multiply(x)), N);
    byte[] extracted = hmac(bytes(u), bytes(shared));
    byte[] derived = hmac(extracted, "Caldera Derived Key\u0001".getBytes(StandardCharsets.UTF_8));
    byte[] key = java.util.Arrays.copyOf(derived, 16);
    String timestamp = TIME.format(now);
    byte[] signature =
        hmac(
            key,
            pool.getBytes(StandardCharsets.UTF_8),
            user.getBytes(StandardCharsets.UTF_8),
            Base64.getDecoder().decode(block),
            timestamp.getBytes(StandardCharsets.UTF_8));
    return new Proof(timestamp, Base64.getEncoder().encodeToString(signature));
  }

  private static byte[] bytes(BigInteger value) {
    return value.toByteArray();
  }

  private static BigInteger number(byte[] digest) {
    return new BigInteger(HexFormat.of().formatHex(digest), 16);
  }

  private static byte[] hash(byte[]... parts) throws GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  private static byte[] hmac(byte[] key, byte[]... parts) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    for (byte[] part : parts) {
      mac.update(part);
    }
    return mac.doFinal();
  }
}
