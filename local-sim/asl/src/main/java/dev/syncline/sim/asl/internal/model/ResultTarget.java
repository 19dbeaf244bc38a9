// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.model;

import dev.syncline.sim.asl.internal.expr.ReferencePath;
import org.jspecify.annotations.Nullable;

/**
 * ResultPath: the result replaces the input, is discarded, or is written into the input.
 *
 * @param path where to write; null for replace or discard
 * @param discard whether the field was null
 */
public record ResultTarget(@Nullable ReferencePath path, boolean discard) {
  /** <code>$</code>, also when the field is absent. */
  public static final ResultTarget REPLACE = new ResultTarget(null, false);

  /** JSON null. */
  public static final ResultTarget DISCARD = new ResultTarget(null, true);
}
