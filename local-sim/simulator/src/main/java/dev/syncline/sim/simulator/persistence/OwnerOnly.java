// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.simulator.persistence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Creates files and directories that only their owner can read, where the file system supports it.
 */
final class OwnerOnly {
  private OwnerOnly() {}

  static void createFile(Path file) throws IOException {
    Files.createFile(file, attributes("rw-------", file));
  }

  static FileAttribute<?>[] attributes(String permissions, Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
