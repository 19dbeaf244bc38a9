// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import dev.syncline.sim.service.http.Access;
import java.net.InetAddress;
import java.util.List;

/**
 * What the guard lets in beyond programs of this machine. Immutable.
 *
 * @param address what the port listens on: its own address is a good {@code Host}
 * @param allowedOrigins web pages that may call everything; their host names are good in {@code
 *     Host}
 * @param functions whose connections do not reach what is for {@link Access#LOCAL_PROGRAMS}
 */
public record GuardSettings(
    InetAddress address, List<Origin> allowedOrigins, FunctionPeers functions) {
  /** Loopback, and no web page. */
  public static final GuardSettings DEFAULT =
      new GuardSettings(InetAddress.getLoopbackAddress(), List.of(), FunctionPeers.NONE);

  /** Copies the list. */
  public GuardSettings {
    allowedOrigins = List.copyOf(allowedOrigins);
  }
}
