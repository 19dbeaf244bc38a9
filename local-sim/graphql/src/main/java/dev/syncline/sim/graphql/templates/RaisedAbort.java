// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.templates;

import dev.syncline.sim.graphql.resolver.Evaluation;
import dev.syncline.sim.vtl.TemplateAbort;

/** Ends a template as {@code $util.error}, {@code validate} and {@code unauthorized} do. */
final class RaisedAbort extends TemplateAbort {
  private static final long serialVersionUID = 1L;

  private final transient Evaluation evaluation;

  RaisedAbort(Evaluation evaluation) {
    super("raised by the template");
    this.evaluation = evaluation;
  }

  Evaluation evaluation() {
    return evaluation;
  }
}
