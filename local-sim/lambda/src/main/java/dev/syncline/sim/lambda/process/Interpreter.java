// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import java.nio.file.Path;

/**
 * An interpreter on this machine. Immutable.
 *
 * @param program the executable file
 * @param version such as {@code 3.12.1} or {@code 20.11.0}
 */
public record Interpreter(Path program, String version) {
  /** The first number of the version. */
  public int major() {
    return part(0);
  }

  /** The second number of the version, 0 without one. */
  public int minor() {
    return part(1);
  }

  private int part(int index) {
    String[] parts = version.split("\\.", -1);
    return index < parts.length ? Integer.parseInt(parts[index].replaceAll("\\D.*", "")) : 0;
  }
}
