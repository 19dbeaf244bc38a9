// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One credential in the service's formats: HTTP headers for a publish, and a JSON object for the
 * realtime connection and for each of its operations.
 *
 * <p>Immutable and thread-safe. {@code toString} hides the secret; the returned maps and texts
 * contain it and must not be logged.
 */
public interface Credential {

  /**
   * The headers of an HTTP publish.
   *
   * @param httpHost the API's HTTP host, {@link EventsEndpoint#httpHost()}
   * @param body the exact bytes that are sent: a signature covers them
   */
  Map<String, String> publishHeaders(String httpHost, byte[] body);

  /**
   * The members of the object that opens a realtime connection.
   *
   * @param httpHost the API's HTTP host, although the socket connects to the realtime host
   */
  Map<String, String> connect(String httpHost);

  /**
   * The members of the {@code authorization} of a subscribe frame.
   *
   * @param httpHost the API's HTTP host
   * @param channel the subscription's channel; a signature covers it
   */
  Map<String, String> subscribe(String httpHost, Channel channel);

  /**
   * The WebSocket subprotocol that carries {@link #connect}: {@code header-} and the object in
   * base64url. Without padding, because {@code =} is not allowed in a subprotocol.
   */
  default String connectSubprotocol(String httpHost) {
    byte[] json = json(connect(httpHost)).getBytes(StandardCharsets.UTF_8);
    return "header-" + Base64.getUrlEncoder().withoutPadding().encodeToString(json);
  }

  /** {@link #subscribe} as JSON text. */
  default String subscribeJson(String httpHost, Channel channel) {
    return json(subscribe(httpHost, channel));
  }

  private static String json(Map<String, String> members) {
    return members.entrySet().stream()
        .map(member -> quote(member.getKey()) + ":" + quote(member.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String quote(String text) {
    return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
  }
}
