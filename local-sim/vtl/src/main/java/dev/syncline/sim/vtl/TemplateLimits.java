// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.vtl;

/**
 * The limits of a template. Immutable.
 *
 * @param templateChars the maximum length of a template, in characters
 * @param outputChars the maximum length of what it renders, in characters
 * @param work the maximum work of one rendering: blocks entered, methods called, elements visited
 *     and characters made or matched
 */
public record TemplateLimits(int templateChars, int outputChars, long work) {
  /** API Gateway's limits: 300 KB for a template, 10 MB for a body. The work is our own bound. */
  public static final TemplateLimits DEFAULT =
      new TemplateLimits(300 * 1024, 10 * 1024 * 1024, 30_000_000);

  /** Checks the limits. */
  public TemplateLimits {
    if (templateChars < 1 || outputChars < 1 || work < 1) {
      throw new IllegalArgumentException("limits of templates must be positive");
    }
  }
}
