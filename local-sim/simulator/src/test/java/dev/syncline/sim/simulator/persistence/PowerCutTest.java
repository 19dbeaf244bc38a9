// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.simulator.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.state.SavedForm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power is cut after each change of a file, in each way that a file system may remember: names
 * up to any point since the directory was forced, and without contents that were not forced.
 */
class PowerCutTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @TempDir Path scratch;

  /** A change of a file. */
  private sealed interface Change {
    record Write(Path file, byte[] content) implements Change {}

    record Force(Path file) implements Change {}

    record ForceDirectory(Path directory) implements Change {}

    record Move(Path from, Path to) implements Change {}

    record Delete(Path file) implements Change {}
  }

  /** Does what it is told and remembers it. */
  private static final class Recorder implements Disk {
    private final List<Change> changes = new ArrayList<>();

    @Override
    public void write(Path file, byte[] content) throws IOException {
      REAL.write(file, content);
      changes.add(new Change.Write(file, content.clone()));
    }

    @Override
    public void force(Path file) throws IOException {
      REAL.force(file);
      changes.add(new Change.Force(file));
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
      REAL.forceDirectory(directory);
      changes.add(new Change.ForceDirectory(directory));
    }

    @Override
    public void move(Path from, Path to) throws IOException {
      REAL.move(from, to);
      changes.add(new Change.Move(from, to));
    }

    @Override
    public void delete(Path file) throws IOException {
      REAL.delete(file);
      changes.add(new Change.Delete(file));
    }
  }

  @Test
  void oneSaveOrTheOtherIsThereWhole() throws IOException {
    Path directory = Files.createDirectory(scratch.resolve("data"));
    var recorder = new Recorder();
    List<Integer> committed = new ArrayList<>();
    try (DataDirectory data = open(directory, recorder)) {
      for (int save = 1; save <= 4; save++) {
        data.begin();
        var ids = new ArrayList<String>();
        for (int part = save; part < save + 3; part++) {
          String content = "part " + part;
          ids.add(data.keep(content, () -> content.getBytes(StandardCharsets.UTF_8)));
        }
        data.commit(Map.of("one", SavedForm.PLAIN.write(ids)), NOON.plusSeconds(save));
        committed.add(recorder.changes.size());
      }
    }

    int cases = 0;
    for (int cut = 0; cut <= recorder.changes.size(); cut++) {
      for (int names = namesOnDisk(recorder.changes, cut); names <= cut; names++) {
        Path after = Files.createDirectory(scratch.resolve("cut" + cases++));
        lay(recorder.changes, cut, names, directory, after);
        int least = 0;
        for (int i = 0; i < committed.size(); i++) {
          least = committed.get(i) <= cut ? i + 1 : least;
        }
        assertThat(saveIn(after))
            .as("cut after %s, names until %s", cut, names)
            .isBetween(least, least + 1);
      }
    }
    assertThat(cases).isGreaterThan(100);
  }

  @Test
  void contentThatAnEarlierProcessLeftEmptyIsWrittenAgain() throws IOException {
    Path directory = scratch.resolve("data");
    String id;
    try (DataDirectory data = open(directory, Disk.REAL)) {
      data.begin();
      id = data.keep(this, () -> bytes("content"));
    }
    Files.write(directory.resolve("blobs").resolve(id), new byte[0]);

    try (DataDirectory data = open(directory, Disk.REAL)) {
      data.begin();
      data.keep(this, () -> bytes("content"));
      data.commit(Map.of(), NOON);
      assertThat(data.load(id)).isEqualTo(bytes("content"));
    }
  }

  /** The last point at which the names of every directory were forced. */
  private static int namesOnDisk(List<Change> changes, int cut) {
    int forced = 0;
    for (int i = 0; i < cut; i++) {
      if (changes.get(i) instanceof Change.ForceDirectory) {
        forced = i + 1;
      }
    }
    return forced;
  }

  /** Makes a directory as it would be found after the power came back. */
  private static void lay(List<Change> changes, int cut, int names, Path was, Path is)
      throws IOException {
    Map<Path, Integer> files = new HashMap<>();
    Map<Integer, byte[]> contents = new HashMap<>();
    Set<Integer> forced = new HashSet<>();
    Map<Path, Integer> live = new HashMap<>();
    for (int i = 0; i < cut; i++) {
      switch (changes.get(i)) {
        case Change.Write write -> {
          live.put(write.file(), i);
          contents.put(i, write.content());
        }
        case Change.Force force -> forced.add(Objects.requireNonNull(live.get(force.file())));
        case Change.ForceDirectory directory -> {}
        case Change.Move move ->
            live.put(move.to(), Objects.requireNonNull(live.remove(move.from())));
        case Change.Delete delete -> live.remove(delete.file());
      }
      if (i < names) {
        files = new HashMap<>(live);
      }
    }
    Files.createDirectory(is.resolve("blobs"));
    for (Map.Entry<Path, Integer> file : files.entrySet()) {
      byte[] content = contents.get(file.getValue());
      Files.write(
          is.resolve(was.relativize(file.getKey())),
          forced.contains(file.getValue()) ? Objects.requireNonNull(content) : new byte[0]);
    }
  }

  /** The number of the save in the directory, 0 for none; every part of it must be there. */
  private static int saveIn(Path directory) {
    try (DataDirectory data = open(directory, Disk.REAL)) {
      Instant time = data.time();
      if (time == null) {
        return 0;
      }
      int save = (int) (time.getEpochSecond() - NOON.getEpochSecond());
      JsonNode ids = Objects.requireNonNull(data.state("one"));
      for (int part = 0; part < 3; part++) {
        assertThat(data.load(ids.get(part).asText())).isEqualTo(bytes("part " + (save + part)));
      }
      return save;
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static DataDirectory open(Path path, Disk disk) {
    return DataDirectory.open(path, "111111111111", "us-east-1", disk);
  }
}
