// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.service.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;

/** Writes {@code FunctionConfiguration} and {@code AliasConfiguration} as the API shows them. */
record ConfigWriter(String region) {
  private static final DateTimeFormatter MODIFIED =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** A time as functions and layers show it. */
  static String time(Instant time) {
    return MODIFIED.format(time);
  }

  /**
   * Writes a version.
   *
   * @param qualified whether the ARN names the version, as it does when the caller did
   */
  ObjectNode write(LambdaFunction function, FunctionConfig config, boolean qualified) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("FunctionName", function.name);
    json.put("FunctionArn", qualified ? function.arn + ":" + config.version() : function.arn);
    json.put("Runtime", config.runtime());
    json.put("Role", config.role());
    json.put("Handler", config.handler());
    json.put("CodeSize", config.code().size());
    json.put("Description", config.description());
    json.put("Timeout", config.timeout());
    json.put("MemorySize", config.memorySize());
    json.put("LastModified", time(config.lastModified()));
    json.put("CodeSha256", config.code().sha256());
    json.put("Version", config.version());
    if (!config.environment().isEmpty()) {
      ObjectNode variables = json.putObject("Environment").putObject("Variables");
      config.environment().forEach(variables::put);
    }
    if (!config.layers().isEmpty()) {
      var layers = json.putArray("Layers");
      config
          .layers()
          .forEach(
              layer ->
                  layers
                      .addObject()
                      .put("Arn", layer.arn())
                      .put("CodeSize", layer.content().size()));
    }
    Json.putIfPresent(json, "KMSKeyArn", config.kmsKeyArn());
    String deadLetters = function.deadLetterTarget(config.version());
    if (deadLetters != null) {
      json.putObject("DeadLetterConfig").put("TargetArn", deadLetters);
    }
    json.putObject("TracingConfig").put("Mode", config.tracingMode());
    json.put("RevisionId", config.revisionId());
    json.put("State", config.state().name());
    if (!config.state().isActive()) {
      json.put("StateReason", config.state().reason());
      json.put("StateReasonCode", config.state().reasonCode());
    }
    json.put("LastUpdateStatus", "Successful");
    json.put("PackageType", "Zip");
    var architectures = json.putArray("Architectures");
    config.architectures().forEach(architectures::add);
    json.putObject("EphemeralStorage").put("Size", config.ephemeralStorage());
    boolean optimized =
        config.snapStart().equals("PublishedVersions")
            && !config.version().equals("$LATEST")
            && config.state().isActive();
    json.putObject("SnapStart")
        .put("ApplyOn", config.snapStart())
        .put("OptimizationStatus", optimized ? "On" : "Off");
    json.putObject("RuntimeVersionConfig")
        .put(
            "RuntimeVersionArn",
            Arn.aws("lambda", region, "", "runtime:" + runtimeHash(config.runtime())));
    json.set("LoggingConfig", config.logging());
    if (config.capacityProvider() != null) {
      json.set("CapacityProviderConfig", config.capacityProvider());
    }
    return json;
  }

  static ObjectNode write(LambdaFunction function, LambdaFunction.Alias alias) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("AliasArn", function.arn + ":" + alias.name());
    json.put("Name", alias.name());
    json.put("FunctionVersion", alias.version());
    json.put("Description", alias.description());
    if (!alias.weights().isEmpty()) {
      ObjectNode weights = json.putObject("RoutingConfig").putObject("AdditionalVersionWeights");
      alias.weights().forEach(weights::put);
    }
    json.put("RevisionId", alias.revisionId());
    return json;
  }

  private static String runtimeHash(String runtime) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(runtime.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
