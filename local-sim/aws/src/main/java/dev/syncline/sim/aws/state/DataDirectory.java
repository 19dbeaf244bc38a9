// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A directory that holds the state of one simulator:
 *
 * <ul>
 *   <li>{@code syncline.json}, which names everything that belongs to the present state; replacing
 *       it is what makes a save count
 *   <li>{@code blobs/}, content by its SHA-256; nothing there is ever changed
 *   <li>{@code lock}, locked by the process that uses it
 * </ul>
 *
 * <p>Only the owner may read it, where the file system knows owners: secrets are in it, in the
 * clear. One thread saves; closing is thread-safe.
 */
public final class DataDirectory implements Blobs, AutoCloseable {
  /** Of the files; another one is refused. */
  static final int VERSION = 1;

  /** How far the time in the directory may be behind while nothing else changes. */
  private static final Duration LONGEST_BEHIND = Duration.ofSeconds(10);

  private static final String FORMAT = "syncline-data";
  private static final String MANIFEST = "syncline.json";
  private static final String LOCK = "lock";
  private static final String BLOBS = "blobs";
  private static final String PARTIAL = ".partial";

  /**
   * What {@code syncline.json} holds.
   *
   * @param starts how many processes have used it
   * @param time the simulator's time when it was saved
   * @param services the blob that holds each service's state, by the service's signing name
   */
  private record Manifest(
      String format,
      int version,
      String account,
      String region,
      long starts,
      @Nullable Instant time,
      Map<String, String> services) {}

  private final Path directory;
  private final Path blobs;
  private final FileChannel lockFile;
  private final FileLock lock;
  private Manifest manifest;
  private Map<Object, String> known = new IdentityHashMap<>();
  private Map<Object, String> kept = new IdentityHashMap<>();
  private Set<String> stored = new HashSet<>();

  private DataDirectory(
      Path directory, FileChannel lockFile, FileLock lock, String account, String region) {
    this.directory = directory;
    this.blobs = directory.resolve(BLOBS);
    this.lockFile = lockFile;
    this.lock = lock;
    Manifest found = read(directory, account, region);
    this.manifest =
        new Manifest(
            FORMAT, VERSION, account, region, found.starts() + 1, found.time(), found.services());
  }

  /**
   * Opens a directory, which is made when it is not there.
   *
   * @throws DataDirectoryException when it is used by another process, holds something else, or
   *     cannot be read or written
   */
  public static DataDirectory open(Path directory, String account, String region) {
    try {
      Path absolute = directory.toAbsolutePath();
      Files.createDirectories(absolute, owners("rwx------", absolute));
      requireOurs(absolute);
      Path lockPath = absolute.resolve(LOCK);
      if (!Files.exists(lockPath)) {
        createOwned(lockPath);
      }
      FileChannel channel = FileChannel.open(lockPath, StandardOpenOption.WRITE);
      try {
        FileLock lock = channel.tryLock();
        if (lock == null) {
          throw inUse(absolute);
        }
        Files.createDirectories(absolute.resolve(BLOBS), owners("rwx------", absolute));
        var opened = new DataDirectory(absolute, channel, lock, account, region);
        opened.stored = opened.listed();
        // From now on it is ours, whatever happens: the next start must not take it for foreign.
        opened.writeManifest(opened.manifest);
        return opened;
      } catch (OverlappingFileLockException here) {
        channel.close();
        throw inUse(absolute);
      } catch (RuntimeException | IOException failure) {
        channel.close();
        throw failure;
      }
    } catch (IOException failure) {
      throw new DataDirectoryException(
          "the data directory " + directory + " cannot be used: " + reason(failure), failure);
    }
  }

  /** The directory, absolute. */
  public Path path() {
    return directory;
  }

  /** How many processes have used it, this one included. */
  public long starts() {
    return manifest.starts();
  }

  /** The simulator's time when it was last saved; null when it never was. */
  public @Nullable Instant time() {
    return manifest.time();
  }

  /** The services whose state is here. */
  public Set<String> services() {
    return Set.copyOf(manifest.services().keySet());
  }

  /** The state of a service as it was saved; null when there is none. */
  public @Nullable JsonNode state(String service) {
    String id = manifest.services().get(service);
    return id == null ? null : SavedForm.PLAIN.read(load(id), JsonNode.class);
  }

  @Override
  public String keep(Object of, Supplier<byte[]> content) {
    String id = known.get(of);
    if (id == null) {
      id = store(content.get());
    }
    known.put(of, id);
    kept.put(of, id);
    return id;
  }

  @Override
  public byte[] load(String id) {
    Path file = blobs.resolve(id);
    try {
      byte[] content = Files.readAllBytes(file);
      if (!id(content).equals(id)) {
        throw damaged(file, "its content is not what was written");
      }
      return content;
    } catch (IOException unreadable) {
      throw damaged(file, reason(unreadable));
    }
  }

  /** Begins a save; what is not {@link #keep kept} until {@link #commit} is given up. */
  void begin() {
    kept = new IdentityHashMap<>();
  }

  /** Makes the states given, and what was kept since {@link #begin}, the directory's content. */
  void commit(Map<String, JsonNode> states, Instant time) {
    var services = new HashMap<String, String>();
    var needed = new HashSet<>(kept.values());
    states.forEach(
        (service, state) -> {
          String id = store(SavedForm.PLAIN.bytes(state));
          services.put(service, id);
          needed.add(id);
        });
    var next =
        new Manifest(
            FORMAT,
            VERSION,
            manifest.account(),
            manifest.region(),
            manifest.starts(),
            time,
            services);
    Instant written = manifest.time();
    if (!services.equals(manifest.services())
        || written == null
        || !written.plus(LONGEST_BEHIND).isAfter(time)) {
      writeManifest(next);
      manifest = next;
    }
    known = kept;
    for (String id : Set.copyOf(stored)) {
      if (!needed.contains(id)) {
        delete(id);
      }
    }
  }

  @Override
  public void close() {
    try (lockFile) {
      lock.release();
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot unlock " + directory, failure);
    }
  }

  private String store(byte[] content) {
    String id = id(content);
    if (stored.contains(id)) {
      return id;
    }
    try {
      write(blobs.resolve(id), content, false);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot write to " + blobs, failure);
    }
    stored.add(id);
    return id;
  }

  private void delete(String id) {
    try {
      Files.deleteIfExists(blobs.resolve(id));
      stored.remove(id);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot delete from " + blobs, failure);
    }
  }

  private Set<String> listed() throws IOException {
    var ids = new HashSet<String>();
    try (Stream<Path> files = Files.list(blobs)) {
      files.forEach(file -> ids.add(String.valueOf(file.getFileName())));
    }
    return ids;
  }

  private void writeManifest(Manifest content) {
    try {
      write(directory.resolve(MANIFEST), SavedForm.PLAIN.bytes(content), true);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot write to " + directory, failure);
    }
  }

  /** Whoever looks sees the old content or the new one, never a part. */
  private static void write(Path file, byte[] content, boolean toDisk) throws IOException {
    Path partial = file.resolveSibling(file.getFileName() + PARTIAL);
    Files.deleteIfExists(partial);
    createOwned(partial);
    try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
      var bytes = java.nio.ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      if (toDisk) {
        channel.force(true);
      }
    }
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Manifest read(Path directory, String account, String region) {
    Path file = directory.resolve(MANIFEST);
    if (!Files.exists(file)) {
      return new Manifest(FORMAT, VERSION, account, region, 0, null, Map.of());
    }
    JsonNode json;
    try {
      json = SavedForm.PLAIN.read(Files.readAllBytes(file), JsonNode.class);
    } catch (IOException | UncheckedIOException unreadable) {
      throw damaged(file, reason(unreadable));
    }
    if (!json.path("format").asText().equals(FORMAT)) {
      throw damaged(file, "it is not of Syncline");
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
    Manifest manifest;
    try {
      manifest = SavedForm.PLAIN.read(json, Manifest.class);
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
              + "; start with --account and --region as then, or use another directory");
    }
    return manifest;
  }

  private static void requireOurs(Path directory) throws IOException {
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
                        + " holds something else ("
                        + foreign
                        + ") and no "
                        + MANIFEST
                        + "; name an empty directory, or one that is not there yet");
              });
    }
  }

  private static DataDirectoryException inUse(Path directory) {
    return new DataDirectoryException(
        "the data directory "
            + directory
            + " is in use by another simulator; stop that one (syncline down), or use another"
            + " directory");
  }

  private static DataDirectoryException damaged(Path file, String why) {
    return new DataDirectoryException(
        file
            + " cannot be read: "
            + why
            + "; put back a copy of the data directory, or use another one");
  }

  private static String reason(Exception failure) {
    if (failure instanceof NoSuchFileException) {
      return "it is not there";
    }
    if (failure instanceof DirectoryNotEmptyException) {
      return "it is not empty";
    }
    String message = failure.getMessage();
    return message == null ? failure.toString() : message.lines().findFirst().orElse(message);
  }

  private static void createOwned(Path file) throws IOException {
    Files.createFile(file, owners("rw-------", file));
  }

  private static FileAttribute<?>[] owners(String permissions, Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static String id(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
