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
import java.util.function.Consumer;

/** Temporal's test server on a port; a workflow's sleep takes no time. */
public final class LocalCluster implements AutoCloseable {
  private final int port;
  private final TestServer.PortBoundTestServer server;
  private final Map<String, String> environment = new HashMap<>();

  /** Log lines of the workers. */
  public final List<String> lines = new CopyOnWriteArrayList<>();

  /** Starts it on a free port; in real time a workflow's sleep takes time. */
  public LocalCluster(boolean realTime) throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    server = TestServer.createPortBoundServer(port, realTime);
    environment.put("TEMPORAL_ADDRESS", "127.0.0.1:" + port);
  }

  /** The bound address. */
  public int port() {
    return port;
  }

  /** The variables of workers and bridges; a test adds its own. */
  public Map<String, String> environment() {
    return environment;
  }

  /** A worker in this process. */
  public TemporalWorker worker(Work work) {
    return TemporalWorker.start(environment, new WorkerLog(Clock.systemUTC(), lines::add), work);
  }

  /** A worker that can be killed. */
  public Process workerProcess() throws IOException {
    return workerProcess(environment, lines::add);
  }

  /** A bridge for the server in the environment. */
  public static Process workerProcess(Map<String, String> environment, Consumer<String> lines)
      throws IOException {
    return Programs.start(
        "dev.syncline.temporal.worker.TemporalWorkerMain", List.of(), environment, lines);
  }

  @Override
  public void close() {
    server.close();
  }
}
