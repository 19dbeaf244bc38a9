// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.events.Credentials;
import dev.syncline.sim.events.JsonText;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.services.appsync.common.ApiHosts;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The credentials of an upgrade request. Clients send them in one of two ways: in a subprotocol
 * {@code header-} followed by a JSON object of headers in base64 (browsers), and real headers (the
 * Swift and Android clients). The subprotocol takes precedence. Base64 may be padded or not,
 * url-safe or not.
 *
 * @param credentials the credentials, None without any or if they cannot be read
 * @param host the {@code host} in the subprotocol's object, without port, empty without one
 * @param carried whether they came in the subprotocol
 * @param readable false when there is such a subprotocol and it holds no JSON object
 */
record UpgradeCredentials(Credentials credentials, String host, boolean carried, boolean readable) {
  static final String PROTOCOL = "aws-appsync-event-ws";
  private static final String CARRIER = "header-";

  static UpgradeCredentials of(Headers headers) {
    Optional<String> carried =
        offered(headers).stream().filter(offer -> offer.startsWith(CARRIER)).findFirst();
    if (carried.isEmpty()) {
      return new UpgradeCredentials(Credentials.of(headers.byName()), "", false, true);
    }
    Optional<ObjectNode> object =
        decode(carried.get().substring(CARRIER.length())).flatMap(JsonText::object);
    return object
        .map(
            shown ->
                new UpgradeCredentials(
                    Credentials.of(shown),
                    ApiHosts.name(Credentials.headers(shown).getOrDefault("host", "")),
                    true,
                    true))
        .orElseGet(() -> new UpgradeCredentials(new Credentials.None(), "", true, false));
  }

  /** The subprotocols offered, in order. */
  static List<String> offered(Headers headers) {
    return headers.all("sec-websocket-protocol").stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .map(String::strip)
        .filter(offer -> !offer.isEmpty())
        .toList();
  }

  private static Optional<byte[]> decode(String base64) {
    int end = base64.length();
    while (end > 0 && base64.charAt(end - 1) == '=') {
      end--;
    }
    String urlSafe = base64.substring(0, end).replace('+', '-').replace('/', '_');
    try {
      return Optional.of(Base64.getUrlDecoder().decode(urlSafe));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}
