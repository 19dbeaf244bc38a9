// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Assumptions;

/** Packages of the functions in {@code examples}. */
final class Functions {
  /** The libraries that the Java functions use, with what those need. */
  private static final Pattern LIBRARIES =
      Pattern.compile(
          ".*/(software/amazon/(awssdk|eventstream)|org/(apache/httpcomponents|reactivestreams)"
              + "|org/slf4j/slf4j-api|com/fasterxml/jackson/core|com/amazonaws/aws-lambda-java-core)"
              + "/.*\\.jar");

  private Functions() {}

  /** Skips the test, with the reason, where Python has no boto3. */
  static void requireBoto3() throws Exception {
    AwsCli.requireCommand("python3");
    Process probe =
        new ProcessBuilder("python3", "-c", "import boto3")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(probe.waitFor(60, TimeUnit.SECONDS)).isTrue();
    Assumptions.assumeTrue(probe.exitValue() == 0, "boto3 is not installed");
  }

  /** The sources of a directory. */
  static byte[] python(String directory) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (Path source : files(Repository.path(directory), ".py")) {
        add(zip, source.getFileName().toString(), source);
      }
    }
    return bytes.toByteArray();
  }

  /**
   * The compiled classes of a Maven project, and the libraries of the class path in {@code lib}.
   */
  static byte[] java(String project, Path scratch) throws IOException {
    Path classes = scratch.resolve("classes");
    // By name: a class path may have a library twice.
    Map<String, Path> byName = new TreeMap<>();
    Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> LIBRARIES.matcher(entry).matches())
        .map(Path::of)
        .forEach(library -> byName.putIfAbsent(library.getFileName().toString(), library));
    List<Path> libraries = List.copyOf(byName.values());
    var command = new ArrayList<>(List.of("--release", "21", "-d", classes.toString()));
    command.add("-cp");
    command.add(String.join(File.pathSeparator, libraries.stream().map(Path::toString).toList()));
    files(Repository.path(project), ".java").forEach(source -> command.add(source.toString()));
    int status =
        ToolProvider.getSystemJavaCompiler().run(null, null, null, command.toArray(String[]::new));
    assertThat(status).as("javac").isZero();
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (Path compiled : files(classes, ".class")) {
        add(
            zip,
            classes.relativize(compiled).toString().replace(File.separatorChar, '/'),
            compiled);
      }
      for (Path library : libraries) {
        add(zip, "lib/" + library.getFileName(), library);
      }
    }
    return bytes.toByteArray();
  }

  private static List<Path> files(Path directory, String suffix) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }

  private static void add(ZipOutputStream zip, String name, Path file) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(Files.readAllBytes(file));
    zip.closeEntry();
  }
}
