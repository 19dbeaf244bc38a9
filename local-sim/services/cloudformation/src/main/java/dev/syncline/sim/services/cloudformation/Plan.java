// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import dev.syncline.sim.services.cloudformation.template.Template;
import java.util.List;
import java.util.Map;

/**
 * The present or the wanted content of a stack. Immutable.
 *
 * @param text the template as it was sent
 * @param parameters a value for each parameter of the template
 */
record Plan(
    String text,
    Template template,
    Map<String, String> parameters,
    Map<String, String> tags,
    List<String> capabilities) {}
