// SPDX-License-Identifier: Apache-2.0
package dev.syncline.temporal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A proxy whose connections break. The number of the server's bytes before the break is drawn from
 * the seed and the connection's number, and data in transit is lost. Thread-safe.
 */
public final class FaultyLink implements AutoCloseable {
  private static final int MIN_BYTES = 500;
  private static final int MAX_BYTES = 6_000;

  private final ServerSocket socket;
  private final int target;
  private final long seed;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger cuts = new AtomicInteger();

  /** A proxy for a server at this local port. */
  public FaultyLink(int target, long seed) throws IOException {
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.target = target;
    this.seed = seed;
    Thread.ofVirtual().name("faulty-link").start(this::accept);
  }

  /** {@code host:port}. */
  public String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  /** How many connections have been cut. */
  public int cuts() {
    return cuts.get();
  }

  private void accept() {
    try {
      while (!socket.isClosed()) {
        Socket client = socket.accept();
        int number = connections.incrementAndGet();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(client);
        open.add(server);
        var random = new SplittableRandom(seed * 1_000_003 + number);
        long bytes = random.nextInt(MIN_BYTES, MAX_BYTES);
        Thread.ofVirtual().start(() -> pass(client, server, Long.MAX_VALUE));
        Thread.ofVirtual().start(() -> pass(server, client, bytes));
      }
    } catch (IOException closed) {
      // The test or the server has ended.
    }
  }

  private void pass(Socket from, Socket to, long most) {
    byte[] buffer = new byte[1024];
    long passed = 0;
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        passed += read;
        if (passed > most) {
          cuts.incrementAndGet();
          return;
        }
        out.write(buffer, 0, read);
        out.flush();
      }
    } catch (IOException cut) {
      // Closed by the other direction or by a peer.
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket each : open) {
      each.close();
    }
  }
}
