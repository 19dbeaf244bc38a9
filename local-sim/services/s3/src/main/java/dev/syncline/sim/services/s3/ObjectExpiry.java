// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import java.util.Optional;

/** Tells when a lifecycle rule will end an object. Thread-safe. */
@FunctionalInterface
interface ObjectExpiry {
  /** The value of {@code x-amz-expiration} for a current object; empty if no rule ends it. */
  Optional<String> of(String bucket, S3Object object);
}
