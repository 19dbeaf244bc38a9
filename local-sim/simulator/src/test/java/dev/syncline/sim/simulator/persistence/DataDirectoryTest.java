// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.simulator.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.syncline.sim.service.state.DataDirectoryException;
import dev.syncline.sim.service.state.SavedForm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that a data directory takes and refuses. */
class DataDirectoryTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @TempDir Path scratch;

  @Test
  void committedDataIsThereAgain() {
    Path path = scratch.resolve("made/on/the/way");
    try (DataDirectory directory = open(path)) {
      assertThat(directory.time()).isNull();
      directory.begin();
      String id = directory.keep(this, () -> bytes("content"));
      directory.commit(Map.of("one", SavedForm.PLAIN.write(List.of(id))), NOON);
    }

    try (DataDirectory again = open(path)) {
      assertThat(again.starts()).isEqualTo(2);
      assertThat(again.time()).isEqualTo(NOON);
      assertThat(again.services()).containsExactly("one");
      JsonNode state = Objects.requireNonNull(again.state("one"));
      assertThat(again.load(state.get(0).asText())).isEqualTo(bytes("content"));
      assertThat(again.state("two")).isNull();
    }
  }

  @Test
  void contentNotKeptAgainIsDeleted() throws Exception {
    try (DataDirectory directory = open(scratch.resolve("data"))) {
      directory.begin();
      directory.keep(new Object(), () -> bytes("old"));
      directory.commit(Map.of("one", IntNode.valueOf(1)), NOON);
      assertThat(blobs("data")).isEqualTo(2);
      directory.begin();
      directory.commit(Map.of("one", IntNode.valueOf(2)), NOON);
    }

    assertThat(blobs("data")).isEqualTo(1);
  }

  @Test
  void aSaveThatWasNotFinishedDoesNotCount() throws Exception {
    Path path = scratch.resolve("data");
    try (DataDirectory directory = open(path)) {
      directory.begin();
      directory.commit(Map.of("one", IntNode.valueOf(1)), NOON);
      directory.begin();
      directory.keep(new Object(), () -> bytes("of a save that a kill cut off"));
    }
    Files.writeString(path.resolve("syncline.json.partial"), "{\"format\":\"sync");

    try (DataDirectory again = open(path)) {
      assertThat(again.state("one")).isEqualTo(IntNode.valueOf(1));
    }
  }

  @Test
  void onlyTheOwnerMayReadIt() throws Exception {
    assumeTrue(
        scratch.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "the file system knows no owners");
    Path path = scratch.resolve("data");
    try (DataDirectory directory = open(path)) {
      directory.begin();
      directory.keep(this, () -> bytes("secret"));
      directory.commit(Map.of(), NOON);
    }

    try (Stream<Path> all = Files.walk(path)) {
      for (Path file : all.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------");
      }
    }
  }

  @Test
  void oneInUseIsRefused() {
    Path path = scratch.resolve("data");
    try (DataDirectory directory = open(path)) {
      assertThatThrownBy(() -> open(path))
          .isInstanceOf(DataDirectoryException.class)
          .hasMessageContaining(directory.path().toString())
          .hasMessageContaining("in use")
          .hasMessageContaining("syncline down");
    }
    open(path).close();
  }

  @Test
  void oneThatHoldsSomethingElseIsRefusedAndLeftAlone() throws Exception {
    Files.writeString(scratch.resolve("holiday.jpg"), "");

    assertThatThrownBy(() -> open(scratch))
        .isInstanceOf(DataDirectoryException.class)
        .hasMessageContaining(scratch.toString())
        .hasMessageContaining("holiday.jpg")
        .hasMessageContaining("empty directory");
    assertThat(scratch.toFile().list()).containsExactly("holiday.jpg");
  }

  @Test
  void oneOfANewerVersionIsRefused() throws Exception {
    Files.writeString(
        scratch.resolve("syncline.json"), "{\"format\":\"syncline-data\",\"version\":3}");

    assertThatThrownBy(() -> open(scratch))
        .isInstanceOf(DataDirectoryException.class)
        .hasMessageContaining(scratch.toString())
        .hasMessageContaining("format 3")
        .hasMessageContaining("another directory");
  }

  @Test
  void oneOfAnotherAccountIsRefused() {
    open(scratch).close();

    assertThatThrownBy(() -> DataDirectory.open(scratch, "222222222222", "us-east-1"))
        .isInstanceOf(DataDirectoryException.class)
        .hasMessageContaining("111111111111")
        .hasMessageContaining("--account");
  }

  @Test
  void oneThatCannotBeReadIsRefused() throws Exception {
    Files.writeString(scratch.resolve("syncline.json"), "{");

    assertThatThrownBy(() -> open(scratch))
        .isInstanceOf(DataDirectoryException.class)
        .hasMessageContaining("syncline.json")
        .hasMessageContaining("restore a copy");
  }

  @Test
  void contentThatWasChangedIsRefused() throws Exception {
    try (DataDirectory directory = open(scratch)) {
      directory.begin();
      String id = directory.keep(this, () -> bytes("content"));
      directory.commit(Map.of(), NOON);
      Files.writeString(scratch.resolve("blobs").resolve(id), "Content");

      assertThatThrownBy(() -> directory.load(id))
          .isInstanceOf(DataDirectoryException.class)
          .hasMessageContaining(id)
          .hasMessageContaining("not what was written");
    }
  }

  @Test
  void aFileInPlaceOfADirectoryIsRefused() throws Exception {
    Path file = Files.writeString(scratch.resolve("file"), "");

    assertThatThrownBy(() -> open(file))
        .isInstanceOf(DataDirectoryException.class)
        .hasMessageContaining(file.toString());
  }

  private long blobs(String name) throws Exception {
    try (Stream<Path> files = Files.list(scratch.resolve(name).resolve("blobs"))) {
      return files.count();
    }
  }

  private static DataDirectory open(Path path) {
    return DataDirectory.open(path, "111111111111", "us-east-1");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
