// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The origin of web pages (RFC 6454): pages of one origin trust each other.
 *
 * @param scheme in lower case, such as {@code https}
 * @param host in lower case; an IPv6 address has its brackets
 * @param port 1 to 65535; -1 when the text has no port and the scheme has no default port
 */
public record Origin(String scheme, String host, int port) {
  private static final Map<String, Integer> PORTS =
      Map.of("http", 80, "ws", 80, "https", 443, "wss", 443);
  private static final String FORM =
      "must be the origin of a web page, SCHEME://HOST[:PORT] without a path, such as"
          + " http://localhost:5173";

  /**
   * Reads {@code SCHEME://HOST[:PORT]}; the port is the scheme's default unless given.
   *
   * @throws IllegalArgumentException naming the text
   */
  public static Origin parse(String text) {
    if (text.contains("*")) {
      throw new IllegalArgumentException(
          "must name one origin, got '"
              + text
              + "': with a wildcard any page could run code on this machine");
    }
    return read(text)
        .orElseThrow(() -> new IllegalArgumentException(FORM + ", got '" + text + "'"));
  }

  /** The origin in an {@code Origin} header; empty for {@code null} and for a malformed one. */
  static Optional<Origin> read(String text) {
    int end = text.indexOf("://");
    if (end < 1 || !text.substring(0, end).matches("[A-Za-z][A-Za-z0-9+.-]*")) {
      return Optional.empty();
    }
    String scheme = text.substring(0, end).toLowerCase(Locale.ROOT);
    return Authority.parse(text.substring(end + 3))
        .filter(at -> at.port() != 0 && at.port() <= 65_535)
        .map(
            at ->
                new Origin(
                    scheme, at.name(), at.port() > 0 ? at.port() : PORTS.getOrDefault(scheme, -1)));
  }

  /** The origin of a page, from a {@code Referer} header; empty when it has none. */
  static Optional<Origin> ofPage(String url) {
    int end = url.indexOf("://");
    int path = end < 0 ? -1 : url.indexOf('/', end + 3);
    return read(path < 0 ? url : url.substring(0, path));
  }

  /** Whether a page of this origin that calls {@code at} calls its own server. */
  boolean isAt(Authority at, boolean secure) {
    String own = secure ? "https" : "http";
    return scheme.equals(own)
        && host.equals(at.name())
        && port == (at.port() < 0 ? PORTS.getOrDefault(own, -1) : at.port());
  }

  /** As a browser writes it. */
  @Override
  public String toString() {
    boolean usual = port < 0 || port == PORTS.getOrDefault(scheme, -1);
    return scheme + "://" + host + (usual ? "" : ":" + port);
  }
}
