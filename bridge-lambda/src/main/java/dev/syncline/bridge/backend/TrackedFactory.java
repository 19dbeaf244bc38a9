// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import java.util.Map;
import java.util.function.Supplier;

/**
 * Creates backends that keep no state of work, and wraps them as {@link TrackedBackends} describes.
 * Stateless.
 */
abstract class TrackedFactory implements BackendFactory {
  private final String name;

  TrackedFactory(String name) {
    this.name = name;
  }

  /**
   * Reads the backend's own settings.
   *
   * @return makes the backend with them
   * @throws IllegalArgumentException naming the setting that is wrong
   */
  abstract Supplier<Backend> configured(Map<String, String> environment);

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final void check(Map<String, String> environment) {
    Supplier<Backend> unused = configured(environment);
    TrackedBackends.check(environment);
  }

  @Override
  public final Backend create(BackendContext context) {
    return TrackedBackends.tracked(configured(context.environment()).get(), context);
  }
}
