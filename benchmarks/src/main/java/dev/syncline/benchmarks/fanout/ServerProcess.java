// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks.fanout;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A {@link LoadServer} that runs, on the first core alone where there is a taskset. */
final class ServerProcess implements AutoCloseable {
  private static final String CORE = "0";

  private final Process process;
  private final BufferedReader out;
  private final PrintStream in;
  private final String name;
  private final int port;
  private final int tlsPort;
  private final String path;
  private final String key;

  private ServerProcess(String name, Process process) throws IOException {
    this.name = name;
    this.process = process;
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    String[] ready = line().split(" ");
    this.port = Integer.parseInt(ready[0]);
    this.tlsPort = Integer.parseInt(ready[1]);
    this.path = ready[2];
    this.key = ready[3];
  }

  /** Starts {@code simulator}, {@code graphql} or {@code bare} with these options of the JVM. */
  static ServerProcess start(String name, boolean pinned, List<String> options) throws IOException {
    var command = new ArrayList<String>();
    if (pinned) {
      command.addAll(List.of("taskset", "-c", CORE));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), LoadServer.class.getName(), name));
    return new ServerProcess(
        name, new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Puts this process on the other core; false where that cannot be done. */
  static boolean pinSelf() throws InterruptedException {
    try {
      return new ProcessBuilder(
                  "taskset", "-a", "-c", "-p", "1", String.valueOf(ProcessHandle.current().pid()))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectErrorStream(true)
              .start()
              .waitFor()
          == 0;
    } catch (IOException noTaskset) {
      return false;
    }
  }

  String name() {
    return name;
  }

  /** How its clients speak. */
  Wire wire() {
    return name.equals("graphql") ? Wire.GRAPHQL : Wire.EVENTS;
  }

  int port() {
    return port;
  }

  int tlsPort() {
    return tlsPort;
  }

  /** The path of publishing. */
  String path() {
    return path;
  }

  String key() {
    return key;
  }

  /** The processor time that it has taken, in whole hundredths of a second. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Its memory as the system sees it, in bytes; 0 where the system does not say. */
  long resident() throws IOException {
    Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElse(0);
  }

  /** The heap in use after a collection, in bytes. */
  long heap() throws IOException {
    in.println("heap");
    return Long.parseLong(line());
  }

  @Override
  public void close() {
    in.close();
    process.destroy();
  }

  private String line() throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new IOException(name + " ended");
    }
    return line;
  }
}
