// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.run;

import dev.syncline.sim.asl.Payload;

/** The state that started a branch and waits for it. */
interface BranchOwner {
  void succeeded(Branch branch, Payload output);

  void failed(Branch branch, StateError error);
}
