// SPDX-License-Identifier: Apache-2.0
package dev.syncline.temporal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Temporal's test server as a process that can be killed, and come back at its address. */
public final class ServerProcess {
  private final Process process;
  private final int port;

  private ServerProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts one at a free port, in real time. */
  public static ServerProcess start() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int free = socket.getLocalPort();
      socket.close();
      return at(free);
    }
  }

  private static ServerProcess at(int port) throws IOException {
    List<String> lines = new ArrayList<>();
    Process process =
        Programs.start(
            "dev.syncline.temporal.local.TemporalServerMain",
            List.of(String.valueOf(port), "real"),
            Map.of(),
            lines::add);
    return new ServerProcess(process, port);
  }

  /** Starts another server at the same address, without the state of this one. */
  public ServerProcess again() throws IOException {
    return at(port);
  }

  /** SIGKILL; returns when it has gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** {@code host:port}. */
  public String address() {
    return "127.0.0.1:" + port;
  }
}
