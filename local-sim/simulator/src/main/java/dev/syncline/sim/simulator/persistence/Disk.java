// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.simulator.persistence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The file operations of a data directory, so that a test can simulate a power cut between two of
 * them.
 */
interface Disk {
  /** Writes an existing empty file; the content may not be on the disk yet. */
  void write(Path file, byte[] content) throws IOException;

  /** Returns when the file's content is on the disk. */
  void force(Path file) throws IOException;

  /** Returns when the names in a directory are on the disk, where the platform supports it. */
  void forceDirectory(Path directory) throws IOException;

  /** Moves a file and replaces the target, atomically. */
  void move(Path from, Path to) throws IOException;

  /** Deletes a file if it exists. */
  void delete(Path file) throws IOException;

  /** The file system. */
  Disk REAL =
      new Disk() {
        @Override
        public void write(Path file, byte[] content) throws IOException {
          try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
              channel.write(bytes);
            }
          }
        }

        @Override
        public void force(Path file) throws IOException {
          try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
          }
        }

        @Override
        public void forceDirectory(Path directory) throws IOException {
          FileChannel channel;
          try {
            channel = FileChannel.open(directory, StandardOpenOption.READ);
          } catch (IOException notOnThisPlatform) {
            // Windows opens no directories; there, forcing a file also forces its name.
            return;
          }
          try (channel) {
            channel.force(true);
          }
        }

        @Override
        public void move(Path from, Path to) throws IOException {
          Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }

        @Override
        public void delete(Path file) throws IOException {
          Files.deleteIfExists(file);
        }
      };
}
