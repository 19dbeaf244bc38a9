// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Constraints;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Resource policies: the further callers of a function. */
record FunctionPolicyOperations(FunctionStore store) {
  private static final String POLICY = "/2015-03-31/functions/{FunctionName}/policy";

  List<Operation> operations() {
    return List.of(
        Operation.rest(
            "AddPermission",
            HttpBinding.post(POLICY, 201),
            this::add,
            "StatementId",
            "Action",
            "Principal",
            "SourceArn",
            "SourceAccount",
            "PrincipalOrgID",
            "FunctionUrlAuthType",
            "InvokedViaFunctionUrl",
            "Qualifier",
            "RevisionId"),
        Operation.rest(
            "RemovePermission",
            HttpBinding.delete(POLICY + "/{StatementId}", 204),
            this::remove,
            "Qualifier",
            "RevisionId"),
        Operation.rest("GetPolicy", HttpBinding.get(POLICY), this::get, "Qualifier"));
  }

  /** Whether the resource policy lets the service invoke; false for an unknown function. */
  boolean mayInvoke(String function, String caller, String sourceArn, String sourceAccount) {
    FunctionRef ref;
    try {
      ref = FunctionRef.parse(function, null);
    } catch (AwsException noFunctionName) {
      return false;
    }
    return store.locked(
        all -> {
          LambdaFunction found = all.get(ref.name());
          return found != null
              && ResourcePolicy.allows(
                  found.policies.getOrDefault(qualifier(ref), Map.of()).values(),
                  caller,
                  sourceArn,
                  sourceAccount);
        });
  }

  private Output add(Input input, CallContext context) {
    FunctionRef ref = FunctionRef.of(input);
    String id = input.requiredText("StatementId");
    return Output.of(
        store.with(
            ref,
            function -> {
              if ("$LATEST".equals(ref.qualifier())) {
                throw LambdaErrors.invalid(
                    "We currently do not support adding policies for $LATEST.");
              }
              store.resolve(function, ref.qualifier());
              Map<String, ObjectNode> statements =
                  function.policies.getOrDefault(qualifier(ref), Map.of());
              requireRevision(input, function, ref);
              if (statements.containsKey(id)) {
                throw LambdaErrors.conflict(
                    "The statement id ("
                        + id
                        + ") provided already exists. Please provide a new statement id, or remove"
                        + " the existing statement.");
              }
              ObjectNode statement = statement(input, id, function.arn + suffix(ref));
              function
                  .policies
                  .computeIfAbsent(qualifier(ref), q -> new LinkedHashMap<>())
                  .put(id, statement);
              function.policyRevisions.put(qualifier(ref), store.newRevision());
              return JsonNodeFactory.instance.objectNode().put("Statement", statement.toString());
            }));
  }

  private Output remove(Input input, CallContext context) {
    FunctionRef ref = FunctionRef.of(input);
    String id = input.requiredText("StatementId");
    store.with(
        ref,
        function -> {
          Map<String, ObjectNode> statements =
              function.policies.getOrDefault(qualifier(ref), Map.of());
          if (statements.isEmpty()) {
            throw LambdaErrors.notFound("No policy is associated with the given resource.");
          }
          requireRevision(input, function, ref);
          if (!statements.containsKey(id)) {
            throw LambdaErrors.notFound("Statement " + id + " is not found in resource policy.");
          }
          statements.remove(id);
          if (statements.isEmpty()) {
            function.policyRevisions.remove(qualifier(ref));
          } else {
            function.policyRevisions.put(qualifier(ref), store.newRevision());
          }
          return true;
        });
    return Output.empty();
  }

  private Output get(Input input, CallContext context) {
    return store.answer(
        input,
        (function, ref) -> {
          Map<String, ObjectNode> statements =
              function.policies.getOrDefault(qualifier(ref), Map.of());
          if (statements.isEmpty()) {
            throw LambdaErrors.notFound("The resource you requested does not exist.");
          }
          ObjectNode policy = JsonNodeFactory.instance.objectNode();
          policy.put("Version", "2012-10-17");
          policy.put("Id", "default");
          ArrayNode list = policy.putArray("Statement");
          statements.values().forEach(list::add);
          return JsonNodeFactory.instance
              .objectNode()
              .put("Policy", policy.toString())
              .put("RevisionId", function.policyRevisions.getOrDefault(qualifier(ref), ""));
        });
  }

  private static ObjectNode statement(Input input, String id, String resource) {
    String action = input.requiredText("Action");
    if (!action.matches("lambda:[*]|lambda:[a-zA-Z]+|[*]")) {
      throw LambdaErrors.violated(
          action,
          "action",
          "Member must satisfy regular expression pattern: (lambda:[*]|lambda:[a-zA-Z]+|[*])");
    }
    String principal = input.requiredText("Principal");
    ObjectNode statement = JsonNodeFactory.instance.objectNode();
    statement.put("Sid", id);
    statement.put("Effect", "Allow");
    if (principal.equals("*")) {
      statement.put("Principal", "*");
    } else if (principal.contains(".") && !principal.startsWith("arn:")) {
      statement.putObject("Principal").put("Service", principal);
    } else if (principal.matches("\\d{12}")) {
      statement.putObject("Principal").put("AWS", Arn.aws("iam", "", principal, "root"));
    } else {
      statement.putObject("Principal").put("AWS", principal);
    }
    statement.put("Action", action);
    statement.put("Resource", resource);
    ObjectNode condition = JsonNodeFactory.instance.objectNode();
    input
        .text("SourceAccount")
        .ifPresent(value -> condition.withObject("StringEquals").put("AWS:SourceAccount", value));
    input
        .text("PrincipalOrgID")
        .ifPresent(value -> condition.withObject("StringEquals").put("aws:PrincipalOrgID", value));
    input
        .text("SourceArn")
        .ifPresent(value -> condition.withObject("ArnLike").put("AWS:SourceArn", value));
    urlConditions(input, action, condition);
    if (!condition.isEmpty()) {
      statement.set("Condition", condition);
    }
    return statement;
  }

  private static void urlConditions(Input input, String action, ObjectNode condition) {
    Constraints.of(input)
        .oneOf("FunctionUrlAuthType", List.of(FunctionUrl.NONE, FunctionUrl.AWS_IAM))
        .verify();
    input
        .text("FunctionUrlAuthType")
        .ifPresent(
            type -> {
              if (!action.equals("lambda:InvokeFunctionUrl")) {
                throw LambdaErrors.invalid(
                    "FunctionUrlAuthType is only supported for lambda:InvokeFunctionUrl action");
              }
              condition.withObject("StringEquals").put("lambda:FunctionUrlAuthType", type);
            });
    if (input.bool("InvokedViaFunctionUrl", false)) {
      condition.withObject("Bool").put("lambda:InvokedViaFunctionUrl", "true");
    }
  }

  /** Refuses to change a policy that has been changed since the caller read it. */
  private static void requireRevision(Input input, LambdaFunction function, FunctionRef ref) {
    String expected = input.text("RevisionId").orElse("");
    if (!expected.isEmpty() && !expected.equals(function.policyRevisions.get(qualifier(ref)))) {
      throw LambdaErrors.staleRevision("GetPolicy");
    }
  }

  private static String qualifier(FunctionRef ref) {
    return ref.qualifier() == null ? "" : ref.qualifier();
  }

  private static String suffix(FunctionRef ref) {
    return ref.qualifier() == null ? "" : ":" + ref.qualifier();
  }
}
