// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.sim.lambda.FunctionCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeStoreTest {
  @TempDir Path directory;

  @Test
  void classesStayPackedAndEverythingElseIsAFile() throws IOException {
    var store = new CodeStore(directory.resolve("functions"));

    FunctionCode code =
        store.add(zip("a/B.class", "a/text.txt", "lib/y.jar", "lib/x.jar", "META-INF/s")).code();

    assertThat(code.directory().resolve("a/text.txt")).hasContent("a/text.txt");
    assertThat(code.directory().resolve("a/B.class")).doesNotExist();
    assertThat(code.classPath())
        .containsExactly(
            directory
                .resolve("functions")
                .resolve(Objects.requireNonNull(code.directory().getParent()).getFileName())
                .resolve("package.jar")
                .toAbsolutePath(),
            code.directory().resolve("lib/x.jar"),
            code.directory().resolve("lib/y.jar"));
  }

  @Test
  void aSignedPackageIsUnpackedWhole() {
    var store = new CodeStore(directory.resolve("functions"));

    FunctionCode code = store.add(zip("a/B.class", "META-INF/KEY.SF", "META-INF/KEY.RSA")).code();

    assertThat(code.archive()).isNull();
    assertThat(code.directory().resolve("a/B.class")).exists();
    assertThat(code.classPath()).containsExactly(code.directory());
  }

  @Test
  void theSameContentIsKeptOnceAndGoneWhenClosed() throws IOException {
    Path functions = directory.resolve("functions");
    try (var store = new CodeStore(functions)) {
      CodePackage first = store.add(zip("a.txt"));

      assertThat(store.add(zip("a.txt"))).isEqualTo(first);
      assertThat(first.sha256()).hasSize(44);
      try (var kept = Files.list(functions)) {
        assertThat(kept).hasSize(1);
      }
    }
    assertThat(functions).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "not a zip", "../outside.txt", "a/../../Outside.class"})
  void whatIsNoPackageIsRefusedAndLeavesNothing(String content) throws IOException {
    var store = new CodeStore(directory.resolve("functions"));
    byte[] bytes =
        content.contains("..")
            ? zip(content)
            : content.isEmpty() ? zip() : content.getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> store.add(bytes)).hasMessageContaining("Could not unzip");

    try (var left = Files.list(directory.resolve("functions"))) {
      assertThat(left).isEmpty();
    }
    assertThat(directory.resolve("outside.txt")).doesNotExist();
  }

  private static byte[] zip(String... names) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (String name : List.of(names)) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(name.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return bytes.toByteArray();
  }
}
