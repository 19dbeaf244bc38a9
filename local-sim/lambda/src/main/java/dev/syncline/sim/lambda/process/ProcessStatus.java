// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A snapshot of Linux's {@code /proc/PID/status} of a process. Read for every invocation, so it
 * parses the requested fields only. Immutable.
 */
final class ProcessStatus {
  private final String text;

  private ProcessStatus(String text) {
    this.text = text;
  }

  /**
   * Reads it.
   *
   * @throws IOException when the process has ended, or where there is no {@code /proc}
   */
  static ProcessStatus of(long pid) throws IOException {
    byte[] content = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "status"));
    return new ProcessStatus(new String(content, StandardCharsets.ISO_8859_1));
  }

  /** A size such as {@code VmHWM} in kilobytes; 0 if the file does not have it, as for a zombie. */
  long kilobytes(String field) {
    int at = text.indexOf("\n" + field + ":");
    if (at < 0) {
      return 0;
    }
    long number = 0;
    for (int i = at + field.length() + 2; i < text.length() && text.charAt(i) != '\n'; i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        number = number * 10 + (c - '0');
      }
    }
    return number;
  }
}
