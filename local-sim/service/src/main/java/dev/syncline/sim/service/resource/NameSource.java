// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.resource;

import dev.syncline.sim.kernel.Ids;
import java.util.Locale;

/**
 * Names for resources that the template does not name: stack, logical id and a random part.
 *
 * @param stackName the stack's name
 * @param logicalId the resource's name in the template
 */
public record NameSource(String stackName, String logicalId, Ids ids) {
  private static final int RANDOM = 12;

  /** A new name; stack and logical id are cut to keep within {@code maxLength} characters. */
  public String name(int maxLength) {
    int room = maxLength - RANDOM - 2;
    String logical = logicalId.substring(0, Math.min(logicalId.length(), room * 2 / 3));
    String stack = stackName.substring(0, Math.min(stackName.length(), room - logical.length()));
    return stack + "-" + logical + "-" + ids.upperAlphanumeric(RANDOM);
  }

  /** As {@link #name}, in lower case. */
  public String lowerCaseName(int maxLength) {
    return name(maxLength).toLowerCase(Locale.ROOT);
  }
}
