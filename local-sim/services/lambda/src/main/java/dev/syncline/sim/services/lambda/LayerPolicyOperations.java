// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Constraints;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** The policies of layer versions, by which other accounts may use them. */
record LayerPolicyOperations(Ids ids, LayerStore store) {
  private static final String POLICY = LayerOperations.ONE + "/policy";
  private static final Pattern STATEMENT_ID = Pattern.compile("([a-zA-Z0-9-_]+)");
  private static final Pattern ACTION = Pattern.compile("lambda:GetLayerVersion");
  private static final Pattern PRINCIPAL =
      Pattern.compile("\\d{12}|\\*|arn:(aws[a-zA-Z-]*):iam::\\d{12}:root");
  private static final Pattern ORGANIZATION = Pattern.compile("o-[a-z0-9]{10,32}");

  List<Operation> operations() {
    return List.of(
        Operation.rest(
            "AddLayerVersionPermission",
            HttpBinding.post(POLICY, 201),
            this::add,
            "StatementId",
            "Action",
            "Principal",
            "OrganizationId",
            "RevisionId"),
        Operation.rest(
            "RemoveLayerVersionPermission",
            HttpBinding.delete(POLICY + "/{StatementId}", 204),
            this::remove,
            "RevisionId"),
        Operation.rest("GetLayerVersionPolicy", HttpBinding.get(POLICY), this::get));
  }

  private Output add(Input input, CallContext context) {
    Constraints.of(input)
        .required("StatementId")
        .required("Action")
        .required("Principal")
        .pattern("StatementId", STATEMENT_ID)
        .length("StatementId", 1, 100)
        .pattern("Action", ACTION)
        .pattern("Principal", PRINCIPAL)
        .pattern("OrganizationId", ORGANIZATION)
        .verify();
    LayerRef ref = LayerRef.version(input);
    String id = input.requiredText("StatementId");
    LayerVersion version =
        replaced(
            ref,
            before -> {
              if (before.statements().containsKey(id)) {
                throw LambdaErrors.conflict(
                    "The statement id ("
                        + id
                        + ") provided already exists. Please provide a new statement id, or remove"
                        + " the existing statement.");
              }
              requireRevision(input, before);
              var statements = new LinkedHashMap<>(before.statements());
              statements.put(id, statement(input, id, before.arn()));
              return before.withPolicy(statements, ids.uuid().toString());
            });
    return Output.of(
        Json.object()
            .put("Statement", String.valueOf(version.statements().get(id)))
            .put("RevisionId", version.policyRevision()));
  }

  private static ObjectNode statement(Input input, String id, String arn) {
    String principal = input.requiredText("Principal");
    ObjectNode statement = Json.object().put("Sid", id).put("Effect", "Allow");
    if (principal.equals("*")) {
      statement.put("Principal", "*");
    } else {
      statement
          .putObject("Principal")
          .put(
              "AWS",
              principal.startsWith("arn:") ? principal : Arn.aws("iam", "", principal, "root"));
    }
    statement.put("Action", input.requiredText("Action")).put("Resource", arn);
    input
        .text("OrganizationId")
        .ifPresent(
            organization ->
                statement
                    .putObject("Condition")
                    .putObject("StringEquals")
                    .put("aws:PrincipalOrgID", organization));
    return statement;
  }

  private Output remove(Input input, CallContext context) {
    String id = input.requiredText("StatementId");
    replaced(
        LayerRef.version(input),
        before -> {
          requireRevision(input, before);
          if (!before.statements().containsKey(id)) {
            throw LambdaErrors.notFound("Statement " + id + " is not found in resource policy.");
          }
          var statements = new LinkedHashMap<>(before.statements());
          statements.remove(id);
          return before.withPolicy(statements, statements.isEmpty() ? "" : ids.uuid().toString());
        });
    return Output.empty();
  }

  private Output get(Input input, CallContext context) {
    LayerRef ref = LayerRef.version(input);
    LayerVersion version =
        found(ref).flatMap(known -> store.find(known.name(), known.number())).orElse(null);
    if (version == null) {
      throw LambdaErrors.layerNotFound(arn(ref));
    }
    Map<String, ObjectNode> statements = version.statements();
    if (statements.isEmpty()) {
      throw LambdaErrors.notFound("No policy is associated with the given resource.");
    }
    ObjectNode policy = Json.object().put("Version", "2012-10-17").put("Id", "default");
    ArrayNode list = policy.putArray("Statement");
    statements.values().forEach(list::add);
    return Output.of(
        Json.object().put("Policy", policy.toString()).put("RevisionId", version.policyRevision()));
  }

  private LayerVersion replaced(LayerRef ref, UnaryOperator<LayerVersion> work) {
    return found(ref)
        .flatMap(known -> store.replace(known.name(), known.number(), work))
        .orElseThrow(() -> LambdaErrors.layerNotFound(arn(ref)));
  }

  private Optional<LayerRef> found(LayerRef ref) {
    return Optional.of(ref).filter(known -> known.isOf(store));
  }

  private String arn(LayerRef ref) {
    return (ref.account() == null
            ? store.arn(ref.name())
            : Arn.aws("lambda", String.valueOf(ref.region()), ref.account(), "layer:" + ref.name()))
        + ":"
        + ref.number();
  }

  private static void requireRevision(Input input, LayerVersion version) {
    String expected = input.text("RevisionId").orElse("");
    if (!expected.isEmpty() && !expected.equals(version.policyRevision())) {
      throw LambdaErrors.staleRevision("GetLayerPolicy");
    }
  }
}
