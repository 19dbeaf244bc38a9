// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

import java.util.Locale;

/**
 * The operating system and processor that the simulator runs on. Immutable and thread-safe.
 *
 * @param system the name of the operating system, as the system property {@code os.name} has it
 * @param architecture the processor, as the system property {@code os.arch} has it
 */
public record HostPlatform(String system, String architecture) {

  /** The platform of this JVM. */
  public static HostPlatform current() {
    return new HostPlatform(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
  }

  /** Whether it is Linux. */
  public boolean isLinux() {
    return system.equals("Linux");
  }

  /** Whether it is macOS. */
  public boolean isMac() {
    return system.equals("Mac OS X");
  }

  /** Whether it is Linux on a 64-bit x86 or ARM. */
  public boolean isLinux64() {
    return isLinux() && (isX64() || isArm64());
  }

  /** Whether the processor is a 64-bit x86, by any of its names. */
  public boolean isX64() {
    return switch (architecture.toLowerCase(Locale.ROOT)) {
      case "amd64", "x86_64" -> true;
      default -> false;
    };
  }

  /** Whether the processor is a 64-bit ARM, by any of its names. */
  public boolean isArm64() {
    return switch (architecture.toLowerCase(Locale.ROOT)) {
      case "aarch64", "arm64" -> true;
      default -> false;
    };
  }

  /** Both names, for messages: {@code Mac OS X aarch64}. */
  @Override
  public String toString() {
    return system + " " + architecture;
  }
}
