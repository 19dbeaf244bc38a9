// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The directory in which instances keep their files and register themselves: {@code ~/.syncline},
 * or the value of {@link #VARIABLE}. Thread-safe.
 */
record Home(Path directory) {
  /** The environment variable that sets it. */
  static final String VARIABLE = "SYNCLINE_HOME";

  /** The directory that the environment sets. */
  static Home ofUser() {
    String set = System.getenv(VARIABLE);
    return new Home(
        set != null && !set.isBlank()
            ? Path.of(set)
            : Path.of(System.getProperty("user.home"), ".syncline"));
  }

  /** The registration of a running instance. */
  record Running(int port, long pid) {}

  /** The directory for the instance on a port, created if it does not exist. */
  Path workDirectory(int port) {
    return made(directory.resolve("port-" + port));
  }

  /** The log file of a detached instance on a port; port 0 means any free port. */
  Path detachedLog(int port) {
    String name = port == 0 ? "up-free-port-" + ProcessHandle.current().pid() : "up-" + port;
    return made(directory.resolve("logs")).resolve(name + ".log");
  }

  /** A directory that is removed when the instance ends. */
  static Path temporary() {
    try {
      return Files.createTempDirectory("syncline-");
    } catch (IOException impossible) {
      throw new Failure("cannot make a temporary directory: " + Failure.reason(impossible));
    }
  }

  /** Removes a directory of {@link #temporary}, as far as possible. */
  static void remove(Path directory) {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException leftBehind) {
      // The system clears its temporary directory; nothing depends on the removal.
    }
  }

  /** Registers that this process serves {@code port}. */
  void announce(int port) {
    Path file = wordOf(port);
    try {
      Files.writeString(
          file,
          CliJson.object().put("port", port).put("pid", ProcessHandle.current().pid()) + "\n");
    } catch (IOException refused) {
      throw new Failure(
          "cannot write " + file + ": " + Failure.reason(refused) + "; set " + VARIABLE);
    }
  }

  /** Removes the registration. */
  void withdraw(int port) {
    try {
      Files.deleteIfExists(wordOf(port));
    } catch (IOException leftBehind) {
      // It names a process that has ended; running() skips it.
    }
  }

  /** The instances whose process is alive, by port. */
  List<Running> running() {
    var found = new ArrayList<Running>();
    Path words = directory.resolve("running");
    if (!Files.isDirectory(words)) {
      return found;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(words, "*.json")) {
      for (Path file : files) {
        Running running = read(file);
        if (running != null && ProcessHandle.of(running.pid()).isPresent()) {
          found.add(running);
        }
      }
    } catch (IOException unreadable) {
      throw new Failure("cannot list " + words + ": " + Failure.reason(unreadable));
    }
    found.sort(Comparator.comparingInt(Running::port));
    return found;
  }

  private static @Nullable Running read(Path file) {
    try {
      JsonNode word = CliJson.parse(Files.readString(file));
      return new Running(word.path("port").asInt(), word.path("pid").asLong());
    } catch (JsonProcessingException halfWritten) {
      return null;
    } catch (IOException gone) {
      return null;
    }
  }

  private Path wordOf(int port) {
    return made(directory.resolve("running")).resolve(port + ".json");
  }

  private static Path made(Path path) {
    try {
      return Files.createDirectories(path);
    } catch (IOException refused) {
      throw new Failure(
          "cannot make the directory "
              + path
              + ": "
              + Failure.reason(refused)
              + "; set "
              + VARIABLE);
    }
  }
}
