// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.sim.lambda.FunctionCode;
import dev.syncline.sim.service.AwsException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
  void invalidPackagesAreRefusedAndLeaveNothing(String content) throws IOException {
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,a/b",
        "a/b,a",
        "a/b/c,a",
        "a,a/",
        "a/,a",
        "nul\0in.txt",
        "nul\0in.class",
        "/absolute.txt",
        "/absolute.class",
        ".",
        "a/..",
        "LONG",
        "LONG.class",
        "DEEP"
      })
  void namesThatCannotBeFilesSideBySideAreRefusedAsAWrongZip(String names) throws IOException {
    var store = new CodeStore(directory.resolve("functions"));
    String[] entries =
        names.replace("LONG", "x".repeat(256)).replace("DEEP", "d/".repeat(2_100) + "f").split(",");

    assertThatThrownBy(() -> store.add(zip(entries)))
        .isInstanceOf(AwsException.class)
        .hasMessageContaining("Could not unzip");

    try (var left = Files.list(directory.resolve("functions"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void namesThatLookOddAndAreFilesAreTaken() throws IOException {
    var store = new CodeStore(directory.resolve("functions"));

    Path task =
        store
            .add(zip("..\\..\\up.txt", "C:\\x.txt", "a/./b.txt", "d/", "d/e", "ü/ü.txt", " "))
            .code()
            .directory();

    assertThat(task.resolve("a/b.txt")).exists();
    assertThat(task.resolve("..\\..\\up.txt")).exists();
    assertThat(directory.resolve("up.txt")).doesNotExist();
  }

  @Test
  void twoEntriesOfOneNameAreOneFile() throws IOException {
    var store = new CodeStore(directory.resolve("functions"));
    byte[] zip = zip("one.txt", "two.txt");

    FunctionCode code = store.add(replaced(zip, "two.txt", "one.txt")).code();

    // Either of the two may come, as for a class that a jar has twice.
    assertThat(Files.readString(code.directory().resolve("one.txt"))).isIn("one.txt", "two.txt");
    try (var files = Files.list(code.directory())) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void fileModesAndLinksWithinThePackageAreKept() throws IOException {
    var store = new CodeStore(directory.resolve("functions"));

    Path task = store.add(withLink("lib/link", "../bootstrap")).code().directory();

    assertThat(task.resolve("bootstrap")).isExecutable();
    assertThat(Files.readSymbolicLink(task.resolve("lib/link"))).hasToString("../bootstrap");
    assertThat(task.resolve("lib/link")).hasContent("bootstrap");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../outside", "/etc/passwd", "lib/../../../outside", "down/../../..", "", "LONG"})
  void linksThatLeaveThePackageAreRefused(String target) throws IOException {
    var store = new CodeStore(directory.resolve("functions"));
    byte[] zip = withLink("link", target.replace("LONG", "x".repeat(5_000)));

    assertThatThrownBy(() -> store.add(zip))
        .isInstanceOf(AwsException.class)
        .hasMessageContaining("leads out of the package");

    try (var left = Files.list(directory.resolve("functions"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void nothingIsWrittenByWayOfALink() {
    var store = new CodeStore(directory.resolve("functions"));

    assertThatThrownBy(() -> store.add(withLink("link", "lib", "link/file")))
        .isInstanceOf(AwsException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"app.py", "src/index.mjs", "bootstrap", "a/b.cjs"})
  void aPackageWithScriptsIsUnpackedWhole(String script) {
    var store = new CodeStore(directory.resolve("functions"));

    FunctionCode code = store.add(zip(script, "a/B.class")).code();

    assertThat(code.archive()).isNull();
    assertThat(code.directory().resolve("a/B.class")).exists();
  }

  /** An executable {@code bootstrap}, a link, and further files. */
  private static byte[] withLink(String link, String target, String... more) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("bootstrap"));
      zip.write("bootstrap".getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry(link));
      zip.write(target.getBytes(StandardCharsets.UTF_8));
      for (String name : more) {
        zip.putNextEntry(new ZipEntry(name));
      }
      zip.closeEntry();
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    byte[] zip = bytes.toByteArray();
    int first = indexOf(zip, new byte[] {'P', 'K', 1, 2});
    setMode(zip, first, 0100755);
    setMode(zip, first + 46 + "bootstrap".length(), 0120777);
    return zip;
  }

  /** Sets the external attributes of an entry in the central directory, as made by Unix. */
  private static void setMode(byte[] zip, int header, int mode) {
    zip[header + 5] = 3;
    zip[header + 40] = (byte) mode;
    zip[header + 41] = (byte) (mode >>> 8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"big.txt", "Big.class"})
  void theSizeIsMeasuredAndNotReadFromTheZip(String name) throws IOException {
    var store = new CodeStore(directory.resolve("functions"));
    byte[] zip = big(name, (int) Unpacking.MAX_UNZIPPED + 1);
    int central = indexOf(zip, new byte[] {'P', 'K', 1, 2});
    // The uncompressed size in the central directory becomes 1.
    zip[central + 24] = 1;
    zip[central + 25] = 0;
    zip[central + 26] = 0;
    zip[central + 27] = 0;

    assertThatThrownBy(() -> store.add(zip))
        .isInstanceOf(AwsException.class)
        .hasMessageContaining("Unzipped size must be smaller");
  }

  @Test
  void aPackageThatEndsInTheMiddleIsRefused() {
    var store = new CodeStore(directory.resolve("functions"));
    byte[] zip = zip("a.txt");
    for (int length = 1; length < zip.length; length++) {
      byte[] part = Arrays.copyOf(zip, length);
      assertThatThrownBy(() -> store.add(part)).isInstanceOf(AwsException.class);
    }
    for (int at = 0; at < zip.length; at++) {
      byte[] damaged = zip.clone();
      damaged[at] ^= 0x5A;
      try {
        store.add(damaged);
      } catch (AwsException refused) {
        assertThat(refused).hasMessageContaining("Could not unzip");
      }
    }
  }

  private static byte[] big(String name, int size) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      var zeros = new byte[1024 * 1024];
      for (int left = size; left > 0; left -= zeros.length) {
        zip.write(zeros, 0, Math.min(left, zeros.length));
      }
      zip.closeEntry();
    }
    return bytes.toByteArray();
  }

  private static byte[] replaced(byte[] zip, String from, String to) {
    // Names are in the clear, contents are compressed.
    return new String(zip, StandardCharsets.ISO_8859_1)
        .replace(from, to)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static int indexOf(byte[] bytes, byte[] wanted) {
    for (int i = 0; i + wanted.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    throw new AssertionError("not there");
  }

  private static byte[] zip(String... names) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (String name : List.of(names)) {
        zip.putNextEntry(new ZipEntry(name));
        if (!name.endsWith("/")) {
          zip.write(name.getBytes(StandardCharsets.UTF_8));
        }
        zip.closeEntry();
      }
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return bytes.toByteArray();
  }
}
