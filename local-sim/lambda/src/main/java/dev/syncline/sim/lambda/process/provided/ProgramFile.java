// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process.provided;

import dev.syncline.sim.kernel.HostPlatform;
import dev.syncline.sim.lambda.process.CannotStartException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The beginning of a program: a script, or an executable of some system and processor. Sources: the
 * ELF specification ({@code e_machine}), Mach-O's magic numbers. Immutable.
 */
final class ProgramFile {
  private static final int HEAD = 256;
  private static final int X86_64 = 62;
  private static final int AARCH64 = 183;
  private static final int LITTLE_ENDIAN = 1;

  private final byte[] head;

  private ProgramFile(byte[] head) {
    this.head = head;
  }

  static ProgramFile of(Path file) throws IOException {
    try (InputStream content = Files.newInputStream(file)) {
      return new ProgramFile(content.readNBytes(HEAD));
    }
  }

  /**
   * Refuses a program that the host cannot run.
   *
   * @param shown its path on Lambda
   */
  void requireRunnable(String shown, HostPlatform host) throws CannotStartException {
    if (startsWith(0x7F, 'E', 'L', 'F')) {
      requireElf(shown, host);
    } else if (startsWith('#', '!')) {
      requireInterpreter(shown);
    } else if (!isMachO() || host.isLinux()) {
      throw ProvidedFamily.refused(shown, "exec format error");
    }
  }

  private void requireElf(String shown, HostPlatform host) throws CannotStartException {
    int machine = machine();
    boolean same =
        host.isLinux() && (machine == X86_64 ? host.isX64() : machine == AARCH64 && host.isArm64());
    if (!same) {
      throw ProvidedFamily.refused(
          shown,
          "exec format error (built for Linux "
              + (machine == X86_64 ? "x86_64" : machine == AARCH64 ? "aarch64" : "ELF " + machine)
              + "; this host is "
              + host
              + ": build it for the host for local runs)");
    }
  }

  /** The system looks for the interpreter up to the line end, a carriage return included. */
  private void requireInterpreter(String shown) throws CannotStartException {
    String line =
        new String(head, StandardCharsets.UTF_8).substring(2).lines().findFirst().orElse("");
    boolean carriageReturn =
        new String(head, StandardCharsets.ISO_8859_1).matches("(?s)[^\\n]*\\r\\n.*");
    String program = line.strip().split("[ \\t]", 2)[0];
    if (program.isEmpty()) {
      throw ProvidedFamily.refused(shown, "exec format error");
    }
    try {
      if (carriageReturn || !Files.exists(Path.of(program))) {
        throw ProvidedFamily.refused(shown, "no such file or directory");
      }
    } catch (InvalidPathException impossible) {
      throw ProvidedFamily.refused(shown, "no such file or directory");
    }
  }

  private int machine() {
    if (head.length < 20) {
      return 0;
    }
    int low = head[18] & 0xFF;
    int high = head[19] & 0xFF;
    return head[5] == LITTLE_ENDIAN ? low | (high << 8) : (low << 8) | high;
  }

  private boolean isMachO() {
    return startsWith(0xCF, 0xFA, 0xED, 0xFE)
        || startsWith(0xCE, 0xFA, 0xED, 0xFE)
        || startsWith(0xCA, 0xFE, 0xBA, 0xBE);
  }

  private boolean startsWith(int... bytes) {
    if (head.length < bytes.length) {
      return false;
    }
    for (int i = 0; i < bytes.length; i++) {
      if ((head[i] & 0xFF) != bytes[i]) {
        return false;
      }
    }
    return true;
  }
}
