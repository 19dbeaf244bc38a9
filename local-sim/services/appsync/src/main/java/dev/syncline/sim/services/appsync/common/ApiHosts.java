// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.common;

import dev.syncline.sim.service.http.Loopback;
import java.util.Locale;

/** Reads host names. Stateless and thread-safe. */
public final class ApiHosts {
  private static final String DOMAIN = ".amazonaws.com";

  private ApiHosts() {}

  /** Whether a host has the form of an Event API's HTTP or realtime host. */
  public static boolean isApi(String hostName) {
    return hostName.endsWith(DOMAIN)
        && (hostName.contains(".appsync-api.") || hostName.contains(".appsync-realtime-api."));
  }

  /** Whether a host is a loopback name or empty. */
  public static boolean isLoopback(String hostName) {
    return hostName.isEmpty() || Loopback.isName(hostName);
  }

  /** A host name in lower case, from a text that may have a scheme, a path and a port. */
  public static String name(String host) {
    String name = host.strip().toLowerCase(Locale.ROOT);
    int scheme = name.indexOf("://");
    if (scheme >= 0) {
      name = name.substring(scheme + 3);
    }
    int path = name.indexOf('/');
    if (path >= 0) {
      name = name.substring(0, path);
    }
    int colon = name.startsWith("[") ? name.indexOf(':', name.indexOf(']') + 1) : name.indexOf(':');
    return colon < 0 ? name : name.substring(0, colon);
  }
}
