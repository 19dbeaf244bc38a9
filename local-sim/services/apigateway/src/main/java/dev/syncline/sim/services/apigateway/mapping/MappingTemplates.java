// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway.mapping;

import dev.syncline.sim.kernel.BoundedPattern;
import dev.syncline.sim.vtl.TemplateEngine;
import dev.syncline.sim.vtl.TemplateException;
import dev.syncline.sim.vtl.TemplateLimits;
import java.util.Map;

/** Renders mapping templates; Velocity is loaded with the first one. Thread-safe. */
public final class MappingTemplates {
  private final TemplateEngine engine =
      new TemplateEngine(TemplateLimits.DEFAULT, BoundedPattern::requireCountable);

  /** Templates with AWS's limits. */
  public MappingTemplates() {}

  /**
   * Renders a template.
   *
   * @param context {@code $context}, which the template may change
   * @throws TemplateException for a template that fails, with its line and column
   */
  public String render(
      String template, BodyInput input, MappingReferences context, MappingReferences stageVariables)
      throws TemplateException {
    return engine.render(
        template,
        Map.of(
            "input",
            input,
            "util",
            new TemplateUtil(),
            "context",
            context,
            "stageVariables",
            stageVariables));
  }
}
