// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import dev.syncline.sim.lambda.FunctionHost;
import dev.syncline.sim.lambda.FunctionOutcome;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Publishes versions. One with SnapStart is pending until the function has been initialised for its
 * snapshot, and failed when that fails. The simulator cannot clone a process, so there is a
 * snapshot only for the first environment: the others are initialised again before they are
 * restored.
 */
record VersionPublisher(FunctionStore store, FunctionHost host) {
  /**
   * Publishes {@code $LATEST}; called under the store's lock. If nothing has changed since the last
   * version, returns that version.
   */
  FunctionConfig publish(LambdaFunction function, @Nullable String description) {
    var last = function.versions.lastEntry();
    if (last != null
        && last.getValue().contentId().equals(function.latest.contentId())
        && Objects.equals(
            function.deadLetterTarget(last.getValue().version()), function.deadLetterTarget)) {
      return last.getValue();
    }
    int number = ++function.lastVersion;
    boolean snapshot = function.latest.snapStart().equals("PublishedVersions");
    FunctionConfig published =
        function.latest.published(
            Integer.toString(number),
            description == null ? function.latest.description() : description,
            store.newRevision(),
            snapshot ? VersionState.PENDING : VersionState.ACTIVE);
    function.versions.put(number, published);
    if (function.deadLetterTarget != null) {
      function.versionDeadLetters.put(published.version(), function.deadLetterTarget);
    }
    if (snapshot) {
      take(function, number, published);
    }
    return published;
  }

  /** Restarts the snapshots that were being taken; called under the store's lock. */
  void resume(LambdaFunction function) {
    function.versions.forEach(
        (number, version) -> {
          if (version.state().equals(VersionState.PENDING)) {
            take(function, number, version);
          }
        });
  }

  private void take(LambdaFunction function, int number, FunctionConfig version) {
    host.snapshot(store.spec(function, version)).thenAccept(init -> taken(function, number, init));
  }

  private void taken(LambdaFunction function, int number, FunctionOutcome init) {
    VersionState state = init.errorType() == null ? VersionState.ACTIVE : VersionState.failed(init);
    store.locked(
        all -> function.versions.computeIfPresent(number, (key, before) -> before.in(state)));
  }
}
