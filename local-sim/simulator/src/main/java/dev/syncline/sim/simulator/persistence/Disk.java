// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.simulator.persistence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** How a data directory changes files, so that a test can cut the power between two changes. */
interface Disk {
  /** Writes a file that is there and empty; the content may not reach the disk yet. */
  void write(Path file, byte[] content) throws IOException;

  /** Returns when the file's content is on the disk. */
  void force(Path file) throws IOException;

  /** Returns when the names in a directory are on the disk, where the platform can say so. */
  void forceDirectory(Path directory) throws IOException;

  /** Puts a file in the place of another, atomically. */
  void move(Path from, Path to) throws IOException;

  /** Deletes a file if it is there. */
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
            // Windows opens no directories; names are on the disk there with the files.
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
