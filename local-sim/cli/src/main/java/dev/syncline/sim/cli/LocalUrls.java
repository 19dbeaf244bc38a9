// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Translates URLs of AWS host names, as templates put them into outputs, to the same resource on
 * the simulator's port. Immutable.
 *
 * @param endpoint the simulator's, without a path
 */
record LocalUrls(URI endpoint) {
  private static final Pattern EXECUTE_API =
      Pattern.compile(
          "https?://([a-z0-9]+)\\.execute-api\\.[a-z0-9-]+\\.amazonaws\\.com/([A-Za-z0-9_-]+)(/.*)?");
  private static final Pattern EVENT_API =
      Pattern.compile(
          "(?:(https?|wss?)://)?([a-z0-9]+)\\.appsync-(realtime-)?api\\.[a-z0-9-]+"
              + "\\.amazonaws\\.com(/.*)?");

  /** The local URL for {@code value}; empty if it is not a URL of AWS. */
  Optional<String> of(String value) {
    Matcher api = EXECUTE_API.matcher(value);
    if (api.matches()) {
      String path = api.group(3) == null ? "" : api.group(3);
      return Optional.of(
          endpoint + "/restapis/" + api.group(1) + "/" + api.group(2) + "/_user_request_" + path);
    }
    Matcher events = EVENT_API.matcher(value);
    if (events.matches()) {
      boolean realtime = events.group(3) != null;
      String path =
          events.group(4) == null ? "/event" + (realtime ? "/realtime" : "") : events.group(4);
      return Optional.of(
          (realtime ? "ws" : "http")
              + endpoint.toString().substring(endpoint.getScheme().length())
              + "/_aws/appsync-api/"
              + events.group(2)
              + path);
    }
    return Optional.empty();
  }
}
