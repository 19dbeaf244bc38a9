// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import java.net.InetAddress;
import java.nio.file.Path;

/**
 * Where the port listens. Immutable.
 *
 * @param address what it listens on
 * @param port the one port, 0 for any free one
 * @param tlsPort the same over TLS, 0 for any free one, -1 for none
 * @param secondTlsPort a further TLS port, 0 for any free one, -1 for none
 * @param the region in the certificate's host names
 * @param workDirectory where the CA is kept
 */
public record PortSettings(
    InetAddress address,
    int port,
    int tlsPort,
    int secondTlsPort,
    String region,
    Path workDirectory) {}
