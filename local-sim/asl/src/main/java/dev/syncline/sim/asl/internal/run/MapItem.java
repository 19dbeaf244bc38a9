// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.run;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * The value of <code>$$.Map.Item</code>.
 *
 * @param source where a distributed Map's item comes from: {@code STATE_DATA} or an S3 URI; null in
 *     an inline Map
 */
record MapItem(int index, JsonNode value, @Nullable String source) {
  /** The source of items that are in the state's input (recorded). */
  static final String STATE_DATA = "STATE_DATA";
}
