// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.simulator.persistence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.state.DataDirectoryException;
import dev.syncline.sim.service.state.SavedForm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code syncline.json} of a data directory. Immutable.
 *
 * @param format always {@link #FORMAT}
 * @param version the version of the format
 * @param account 12 digits
 * @param region the region of the state
 * @param starts how many processes have used the directory
 * @param time the simulator's time when it was saved
 * @param services the blob that holds each service's state, by the service's id
 */
record DataManifest(
    String format,
    int version,
    String account,
    String region,
    long starts,
    @Nullable Instant time,
    Map<String, String> services) {
  /** The version that is written; another version is refused. */
  static final int VERSION = 2;

  static final String FORMAT = "syncline-data";
  static final String MANIFEST = "syncline.json";

  /** The suffix of files that are not completely written. */
  static final String PARTIAL = ".partial";

  /** The other entries of a data directory, beside a directory for what was damaged. */
  static final String LOCK = "lock";

  static final String BLOBS = "blobs";

  /** The manifest of one more process. */
  DataManifest started() {
    return new DataManifest(format, version, account, region, starts + 1, time, services);
  }

  /** The manifest after a save. */
  DataManifest saved(Instant newTime, Map<String, String> newServices) {
    return new DataManifest(format, version, account, region, starts, newTime, newServices);
  }

  /**
   * The manifest of a directory; of a directory without one, a manifest without state.
   *
   * @throws DataDirectoryException when it cannot be read, has another version, or is of another
   *     account or region
   */
  static DataManifest read(Path directory, String account, String region) {
    Path file = directory.resolve(MANIFEST);
    if (!Files.exists(file)) {
      return new DataManifest(FORMAT, VERSION, account, region, 0, null, Map.of());
    }
    JsonNode json;
    try {
      json = SavedForm.PLAIN.read(Files.readAllBytes(file), JsonNode.class);
    } catch (IOException | UncheckedIOException unreadable) {
      throw damaged(file, reason(unreadable));
    }
    if (!json.path("format").asText().equals(FORMAT)) {
      throw damaged(file, "it is not a file of Syncline");
    }
    if (json.path("version").asInt() != VERSION) {
      throw new DataDirectoryException(
          "the data directory "
              + directory
              + " has the format "
              + json.path("version").asText()
              + ", this version of Syncline reads the format "
              + VERSION
              + "; use the version that wrote it, or another directory");
    }
    DataManifest manifest;
    try {
      manifest = SavedForm.PLAIN.read(json, DataManifest.class);
    } catch (UncheckedIOException unreadable) {
      throw damaged(file, reason(unreadable));
    }
    if (!manifest.account().equals(account) || !manifest.region().equals(region)) {
      throw new DataDirectoryException(
          "the data directory "
              + directory
              + " is of account "
              + manifest.account()
              + " in "
              + manifest.region()
              + ", not of "
              + account
              + " in "
              + region
              + "; start with the same --account and --region, or use another directory");
    }
    return manifest;
  }

  static void requireOurs(Path directory) throws IOException {
    if (Files.exists(directory.resolve(MANIFEST))) {
      return;
    }
    Set<String> ours = Set.of(LOCK, BLOBS, MANIFEST + PARTIAL);
    try (Stream<Path> files = Files.list(directory)) {
      files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> !ours.contains(name))
          .findAny()
          .ifPresent(
              foreign -> {
                throw new DataDirectoryException(
                    "the directory "
                        + directory
                        + " holds other files ("
                        + foreign
                        + ") and no "
                        + MANIFEST
                        + "; name an empty directory, or a new one");
              });
    }
  }

  static DataDirectoryException damaged(Path file, String why) {
    return new DataDirectoryException(
        file
            + " cannot be read: "
            + why
            + "; restore a copy of the data directory, or use another one");
  }

  static String reason(Exception failure) {
    if (failure instanceof NoSuchFileException) {
      return "it does not exist";
    }
    if (failure instanceof DirectoryNotEmptyException) {
      return "it is not empty";
    }
    String message = failure.getMessage();
    return message == null ? failure.toString() : message.lines().findFirst().orElse(message);
  }
}
