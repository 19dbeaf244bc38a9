// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.contract;

/**
 * Gives the credentials that functions sign with. {@code sts} provides it; {@code lambda} puts them
 * into the environment of each function. Thread-safe.
 */
@FunctionalInterface
public interface FunctionCredentials {
  /** A key that never expires. */
  AccessKeys.AccessKey key();
}
