// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.handlers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessMode;
import java.nio.file.DirectoryStream;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.attribute.FileAttribute;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.graalvm.polyglot.io.FileSystem;

/**
 * The files that code in the sandbox sees: the modules that it may import and their parts, but no
 * file of the machine. Thread-safe, read-only.
 */
final class ModuleFiles implements FileSystem {
  static final String UTILS = "@aws-appsync/utils";

  private static final Path ROOT = Path.of("/");
  static final String DYNAMODB = UTILS + "/dynamodb";

  /** The others are not names that code may import. */
  private static final Map<Path, String> NAMES =
      Map.of(
          Path.of("/", UTILS), "utils.mjs",
          Path.of("/", DYNAMODB), "dynamodb.mjs",
          Path.of("/", "@syncline/harden"), "harden.mjs",
          Path.of("/", "@syncline/transform"), "transform.mjs",
          Path.of("/", "@syncline/typed"), "typed.mjs");

  /** Filled when a module is first imported. */
  private final Map<Path, byte[]> files = new ConcurrentHashMap<>();

  private static byte[] bytes(String name) {
    return resource(name).getBytes(StandardCharsets.UTF_8);
  }

  static String resource(String name) {
    try (InputStream in = ModuleFiles.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public Path parsePath(URI uri) {
    return Path.of(uri.getPath());
  }

  @Override
  public Path parsePath(String path) {
    return Path.of(path);
  }

  @Override
  public void checkAccess(Path path, Set<? extends AccessMode> modes, LinkOption... options)
      throws IOException {
    require(path);
  }

  @Override
  public void createDirectory(Path directory, FileAttribute<?>... attributes) {
    throw new ReadOnlyFileSystemException();
  }

  @Override
  public void delete(Path path) {
    throw new ReadOnlyFileSystemException();
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return new Bytes(ByteBuffer.wrap(require(path)).asReadOnlyBuffer());
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path directory, DirectoryStream.Filter<? super Path> filter) throws IOException {
    throw new NoSuchFileException(directory.toString());
  }

  @Override
  public Path toAbsolutePath(Path path) {
    return path.isAbsolute() ? path : ROOT.resolve(path);
  }

  @Override
  public Path toRealPath(Path path, LinkOption... options) throws IOException {
    require(path);
    return toAbsolutePath(path);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
      throws IOException {
    long size = require(path).length;
    return Map.of("isRegularFile", true, "isDirectory", false, "size", size);
  }

  private byte[] require(Path path) throws IOException {
    Path absolute = toAbsolutePath(path);
    String name = NAMES.get(absolute);
    if (name == null) {
      throw new NoSuchFileException(path.toString());
    }
    return files.computeIfAbsent(absolute, unread -> bytes(name));
  }

  /** A file's bytes for one reader. */
  private static final class Bytes implements SeekableByteChannel {
    private final ByteBuffer bytes;
    private boolean open = true;

    Bytes(ByteBuffer bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      if (!open) {
        throw new ClosedChannelException();
      }
      if (!bytes.hasRemaining()) {
        return -1;
      }
      int length = Math.min(target.remaining(), bytes.remaining());
      target.put(bytes.slice(bytes.position(), length));
      bytes.position(bytes.position() + length);
      return length;
    }

    @Override
    public int write(ByteBuffer from) {
      throw new NonWritableChannelException();
    }

    @Override
    public long position() {
      return bytes.position();
    }

    @Override
    public SeekableByteChannel position(long position) {
      bytes.position((int) Math.min(position, bytes.limit()));
      return this;
    }

    @Override
    public long size() {
      return bytes.limit();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
      throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public void close() {
      open = false;
    }
  }
}
