// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.service.AccessCheck;
import dev.syncline.sim.service.AccessRequest;
import dev.syncline.sim.service.AccessTable;
import dev.syncline.sim.service.RoomAccess;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The permissions of functions, layers and mappings. A function is named as it is addressed, with a
 * version or alias or without. Source: the service authorization reference.
 */
record LambdaAccess(FunctionStore functions, LayerStore layers, AccessTable table)
    implements RoomAccess {
  private static final String ROWS =
      """
      AddLayerVersionPermission DeleteLayerVersion GetLayerVersion          | {layerVersion}
      AddPermission RemovePermission GetPolicy                              | {function}
      CreateAlias DeleteAlias GetAlias UpdateAlias ListAliases              | {unqualified}
      CreateEventSourceMapping GetAccountSettings ListEventSourceMappings   | *
      CreateFunction DeleteFunction                                         | {function}
      CreateFunctionUrlConfig DeleteFunctionUrlConfig GetFunctionUrlConfig  | {function}
      DeleteEventSourceMapping GetEventSourceMapping UpdateEventSourceMapping \
      | event-source-mapping:{UUID}
      DeleteFunctionConcurrency GetFunctionConcurrency PutFunctionConcurrency | {unqualified}
      DeleteFunctionEventInvokeConfig GetFunctionEventInvokeConfig          | {function}
      DeleteProvisionedConcurrencyConfig GetProvisionedConcurrencyConfig    | {function}
      GetFunction GetFunctionCodeSigningConfig GetFunctionConfiguration     | {function}
      GetFunctionRecursionConfig GetRuntimeManagementConfig                 | {function}
      GetLayerVersionByArn | GetLayerVersion                                | {Arn}
      GetLayerVersionPolicy RemoveLayerVersionPermission                    | {layerVersion}
      Invoke InvokeWithResponseStream | InvokeFunction                      | {function}
      ListFunctionEventInvokeConfigs ListFunctionUrlConfigs                 | {unqualified}
      ListFunctions ListLayerVersions ListLayers                            | *
      ListProvisionedConcurrencyConfigs ListVersionsByFunction              | {unqualified}
      ListTags TagResource UntagResource                                    | {Resource}
      PublishLayerVersion                                                   | layer:{LayerName}
      PublishVersion UpdateFunctionCode UpdateFunctionConfiguration         | {unqualified}
      PutFunctionEventInvokeConfig UpdateFunctionEventInvokeConfig          | {function}
      PutFunctionRecursionConfig PutRuntimeManagementConfig                 | {function}
      PutProvisionedConcurrencyConfig UpdateFunctionUrlConfig               | {function}
      """;

  private static final String FUNCTION_ARN = "lambda:FunctionArn";
  private static final String MAPPINGS =
      "CreateEventSourceMapping DeleteEventSourceMapping GetEventSourceMapping"
          + " UpdateEventSourceMapping";
  private static final String PREFIX = "function:";
  private static final Pattern FUNCTION =
      Pattern.compile("arn:[^:]+:lambda:[^:]*:[^:]*:function:([^:]+)(?::(.+))?");
  private static final Pattern LAYER_VERSION =
      Pattern.compile("arn:[^:]+:lambda:[^:]*:[^:]*:layer:([^:]+):(\\d{1,9})");

  LambdaAccess(FunctionStore functions, LayerStore layers) {
    this(functions, layers, table(functions).tagsOf(arn -> tags(functions, arn)));
  }

  private static Map<String, String> tags(FunctionStore functions, String arn) {
    Matcher function = FUNCTION.matcher(arn);
    return function.matches()
        ? functions.locked(
            all ->
                Optional.ofNullable(all.get(function.group(1)))
                    .map(found -> Map.copyOf(found.tags))
                    .orElse(Map.of()))
        : Map.of();
  }

  private static AccessTable table(FunctionStore functions) {
    return AccessTable.of("lambda", ROWS)
        .naming("function", request -> named(request, functions, true))
        .naming("unqualified", request -> named(request, functions, false))
        .naming(
            "layerVersion",
            request ->
                request.arn("lambda", "layer:", request.textOrAny("LayerName"))
                    + ":"
                    + request.textOrAny("VersionNumber"))
        .passing("CreateFunction UpdateFunctionConfiguration", "Role", "lambda.amazonaws.com")
        .adding(
            "CreateFunction UpdateFunctionCode",
            "s3:GetObject s3:GetObjectVersion",
            request ->
                packageOf(request, request.operation().name().startsWith("C") ? "Code." : ""))
        .adding(
            "PublishLayerVersion",
            "s3:GetObject s3:GetObjectVersion",
            request -> packageOf(request, "Content."))
        .tagging("CreateFunction CreateEventSourceMapping", "TagResource")
        .key(
            "CreateFunction UpdateFunctionConfiguration",
            "lambda:Layer",
            request -> request.items("Layers").stream().map(layer -> layer.asText()).toList())
        .key(MAPPINGS, FUNCTION_ARN, request -> mapped(request, functions))
        .keyOf("AddPermission RemovePermission", "lambda:Principal", "Principal")
        .keyOf(
            "AddPermission CreateFunctionUrlConfig UpdateFunctionUrlConfig",
            "lambda:FunctionUrlAuthType",
            "FunctionUrlAuthType")
        .keyOf(
            "CreateFunctionUrlConfig UpdateFunctionUrlConfig",
            "lambda:FunctionUrlAuthType",
            "AuthType");
  }

  private static List<String> mapped(AccessRequest request, FunctionStore functions) {
    return request.text("FunctionName").isPresent()
        ? List.of(named(request, functions, true))
        : List.of();
  }

  private static String named(AccessRequest request, FunctionStore functions, boolean qualified) {
    String text = request.textOrAny("FunctionName");
    int prefix = text.indexOf(PREFIX);
    String arn =
        text.startsWith("arn:")
            ? text
            : functions.arn(prefix < 0 ? text : text.substring(prefix + PREFIX.length()));
    return qualified ? arn + suffix(request, arn) : arn;
  }

  private static String suffix(AccessRequest request, String arn) {
    Optional<String> qualifier = request.text("Qualifier");
    if (qualifier.isEmpty()) {
      return "";
    }
    Matcher function = FUNCTION.matcher(arn);
    return function.matches() && function.group(2) != null ? "" : ":" + qualifier.get();
  }

  /** The caller reads the package. */
  private static List<AccessCheck> packageOf(AccessRequest request, String structure) {
    Optional<String> bucket = request.text(structure + "S3Bucket");
    String action =
        request.text(structure + "S3ObjectVersion").isPresent()
            ? "s3:GetObjectVersion"
            : "s3:GetObject";
    return bucket.stream()
        .map(
            name ->
                AccessCheck.of(
                    action,
                    Arn.aws("s3", "", "", name + "/" + request.textOrAny(structure + "S3Key"))))
        .toList();
  }

  /** The statements of the function, version or alias, or of the layer's version. */
  @Override
  public Optional<String> resourcePolicy(String resource) {
    Matcher function = FUNCTION.matcher(resource);
    if (function.matches()) {
      String qualifier = function.group(2) == null ? "" : function.group(2);
      return functions.locked(
          all ->
              Optional.ofNullable(all.get(function.group(1)))
                  .map(found -> found.policies.getOrDefault(qualifier, Map.of()))
                  .filter(statements -> !statements.isEmpty())
                  .map(statements -> policy(statements.values())));
    }
    Matcher layer = LAYER_VERSION.matcher(resource);
    return layer.matches()
        ? layers
            .find(layer.group(1), Long.parseLong(layer.group(2)))
            .map(version -> version.statements().values())
            .filter(statements -> !statements.isEmpty())
            .map(LambdaAccess::policy)
        : Optional.empty();
  }

  private static String policy(Iterable<ObjectNode> statements) {
    ObjectNode policy = JsonNodeFactory.instance.objectNode().put("Version", "2012-10-17");
    statements.forEach(policy.putArray("Statement")::add);
    return policy.toString();
  }
}
