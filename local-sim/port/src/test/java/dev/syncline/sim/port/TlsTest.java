// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.testing.TestTls;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JDK's client, which verifies certificate and host name, at the TLS ports. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TlsTest {
  private final PortParts parts = new PortParts(new ClockMode.Skipping(), "eu-west-1");
  @TempDir Path work;
  private PortServer server;

  @BeforeEach
  void start() {
    server =
        new PortServer(parts.settings(work, 0, 0), parts.router, parts.clock, parts.journal)
            .start();
  }

  @AfterEach
  void stop() {
    server.close();
    parts.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "api.localhost",
        "127.0.0.1",
        "::1",
        "abcdefghijklmnopqrstuvwxyz.appsync-api.eu-west-1.amazonaws.com",
        "abcdefghijklmnopqrstuvwxyz.appsync-realtime-api.eu-west-1.amazonaws.com",
        "streams.dynamodb.eu-west-1.amazonaws.com",
        "a1b2c3.execute-api.eu-west-1.amazonaws.com",
        "bucket.s3.eu-west-1.amazonaws.com",
        "appsync.eu-west-1.amazonaws.com",
        "states.eu-west-1.amazonaws.com",
        "sync-states.eu-west-1.amazonaws.com",
        "iam.amazonaws.com"
      })
  void theCertificateIsForTheHost(String host) throws Exception {
    assertThat(statusLine(server.tlsPort(), host)).startsWith("HTTP/1.1 ");
    assertThat(statusLine(server.secondTlsPort(), host)).startsWith("HTTP/1.1 ");
  }

  @Test
  void theCertificateIsForNoOtherHost() {
    assertThatThrownBy(() -> statusLine(server.tlsPort(), "example.com"))
        .isInstanceOf(SSLException.class)
        .hasMessageContaining("example.com");
  }

  @Test
  void theAuthorityIsTheSameBeforeAndAfterAStartAndItsKeyIsTheOwnersOnly() throws Exception {
    assertThat(server.secondTlsPort()).isPositive().isNotEqualTo(server.tlsPort());
    Path file = PortServer.authority(work);
    assertThat(server.caCertificate()).contains(file);
    byte[] before = Files.readAllBytes(file);
    assertThat(PortServer.authority(work)).isEqualTo(file);
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    if (Files.getFileStore(work).supportsFileAttributeView("posix")) {
      assertThat(Files.getPosixFilePermissions(work.resolve("ca-key.pem"))).hasSize(2);
    }
  }

  /** Asks under that name; the connection goes to loopback in any case. */
  private String statusLine(int port, String host) throws Exception {
    try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
        SSLSocket socket =
            (SSLSocket)
                TestTls.trusting(PortServer.authority(work))
                    .getSocketFactory()
                    .createSocket(plain, host, port, true)) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket
          .getOutputStream()
          .write(
              ("GET /t HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .findFirst()
          .orElse("");
    }
  }
}
