// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import java.util.Set;

/** The state of a stack, named as CloudFormation names it. */
enum StackStatus {
  REVIEW_IN_PROGRESS,
  CREATE_IN_PROGRESS,
  CREATE_COMPLETE,
  CREATE_FAILED,
  ROLLBACK_IN_PROGRESS,
  ROLLBACK_COMPLETE,
  ROLLBACK_FAILED,
  UPDATE_IN_PROGRESS,
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS,
  UPDATE_COMPLETE,
  UPDATE_FAILED,
  UPDATE_ROLLBACK_IN_PROGRESS,
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS,
  UPDATE_ROLLBACK_COMPLETE,
  UPDATE_ROLLBACK_FAILED,
  DELETE_IN_PROGRESS,
  DELETE_COMPLETE,
  DELETE_FAILED;

  private static final Set<StackStatus> UPDATABLE =
      Set.of(CREATE_COMPLETE, UPDATE_COMPLETE, UPDATE_FAILED, UPDATE_ROLLBACK_COMPLETE);

  boolean updatable() {
    return UPDATABLE.contains(this);
  }

  /** Whether an operation runs; none runs on a stack under review. */
  boolean busy() {
    return name().endsWith("_IN_PROGRESS") && this != REVIEW_IN_PROGRESS;
  }
}
