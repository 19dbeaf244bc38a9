// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import java.util.List;

/**
 * A page of a bucket's keys.
 *
 * @param objects in order of key
 * @param commonPrefixes prefixes that replace the keys under the delimiter, in order
 * @param last the last key or prefix in the page, after which the next page begins; empty when the
 *     page is empty
 * @param truncated whether more keys follow
 */
record Listing(
    List<S3Object> objects, List<String> commonPrefixes, String last, boolean truncated) {

  int count() {
    return objects.size() + commonPrefixes.size();
  }

  /**
   * The parameters of a list.
   *
   * @param delimiter empty for none
   * @param after the key or common prefix after which to begin, empty for the beginning
   * @param maxKeys 0 to 1000
   */
  record Query(String prefix, String delimiter, String after, int maxKeys) {}
}
