// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.model;

import dev.syncline.sim.asl.internal.expr.Query;
import org.jspecify.annotations.Nullable;

/**
 * InputPath or OutputPath: everything, nothing (JSON null, which gives an empty object), or what a
 * path finds.
 *
 * @param query the path; null for everything or nothing
 * @param discard whether the field was null
 */
public record Selector(@Nullable Query query, boolean discard) {
  /** <code>$</code>, also when the field is absent. */
  public static final Selector ALL = new Selector(null, false);

  /** JSON null. */
  public static final Selector NOTHING = new Selector(null, true);
}
