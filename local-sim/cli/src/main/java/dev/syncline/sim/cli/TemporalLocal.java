// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.simulator.Simulator;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The processes and files of {@code --backend temporal}: Temporal's test server unless a cluster is
 * given, the bridge with the Temporal jars, and a worker. Server and worker are separate processes
 * with a separate class path: this process contains no Temporal classes. A process that ends is
 * restarted, the server at the same address. Not thread-safe.
 */
final class TemporalLocal implements AutoCloseable {
  private static final String SERVER = "dev.syncline.temporal.local.TemporalServerMain";
  private static final String WORKER = "dev.syncline.temporal.worker.TemporalWorkerMain";
  private static final String BRIDGE = "bridge-lambda.jar";
  private static final String BRIDGE_WITH_TEMPORAL = "bridge-temporal.jar";

  /** Jars that the bridge does not need. */
  private static final List<String> SERVER_ONLY = List.of("temporal-test-server", "slf4j-");

  private final Path libraries;
  private final Path directory;
  private final Reporter reporter;
  private final SimClock pace = new SimClock(new ClockMode.Real());
  private final List<Supervisor> programs = new ArrayList<>();
  private volatile String address;

  private TemporalLocal(
      Path libraries, Path directory, @Nullable String address, boolean skips, Reporter reporter) {
    this.libraries = libraries;
    this.directory = directory;
    this.reporter = reporter;
    if (address != null) {
      this.address = address;
      return;
    }
    this.address = "127.0.0.1:0";
    supervise(
        "temporal-server",
        () -> {
          String port = this.address.substring(this.address.lastIndexOf(':') + 1);
          JavaProgram server =
              start(SERVER, List.of(port, skips ? "skip" : "real"), Map.of(), "temporal-server");
          this.address = address(server.said());
          return server;
        });
    reporter.progress(
        "temporal-started",
        CliJson.object().put("address", this.address).put("time", skips ? "skip" : "real"),
        "Temporal's test server listens on " + this.address);
  }

  /**
   * Starts the server unless there is an address.
   *
   * @param skips whether a sleeping workflow takes no real time
   * @param directory the directory for logs and the bridge's package
   * @throws Failure when the Temporal part is not built or does not start
   */
  static TemporalLocal start(
      @Nullable String address, boolean skips, Path directory, Reporter reporter) {
    Path distribution = DeploymentOptions.distribution();
    Path libraries = distribution == null ? null : distribution.resolve("temporal");
    if (libraries == null || !Files.isDirectory(libraries)) {
      throw new Failure(
          "--backend temporal needs the Temporal jars, which the launcher ./syncline builds at"
              + " their first use");
    }
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new Failure("cannot make " + directory + ": " + Failure.reason(e));
    }
    return new TemporalLocal(libraries, directory, address, skips, reporter);
  }

  /** The deployment with a bridge that has the Temporal jars and the server's address. */
  Deployment prepared(Deployment deployment) {
    var uploads = new LinkedHashMap<>(deployment.uploads());
    Path bridge = uploads.remove(BRIDGE);
    if (bridge == null) {
      throw new Failure("there is no " + BRIDGE + " to add the Temporal jars to (--upload)");
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
      // Its content is already compressed, and stays on this machine.
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

  /** Starts the worker of the deployment. */
  void work(Simulator simulator, Deployment deployment, DeployedStack stack) {
    var environment = new HashMap<String, String>();
    environment.put("TEMPORAL_ADDRESS", address);
    environment.put("AWS_ENDPOINT_URL", simulator.endpoint().toString());
    environment.put("AWS_REGION", simulator.config().run().region());
    environment.put("AWS_ACCESS_KEY_ID", "test");
    environment.put("AWS_SECRET_ACCESS_KEY", "test");
    set(environment, "TEMPORAL_NAMESPACE", deployment.parameters().get("TemporalNamespace"));
    set(environment, "WORKER_DELAY_MS", deployment.parameters().get("WorkerDelayMs"));
    set(environment, "APPSYNC_HTTP_HOST", stack.outputs().get("AppSyncHost"));
    set(environment, "APPSYNC_REALTIME_HOST", stack.outputs().get("AppSyncRealtimeHost"));
    set(environment, "APPSYNC_API_KEY_SECRET_ARN", stack.outputs().get("SecretsManagerArn"));
    supervise("temporal-worker", () -> start(WORKER, List.of(), environment, "temporal-worker"));
    reporter.progress(
        "temporal-worker-started",
        CliJson.object().put("address", address),
        "A Temporal worker takes jobs; it logs to " + directory.resolve("temporal-worker.log"));
  }

  private static void set(Map<String, String> environment, String name, @Nullable String value) {
    if (value != null) {
      environment.put(name, value);
    }
  }

  private void supervise(String name, Supplier<Supervisor.Running> start) {
    try {
      programs.add(new Supervisor(name, start, pace, Thread::startVirtualThread, reporter));
    } catch (Failure failure) {
      throw new Failure("the " + name + " does not start: " + failure.getMessage());
    }
  }

  private JavaProgram start(
      String program, List<String> arguments, Map<String, String> environment, String name) {
    return JavaProgram.start(
        libraries + "/*", program, arguments, environment, directory.resolve(name + ".log"));
  }

  private static String address(String said) {
    try {
      return CliJson.parse(said).path("address").asText();
    } catch (JsonProcessingException e) {
      throw new Failure("it said \"" + said + "\" in place of its address");
    }
  }

  /** The worker first, so that it can return its tasks. */
  @Override
  public void close() {
    programs.reversed().forEach(Supervisor::close);
    pace.close();
  }
}
