// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.simulator;

import dev.syncline.sim.port.MailboxLimits;
import dev.syncline.sim.port.Origin;
import java.net.InetAddress;
import java.util.List;

/**
 * The addresses and ports of a simulator, and its allowed callers. Immutable.
 *
 * @param address the address to listen on
 * @param port the one port, 0 for any free one
 * @param tlsPort the same over TLS, 0 for any free one, -1 for none
 * @param secondTlsPort a further TLS port, 443 for clients without a setting of the port; 0 for any
 *     free one, -1 for none
 * @param mailboxes limits of the frames that wait for slow WebSocket clients
 * @param allowedOrigins web pages that may call everything, as programs of this machine may
 */
public record PortOptions(
    InetAddress address,
    int port,
    int tlsPort,
    int secondTlsPort,
    MailboxLimits mailboxes,
    List<Origin> allowedOrigins) {
  /** Loopback, any free port with and without TLS, no web page. */
  public static final PortOptions DEFAULT =
      new PortOptions(InetAddress.getLoopbackAddress(), 0, 0, -1, MailboxLimits.DEFAULT, List.of());

  /** Refuses invalid values, naming the setting. */
  public PortOptions {
    requirePort("port", port, 0);
    requirePort("tlsPort", tlsPort, -1);
    requirePort("secondTlsPort", secondTlsPort, -1);
    allowedOrigins = List.copyOf(allowedOrigins);
  }

  private static void requirePort(String name, int value, int min) {
    if (value < min || value > 65_535) {
      throw new IllegalArgumentException(name + " must be " + min + " to 65535, got " + value);
    }
  }

  PortOptions withPort(int newPort, int newTlsPort) {
    return new PortOptions(address, newPort, newTlsPort, secondTlsPort, mailboxes, allowedOrigins);
  }

  PortOptions withSecondTlsPort(int newPort) {
    return new PortOptions(address, port, tlsPort, newPort, mailboxes, allowedOrigins);
  }

  PortOptions withMailboxes(MailboxLimits limits) {
    return new PortOptions(address, port, tlsPort, secondTlsPort, limits, allowedOrigins);
  }

  PortOptions withAllowedOrigins(List<Origin> origins) {
    return new PortOptions(address, port, tlsPort, secondTlsPort, mailboxes, origins);
  }
}
