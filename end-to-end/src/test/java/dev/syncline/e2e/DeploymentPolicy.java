// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Refuses insecure settings of a deployment: public buckets, wildcard actions, unencrypted or
 * everlasting logs, and open invocation rights. Rules go by the type of resource, so that what is
 * added to the module later is held to them too.
 */
final class DeploymentPolicy {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Actions without resource-level permissions in IAM. */
  private static final Set<String> WITHOUT_RESOURCE =
      Set.of(
          ("logs:CreateLogDelivery logs:DeleteLogDelivery logs:GetLogDelivery"
                  + " logs:ListLogDeliveries logs:UpdateLogDelivery logs:DescribeLogGroups"
                  + " logs:DescribeResourcePolicies logs:PutResourcePolicy"
                  + " xray:PutTelemetryRecords xray:PutTraceSegments")
              .split(" "));

  /** Services that take a role from its own account only, and send no source to test. */
  private static final Set<String> WITHOUT_SOURCE = Set.of("apigateway.amazonaws.com");

  private final List<String> findings = new ArrayList<>();
  private final Map<String, BiConsumer<String, JsonNode>> rules =
      Map.ofEntries(
          Map.entry("aws_iam_role", this::role),
          Map.entry("aws_iam_role_policy", (name, values) -> policy(name, values.path("policy"))),
          Map.entry("aws_iam_policy", (name, values) -> policy(name, values.path("policy"))),
          Map.entry("aws_sqs_queue_policy", (name, values) -> policy(name, values.path("policy"))),
          Map.entry("aws_iam_role_policy_attachment", this::attachment),
          Map.entry("aws_cloudwatch_log_group", this::logGroup),
          Map.entry("aws_lambda_function", this::function),
          Map.entry("aws_lambda_permission", this::permission),
          Map.entry("aws_api_gateway_stage", this::stage),
          Map.entry("aws_api_gateway_method_settings", this::methodSettings),
          Map.entry("aws_sqs_queue", this::queue),
          Map.entry("aws_s3_bucket", this::bucket),
          Map.entry("aws_s3_bucket_public_access_block", this::publicAccess),
          Map.entry("aws_sfn_state_machine", this::stateMachine));

  private final List<JsonNode> resources;

  private DeploymentPolicy(List<JsonNode> resources) {
    this.resources = resources;
  }

  /**
   * The findings, one per line.
   *
   * @param resources as {@code terraform show -json} gives them, made with a KMS key
   */
  static List<String> findings(List<JsonNode> resources) {
    var check = new DeploymentPolicy(resources);
    for (JsonNode resource : resources) {
      BiConsumer<String, JsonNode> rule = check.rules.get(resource.path("type").asText());
      if (rule != null) {
        rule.accept(resource.path("address").asText(), resource.path("values"));
      }
    }
    return List.copyOf(check.findings);
  }

  private void require(boolean holds, String name, String what) {
    if (!holds) {
      findings.add(name + ": " + what);
    }
  }

  private void role(String name, JsonNode values) {
    for (JsonNode statement : json(values.path("assume_role_policy")).path("Statement")) {
      JsonNode principal = statement.path("Principal");
      require(!principal.toString().contains("\"*\""), name, "any principal may assume it");
      String service = principal.path("Service").asText();
      String conditions = statement.path("Condition").toString().toLowerCase(Locale.ROOT);
      require(
          WITHOUT_SOURCE.contains(service)
              || conditions.contains("aws:sourceaccount")
              || conditions.contains("aws:sourcearn"),
          name,
          "the trust in " + service + " does not say on whose behalf (confused deputy)");
    }
  }

  private void policy(String name, JsonNode text) {
    for (JsonNode statement : json(text).path("Statement")) {
      if (!statement.path("Effect").asText().equals("Allow")) {
        continue;
      }
      List<String> actions = texts(statement.path("Action"));
      for (String action : actions) {
        require(!action.contains("*"), name, "wildcard action " + action);
      }
      require(!statement.has("NotAction"), name, "allows all but some actions");
      for (String resource : texts(statement.path("Resource"))) {
        require(
            !resource.equals("*") || WITHOUT_RESOURCE.containsAll(actions),
            name,
            actions + " on every resource");
      }
      require(statement.has("Sid"), name, "a statement without a name");
    }
  }

  private void attachment(String name, JsonNode values) {
    String policy = values.path("policy_arn").asText();
    require(
        !policy.endsWith("FullAccess") && !policy.endsWith("AdministratorAccess"),
        name,
        "attaches " + policy);
  }

  private void logGroup(String name, JsonNode values) {
    require(values.path("retention_in_days").asInt() > 0, name, "has no retention");
    require(!values.path("kms_key_id").asText("").isEmpty(), name, "does not use the KMS key");
  }

  private void function(String name, JsonNode values) {
    require(!values.path("kms_key_arn").asText("").isEmpty(), name, "environment without KMS key");
    values
        .path("environment")
        .path(0)
        .path("variables")
        .properties()
        .forEach(
            variable ->
                require(
                    !variable.getValue().asText().startsWith("da2-"),
                    name,
                    "a key in the variable " + variable.getKey()));
  }

  private void permission(String name, JsonNode values) {
    require(!values.path("principal").asText().equals("*"), name, "any principal may invoke it");
    require(!values.path("source_arn").asText("").isEmpty(), name, "no source is named");
  }

  private void stage(String name, JsonNode values) {
    require(values.path("access_log_settings").size() == 1, name, "no access log");
  }

  private void methodSettings(String name, JsonNode values) {
    JsonNode settings = values.path("settings").path(0);
    require(!settings.path("data_trace_enabled").asBoolean(), name, "logs bodies");
    require(settings.path("throttling_rate_limit").asDouble(-1) > 0, name, "no throttle");
  }

  private void queue(String name, JsonNode values) {
    require(
        values.path("sqs_managed_sse_enabled").asBoolean()
            || !values.path("kms_master_key_id").asText("").isEmpty(),
        name,
        "is not encrypted");
  }

  private void bucket(String name, JsonNode values) {
    String bucket = values.path("bucket").asText();
    boolean blocked =
        resources.stream()
            .anyMatch(
                other ->
                    other.path("type").asText().equals("aws_s3_bucket_public_access_block")
                        && other.path("values").path("bucket").asText().equals(bucket));
    require(blocked, name, "may be made public");
  }

  private void publicAccess(String name, JsonNode values) {
    for (String setting :
        List.of(
            "block_public_acls",
            "block_public_policy",
            "ignore_public_acls",
            "restrict_public_buckets")) {
      require(values.path(setting).asBoolean(), name, setting + " is off");
    }
  }

  private void stateMachine(String name, JsonNode values) {
    JsonNode logging = values.path("logging_configuration").path(0);
    require(!logging.path("include_execution_data").asBoolean(), name, "logs execution data");
    require(!logging.path("level").asText("OFF").equals("OFF"), name, "does not log");
  }

  private static List<String> texts(JsonNode oneOrMany) {
    var texts = new ArrayList<String>();
    if (oneOrMany.isTextual()) {
      texts.add(oneOrMany.asText());
    }
    oneOrMany.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static JsonNode json(JsonNode text) {
    try {
      return JSON.readTree(text.asText());
    } catch (IOException notJson) {
      throw new UncheckedIOException(notJson);
    }
  }
}
