// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import dev.syncline.sim.service.http.Access;
import java.net.InetAddress;
import java.util.List;

/**
 * The callers that the guard allows beyond programs of this machine. Immutable.
 *
 * @param address the address that the port listens on, which is allowed as {@code Host}
 * @param allowedOrigins web pages that may call everything; their host names are allowed in {@code
 *     Host}
 * @param functions finds connections of functions, which are refused at endpoints of {@link
 *     Access#LOCAL_PROGRAMS}
 */
public record GuardSettings(
    InetAddress address, List<Origin> allowedOrigins, FunctionPeers functions) {
  /** Loopback, without web pages. */
  public static final GuardSettings DEFAULT =
      new GuardSettings(InetAddress.getLoopbackAddress(), List.of(), FunctionPeers.NONE);

  /** Copies the list. */
  public GuardSettings {
    allowedOrigins = List.copyOf(allowedOrigins);
  }
}
