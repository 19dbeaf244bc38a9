// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

/** Whether a bucket keeps former versions of objects. */
enum Versioning {
  /** It never did: every write replaces the null version. */
  UNVERSIONED(""),
  /** Every write adds a version. */
  ENABLED("Enabled"),
  /** Writes replace the null version and keep the others. */
  SUSPENDED("Suspended");

  private final String status;

  Versioning(String status) {
    this.status = status;
  }

  /** As in GetBucketVersioning; empty for a bucket that was never versioned. */
  String status() {
    return status;
  }

  /** Whether answers name versions. */
  boolean names() {
    return this != UNVERSIONED;
  }

  /**
   * The setting that a request names.
   *
   * @throws dev.syncline.sim.service.AwsException {@code MalformedXML}
   */
  static Versioning of(String status) {
    return switch (status) {
      case "Enabled" -> ENABLED;
      case "Suspended" -> SUSPENDED;
      default -> throw S3Errors.malformedXml();
    };
  }
}
