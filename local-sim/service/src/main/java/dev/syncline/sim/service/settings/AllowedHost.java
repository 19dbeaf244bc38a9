// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.settings;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A host outside of this process that HTTP Tasks may call.
 *
 * @param host its name in lower case
 * @param port 1 to 65535
 * @param target where its requests are sent instead, scheme and authority only; null for the host
 *     itself
 */
public record AllowedHost(String host, int port, @Nullable URI target) {
  private static final int HTTPS = 443;
  private static final Pattern FORM =
      Pattern.compile("([A-Za-z0-9.-]+)(?::(\\d{1,5}))?(?:=(https?://[^/?#]+)/?)?");

  /**
   * Reads {@code HOST[:PORT][=URL]}, such as {@code api.example.com} or {@code
   * api.example.com=http://127.0.0.1:8080}; the port is 443 unless given.
   *
   * @throws IllegalArgumentException naming the text
   */
  public static AllowedHost parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("must be HOST[:PORT][=URL], got '" + text + "'");
    }
    int port = form.group(2) == null ? HTTPS : Integer.parseInt(form.group(2));
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("must have a port of 1 to 65535, got '" + text + "'");
    }
    URI target = form.group(3) == null ? null : URI.create(form.group(3));
    if (target != null && target.getHost() == null) {
      throw new IllegalArgumentException("must have a URL with a host, got '" + text + "'");
    }
    return new AllowedHost(form.group(1).toLowerCase(Locale.ROOT), port, target);
  }

  public boolean is(URI endpoint) {
    int asked = endpoint.getPort() < 0 ? HTTPS : endpoint.getPort();
    return port == asked && host.equalsIgnoreCase(endpoint.getHost());
  }

  /** Scheme and authority to connect to for a URL of this host: the target's, or the URL's own. */
  public String base(URI endpoint) {
    if (target != null) {
      return target.toString();
    }
    String scheme = "http".equalsIgnoreCase(endpoint.getScheme()) ? "http" : "https";
    return scheme + "://" + host + ":" + port;
  }
}
