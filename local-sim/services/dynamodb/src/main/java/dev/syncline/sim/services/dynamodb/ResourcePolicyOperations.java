// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.dynamodb.TableFeatures.Policy;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operations on resource policies of tables and streams. Thread-safe. */
record ResourcePolicyOperations(RoomParts parts) {
  private static final String ARN = "ResourceArn";
  private static final String EXPECTED = "ExpectedRevisionId";
  private static final String NO_POLICY = "NO_POLICY";

  List<Operation> operations() {
    return List.of(
        Operation.of(
            """
            PutResourcePolicy: ResourceArn, Policy, ExpectedRevisionId,
              ConfirmRemoveSelfResourceAccess
            """,
            this::put),
        Operation.of("GetResourcePolicy: ResourceArn", this::get),
        Operation.of("DeleteResourcePolicy: ResourceArn, ExpectedRevisionId", this::delete));
  }

  /** The table of the ARN, which is a table's or a stream's. */
  private Table table(String arn) {
    int stream = arn.indexOf("/stream/");
    Table table = parts.store().find(stream < 0 ? arn : arn.substring(0, stream));
    if (table == null || !arn.startsWith("arn:")) {
      throw DynamoDbErrors.notFound(
          "Requested resource not found: ResourceArn: " + arn + " not found");
    }
    return table;
  }

  private Output put(Input input, CallContext context) {
    parts.constraints().check("PutResourcePolicy", input);
    String arn = input.requiredText(ARN);
    TableFeatures after =
        table(arn)
            .feature(
                before -> {
                  requireRevision(before.policies().get(arn), input, arn);
                  return PolicyRules.with(before, arn, input.requiredText("Policy"), parts.ids());
                });
    return Output.of(Json.object().put("RevisionId", revision(after.policies().get(arn))));
  }

  private static void requireRevision(@Nullable Policy present, Input input, String arn) {
    String expected = input.text(EXPECTED).orElse("");
    if (!expected.isEmpty() && !expected.equals(revision(present))) {
      throw DynamoDbErrors.policyRevisionMismatch(arn);
    }
  }

  private static String revision(@Nullable Policy policy) {
    return policy == null ? NO_POLICY : policy.revision();
  }

  private Output get(Input input, CallContext context) {
    parts.constraints().check("GetResourcePolicy", input);
    String arn = input.requiredText(ARN);
    Policy policy = table(arn).features().policies().get(arn);
    if (policy == null) {
      throw DynamoDbErrors.policyNotFound(arn);
    }
    return Output.of(
        Json.object().put("Policy", policy.document()).put("RevisionId", policy.revision()));
  }

  private Output delete(Input input, CallContext context) {
    parts.constraints().check("DeleteResourcePolicy", input);
    String arn = input.requiredText(ARN);
    ObjectNode json = Json.object();
    table(arn)
        .feature(
            before -> {
              Policy present = before.policies().get(arn);
              requireRevision(present, input, arn);
              if (present != null) {
                json.put("RevisionId", present.revision());
              }
              var policies = new LinkedHashMap<>(before.policies());
              policies.remove(arn);
              return before.withPolicies(policies);
            });
    return Output.of(json);
  }
}
