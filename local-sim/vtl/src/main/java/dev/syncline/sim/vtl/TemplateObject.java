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
   * Whether it has a method of that name for arguments of these types; by default, their number.
   */
  default boolean accepts(String method, List<@Nullable Object> arguments) {
    return answers(method, arguments.size());
  }

  /**
   * Calls such a method.
   *
   * @return null for a reference without a value
   * @throws TemplateFault to end the rendering with a reason
   * @throws TemplateAbort to end the rendering on purpose
   */
  @Nullable Object call(String method, List<@Nullable Object> arguments);

  /** The value of a property; null for an unknown property. */
  @Nullable Object property(String name);
}
