// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.util.List;
import java.util.Map;

/**
 * AddPermission and RemovePermission, which write statements into the queue's policy. Policies are
 * stored and shown but not enforced.
 */
record PermissionOperations(QueueStore store) {
  private static final int MAX_ACTIONS = 7;

  List<Operation> operations() {
    return List.of(
        Operation.of("AddPermission", this::add, "QueueUrl", "Label", "AWSAccountIds", "Actions"),
        Operation.of("RemovePermission", this::remove, "QueueUrl", "Label"));
  }

  private Output add(Input input, CallContext context) {
    Queue queue = store.named(input);
    String label = label(input);
    List<String> actions = input.texts("Actions");
    List<String> accounts = input.texts("AWSAccountIds");
    if (actions.isEmpty()) {
      throw SqsErrors.missing("Actions");
    }
    if (accounts.isEmpty()) {
      throw SqsErrors.missing("AWSAccountIds");
    }
    if (actions.size() > MAX_ACTIONS) {
      throw SqsErrors.tooManyActions(actions.size());
    }
    ObjectNode policy = policy(queue);
    ArrayNode statements = policy.withArray("Statement");
    for (JsonNode statement : statements) {
      if (statement.path("Sid").asText().equals(label)) {
        throw SqsErrors.invalidValue("Label", label, "Already exists.");
      }
    }
    ObjectNode statement = statements.addObject().put("Sid", label).put("Effect", "Allow");
    List<String> principals =
        accounts.stream().map(account -> Arn.aws("iam", "", account, "root")).toList();
    statement.putObject("Principal").set("AWS", oneOrMany(principals));
    statement.set("Action", oneOrMany(actions.stream().map(action -> "SQS:" + action).toList()));
    statement.put("Resource", queue.arn);
    store.change(queue, Map.of("Policy", Json.write(policy)));
    return Output.empty();
  }

  private Output remove(Input input, CallContext context) {
    Queue queue = store.named(input);
    String label = label(input);
    ObjectNode policy = policy(queue);
    ArrayNode statements = policy.withArray("Statement");
    for (int i = 0; i < statements.size(); i++) {
      if (statements.get(i).path("Sid").asText().equals(label)) {
        statements.remove(i);
        store.change(queue, Map.of("Policy", statements.isEmpty() ? "" : Json.write(policy)));
        return Output.empty();
      }
    }
    throw SqsErrors.invalidValue("Label", label, "can't find label on existing policy.");
  }

  private static String label(Input input) {
    return input
        .text("Label")
        .filter(text -> !text.isEmpty())
        .orElseThrow(() -> SqsErrors.missing("Label"));
  }

  private static ObjectNode policy(Queue queue) {
    String text = queue.attributes().policy();
    return text.isEmpty()
        ? Json.object().put("Version", "2008-10-17").put("Id", queue.arn + "/SQSDefaultPolicy")
        : RedrivePolicy.object("Policy", text);
  }

  private static JsonNode oneOrMany(List<String> values) {
    ArrayNode all = Json.texts(values);
    return all.size() == 1 ? all.get(0) : all;
  }
}
