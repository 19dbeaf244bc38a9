// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The models are what the script made of botocore, and were not edited. */
class GeneratedModelsTest {
  private static final Path MODELS =
      Path.of("src/main/resources/dev/syncline/sim/service/models").toAbsolutePath();
  private static final Path SCRIPT =
      Path.of("../../tools/models/extract_models.py").toAbsolutePath().normalize();

  static Stream<String> everyService() {
    return ServiceModel.ids().stream();
  }

  @ParameterizedTest
  @MethodSource("everyService")
  void aModelHasTheChecksumThatTheScriptRecorded(String id) throws Exception {
    try (InputStream content = ModelFiles.open(id)) {
      assertThat(sha256(content.readAllBytes())).isEqualTo(ModelFiles.index().checksums().get(id));
    }
  }

  @Test
  void everyFileIsInTheIndex() throws IOException {
    assertThat(names(MODELS)).isEqualTo(expectedNames());
  }

  /** The compressed bytes depend on Python's zlib, therefore contents are compared. */
  @Test
  void theScriptMakesTheSameModelsOfTheSameBotocore(@TempDir Path directory) throws Exception {
    String version = ServiceModel.botocoreVersion();
    String python = pythonWith(version);
    assumeTrue(python != null, "Python with botocore " + version + " is not installed");
    Process script =
        new ProcessBuilder(python, SCRIPT.toString(), "--output", directory.toString())
            .redirectErrorStream(true)
            .start();
    String log = output(script);
    assertThat(script.exitValue()).as(log).isZero();

    assertThat(names(directory)).isEqualTo(expectedNames());
    assertThat(directory.resolve("VERSION.json"))
        .hasSameTextualContentAs(MODELS.resolve("VERSION.json"));
    for (String id : ServiceModel.ids()) {
      try (InputStream made =
              new GZIPInputStream(Files.newInputStream(directory.resolve(id + ".json.gz")));
          InputStream committed = ModelFiles.open(id)) {
        assertThat(made).as(id).hasSameContentAs(committed);
      }
    }
  }

  private static TreeSet<String> expectedNames() {
    var names = new TreeSet<String>();
    ServiceModel.ids().forEach(id -> names.add(id + ".json.gz"));
    names.add("VERSION.json");
    return names;
  }

  private static TreeSet<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      var names = new TreeSet<String>();
      files.forEach(file -> names.add(String.valueOf(file.getFileName())));
      return names;
    }
  }

  /** The first Python that has this version of botocore, or null. */
  private static @Nullable String pythonWith(String version) throws Exception {
    var tried = new ArrayList<>(List.of("python3", "python3.13", "python3.12", "python3.11"));
    for (String python : tried) {
      try {
        Process ask =
            new ProcessBuilder(python, "-c", "import botocore; print(botocore.__version__)")
                .redirectErrorStream(true)
                .start();
        if (output(ask).strip().equals(version)) {
          return python;
        }
      } catch (IOException absent) {
        // There is no such program; another may be there.
      }
    }
    return null;
  }

  private static String output(Process process) throws Exception {
    process.getOutputStream().close();
    try (InputStream output = process.getInputStream()) {
      String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return text;
    } finally {
      process.destroyForcibly();
    }
  }

  private static String sha256(byte[] content) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }
}
