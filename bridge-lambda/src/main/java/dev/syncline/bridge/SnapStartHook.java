// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.jspecify.annotations.Nullable;

/**
 * The runtime hooks that Lambda calls before it takes a SnapStart snapshot and after it restores
 * one.
 *
 * <p>Before the snapshot, the hook runs what makes the first request slow, and drops connections,
 * secrets and random choices. After a restore, they are created again at their first use. The reply
 * prefix must differ, because clones with one prefix would read each other's answers.
 *
 * <p>Thread-safe. The runtime holds a weak reference only, so the caller keeps a strong one.
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
