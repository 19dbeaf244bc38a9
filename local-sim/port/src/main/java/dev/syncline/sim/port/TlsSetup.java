// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;

/**
 * The TLS port's certificate. Issuing it takes longer than the rest of a start, so it runs in the
 * background. A start waits only for a new authority, because clients must read its file.
 *
 * <p>Thread-safe.
 */
final class TlsSetup {
  /** Peers check a certificate against real time, not against the simulator's clock. */
  static final Clock REAL_TIME = Clock.systemUTC();

  private final PortSettings config;
  private final Path authorityFile;
  private final CompletableFuture<SslContext> context = new CompletableFuture<>();

  private TlsSetup(PortSettings config) {
    this.config = config;
    this.authorityFile = config.workDirectory().resolve(CertificateAuthority.FILE);
  }

  /** Starts the setup; the authority's file exists when this returns. */
  static TlsSetup begin(PortSettings config) {
    var setup = new TlsSetup(config);
    Clock realTime = REAL_TIME;
    if (!Files.exists(setup.authorityFile)) {
      CertificateAuthority.in(config.workDirectory(), realTime);
    }
    Thread.ofPlatform()
        .daemon()
        .name("syncline-tls-setup")
        .start(
            () -> {
              try {
                setup.context.complete(setup.issue(realTime));
              } catch (RuntimeException failure) {
                System.getLogger(TlsSetup.class.getName())
                    .log(System.Logger.Level.ERROR, "the TLS port cannot be used", failure);
                setup.context.completeExceptionally(failure);
              }
            });
    return setup;
  }

  /** The certificate file that clients trust. */
  Path authorityFile() {
    return authorityFile;
  }

  /** Waits until the certificate has been issued. */
  SslContext context() {
    return context.join();
  }

  private SslContext issue(Clock realTime) {
    String domain = "." + config.region() + ".amazonaws.com";
    CertificateAuthority.Issued issued =
        CertificateAuthority.in(config.workDirectory(), realTime)
            .issue(
                List.of(
                    "localhost",
                    "*.localhost",
                    "*.amazonaws.com",
                    "*" + domain,
                    "*.appsync-api" + domain,
                    "*.appsync-realtime-api" + domain,
                    "*.execute-api" + domain,
                    "*.lambda-url." + config.region() + ".on.aws",
                    "*.auth." + config.region() + ".amazoncognito.com",
                    "*.s3" + domain,
                    "*.dynamodb" + domain,
                    "*.s3.amazonaws.com"),
                config.address().isLoopbackAddress() || config.address().isAnyLocalAddress()
                    ? List.of("127.0.0.1", "::1")
                    : List.of("127.0.0.1", "::1", config.address().getHostAddress()));
    try {
      return SslContextBuilder.forServer(issued.key(), issued.certificate(), issued.authority())
          .build();
    } catch (SSLException failure) {
      throw new IllegalStateException("TLS cannot be set up: " + failure.getMessage(), failure);
    }
  }
}
