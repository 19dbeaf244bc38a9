// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.vtl;

/** Lets a {@link TemplateObject} charge for its own work. */
public final class TemplateWork {
  private TemplateWork() {}

  /**
   * Charges the rendering on this thread.
   *
   * @param units about one for each element visited or for each 16 characters read
   * @throws TemplateFault when the rendering has no work left
   */
  public static void charge(long units) {
    RenderBudget.current().charge(units);
  }
}
