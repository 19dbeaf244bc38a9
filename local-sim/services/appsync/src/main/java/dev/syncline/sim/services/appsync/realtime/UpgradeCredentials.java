// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.realtime;

import dev.syncline.sim.events.Credentials;
import dev.syncline.sim.events.JsonText;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.services.appsync.common.ApiHosts;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The credentials of an upgrade request. Clients send them in one of three ways: in the query's
 * {@code header} (GraphQL APIs only), in a subprotocol {@code header-}, both followed by a JSON
 * object of headers in base64, and in real headers (the Swift and Android clients). The first takes
 * precedence. Base64 may be padded or not, url-safe or not.
 *
 * @param credentials the credentials, None without any or if they cannot be read
 * @param host the {@code host} in the object, without port, empty without one
 * @param carried whether they came in an object
 * @param readable false when there should be an object and there is not
 */
public record UpgradeCredentials(
    Credentials credentials, String host, boolean carried, boolean readable) {
  private static final String CARRIER = "header-";
  private static final int MAX_PARAMETERS = 100;
  private static final String PARAMETER = "header=";

  /** The credentials in the subprotocol or the headers. */
  public static UpgradeCredentials of(Headers headers) {
    return offered(headers).stream()
        .filter(offer -> offer.startsWith(CARRIER))
        .findFirst()
        .map(carried -> decoded(carried.substring(CARRIER.length())))
        .orElseGet(() -> new UpgradeCredentials(Credentials.of(headers.byName()), "", false, true));
  }

  /** The credentials in the query, the subprotocol or the headers. */
  public static UpgradeCredentials withQuery(HttpRequest upgrade) {
    return Arrays.stream(upgrade.rawQuery().split("&", MAX_PARAMETERS))
        .filter(parameter -> parameter.startsWith(PARAMETER))
        .findFirst()
        .map(parameter -> decoded(unescaped(parameter.substring(PARAMETER.length()))))
        .orElseGet(() -> of(upgrade.headers()));
  }

  private static UpgradeCredentials decoded(String base64) {
    return decode(base64)
        .flatMap(JsonText::object)
        .map(
            shown ->
                new UpgradeCredentials(
                    Credentials.of(shown),
                    ApiHosts.name(Credentials.headers(shown).getOrDefault("host", "")),
                    true,
                    true))
        .orElseGet(() -> new UpgradeCredentials(new Credentials.None(), "", true, false));
  }

  /** Some clients do not escape the plus sign of base64. */
  private static String unescaped(String value) {
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      // It is not base64 then, and is refused as such.
      return value;
    }
  }

  /** The subprotocols offered, in order. */
  public static List<String> offered(Headers headers) {
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
