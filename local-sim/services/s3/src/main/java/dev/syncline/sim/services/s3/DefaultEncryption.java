// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import java.util.Map;

/** Finds the encryption that a bucket gives to objects whose request has none. Thread-safe. */
@FunctionalInterface
interface DefaultEncryption {
  /** The bucket's headers, among those of {@link ServerSideEncryption}. */
  Map<String, String> headers(String bucket);
}
