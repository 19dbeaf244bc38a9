// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.sim.lambda.FunctionCode;
import dev.syncline.sim.service.AwsException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Zip files of layers, good and hostile, and their common directory. */
class LayerArchiveTest {
  private static final int LINK = 0120777;
  private static final int CENTRAL_HEADER = 0x02014b50;

  @TempDir Path scratch;

  private record Entry(String name, String content, int mode) {}

  /** A zip file as {@code zip} writes it on Unix: with modes. */
  private static byte[] zip(Entry... entries) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (Entry entry : entries) {
        zip.putNextEntry(new ZipEntry(entry.name));
        zip.write(entry.content.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    byte[] all = bytes.toByteArray();
    ByteBuffer file = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN);
    int next = 0;
    for (int at = 0; at + 46 <= all.length && next < entries.length; at++) {
      if (file.getInt(at) == CENTRAL_HEADER) {
        file.put(at + 5, (byte) 3);
        file.putInt(at + 38, entries[next++].mode << 16);
      }
    }
    return all;
  }

  private LayerArchive archive(String name, Entry... entries) throws IOException {
    return new LayerArchive(Files.write(scratch.resolve(name), zip(entries)));
  }

  private static Entry file(String name, String content) {
    return new Entry(name, content, 0100644);
  }

  @Test
  void modesAndLinksAreKept() throws Exception {
    LayerArchive archive =
        archive(
            "l.zip",
            new Entry("bin/tool", "#!/bin/sh\n", 0100755),
            new Entry("lib/secret", "s", 0100600),
            new Entry("lib/libx.so.1", "x", 0100644),
            new Entry("lib/libx.so", "libx.so.1", LINK),
            new Entry("lib/tool", "../bin/tool", LINK));
    archive.check();
    Path opt = Files.createDirectory(scratch.resolve("opt"));

    archive.unpack(opt);

    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(opt.resolve("bin/tool"))))
        .isEqualTo("rwxr-xr-x");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(opt.resolve("lib/secret"))))
        .isEqualTo("rw-------");
    assertThat(Files.readSymbolicLink(opt.resolve("lib/libx.so"))).isEqualTo(Path.of("libx.so.1"));
    assertThat(opt.resolve("lib/tool")).hasContent("#!/bin/sh\n");
  }

  @Test
  void laterLayersReplaceFilesOfEarlierOnes() throws Exception {
    Path opt = Files.createDirectory(scratch.resolve("opt"));
    archive("1.zip", file("a", "one"), file("b", "one"), new Entry("c", "b", LINK)).unpack(opt);

    archive("2.zip", file("b", "two"), file("c", "two")).unpack(opt);

    assertThat(opt.resolve("a")).hasContent("one");
    assertThat(opt.resolve("b")).hasContent("two");
    assertThat(opt.resolve("c")).hasContent("two");
    assertThat(Files.isSymbolicLink(opt.resolve("c"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "a/../../x", "/etc/x", "a/../.."})
  void namesThatLeadOutAreRefused(String name) throws Exception {
    assertThatThrownBy(() -> archive("l.zip", file(name, "x")).check())
        .isInstanceOf(AwsException.class)
        .hasMessageContaining("Could not unzip uploaded file");
  }

  @ParameterizedTest
  @CsvSource({"l,/etc", "l,..", "d/l,../..", "d/l,../x/../../y", "l,a/../../..", "l,''"})
  void linksThatLeadOutAreRefused(String name, String target) throws Exception {
    Path opt = Files.createDirectory(scratch.resolve("opt"));
    LayerArchive archive = archive("l.zip", file("x/y", ""), new Entry(name, target, LINK));

    assertThatThrownBy(() -> archive.unpack(opt))
        .isInstanceOf(AwsException.class)
        .hasMessageContaining("A symbolic link leads out of the package");
  }

  /** The second link is relative to the real place of the first, which is less deep. */
  @Test
  void aLinkBehindALinkCannotLeadOut() throws Exception {
    Path opt = Files.createDirectory(scratch.resolve("opt"));
    LayerArchive archive =
        archive(
            "l.zip",
            file("near/x", ""),
            new Entry("a/b/c/s", "../../../near", LINK),
            new Entry("a/b/c/s/out", "../../..", LINK));

    assertThatThrownBy(() -> archive.unpack(opt)).isInstanceOf(AwsException.class);
    assertThat(Files.exists(opt.resolve("near/out"), java.nio.file.LinkOption.NOFOLLOW_LINKS))
        .isFalse();
  }

  @Test
  void aFileCannotReplaceADirectory() throws Exception {
    Path opt = Files.createDirectory(scratch.resolve("opt"));
    archive("1.zip", file("a/b", "one")).unpack(opt);

    assertThatThrownBy(() -> archive("2.zip", file("a", "two")).unpack(opt))
        .isInstanceOf(AwsException.class)
        .hasMessageContaining("'a' is a file in one of them and a directory in another");
    assertThatThrownBy(() -> archive("3.zip", file("a/b/c", "two")).unpack(opt))
        .isInstanceOf(AwsException.class);
  }

  /** 300 MB of zeros in 300 KB. */
  @Test
  void abombIsRefusedWithoutBeingUnpacked() throws Exception {
    Path file = scratch.resolve("bomb.zip");
    byte[] zeros = new byte[1 << 20];
    try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("zeros"));
      for (int i = 0; i < 300; i++) {
        zip.write(zeros);
      }
      zip.closeEntry();
    }

    assertThatThrownBy(() -> new LayerArchive(file).check())
        .hasMessageContaining("Unzipped size must be smaller than 262144000 bytes");
  }

  @Test
  void aFalseSizeInTheDirectoryIsRefused() throws Exception {
    byte[] zip = zip(file("a", "0123456789"));
    ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at + 46 <= zip.length; at++) {
      if (bytes.getInt(at) == CENTRAL_HEADER) {
        bytes.putInt(at + 24, 3);
      }
    }
    Path file = Files.write(scratch.resolve("l.zip"), zip);

    assertThatThrownBy(() -> new LayerArchive(file).check()).isInstanceOf(AwsException.class);
  }

  @Test
  void oneDirectoryIsMadeForEachDistinctList() throws Exception {
    var first = new FunctionLayer("arn:a:1", kept("a", file("x", "1")));
    var second = new FunctionLayer("arn:b:1", kept("b", file("x", "2")));
    var directories = new LayerDirectories(scratch.resolve("functions"));

    Path opt = Objects.requireNonNull(directories.of(List.of(first, second)));

    assertThat(directories.of(List.of(first, second))).isEqualTo(opt);
    assertThat(opt.resolve("x")).hasContent("2");
    Path other = Objects.requireNonNull(directories.of(List.of(second, first)));
    assertThat(other).isNotEqualTo(opt);
    assertThat(other.resolve("x")).hasContent("1");
    assertThat(directories.of(List.of())).isNull();
    assertThat(directories.remove(java.util.Set.of(List.of(first, second)), java.util.Set.of()))
        .hasSize(1);
    assertThat(other).doesNotExist();
    assertThat(opt).exists();
  }

  private CodePackage kept(String name, Entry... entries) throws IOException {
    Path home = Files.createDirectories(scratch.resolve(name));
    Files.write(home.resolve("package.jar"), zip(entries));
    return new CodePackage(name, 1, new FunctionCode(home.resolve("task"), null));
  }
}
