// SPDX-License-Identifier: Apache-2.0
package dev.syncline.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/**
 * A host on a loopback port that answers every request with the same bytes and then keeps the
 * connection open, saying nothing more. Thread-safe.
 */
public final class StalledHost implements AutoCloseable {
  private final ServerSocket server;
  private final byte[] answer;
  private final boolean endless;

  /** Counts down when a caller has closed its connection. */
  public final CountDownLatch closedByCaller = new CountDownLatch(1);

  /**
   * Listens.
   *
   * @param answer what it answers
   * @param endless whether it repeats the answer's last byte for as long as it is read
   */
  public StalledHost(String answer, boolean endless) {
    this.answer = answer.getBytes(StandardCharsets.ISO_8859_1);
    this.endless = endless;
    try {
      this.server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    Thread.ofPlatform().daemon().name("stalled-host").start(this::accept);
  }

  /** Where it listens. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket connection = server.accept();
        Thread.ofPlatform().daemon().start(() -> serve(connection));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection;
        InputStream in = connection.getInputStream();
        OutputStream out = connection.getOutputStream()) {
      in.read(new byte[8192]);
      out.write(answer);
      out.flush();
      byte[] more = new byte[64 * 1024];
      java.util.Arrays.fill(more, answer[answer.length - 1]);
      while (endless) {
        out.write(more);
      }
      while (in.read() >= 0) {
        // Nothing more is said.
      }
    } catch (IOException brokenOff) {
      // By the caller.
    }
    closedByCaller.countDown();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
