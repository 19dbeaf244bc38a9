// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * Clients from the npm registry, in {@code target/npm}: fetched once, with the system's npm, in the
 * exact versions of {@code npm/package.json}. Where there is no Node.js or no registry the tests
 * that want them are skipped, with the reason.
 */
final class NpmClients {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MANIFEST = "package.json";
  private static final List<String> SCRIPTS =
      List.of(
          "amplify.mjs",
          "amplify-graphql.mjs",
          "amplify-setup.mjs",
          "dynamodb.mjs",
          "guide.mjs",
          "headers.mjs",
          "s3.mjs",
          "user-pools.mjs");
  private static final int MIN_NODE = 20;
  private static final int MINUTES_FOR_INSTALL = 5;

  private final Path directory;

  private NpmClients(Path directory) {
    this.directory = directory;
  }

  /** The clients; skips the test where they cannot be had. */
  static synchronized NpmClients installed() throws Exception {
    AwsCli.requireCommand("node");
    AwsCli.requireCommand("npm");
    requireNode();
    Path sources = Repository.path("end-to-end/src/test/resources/npm");
    Path directory = Files.createDirectories(Repository.path("end-to-end/target/npm"));
    for (String script : SCRIPTS) {
      Files.copy(
          sources.resolve(script), directory.resolve(script), StandardCopyOption.REPLACE_EXISTING);
    }
    Path done = directory.resolve("installed.json");
    String manifest = Files.readString(sources.resolve(MANIFEST));
    if (!Files.exists(done) || !Files.readString(done).equals(manifest)) {
      Files.writeString(directory.resolve(MANIFEST), manifest);
      install(directory);
      Files.writeString(done, manifest);
    }
    return new NpmClients(directory);
  }

  /** The directory {@code node_modules} with the packages. */
  Path modules() {
    return directory.resolve("node_modules");
  }

  /**
   * Runs a script, which has to end well.
   *
   * @param authority trusted in addition to those of Node.js
   * @param settings its argument
   * @return what it printed
   */
  JsonNode run(String script, Path authority, JsonNode settings) throws Exception {
    Path output = Files.createTempFile(directory, script, ".out");
    Path errors = Files.createTempFile(directory, script, ".err");
    var builder =
        new ProcessBuilder("node", script, settings.toString())
            .directory(directory.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile());
    builder.environment().put("NODE_EXTRA_CA_CERTS", authority.toString());
    builder.environment().remove("NODE_OPTIONS");
    int status = waitFor(builder.start());
    assertThat(status).as(Files.readString(errors, StandardCharsets.UTF_8)).isZero();
    return JSON.readTree(output.toFile());
  }

  private static void requireNode() throws Exception {
    Process node = new ProcessBuilder("node", "--version").start();
    String version = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    waitFor(node);
    String major = version.strip().replaceAll("^v|\\..*", "");
    Assumptions.assumeTrue(
        major.matches("\\d+") && Integer.parseInt(major) >= MIN_NODE,
        "Node.js " + MIN_NODE + " or newer is needed, here is " + version.strip());
  }

  private static void install(Path directory) throws Exception {
    Path log = directory.resolve("install.log");
    var command =
        new ArrayList<>(
            List.of(
                "npm",
                "install",
                "--prefer-offline",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--no-package-lock",
                "--fetch-retries=1"));
    Process npm =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = npm.waitFor(MINUTES_FOR_INSTALL, TimeUnit.MINUTES);
    if (!ended) {
      npm.destroyForcibly();
    }
    Assumptions.assumeTrue(
        ended && npm.exitValue() == 0,
        () -> "the clients cannot be had from the npm registry: " + tail(log));
  }

  private static int waitFor(Process process) throws InterruptedException {
    try {
      return process.waitFor();
    } catch (InterruptedException stopped) {
      process.destroyForcibly();
      throw stopped;
    }
  }

  private static String tail(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("; ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }
}
