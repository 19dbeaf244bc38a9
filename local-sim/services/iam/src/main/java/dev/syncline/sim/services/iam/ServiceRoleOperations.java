// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.util.List;
import java.util.Map;

/** The operations on service-linked roles. Deletion is done at once. Thread-safe. */
record ServiceRoleOperations(RecordFactory factory, IamStore store) {
  private static final String ROLE = "AWSServiceRoleFor";
  private static final String TASK = "task/aws-service-role/";

  /** The role of a service; the policy is empty where the simulator does not know it. */
  private record Template(String role, String policy, boolean suffix) {}

  private static final Map<String, Template> TEMPLATES =
      Map.ofEntries(
          template("appsync", "AppSync", "AWSAppSyncServiceRolePolicy"),
          template("ops.apigateway", "APIGateway", "APIGatewayServiceRolePolicy"),
          template(
              "apidestinations.events",
              "AmazonEventBridgeApiDestinations",
              "AmazonEventBridgeApiDestinationsServiceRolePolicy"),
          template(
              "email.cognito-idp",
              "AmazonCognitoIdpEmailService",
              "AmazonCognitoIdpEmailServiceRolePolicy"),
          template("cognito-idp", "AmazonCognitoIdp", "AmazonCognitoIdpServiceRolePolicy"),
          template(
              "replication.dynamodb",
              "DynamoDBReplication",
              "DynamoDBReplicationServiceRolePolicy"),
          template(
              "dynamodb.application-autoscaling",
              "ApplicationAutoScaling_DynamoDBTable",
              "AWSApplicationAutoscalingDynamoDBTablePolicy"),
          template(
              "lambda.application-autoscaling",
              "ApplicationAutoScaling_LambdaConcurrency",
              "AWSApplicationAutoscalingLambdaConcurrencyPolicy"),
          template("replicator.lambda", "LambdaReplicator", "AWSLambdaReplicator"),
          template("ecs", "ECS", "AmazonECSServiceRolePolicy"),
          template(
              "elasticloadbalancing",
              "ElasticLoadBalancing",
              "AWSElasticLoadBalancingServiceRolePolicy"),
          template("rds", "RDS", "AmazonRDSServiceRolePolicy"),
          Map.entry(
              "autoscaling.amazonaws.com",
              new Template(ROLE + "AutoScaling", "AutoScalingServiceRolePolicy", true)));

  private static Map.Entry<String, Template> template(String service, String role, String policy) {
    return Map.entry(service + ".amazonaws.com", new Template(ROLE + role, policy, false));
  }

  List<Operation> operations() {
    return List.of(
        Operation.of(
            "CreateServiceLinkedRole: AWSServiceName, Description, CustomSuffix",
            store.exclusive(this::create)),
        Operation.of("DeleteServiceLinkedRole: RoleName", store.exclusive(this::delete)),
        Operation.of(
            "GetServiceLinkedRoleDeletionStatus: DeletionTaskId", store.exclusive(this::status)));
  }

  private Output create(Input input) {
    String service = input.requiredText("AWSServiceName");
    Template template = TEMPLATES.get(service);
    if (template == null) {
      throw IamErrors.noServiceRoleTemplate(service);
    }
    String suffix = input.text("CustomSuffix").orElse("");
    if (!suffix.isEmpty() && !template.suffix) {
      throw IamErrors.noCustomSuffix(service);
    }
    String name = template.role + (suffix.isEmpty() ? "" : "_" + suffix);
    if (store.roles().stream().anyMatch(role -> role.identity.name().equalsIgnoreCase(name))) {
      throw IamErrors.serviceRoleTaken(name);
    }
    var role =
        new Role(
            factory.identity("AROA", "role", name, Role.SERVICE_PATH + service + "/"),
            Json.object().put("Version", "2012-10-17").set("Statement", trust(service)).toString());
    input.text("Description").ifPresent(role::describe);
    ManagedPolicies.all().stream()
        .filter(policy -> policy.isServiceLinked() && policy.name().equals(template.policy))
        .forEach(policy -> role.attached.add(policy.arn()));
    store.add(role);
    ObjectNode json = IamJson.role(role, true);
    json.remove("MaxSessionDuration");
    return IamJson.wrapped("Role", json);
  }

  private static ArrayNode trust(String service) {
    ObjectNode statement = Json.object().put("Effect", "Allow");
    statement.putArray("Action").add("sts:AssumeRole");
    statement.putObject("Principal").putArray("Service").add(service);
    return Json.MAPPER.createArrayNode().add(statement);
  }

  private Output delete(Input input) {
    Role role = store.role(input.requiredText("RoleName"));
    if (!role.isServiceLinked()) {
      throw IamErrors.notServiceLinked(role.identity.name());
    }
    store.remove(role);
    String path = role.identity.path().substring(Role.SERVICE_PATH.length());
    return Output.of(
        Json.object()
            .put(
                "DeletionTaskId", TASK + path + role.identity.name() + "/" + factory.ids().uuid()));
  }

  private Output status(Input input) {
    String task = input.requiredText("DeletionTaskId");
    if (!task.startsWith(TASK)) {
      throw IamErrors.noSuchDeletion(task);
    }
    return Output.of(Json.object().put("Status", "SUCCEEDED"));
  }
}
