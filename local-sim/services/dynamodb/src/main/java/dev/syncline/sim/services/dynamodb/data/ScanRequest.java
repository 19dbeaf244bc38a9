// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

/**
 * A scan of a table or index, or of a segment of it.
 *
 * @param segment from 0
 * @param totalSegments 1 for a scan of everything
 */
public record ScanRequest(int segment, int totalSegments, ReadOptions options) {
  /** Checks the segment. */
  public ScanRequest {
    if (segment < 0 || segment >= totalSegments) {
      throw new IllegalArgumentException("segment " + segment + " of " + totalSegments);
    }
  }

  /** Of everything. */
  public ScanRequest(ReadOptions options) {
    this(0, 1, options);
  }
}
