// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.simulator.Simulator;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Asks every list operation that needs no input what is left. */
final class Emptiness {
  /** Resources that exist from the start, or that list deleted ones. */
  private static final Set<String> NOT_LEFTOVERS =
      Set.of(
          "ListStacks",
          "DescribeAlarmHistory",
          "DescribeAccountLimits",
          "DescribeEndpoints",
          "ListMetrics");

  /** Must have answered, or the whole look would mean nothing. */
  private static final Set<String> AT_LEAST =
      Set.of(
          "iam:ListRoles",
          "iam:ListPolicies",
          "logs:DescribeLogGroups",
          "lambda:ListFunctions",
          "dynamodb:ListTables",
          "dynamodbstreams:ListStreams",
          "apigateway:GetRestApis",
          "apigateway:GetUsagePlans",
          "apigatewayv2:GetApis",
          "states:ListStateMachines",
          "events:ListConnections",
          "secretsmanager:ListSecrets",
          "appsync:ListApis",
          "appsync:ListGraphqlApis",
          "cognitoidentity:ListIdentityPools",
          "cloudformation:DescribeStacks",
          "cloudformation:ListExports",
          "cognito:ListUserPools");

  private Emptiness() {}

  /** Everything that is listed, as {@code service:Operation item}; empty when nothing is left. */
  static List<String> leftovers(Simulator simulator) {
    var left = new ArrayList<String>();
    var answered = new TreeSet<String>();
    for (AwsService service : simulator.dispatcher().services()) {
      for (Operation operation : service.operations()) {
        if (isList(operation)) {
          if (list(simulator, service.id(), operation.name(), left)) {
            answered.add(service.id() + ":" + operation.name());
          }
        }
      }
    }
    if (!answered.containsAll(AT_LEAST)) {
      throw new AssertionError("these lists did not answer: " + without(AT_LEAST, answered));
    }
    return left;
  }

  private static Set<String> without(Set<String> all, Set<String> some) {
    var rest = new TreeSet<>(all);
    rest.removeAll(some);
    return rest;
  }

  private static boolean isList(Operation operation) {
    String name = operation.name();
    boolean plural = name.endsWith("s");
    boolean needsInput = operation.http() != null && operation.http().uri().contains("{");
    return plural
        && !needsInput
        && !NOT_LEFTOVERS.contains(name)
        && (name.startsWith("List") || name.startsWith("Describe") || name.startsWith("Get"));
  }

  /** Whether it answered. */
  private static boolean list(
      Simulator simulator, String service, String operation, List<String> left) {
    JsonNode answer;
    ObjectNode input = JsonNodeFactory.instance.objectNode();
    if (service.equals("iam") && operation.equals("ListPolicies")) {
      input.put("Scope", "Local");
    }
    if (operation.equals("ListUserPools") || operation.equals("ListIdentityPools")) {
      input.put("MaxResults", 60);
    }
    try {
      answer =
          simulator.dispatcher().call(service, operation, input, simulator.internalCall()).json();
    } catch (RuntimeException needsInput) {
      // It lists the parts of something; what that is, another operation lists.
      return false;
    }
    for (JsonNode member : answer) {
      if (member.isArray()) {
        member.forEach(item -> left.add(service + ":" + operation + " " + item));
      }
    }
    return true;
  }
}
