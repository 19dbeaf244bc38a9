// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import dev.syncline.sim.service.http.PercentCoding;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs requests of integrations with Signature Version 4. Stateless. */
final class RequestSigner {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final HexFormat HEX = HexFormat.of();

  private RequestSigner() {}

  /**
   * The headers of a signed request.
   *
   * @param host without a port
   * @param path percent-encoded
   * @param query percent-encoded
   * @param headers those of the request, all of which are signed
   * @param scope region and signing name, with a slash between them
   */
  static List<Map.Entry<String, String>> signed(
      String method,
      String host,
      String path,
      String query,
      List<Map.Entry<String, String>> headers,
      byte[] body,
      RoleCredentials.Session session,
      String scope,
      Instant now) {
    String stamp = STAMP.format(now);
    String day = stamp.substring(0, 8);
    String hash = HEX.formatHex(sha256(body));
    var all = new ArrayList<>(headers);
    all.add(Map.entry("X-Amz-Date", stamp));
    all.add(Map.entry("X-Amz-Security-Token", session.token()));
    all.add(Map.entry("X-Amz-Content-Sha256", hash));
    var sorted = new TreeMap<String, String>();
    sorted.put("host", host);
    for (Map.Entry<String, String> header : all) {
      sorted.merge(
          header.getKey().toLowerCase(Locale.ROOT),
          header.getValue().strip(),
          (one, more) -> one + "," + more);
    }
    String names = String.join(";", sorted.keySet());
    var canonical = new StringBuilder(method).append('\n').append(path).append('\n');
    canonical.append(sorted(query)).append('\n');
    sorted.forEach((name, value) -> canonical.append(name).append(':').append(value).append('\n'));
    canonical.append('\n').append(names).append('\n').append(hash);
    String scopeOfDay = day + "/" + scope + "/aws4_request";
    String toSign =
        "AWS4-HMAC-SHA256\n"
            + stamp
            + "\n"
            + scopeOfDay
            + "\n"
            + HEX.formatHex(sha256(canonical.toString().getBytes(StandardCharsets.UTF_8)));
    byte[] key = ("AWS4" + session.secret()).getBytes(StandardCharsets.UTF_8);
    for (String part : scopeOfDay.split("/", -1)) {
      key = hmac(key, part);
    }
    all.add(
        Map.entry(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential="
                + session.accessKeyId()
                + "/"
                + scopeOfDay
                + ", SignedHeaders="
                + names
                + ", Signature="
                + HEX.formatHex(hmac(key, toSign))));
    return all;
  }

  /** A query text of parameters. */
  static String query(List<Map.Entry<String, String>> parameters) {
    var pairs = new ArrayList<String>();
    parameters.forEach(
        pair ->
            pairs.add(
                PercentCoding.encode(pair.getKey(), "")
                    + "="
                    + PercentCoding.encode(pair.getValue(), "")));
    return String.join("&", pairs);
  }

  private static String sorted(String query) {
    var pairs = new ArrayList<>(List.of(query.split("&", -1)));
    pairs.sort(null);
    return String.join("&", pairs);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
