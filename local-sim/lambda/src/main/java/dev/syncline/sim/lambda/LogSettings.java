// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda;

/**
 * A function's {@code LoggingConfig}. Immutable.
 *
 * @param json whether Lambda and the runtime write JSON objects instead of text
 * @param applicationLevel the lowest level of the function's own records, {@code TRACE} to {@code
 *     FATAL}; used with JSON only
 * @param systemLevel the lowest level of Lambda's records, {@code DEBUG}, {@code INFO} or {@code
 *     WARN}; used with JSON only
 */
public record LogSettings(boolean json, String applicationLevel, String systemLevel) {
  /** Text, the default. */
  public static final LogSettings TEXT = new LogSettings(false, "INFO", "INFO");
}
