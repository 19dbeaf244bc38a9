// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import java.util.List;
import java.util.Map;

/**
 * A deployed stack.
 *
 * @param outputs the template's outputs by name, in order
 */
record DeployedStack(String name, Map<String, String> outputs, List<Resource> resources) {

  /** A resource of a stack. */
  record Resource(String logicalId, String type, String physicalId) {}
}
