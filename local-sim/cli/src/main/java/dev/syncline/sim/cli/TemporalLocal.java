// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.syncline.sim.aws.Simulator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code --backend temporal} needs beside the simulator: Temporal's test server unless a
 * cluster is given, the bridge with the Temporal jars beside it, and a worker. Server and worker
 * are processes of their own, from a class path of their own: nothing of Temporal is in this one.
 * Not thread-safe.
 */
final class TemporalLocal implements AutoCloseable {
  private static final String SERVER = "dev.syncline.temporal.local.TemporalServerMain";
  private static final String WORKER = "dev.syncline.temporal.worker.TemporalWorkerMain";
  private static final String BRIDGE = "bridge-lambda.jar";
  private static final String BRIDGE_WITH_TEMPORAL = "bridge-temporal.jar";

  /** What the bridge has no use for. */
  private static final List<String> SERVER_ONLY = List.of("temporal-test-server", "slf4j-");

  private final Path libraries;
  private final Path directory;
  private final String address;
  private final List<Process> processes = new ArrayList<>();

  private TemporalLocal(
      Path libraries, Path directory, @Nullable String address, boolean skips, Reporter reporter) {
    this.libraries = libraries;
    this.directory = directory;
    if (address != null) {
      this.address = address;
      return;
    }
    String started =
        start(SERVER, List.of("0", skips ? "skip" : "real"), Map.of(), "temporal-server");
    try {
      this.address = Json.parse(started).path("address").asText();
    } catch (JsonProcessingException e) {
      throw new Failure("the Temporal server said \"" + started + "\" in place of its address");
    }
    reporter.progress(
        "temporal-started",
        Json.object().put("address", this.address).put("time", skips ? "skip" : "real"),
        "Temporal's test server listens on " + this.address);
  }

  /**
   * Starts the server unless there is an address.
   *
   * @param skips whether a workflow that sleeps takes no time
   * @param directory where logs and the bridge's package go
   * @throws Failure when the Temporal part is not built or does not start
   */
  static TemporalLocal start(
      @Nullable String address, boolean skips, Path directory, Reporter reporter) {
    Path distribution = DeploymentOptions.distribution();
    Path libraries = distribution == null ? null : distribution.resolve("temporal");
    if (libraries == null || !Files.isDirectory(libraries)) {
      throw new Failure(
          "--backend temporal needs the Temporal jars, which the launcher ./syncline builds when it"
              + " is first asked for them");
    }
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new Failure("cannot make " + directory + ": " + Failure.reason(e));
    }
    return new TemporalLocal(libraries, directory, address, skips, reporter);
  }

  /** The deployment with a bridge that knows Temporal and where it is. */
  Deployment prepared(Deployment deployment) {
    var uploads = new LinkedHashMap<>(deployment.uploads());
    Path bridge = uploads.remove(BRIDGE);
    if (bridge == null) {
      throw new Failure("there is no " + BRIDGE + " to put the Temporal jars beside (--upload)");
    }
    uploads.put(BRIDGE_WITH_TEMPORAL, withTemporal(bridge));
    var parameters = new LinkedHashMap<>(deployment.parameters());
    parameters.putIfAbsent("BridgeArtifactKey", BRIDGE_WITH_TEMPORAL);
    parameters.putIfAbsent("TemporalAddress", address);
    return new Deployment(
        deployment.stackName(), deployment.source(), deployment.template(), parameters, uploads);
  }

  /** A function's package: the bridge's classes at its root, the jars in {@code lib/}. */
  private Path withTemporal(Path bridge) {
    Path file = directory.resolve(BRIDGE_WITH_TEMPORAL);
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out);
        ZipInputStream classes = new ZipInputStream(Files.newInputStream(bridge))) {
      // What is in it is compressed already, and goes no further than this machine.
      zip.setLevel(1);
      for (ZipEntry entry = classes.getNextEntry(); entry != null; entry = classes.getNextEntry()) {
        zip.putNextEntry(new ZipEntry(entry.getName()));
        classes.transferTo(zip);
      }
      for (Path jar : jars()) {
        String name = jar.getFileName().toString();
        if (SERVER_ONLY.stream().noneMatch(name::startsWith)) {
          zip.putNextEntry(new ZipEntry("lib/" + name));
          Files.copy(jar, zip);
        }
      }
    } catch (IOException e) {
      throw new Failure("cannot write " + file + ": " + Failure.reason(e));
    }
    return file;
  }

  private List<Path> jars() {
    try (Stream<Path> files = Files.list(libraries)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new Failure("cannot list " + libraries + ": " + Failure.reason(e));
    }
  }

  /** Starts the worker for what has been deployed. */
  void work(Simulator simulator, Deployment deployment, Stack stack, Reporter reporter) {
    var environment = new HashMap<String, String>();
    environment.put("TEMPORAL_ADDRESS", address);
    environment.put("AWS_ENDPOINT_URL", simulator.endpoint().toString());
    environment.put("AWS_REGION", simulator.config().region());
    environment.put("AWS_ACCESS_KEY_ID", "test");
    environment.put("AWS_SECRET_ACCESS_KEY", "test");
    set(environment, "TEMPORAL_NAMESPACE", deployment.parameters().get("TemporalNamespace"));
    set(environment, "WORKER_DELAY_MS", deployment.parameters().get("WorkerDelayMs"));
    set(environment, "APPSYNC_HTTP_HOST", stack.outputs().get("AppSyncHost"));
    set(environment, "APPSYNC_REALTIME_HOST", stack.outputs().get("AppSyncRealtimeHost"));
    set(environment, "APPSYNC_API_KEY_SECRET_ARN", stack.outputs().get("SecretsManagerArn"));
    start(WORKER, List.of(), environment, "temporal-worker");
    reporter.progress(
        "temporal-worker-started",
        Json.object().put("address", address),
        "A Temporal worker takes jobs; it logs to " + directory.resolve("temporal-worker.log"));
  }

  private static void set(Map<String, String> environment, String name, @Nullable String value) {
    if (value != null) {
      environment.put(name, value);
    }
  }

  /** Starts a program and returns the line in which it says that it has started. */
  private String start(
      String program, List<String> arguments, Map<String, String> environment, String name) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-cp");
    command.add(libraries + "/*");
    command.add(program);
    command.addAll(arguments);
    Path log = directory.resolve(name + ".log");
    var builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    builder.environment().put("SYNCLINE_PARENT_PID", Long.toString(ProcessHandle.current().pid()));
    try {
      Process process = builder.start();
      processes.add(process);
      BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
      String line = output.readLine();
      while (line != null && !line.contains("\"started\"")) {
        line = output.readLine();
      }
      if (line == null) {
        throw new Failure("the " + name + " did not start; see " + log);
      }
      Thread.ofVirtual().name(name).start(() -> keep(output, log));
      return line;
    } catch (IOException e) {
      throw new Failure("cannot start the " + name + ": " + Failure.reason(e));
    }
  }

  private static void keep(BufferedReader output, Path log) {
    try (var file = new java.io.FileWriter(log.toFile(), StandardCharsets.UTF_8, true)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        file.write(line + "\n");
        file.flush();
      }
    } catch (IOException ended) {
      // The process was ended while it was listened to.
    }
  }

  /** The worker first, so that it can give back what it has. */
  @Override
  public void close() {
    for (Process process : processes.reversed()) {
      process.destroy();
      try {
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        process.destroyForcibly();
      }
    }
  }
}
