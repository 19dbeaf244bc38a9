// SPDX-License-Identifier: Apache-2.0
package dev.syncline.temporal.local;

import dev.syncline.worker.WorkerLog;
import io.temporal.testserver.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * Temporal's test server as a program, until SIGTERM: {@code [PORT] [real|skip]}, port 0 for a free
 * port, which the line {@code {"message":"started","address":…}} on standard output contains. With
 * {@code skip}, time skips a workflow's sleep. The state is in memory, for tests only.
 */
public final class TemporalServerMain {
  private TemporalServerMain() {}

  /** Takes the port and the mode of time. */
  public static void main(String[] arguments) throws InterruptedException, IOException {
    if (arguments.length > 2
        || (arguments.length > 0 && !arguments[0].matches("\\d{1,5}"))
        || (arguments.length > 1 && !arguments[1].matches("real|skip"))) {
      System.err.println("temporal-server: usage: [PORT] [real|skip]");
      System.exit(2);
    }
    ParentProcess.follow(System.getenv());
    int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 7233;
    boolean skips = arguments.length > 1 && arguments[1].equals("skip");
    int bound = port == 0 ? freePort() : port;
    TestServer.PortBoundTestServer server = TestServer.createPortBoundServer(bound, !skips);
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
    WorkerLog.to(System.out, Clock.systemUTC())
        .info("started", Map.of("address", "127.0.0.1:" + bound));
    new CountDownLatch(1).await();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
