// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process.provided;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.sim.kernel.HostPlatform;
import dev.syncline.sim.lambda.FunctionCode;
import dev.syncline.sim.lambda.FunctionSpec;
import dev.syncline.sim.lambda.LogSettings;
import dev.syncline.sim.lambda.process.CannotStartException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The choice and the check of a bootstrap, with Lambda's words for what cannot be started. */
class ProvidedFamilyTest {
  private static final HostPlatform LINUX = new HostPlatform("Linux", "amd64");
  private static final HostPlatform MAC = new HostPlatform("Mac OS X", "aarch64");

  @TempDir private Path directory;

  private Path write(String path, byte[] content) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  private FunctionSpec spec(@Nullable Path layers) throws IOException {
    Files.createDirectories(directory.resolve("task"));
    return new FunctionSpec(
        "f",
        "$LATEST",
        "arn",
        "1",
        "provided.al2023",
        "h",
        128,
        Duration.ofSeconds(3),
        Map.of(),
        FunctionCode.unpacked(directory.resolve("task")),
        1,
        null,
        "g",
        false,
        LogSettings.TEXT,
        layers,
        "");
  }

  private ProvidedFamily family(HostPlatform platform) {
    return new ProvidedFamily(directory.resolve("runtime"), platform);
  }

  private void assertRefused(HostPlatform platform, String message) {
    assertThatThrownBy(() -> family(platform).child(spec(null)))
        .isInstanceOf(CannotStartException.class)
        .hasMessage(message);
  }

  @Test
  void thePackagesBootstrapComesBeforeALayers() throws Exception {
    byte[] script = "#!/bin/sh\n".getBytes(StandardCharsets.UTF_8);
    Path layer = write("opt/bootstrap", script);
    FunctionSpec spec = spec(directory.resolve("opt"));
    assertThat(family(LINUX).child(spec).command()).containsExactly(layer.toString());

    Path own = write("task/bootstrap", script);
    assertThat(family(LINUX).child(spec).command()).containsExactly(own.toString());
    assertThat(family(LINUX).child(spec).managed()).isFalse();
  }

  @Test
  void withoutABootstrapThePlacesAreNamed() {
    assertRefused(LINUX, "Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]");
  }

  @ParameterizedTest
  @CsvSource({
    "'#!/bin/sh\r\necho', no such file or directory",
    "'#!/no/such/program\n', no such file or directory",
    "'#!\n', exec format error",
    "'echo hello\n', exec format error",
    "'', exec format error",
  })
  void scriptsThatTheSystemCannotStart(String content, String reason) throws Exception {
    write("task/bootstrap", content.getBytes(StandardCharsets.UTF_8));
    assertRefused(LINUX, "fork/exec /var/task/bootstrap: " + reason);
  }

  @Test
  void aFileWithoutTheModeOfAProgram() throws Exception {
    Path file = write("task/bootstrap", "#!/bin/sh\n".getBytes(StandardCharsets.UTF_8));
    assertThat(file.toFile().setExecutable(false)).isTrue();
    assertRefused(LINUX, "fork/exec /var/task/bootstrap: permission denied");
  }

  private static byte[] elf(int machine) {
    var head = new byte[64];
    head[0] = 0x7F;
    head[1] = 'E';
    head[2] = 'L';
    head[3] = 'F';
    head[5] = 1;
    head[18] = (byte) machine;
    return head;
  }

  @Test
  void aProgramForAnotherProcessorOrSystemIsNamed() throws Exception {
    write("task/bootstrap", elf(183));
    assertRefused(
        LINUX,
        "fork/exec /var/task/bootstrap: exec format error (built for Linux aarch64; this host is"
            + " Linux amd64: build it for the host for local runs)");
    assertRefused(
        MAC,
        "fork/exec /var/task/bootstrap: exec format error (built for Linux aarch64; this host is"
            + " Mac OS X aarch64: build it for the host for local runs)");

    Path good = write("task/bootstrap", elf(62));
    assertThat(family(LINUX).child(spec(null)).command()).containsExactly(good.toString());

    write("task/bootstrap", new byte[] {(byte) 0xCF, (byte) 0xFA, (byte) 0xED, (byte) 0xFE});
    assertThat(family(MAC).child(spec(null)).command()).hasSize(1);
    assertRefused(LINUX, "fork/exec /var/task/bootstrap: exec format error");
  }
}
