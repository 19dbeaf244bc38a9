// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.inprocess;

import dev.syncline.sim.lambda.process.RuntimeInterfaceClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * AWS's runtime interface client for the functions of one host: unpacked and loaded when the first
 * function needs it, and removed with the host. Thread-safe.
 */
final class RuntimeClients implements AutoCloseable {
  private @Nullable Path directory;
  private @Nullable List<Path> jars;
  private @Nullable RuntimeClient shared;

  /** The client that most functions share. */
  synchronized RuntimeClient shared() throws IOException {
    if (shared == null) {
      shared = new RuntimeClient(jars(), null);
    }
    return shared;
  }

  /** A client that looks for serializers and event classes in a function's code. */
  RuntimeClient ownOf(ClassLoader function) throws IOException {
    return new RuntimeClient(jars(), function);
  }

  private synchronized List<Path> jars() throws IOException {
    if (jars == null) {
      directory = Files.createTempDirectory("syncline-runtime-client");
      jars = RuntimeInterfaceClient.unpackJars(directory);
    }
    return jars;
  }

  @Override
  public synchronized void close() {
    try {
      if (shared != null) {
        shared.close();
        shared = null;
      }
      if (directory != null) {
        try (Stream<Path> files = Files.list(directory)) {
          for (Path file : files.toList()) {
            Files.delete(file);
          }
        }
        Files.delete(directory);
        directory = null;
        jars = null;
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
