// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import dev.syncline.sim.service.http.HttpRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host and a port as the {@code Host} header writes them (RFC 9110, section 7.2). Stricter than
 * {@link HttpRequest#hostName()}: a text with another character is refused.
 *
 * @param name in lower case, without a trailing dot; an IPv6 address has its brackets
 * @param port -1 without a port
 */
record Authority(String name, int port) {
  private static final Pattern FORM =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9_][A-Za-z0-9._-]*)(?::(\\d{1,5}))?");

  /** Empty for a text that is not a host and port. */
  static Optional<Authority> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    String name = form.group(1).toLowerCase(Locale.ROOT);
    if (name.endsWith(".")) {
      name = name.substring(0, name.length() - 1);
    }
    return Optional.of(
        new Authority(name, form.group(2) == null ? -1 : Integer.parseInt(form.group(2))));
  }
}
