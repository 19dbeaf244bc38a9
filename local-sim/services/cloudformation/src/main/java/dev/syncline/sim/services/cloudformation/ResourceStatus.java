// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

/** The state of a resource in a stack, named as CloudFormation names it. */
enum ResourceStatus {
  CREATE_IN_PROGRESS,
  CREATE_COMPLETE,
  CREATE_FAILED,
  UPDATE_IN_PROGRESS,
  UPDATE_COMPLETE,
  UPDATE_FAILED,
  DELETE_IN_PROGRESS,
  DELETE_COMPLETE,
  DELETE_FAILED,
  DELETE_SKIPPED
}
