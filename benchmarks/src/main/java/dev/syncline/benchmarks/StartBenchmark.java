// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How long {@code syncline up} takes from the start of its process until it listens and until it is
 * ready: with the JDK's own archive only, with an archive of classes (CDS), and with the cache that
 * the launcher makes on JDK 25 and newer (AOT); empty and with the shipped template. The first
 * start of each kind is not counted: it writes the archive, and unpacks the functions.
 *
 * <p>Needs what {@code ./syncline up} builds, and runs on the JDK that runs it. Arguments: starts
 * of each kind, 5 unless given.
 */
public record StartBenchmark(Path distribution, Path scratch, int starts) {
  private static final String MAIN = "dev.syncline.sim.cli.Main";

  /** Runs the benchmark. */
  public static void main(String[] arguments) throws Exception {
    int starts = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    Path distribution = Path.of("local-sim/cli/target/syncline").toAbsolutePath();
    if (!Files.isDirectory(distribution.resolve("lib"))) {
      throw new IOException(
          "start this in the repository after ./syncline demo: there is no " + distribution);
    }
    new StartBenchmark(distribution, Files.createTempDirectory("syncline-start"), starts).run();
  }

  private void run() throws Exception {
    Map<String, List<String>> kinds = new LinkedHashMap<>();
    kinds.put("no archive", List.of());
    kinds.put(
        "CDS archive",
        List.of(
            "-XX:SharedArchiveFile=" + scratch.resolve("classes.jsa"),
            "-XX:+AutoCreateSharedArchive"));
    Path cache = distribution.resolve("classes-" + Runtime.version().feature() + ".aot");
    if (Files.isRegularFile(cache)) {
      kinds.put("AOT cache", List.of("-XX:AOTCache=" + cache));
    } else {
      System.out.println("no AOT cache: " + cache + " is not there");
    }
    System.out.printf(Locale.ROOT, "%-12s %-10s %14s %14s%n", "", "", "listens, ms", "ready, ms");
    for (Map.Entry<String, List<String>> kind : kinds.entrySet()) {
      measure(kind.getKey(), "--empty", kind.getValue(), List.of("--empty"));
      measure(kind.getKey(), "template", kind.getValue(), List.of());
    }
  }

  private void measure(String kind, String what, List<String> options, List<String> arguments)
      throws Exception {
    var listens = new ArrayList<Long>();
    var ready = new ArrayList<Long>();
    for (int i = 0; i <= starts; i++) {
      long[] millis = start(options, arguments);
      if (i > 0) {
        listens.add(millis[0]);
        ready.add(millis[1]);
      }
    }
    System.out.printf(
        Locale.ROOT, "%-12s %-10s %14d %14d%n", kind, what, median(listens), median(ready));
  }

  /** Milliseconds until it listens and until it is ready. */
  private long[] start(List<String> options, List<String> arguments) throws Exception {
    var command = new ArrayList<String>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(options);
    command.addAll(List.of("-Xlog:disable", "-Dsyncline.dist=" + distribution, "-cp", classPath()));
    command.addAll(List.of(MAIN, "up", "--json", "--port", "0", "--work-directory"));
    command.add(scratch.resolve("work").toString());
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SYNCLINE_HOME", scratch.toString());
    long begun = System.nanoTime();
    Process process = builder.start();
    long listens = -1;
    var said = new StringBuilder();
    BufferedReader out = process.inputReader();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      said.append(line).append('\n');
      if (line.contains("\"event\":\"started\"")) {
        listens = (System.nanoTime() - begun) / 1_000_000;
      } else if (line.contains("\"event\":\"ready\"")) {
        long ready = (System.nanoTime() - begun) / 1_000_000;
        process.toHandle().destroy();
        out.lines().forEach(rest -> {});
        process.waitFor();
        return new long[] {listens, ready};
      }
    }
    throw new IllegalStateException("it ended before it was ready:\n" + said);
  }

  private String classPath() throws IOException {
    try (Stream<Path> jars = Files.list(distribution.resolve("lib"))) {
      return String.join(
          File.pathSeparator,
          jars.filter(jar -> jar.toString().endsWith(".jar"))
              .map(Path::toString)
              .sorted()
              .toList());
    }
  }

  private static long median(List<Long> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
