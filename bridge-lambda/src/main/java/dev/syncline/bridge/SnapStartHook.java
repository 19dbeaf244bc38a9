// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done before Lambda's SnapStart takes a snapshot of the environment, and in each
 * environment that is made from it.
 *
 * <p>Before: whatever makes the first request slow is done, and nothing is kept that is a
 * connection, a secret or a choice made by chance. After: all of that is made anew when needed, the
 * reply prefix above all, since clones with one prefix would read each other's answers.
 *
 * <p>Thread-safe. The runtime keeps weak references to resources: whoever registers this keeps it.
 */
final class SnapStartHook implements Resource {

  private final Bridge bridge;

  private SnapStartHook(Bridge bridge) {
    this.bridge = bridge;
  }

  static SnapStartHook register(Bridge bridge) {
    SnapStartHook snapshot = new SnapStartHook(bridge);
    Core.getGlobalContext().register(snapshot);
    return snapshot;
  }

  static SnapStartHook unregistered(Bridge bridge) {
    return new SnapStartHook(bridge);
  }

  @Override
  public void beforeCheckpoint(@Nullable Context<? extends Resource> context) {
    bridge.prepareForSnapshot();
  }

  @Override
  public void afterRestore(@Nullable Context<? extends Resource> context) {
    bridge.renew();
  }
}
