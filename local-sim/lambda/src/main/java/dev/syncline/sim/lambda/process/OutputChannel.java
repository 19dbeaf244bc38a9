// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import dev.syncline.sim.kernel.HostPlatform;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The pipe of a process's output, which we also write into. On Linux it is the process's own pipe,
 * found in {@code /proc}; elsewhere a named pipe. Not thread-safe.
 */
final class OutputChannel {
  private static final int MAX_SECONDS = 10;

  private final @Nullable Path name;
  private final @Nullable RandomAccessFile named;

  private OutputChannel(@Nullable Path name, @Nullable RandomAccessFile named) {
    this.name = name;
    this.named = named;
  }

  /** The channel of a process that {@code builder} will start; {@code directory} is its own. */
  static OutputChannel of(ProcessBuilder builder, Path directory, HostPlatform platform)
      throws IOException {
    builder.redirectErrorStream(true);
    if (platform.isLinux()) {
      return new OutputChannel(null, null);
    }
    Path name = directory.resolve(".output");
    makeNamedPipe(name);
    var channel = new OutputChannel(name, new RandomAccessFile(name.toFile(), "rw"));
    builder.redirectOutput(name.toFile());
    return channel;
  }

  /** Reads the output of the started process. */
  OutputPump pump(Process process, Consumer<String> events) throws IOException {
    InputStream in = process.getInputStream();
    OutputStream out = null;
    if (named != null && name != null) {
      in = new FileInputStream(named.getFD());
      out = new FileOutputStream(named.getFD());
      // Both sides have it open.
      Files.delete(name);
    } else {
      out = openOwn(process.pid());
    }
    return new OutputPump(in, out, process.pid(), events);
  }

  private static @Nullable OutputStream openOwn(long pid) {
    try {
      return new FileOutputStream("/proc/" + pid + "/fd/1");
    } catch (IOException notThere) {
      return null;
    }
  }

  private static void makeNamedPipe(Path name) throws IOException {
    Process maker = new ProcessBuilder("mkfifo", name.toString()).start();
    try {
      if (!maker.waitFor(MAX_SECONDS, TimeUnit.SECONDS) || maker.exitValue() != 0) {
        maker.destroyForcibly();
        throw new IOException("mkfifo could not make the named pipe " + name);
      }
    } catch (InterruptedException stopped) {
      maker.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the named pipe " + name + " was made", stopped);
    }
  }
}
