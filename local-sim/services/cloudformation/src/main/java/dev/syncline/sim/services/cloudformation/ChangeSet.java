// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change set. Immutable.
 *
 * @param status {@code CREATE_COMPLETE} or {@code FAILED}
 * @param executionStatus {@code AVAILABLE}, {@code UNAVAILABLE} or {@code EXECUTE_COMPLETE}
 */
record ChangeSet(
    String id,
    String name,
    Stack stack,
    boolean creates,
    Plan plan,
    @Nullable String description,
    StackCreation.OnFailure onFailure,
    Instant created,
    List<Comparison.Change> changes,
    String status,
    @Nullable String reason,
    String executionStatus) {

  ChangeSet executed() {
    return new ChangeSet(
        id,
        name,
        stack,
        creates,
        plan,
        description,
        onFailure,
        created,
        changes,
        status,
        reason,
        "EXECUTE_COMPLETE");
  }
}
