// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks;

import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.lambda.process.RuntimeInterfaceClient;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * How long the bridge takes from nothing to its first answer: a child process with AWS's runtime
 * interface client and the flags that Lambda gives Java, under a Runtime API of nothing else.
 *
 * <pre>
 * ColdStartBenchmark [starts of each kind]
 * </pre>
 *
 * <p>Plain; with a CDS archive; with an AOT cache (Java 25); and out of a snapshot, where what is
 * measured is from the restore on. Then what each dependency costs: bytes in the jar, and classes
 * loaded until ready and until the first answer.
 */
public final class ColdStartBenchmark {
  private static final String HANDLER = "dev.syncline.bridge.BridgeHandler::handleRequest";
  private static final String MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
  private static final String LIBRARY =
      "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

  private record Times(double ready, double firstAnswer, double secondAnswer) {}

  private final Path directory;
  private final Path jar;
  private final RuntimeInterfaceClient client;
  private final Map<String, String> environment;

  private ColdStartBenchmark(Path directory, Path jar, Map<String, String> environment) {
    this.directory = directory;
    this.jar = jar;
    this.client = RuntimeInterfaceClient.unpack(directory.resolve("client"));
    this.environment = environment;
  }

  /** Runs it from the repository's root, after {@code mvn package}. */
  public static void main(String[] arguments) throws Exception {
    int starts = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 9;
    Path directory = Files.createTempDirectory("syncline-cold");
    SimulatorConfig config =
        SimulatorConfig.defaults(directory.resolve("simulator"))
            .withClock(new ClockMode.Skipping());
    try (Simulator simulator = Simulator.start(config)) {
      var opened = new AtomicInteger();
      var unused =
          simulator
              .journal()
              .listen(
                  entry -> {
                    if (entry.event().type().equals("appsync.ConnectionOpened")) {
                      opened.incrementAndGet();
                    }
                  });
      var benchmark =
          new ColdStartBenchmark(
              directory,
              Path.of("bridge-lambda/target/bridge-lambda.jar").toAbsolutePath(),
              BenchmarkDeployment.bridgeEnvironment(simulator));
      benchmark.run(starts, opened);
    }
  }

  private void run(int starts, AtomicInteger opened) throws Exception {
    System.out.printf("bridge jar                        %,d bytes%n", Files.size(jar));
    start(List.of(), false);
    print("plain", starts, List.of());
    Path cds = directory.resolve("bridge.jsa");
    start(List.of("-XX:ArchiveClassesAtExit=" + cds), false);
    print("CDS archive, " + megabytes(cds), starts, List.of("-XX:SharedArchiveFile=" + cds));
    if (Runtime.version().feature() >= 25) {
      Path aot = directory.resolve("bridge.aot");
      start(List.of("-XX:AOTCacheOutput=" + aot), false);
      print("AOT cache, " + megabytes(aot), starts, List.of("-XX:AOTCache=" + aot));
    }
    int before = opened.get();
    Times[] restored = new Times[starts];
    for (int i = 0; i < starts; i++) {
      restored[i] = start(List.of(), true);
    }
    print("restored from a snapshot", restored);
    System.out.printf(
        "  sockets opened: %d in %d processes, each after its restore%n",
        opened.get() - before, starts);
    dependencies();
  }

  private static String megabytes(Path file) throws IOException {
    return String.format(Locale.ROOT, "%.1f MB", Files.size(file) / 1e6);
  }

  private void print(String kind, int starts, List<String> flags) throws Exception {
    Times[] all = new Times[starts];
    for (int i = 0; i < starts; i++) {
      all[i] = start(flags, false);
    }
    print(kind, all);
  }

  private static void print(String kind, Times[] all) {
    System.out.printf(
        "%-32s  ready %6.0f ms  first answer %6.0f ms  second %6.0f ms   (medians of %d)%n",
        kind,
        median(Arrays.stream(all).mapToDouble(Times::ready).toArray()),
        median(Arrays.stream(all).mapToDouble(Times::firstAnswer).toArray()),
        median(Arrays.stream(all).mapToDouble(Times::secondAnswer).toArray()),
        all.length);
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  /** One process, from its start or its restore to the second answer. */
  private Times start(List<String> flags, boolean snapshot) throws Exception {
    try (var api = new MinimalRuntimeApi()) {
      long begun = System.nanoTime();
      Process process = process(flags, api, snapshot);
      process
          .onExit()
          .thenRun(
              () -> {
                var ended = new IOException("it ended; see " + directory.resolve("bridge.log"));
                api.ready.completeExceptionally(ended);
                api.snapshotTaken.completeExceptionally(ended);
              });
      try {
        if (snapshot) {
          api.snapshotTaken.get(60, TimeUnit.SECONDS);
          begun = System.nanoTime();
          api.restore();
        }
        double ready = (api.ready.get(60, TimeUnit.SECONDS) - begun) / 1e6;
        return new Times(ready, invoke(api, "First"), invoke(api, "Second"));
      } finally {
        // An archive is written at the end, so it has to be one that the process notices.
        process.destroy();
        process.waitFor();
      }
    }
  }

  private static double invoke(MinimalRuntimeApi api, String which) throws InterruptedException {
    long begun = System.nanoTime();
    // Another name each time: the same one would be answered from what was done before.
    String name = which + begun;
    String answer = api.invoke(ProxyEvents.post(name));
    double took = (System.nanoTime() - begun) / 1e6;
    if (!answer.contains(name + " S")) {
      throw new IllegalStateException("a wrong answer: " + answer);
    }
    return took;
  }

  private Process process(List<String> flags, MinimalRuntimeApi api, boolean snapshot)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:+TieredCompilation", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-XX:-UsePerfData", "-Xmx435m"));
    command.add("-D" + LIBRARY + "=" + client.nativeLibrary());
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.addAll(flags);
    command.add("-cp");
    var classPath = new ArrayList<String>();
    client.classPath().forEach(entry -> classPath.add(entry.toString()));
    classPath.add(jar.toString());
    command.add(String.join(java.io.File.pathSeparator, classPath));
    command.add(MAIN);
    command.add(HANDLER);
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder
        .environment()
        .putAll(
            Map.of(
                "PATH",
                "/usr/bin:/bin",
                "_HANDLER",
                HANDLER,
                "LAMBDA_TASK_ROOT",
                directory.toString(),
                "AWS_LAMBDA_RUNTIME_API",
                api.address(),
                "AWS_LAMBDA_FUNCTION_NAME",
                "bridge",
                "AWS_LAMBDA_FUNCTION_VERSION",
                "1",
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                "512",
                "AWS_LAMBDA_INITIALIZATION_TYPE",
                snapshot ? "snap-start" : "on-demand"));
    return builder
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("bridge.log").toFile())
        .start();
  }

  /** Jar bytes and loaded classes by where they come from. */
  private void dependencies() throws Exception {
    Map<String, Long> bytes = new TreeMap<>();
    try (var zip = new ZipFile(jar.toFile())) {
      zip.stream()
          .filter(entry -> !entry.isDirectory())
          .forEach(entry -> bytes.merge(origin(name(entry)), entry.getCompressedSize(), Long::sum));
    }
    Path log = directory.resolve("classes.log");
    Map<String, Long> ready = new TreeMap<>();
    Map<String, Long> answered = new TreeMap<>();
    try (var api = new MinimalRuntimeApi()) {
      Process process = process(List.of("-Xlog:class+load:file=" + log), api, false);
      try {
        api.ready.get(60, TimeUnit.SECONDS);
        count(log, ready);
        invoke(api, "First");
        count(log, answered);
      } finally {
        process.destroy();
        process.waitFor();
      }
    }
    System.out.printf(
        "%-34s %12s %16s %22s%n", "", "jar bytes", "classes, ready", "classes, first answer");
    answered.keySet().forEach(origin -> bytes.putIfAbsent(origin, 0L));
    bytes.entrySet().stream()
        .sorted((a, b) -> Long.compare(b.getValue(), a.getValue()))
        .forEach(
            entry ->
                System.out.printf(
                    "%-34s %,12d %,16d %,22d%n",
                    entry.getKey(),
                    entry.getValue(),
                    ready.getOrDefault(entry.getKey(), 0L),
                    answered.getOrDefault(entry.getKey(), 0L)));
  }

  private static void count(Path log, Map<String, Long> classes) throws IOException {
    for (String line : Files.readAllLines(log)) {
      int at = line.indexOf("] ");
      if (at > 0 && line.contains(" source: ")) {
        String name = line.substring(line.lastIndexOf("] ", line.indexOf(" source: ")) + 2);
        classes.merge(
            origin(name.substring(0, name.indexOf(' ')).replace('.', '/')), 1L, Long::sum);
      }
    }
  }

  private static String name(ZipEntry entry) {
    return entry.getName().replaceFirst("^META-INF/versions/\\d+/", "");
  }

  private static String origin(String name) {
    if (name.startsWith("software/amazon/awssdk/services/")) {
      return "SDK: " + name.split("/")[4];
    }
    if (name.startsWith("software/amazon/awssdk/http/apache5")) {
      return "SDK: Apache 5 adapter";
    }
    if (name.startsWith("software/amazon/")) {
      return "SDK: core";
    }
    for (var origin :
        Map.of(
                "org/apache/hc/", "Apache HttpClient 5",
                "com/fasterxml/", "Jackson (streaming)",
                "dev/syncline/publisher/", "publisher",
                "dev/syncline/bridge/", "bridge",
                "com/amazonaws/", "Lambda interfaces and client",
                "org/slf4j/", "SLF4J",
                "org/reactivestreams/", "Reactive Streams",
                "org/crac/", "CRaC")
            .entrySet()) {
      if (name.startsWith(origin.getKey())) {
        return origin.getValue();
      }
    }
    return name.startsWith("java/") || name.startsWith("jdk/") || name.startsWith("sun/")
        ? "JDK"
        : "other";
  }
}
