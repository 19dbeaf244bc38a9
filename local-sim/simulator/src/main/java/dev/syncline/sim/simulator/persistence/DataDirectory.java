// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.simulator.persistence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.state.Blobs;
import dev.syncline.sim.service.state.DataDirectoryException;
import dev.syncline.sim.service.state.SavedForm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A directory that holds the state of one simulator:
 *
 * <ul>
 *   <li>{@code syncline.json}, which names all content of the present state; a save takes effect
 *       when this file is replaced
 *   <li>{@code blobs/}, content by its SHA-256; a file there is never changed
 *   <li>{@code lock}, locked by the process that uses it
 * </ul>
 *
 * <p>After a crash or a power cut it holds the complete state of the last save or of the one
 * before: content is on the disk before the file that names it, and is deleted only after the new
 * file is on the disk.
 *
 * <p>Only the owner may read it, on file systems with owners: it contains secrets in plain text.
 * One thread saves; closing is thread-safe.
 */
public final class DataDirectory implements Blobs, AutoCloseable {

  /** The maximum delay of the time in the directory while nothing else changes. */
  private static final Duration MAX_DELAY = Duration.ofSeconds(10);

  private static final String DAMAGED = "damaged";

  private final Path directory;
  private final Path blobs;
  private final FileChannel lockFile;
  private final FileLock lock;
  private DataManifest manifest;
  private IdentityHashMap<Object, String> known = new IdentityHashMap<>();
  private IdentityHashMap<Object, String> kept = new IdentityHashMap<>();

  /** Content in {@code blobs/} that this process has read or written. */
  private final Set<String> stored = new HashSet<>();

  /** Other content in {@code blobs/}, which may be damaged. */
  private final Set<String> unchecked = new HashSet<>();

  /** Stored content that may not be on the disk yet. */
  private final Set<String> unforced = new LinkedHashSet<>();

  private final List<Damage> damages = new ArrayList<>();
  private final Disk disk;

  /**
   * A file that cannot be read.
   *
   * @param what its content, for the user
   */
  record Damage(String what, Path file, String why) {
    @Override
    public String toString() {
      return what + " (" + file + ": " + why + ")";
    }
  }

  private DataDirectory(
      Path directory,
      FileChannel lockFile,
      FileLock lock,
      String account,
      String region,
      Disk disk) {
    this.disk = disk;
    this.directory = directory;
    this.blobs = directory.resolve(DataManifest.BLOBS);
    this.lockFile = lockFile;
    this.lock = lock;
    this.manifest = DataManifest.read(directory, account, region).started();
  }

  /**
   * Opens a directory, and creates it if it does not exist.
   *
   * @throws DataDirectoryException when it is used by another process, holds other files, or cannot
   *     be read or written
   */
  public static DataDirectory open(Path directory, String account, String region) {
    return open(directory, account, region, Disk.REAL);
  }

  /** The same with a test's file operations. */
  static DataDirectory open(Path directory, String account, String region, Disk disk) {
    try {
      Path absolute = directory.toAbsolutePath();
      Files.createDirectories(absolute, OwnerOnly.attributes("rwx------", absolute));
      DataManifest.requireOurs(absolute);
      Path lockPath = absolute.resolve(DataManifest.LOCK);
      if (!Files.exists(lockPath)) {
        OwnerOnly.createFile(lockPath);
      }
      FileChannel channel = FileChannel.open(lockPath, StandardOpenOption.WRITE);
      try {
        FileLock lock = channel.tryLock();
        if (lock == null) {
          throw inUse(absolute);
        }
        Files.createDirectories(
            absolute.resolve(DataManifest.BLOBS), OwnerOnly.attributes("rwx------", absolute));
        var opened = new DataDirectory(absolute, channel, lock, account, region, disk);
        opened.unchecked.addAll(opened.listed());
        // Written at once: the next start must recognise the directory, even after a crash.
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
          "the data directory " + directory + " cannot be used: " + DataManifest.reason(failure),
          failure);
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

  /** The saved state of a service; null if none was saved. */
  public @Nullable JsonNode state(String service) {
    String id = manifest.services().get(service);
    return id == null
        ? null
        : find(id, "the whole state of " + service)
            .map(state -> SavedForm.PLAIN.read(state, JsonNode.class))
            .orElse(null);
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
      return read(file, id);
    } catch (IOException unreadable) {
      throw DataManifest.damaged(file, DataManifest.reason(unreadable));
    }
  }

  @Override
  public Optional<byte[]> find(String id, String what) {
    Path file = blobs.resolve(id);
    try {
      return Optional.of(read(file, id));
    } catch (IOException unreadable) {
      damages.add(new Damage(what, file, DataManifest.reason(unreadable)));
      return Optional.empty();
    }
  }

  private byte[] read(Path file, String id) throws IOException {
    byte[] content = Files.readAllBytes(file);
    if (!id(content).equals(id)) {
      throw new IOException(
          content.length == 0 ? "it is empty" : "its content is not what was written");
    }
    stored.add(id);
    unchecked.remove(id);
    return content;
  }

  /** The content that {@link #find} could not read, in order. */
  List<Damage> damages() {
    return List.copyOf(damages);
  }

  /** Moves damaged content to {@code damaged/}, so that saving does not delete it. */
  void setDamagedAside() {
    try {
      Path aside = directory.resolve(DAMAGED);
      Files.createDirectories(aside, OwnerOnly.attributes("rwx------", aside));
      for (Damage damage : damages) {
        String id = String.valueOf(damage.file().getFileName());
        if (Files.exists(damage.file())) {
          Files.move(damage.file(), aside.resolve(id), StandardCopyOption.REPLACE_EXISTING);
        }
        unchecked.remove(id);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot write to " + directory, failure);
    }
  }

  /** Begins a save; content that is not {@link #keep kept} until {@link #commit} is deleted. */
  void begin() {
    kept = new IdentityHashMap<>();
  }

  /** Makes the given states, and the content kept since {@link #begin}, the directory's content. */
  void commit(Map<String, JsonNode> states, Instant time) {
    var services = new HashMap<String, String>();
    var needed = new HashSet<>(kept.values());
    states.forEach(
        (service, state) -> {
          String id = store(SavedForm.PLAIN.bytes(state));
          services.put(service, id);
          needed.add(id);
        });
    DataManifest next = manifest.saved(time, services);
    Instant written = manifest.time();
    if (!services.equals(manifest.services())
        || written == null
        || !written.plus(MAX_DELAY).isAfter(time)) {
      forceStored();
      writeManifest(next);
      manifest = next;
    }
    known = kept;
    // Content that the manifest on the disk does not name.
    for (Set<String> ids : List.of(Set.copyOf(stored), Set.copyOf(unchecked))) {
      for (String id : ids) {
        if (!needed.contains(id)) {
          delete(id);
        }
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
      if (!isThere(id, content)) {
        write(blobs.resolve(id), content, false);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot write to " + blobs, failure);
    }
    stored.add(id);
    unchecked.remove(id);
    // Content of an earlier process too: it may have been killed before it forced the file.
    unforced.add(id);
    return id;
  }

  /** Whether an earlier process left that content; a crash may have emptied the file. */
  private boolean isThere(String id, byte[] content) throws IOException {
    return unchecked.contains(id) && Arrays.equals(Files.readAllBytes(blobs.resolve(id)), content);
  }

  /** Content must be on the disk before the manifest that names it. */
  private void forceStored() {
    try {
      for (String id : unforced) {
        disk.force(blobs.resolve(id));
      }
      if (!unforced.isEmpty()) {
        disk.forceDirectory(blobs);
      }
      unforced.clear();
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot write to " + blobs, failure);
    }
  }

  private void delete(String id) {
    try {
      disk.delete(blobs.resolve(id));
      stored.remove(id);
      unchecked.remove(id);
      unforced.remove(id);
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

  private void writeManifest(DataManifest content) {
    try {
      write(directory.resolve(DataManifest.MANIFEST), SavedForm.PLAIN.bytes(content), true);
      disk.forceDirectory(directory);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot write to " + directory, failure);
    }
  }

  /** A reader sees the old content or the new one, never a part. */
  private void write(Path file, byte[] content, boolean toDisk) throws IOException {
    Path partial = file.resolveSibling(file.getFileName() + DataManifest.PARTIAL);
    disk.delete(partial);
    OwnerOnly.createFile(partial);
    disk.write(partial, content);
    if (toDisk) {
      disk.force(partial);
    }
    disk.move(partial, file);
  }

  private static DataDirectoryException inUse(Path directory) {
    return new DataDirectoryException(
        "the data directory "
            + directory
            + " is in use by another simulator; stop that one (syncline down), or use another"
            + " directory");
  }

  private static String id(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
