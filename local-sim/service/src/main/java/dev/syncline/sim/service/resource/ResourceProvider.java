// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.resource;

import java.util.List;

/** A service that has CloudFormation resource types. */
public interface ResourceProvider {
  /** The types, in any order. */
  List<ResourceType> resourceTypes();
}
