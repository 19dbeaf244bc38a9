// SPDX-License-Identifier: Apache-2.0
package dev.syncline.temporal;

import dev.syncline.temporal.worker.TemporalWorker;
import dev.syncline.worker.Work;
import dev.syncline.worker.WorkerLog;
import io.temporal.testserver.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Temporal's test server on a port; workflows that sleep take no time. */
public final class LocalCluster implements AutoCloseable {
  private final int port;
  private TestServer.PortBoundTestServer server;
  private final Map<String, String> environment = new HashMap<>();
  public final List<String> lines = new CopyOnWriteArrayList<>();

  public LocalCluster() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    server = TestServer.createPortBoundServer(port, false);
    environment.put("TEMPORAL_ADDRESS", "127.0.0.1:" + port);
  }

  /** The variables of workers and bridges; a test adds its own. */
  public Map<String, String> environment() {
    return environment;
  }

  public TemporalWorker worker(Work work) {
    return TemporalWorker.start(environment, new WorkerLog(Clock.systemUTC(), lines::add), work);
  }

  /** Everything that it remembered is gone. */
  public void restart() {
    server.close();
    server = TestServer.createPortBoundServer(port, false);
  }

  @Override
  public void close() {
    server.close();
  }
}
