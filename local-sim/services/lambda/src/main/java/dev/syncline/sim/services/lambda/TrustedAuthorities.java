// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/**
 * The certificate authorities of functions: those of this machine and the simulator's, so that
 * {@code https} to the simulator works and to others works as before.
 *
 * @param work the work directory, which has the simulator's authority if TLS is served
 */
record TrustedAuthorities(Path work) {
  /** Where systems keep the list of their authorities. */
  private static final List<Path> SYSTEM =
      List.of(
          Path.of("/etc/ssl/certs/ca-certificates.crt"),
          Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
          Path.of("/etc/ssl/ca-bundle.pem"),
          Path.of("/etc/ssl/cert.pem"));

  /** The variables of programs that read a list of authorities; none without TLS. */
  Map<String, String> variables() {
    Path own = work.resolve("ca.pem");
    if (!Files.isReadable(own)) {
      return Map.of();
    }
    String all = bundle(own).toString();
    return Map.of(
        "SSL_CERT_FILE", all, "REQUESTS_CA_BUNDLE", all, "NODE_EXTRA_CA_CERTS", own.toString());
  }

  private Path bundle(Path own) {
    Path bundle = work.resolve("runtime").resolve("authorities.pem");
    try {
      if (Files.exists(bundle)
          && Files.getLastModifiedTime(bundle).compareTo(Files.getLastModifiedTime(own)) >= 0) {
        return bundle;
      }
      Files.createDirectories(bundle.getParent());
      Path partial = Files.createTempFile(bundle.getParent(), "authorities-", ".pem");
      try (var out = Files.newOutputStream(partial)) {
        for (Path system : SYSTEM) {
          if (Files.isReadable(system)) {
            Files.copy(system, out);
            out.write('\n');
            break;
          }
        }
        Files.copy(own, out);
      }
      return Files.move(partial, bundle, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot write " + bundle, failure);
    }
  }
}
