// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.vtl;

import org.jspecify.annotations.Nullable;

/** How a rendering ended. */
public sealed interface TemplateResult {
  /** It ran to its end. */
  record Rendered(String text) implements TemplateResult {}

  /** It ended by {@code #return}; the value is null without one. What it rendered is lost. */
  record Returned(@Nullable Object value) implements TemplateResult {}
}
