// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl;

/** The status of an execution; the names are AWS's. */
public enum ExecutionStatus {
  RUNNING,
  SUCCEEDED,
  FAILED,
  TIMED_OUT,
  ABORTED
}
