// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.vtl;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An object with methods for templates, such as {@code $input} and {@code $util}. Methods are found
 * by name and number of arguments, without reflection. Belongs to one rendering at a time.
 */
public interface TemplateObject {
  /** Whether it has a method of that name and number of arguments. */
  boolean answers(String method, int arguments);

  /**
   * Calls such a method.
   *
   * @return null for a reference without a value
   * @throws TemplateFault to end the rendering with a reason
   */
  @Nullable Object call(String method, List<@Nullable Object> arguments);

  /** The value of a property; null for an unknown property. */
  @Nullable Object property(String name);
}
