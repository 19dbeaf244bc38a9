// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.resource;

import java.util.List;

/** Properties that a type of the simulator does not have. */
public final class UnsupportedPropertyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial")
  private final List<String> properties;

  UnsupportedPropertyException(List<String> properties) {
    super("Encountered unsupported property " + String.join(", ", properties), null, false, false);
    this.properties = List.copyOf(properties);
  }

  /** Their paths, such as {@code Tags/0/Colour}. */
  public List<String> properties() {
    return properties;
  }
}
