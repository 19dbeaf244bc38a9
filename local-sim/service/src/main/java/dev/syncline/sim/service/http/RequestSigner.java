// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Signs requests of integrations and data sources with Signature Version 4. Stateless. */
public final class RequestSigner {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private RequestSigner() {}

  /** The credentials of an assumed role. */
  public record Credentials(String accessKeyId, String secret, String token) {
    @Override
    public String toString() {
      return "Credentials[" + accessKeyId + "]";
    }
  }

  /**
   * The headers of a signed request.
   *
   * @param host without a port
   * @param path percent-encoded
   * @param query percent-encoded
   * @param headers those of the request, all of which are signed
   */
  public static List<Map.Entry<String, String>> signed(
      String method,
      String host,
      String path,
      String query,
      List<Map.Entry<String, String>> headers,
      byte[] body,
      Credentials credentials,
      String region,
      String signingName,
      Instant now) {
    String stamp = STAMP.format(now);
    String day = stamp.substring(0, 8);
    String hash = SigningKey.hash(body);
    var all = new ArrayList<>(headers);
    all.add(Map.entry("X-Amz-Date", stamp));
    all.add(Map.entry("X-Amz-Security-Token", credentials.token()));
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
    var key = new SigningKey(credentials.secret(), day, region, signingName);
    all.add(
        Map.entry(
            "Authorization",
            SigningKey.ALGORITHM
                + " Credential="
                + String.join(
                    "/", credentials.accessKeyId(), day, region, signingName, "aws4_request")
                + ", SignedHeaders="
                + names
                + ", Signature="
                + key.sign(stamp, canonical.toString())));
    return all;
  }

  /** A query text of parameters. */
  public static String query(List<Map.Entry<String, String>> parameters) {
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
}
