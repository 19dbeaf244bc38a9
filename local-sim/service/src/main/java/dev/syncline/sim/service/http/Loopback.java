// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Recognizes names and addresses of this machine, without DNS. Thread-safe. */
public final class Loopback {
  private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");

  private Loopback() {}

  /**
   * Whether a host name without its port, in lower case, means this machine, without a DNS lookup:
   * {@code localhost}, a name below it (RFC 6761), 127.0.0.0/8, or {@code [::1]}.
   */
  public static boolean isName(String hostName) {
    return hostName.equals("localhost")
        || hostName.endsWith(".localhost")
        || (isLiteral(hostName) && isAddress(hostName));
  }

  /** Whether a host name is an IP address; an IPv6 address has brackets. */
  public static boolean isLiteral(String hostName) {
    return IPV4.matcher(hostName).matches() || (hostName.startsWith("[") && hostName.endsWith("]"));
  }

  /** Whether an IP address is one of this machine's loopback addresses. */
  public static boolean isAddress(String address) {
    try {
      // An address in digits is not looked up.
      return !address.isEmpty() && InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException notAnAddress) {
      return false;
    }
  }
}
