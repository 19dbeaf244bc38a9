// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.schema;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The rules of AWSEmail, AWSURL and AWSIPAddress. Looks up no name. */
final class NetworkScalars {
  /** Characters of an e-mail address, as RFC 5321 limits it. */
  private static final int MAX_EMAIL_LENGTH = 320;

  private static final int MAX_EMAIL_LOCAL_LENGTH = 64;

  /** Characters of a URL that is looked at. */
  private static final int MAX_URL_LENGTH = 65_536;

  private static final int IPV6_GROUPS = 8;

  private static final Pattern LOCAL_PART =
      Pattern.compile(
          "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]++(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]++)*+"
              + "|\"([^\"\\\\\\r\\n]|\\\\[ -~])*+\"");
  private static final Pattern DOMAIN =
      Pattern.compile(
          "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
              + "(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*+");
  private static final Pattern OCTET = Pattern.compile("0|[1-9]\\d{0,2}");
  private static final Pattern GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");
  private static final Pattern PREFIX = Pattern.compile("0|[1-9]\\d{0,2}");

  private NetworkScalars() {}

  static boolean isEmail(String text) {
    int at = text.lastIndexOf('@');
    if (at < 1 || at > MAX_EMAIL_LOCAL_LENGTH || text.length() > MAX_EMAIL_LENGTH) {
      return false;
    }
    String domain = text.substring(at + 1);
    boolean literal = domain.startsWith("[") && domain.endsWith("]");
    return LOCAL_PART.matcher(text.substring(0, at)).matches()
        && (literal
            ? isIpAddress(domain.substring(1, domain.length() - 1))
            : DOMAIN.matcher(domain).matches());
  }

  static boolean isUrl(String text) {
    if (text.length() > MAX_URL_LENGTH) {
      return false;
    }
    try {
      URI url = new URI(text);
      if (url.getScheme() == null || url.getSchemeSpecificPart().isEmpty()) {
        return false;
      }
      if (url.isOpaque()) {
        return true;
      }
      String path = url.getRawPath();
      return (path == null || !path.contains("//"))
          && (url.getRawAuthority() != null || !needsHost(url.getScheme()));
    } catch (URISyntaxException malformed) {
      return false;
    }
  }

  private static boolean needsHost(String scheme) {
    return switch (scheme.toLowerCase(Locale.ROOT)) {
      case "http", "https", "ftp", "ws", "wss" -> true;
      default -> false;
    };
  }

  static boolean isIpAddress(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    boolean v6 = address.indexOf(':') >= 0;
    if (slash >= 0) {
      String length = text.substring(slash + 1);
      if (!PREFIX.matcher(length).matches() || Integer.parseInt(length) > (v6 ? 128 : 32)) {
        return false;
      }
    }
    return v6 ? isV6(address) : isV4(address);
  }

  private static boolean isV4(String text) {
    List<String> octets = split(text, '.');
    return octets.size() == 4
        && octets.stream()
            .allMatch(octet -> OCTET.matcher(octet).matches() && Integer.parseInt(octet) <= 255);
  }

  private static boolean isV6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text, true) == IPV6_GROUPS;
    }
    if (text.indexOf("::", gap + 1) >= 0) {
      return false;
    }
    String before = text.substring(0, gap);
    String after = text.substring(gap + 2);
    int left = before.isEmpty() ? 0 : groups(before, false);
    int right = after.isEmpty() ? 0 : groups(after, true);
    return left >= 0 && right >= 0 && left + right < IPV6_GROUPS;
  }

  /** How many groups of 16 bits a text without gap has; -1 for another text. */
  private static int groups(String text, boolean mayEndInV4) {
    List<String> parts = split(text, ':');
    int count = 0;
    for (int index = 0; index < parts.size(); index++) {
      String part = parts.get(index);
      if (GROUP.matcher(part).matches()) {
        count++;
      } else if (mayEndInV4 && index == parts.size() - 1 && isV4(part)) {
        count += 2;
      } else {
        return -1;
      }
    }
    return count;
  }

  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
      parts.add(text.substring(from, at));
      from = at + 1;
    }
    parts.add(text.substring(from));
    return parts;
  }
}
