// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One credential at one moment, in the two shapes the service takes: HTTP headers for a publish,
 * and a JSON object for the realtime connection and each of its operations.
 *
 * <p>Immutable and thread-safe. {@code toString} hides the secret; the maps and texts returned here
 * contain it and are not for logs.
 */
public final class Credential {
  static final String API_KEY_HEADER = "x-api-key";

  private final String header;
  private final String secret;

  Credential(String header, String secret) {
    this.header = header;
    this.secret = secret;
  }

  /** The headers of an HTTP publish. */
  public Map<String, String> httpHeaders() {
    return Map.of(header, secret);
  }

  /**
   * The members of the realtime credentials object, which is also the {@code authorization} of a
   * subscribe frame: {@code host} first, then the secret.
   *
   * @param httpHost the API's HTTP host, {@link EventsEndpoint#httpHost()}, although the socket
   *     connects to the realtime host
   */
  public Map<String, String> realtime(String httpHost) {
    Map<String, String> members = new LinkedHashMap<>();
    members.put("host", httpHost);
    members.put(header, secret);
    return members;
  }

  /** {@link #realtime(String)} as JSON text. */
  public String realtimeJson(String httpHost) {
    return realtime(httpHost).entrySet().stream()
        .map(member -> quote(member.getKey()) + ":" + quote(member.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  /**
   * The WebSocket subprotocol that carries the credentials: {@code header-} and the object in
   * base64url. Without padding, because {@code =} is not allowed in a subprotocol.
   */
  public String realtimeSubprotocol(String httpHost) {
    byte[] json = realtimeJson(httpHost).getBytes(StandardCharsets.UTF_8);
    return "header-" + Base64.getUrlEncoder().withoutPadding().encodeToString(json);
  }

  String secret() {
    return secret;
  }

  @Override
  public String toString() {
    return "Credential[" + header + ": hidden]";
  }

  private static String quote(String text) {
    return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
  }
}
