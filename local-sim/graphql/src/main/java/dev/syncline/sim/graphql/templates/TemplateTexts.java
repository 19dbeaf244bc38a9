// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.templates;

import dev.syncline.sim.vtl.TemplateException;

/** AppSync's texts for templates that fail. Stateless. */
final class TemplateTexts {
  /** Begins the text of a failure without a text of its own. */
  static final String TRANSFORMING = "Error transforming the velocity template";

  private TemplateTexts() {}

  static String of(TemplateException failed) {
    return switch (failed.kind()) {
      case MALFORMED -> failed.reason().replace("template[line", "*unset*[line");
      case METHOD ->
          "Error invoking method "
              + failed.reason()
              + " at velocity[line "
              + failed.line()
              + ", column "
              + failed.column()
              + "]";
      case LIMIT -> "Transformation too large";
      case OTHER -> TRANSFORMING + ": " + failed.getMessage();
    };
  }
}
