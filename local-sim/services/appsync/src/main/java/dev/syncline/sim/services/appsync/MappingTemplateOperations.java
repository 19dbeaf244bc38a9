// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.events.JsonText;
import dev.syncline.sim.graphql.templates.ResolverTemplates;
import dev.syncline.sim.graphql.templates.TemplateEvaluation;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.appsync.common.AppSyncErrors;
import java.util.List;

/**
 * EvaluateMappingTemplate: renders a template with a context, and nothing else. A template that
 * fails answers with its error, not with the service's. Thread-safe.
 */
record MappingTemplateOperations(ResolverTemplates templates) {
  private static final int MIN_TEXT = 2;
  private static final int MAX_CONTEXT = 28_000;

  List<Operation> operations() {
    return List.of(
        Operation.rest(
            "EvaluateMappingTemplate: template, context",
            HttpBinding.post("/v1/dataplane-evaluatetemplate"),
            this::evaluate));
  }

  private Output evaluate(Input input, CallContext call) {
    String template =
        AppSyncErrors.sized(input, "template", MIN_TEXT, ResolverTemplates.MAX_TEMPLATE);
    ObjectNode context =
        JsonText.object(AppSyncErrors.sized(input, "context", MIN_TEXT, MAX_CONTEXT))
            .orElseThrow(AppSyncErrors::contextIsNotJson);
    String authType = EvaluatedIdentity.mode(context.path("identity")).authType();
    TemplateEvaluation evaluation = TemplateEvaluation.of(templates, template, context, authType);
    ObjectNode answer = Json.object();
    if (evaluation.error() == null) {
      answer.put("evaluationResult", evaluation.result());
      answer.put("stash", Json.write(evaluation.stash()));
      answer.put("outErrors", Json.write(evaluation.outErrors()));
    } else {
      answer.putObject("error").put("message", evaluation.error());
    }
    answer.set("logs", Json.texts(evaluation.logs()));
    return Output.of(answer);
  }
}
