// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** Checks whether the user's HTTP worker listens, before requests wait for it in vain. */
final class HttpWorkerProbe {
  private static final String PARAMETER = "WorkerUrl";
  private static final int CONNECT_MILLIS = 3_000;

  private HttpWorkerProbe() {}

  /** The fault of the deployment's {@code WorkerUrl}; empty if a server listens there. */
  static Optional<String> problem(Deployment deployment) {
    Optional<String> declared = deployment.parameter(PARAMETER);
    if (declared.isEmpty()) {
      return Optional.empty();
    }
    String url = declared.get();
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException notAUrl) {
      return Optional.of(advice("'" + url + "' is not a URL"));
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (uri.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
      return Optional.of(advice("'" + url + "' is not an http or https URL"));
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(uri.getHost(), port), CONNECT_MILLIS);
      return Optional.empty();
    } catch (IOException refused) {
      return Optional.of(advice("no server listens at " + url));
    }
  }

  private static String advice(String problem) {
    return problem
        + "; start your worker there, or give its address with --parameter "
        + PARAMETER
        + "=http://HOST:PORT/PATH";
  }
}
