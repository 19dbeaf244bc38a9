// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.Differences;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceException;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;
import dev.syncline.sim.service.resource.Tagging;
import java.util.List;
import java.util.Map;

public final class FunctionResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.of(
          member("FunctionName", Shape.text()).fixed(),
          member("PackageType", Shape.text()).fixed(),
          member("Architectures", Shape.list(Shape.text())),
          member(
                  "Code",
                  Struct.of(
                      member("S3Bucket", Shape.text()),
                      member("S3Key", Shape.text()),
                      member("S3ObjectVersion", Shape.text()),
                      member("ZipFile", Shape.text())))
              .required(),
          member("DeadLetterConfig", Struct.of(member("TargetArn", Shape.text()))),
          member("Description", Shape.text()),
          member("Environment", Struct.of(member("Variables", Shape.map(Shape.text())))),
          member("EphemeralStorage", Struct.of(member("Size", Shape.integer()).required())),
          member("Handler", Shape.text()),
          member("Layers", Shape.list(Shape.text())),
          member(
              "LoggingConfig",
              Struct.of(
                  member("ApplicationLogLevel", Shape.text()),
                  member("LogFormat", Shape.text()),
                  member("LogGroup", Shape.text()),
                  member("SystemLogLevel", Shape.text()))),
          member("KmsKeyArn", Shape.text()).as("KMSKeyArn"),
          member("MemorySize", Shape.integer()),
          member("ReservedConcurrentExecutions", Shape.integer()),
          member("Role", Shape.text()).required(),
          member("Runtime", Shape.text()),
          member("SnapStart", Struct.of(member("ApplyOn", Shape.text()).required())),
          member("Timeout", Shape.integer()),
          member("TracingConfig", Struct.of(member("Mode", Shape.text()))),
          member(
              "CapacityProviderConfig",
              Struct.of(
                  member(
                          "LambdaManagedInstancesCapacityProviderConfig",
                          Struct.of(
                              member("CapacityProviderArn", Shape.text()).required(),
                              member("ExecutionEnvironmentMemoryGiBPerVCpu", Shape.number()),
                              member("PerExecutionEnvironmentMaxConcurrency", Shape.integer())))
                      .required())),
          member("Tags", Shape.tagMap()));

  private static final String CONCURRENCY = "ReservedConcurrentExecutions";
  private static final List<String> NOT_CONFIGURATION =
      List.of("Architectures", "Code", "FunctionName", "PackageType", CONCURRENCY, "Tags");
  // Left out of an update, a member keeps its value; these give it back the service's default.
  private static final Map<String, String> TEXT_DEFAULTS = Map.of("Description", "");
  private static final Map<String, Integer> NUMBER_DEFAULTS =
      Map.of("MemorySize", 128, "Timeout", 3);
  private static final Tagging TAGGING =
      new Tagging("lambda", "TagResource", "UntagResource", "Resource", "Tags", "TagKeys");

  /** The declaration of the type. */
  public FunctionResource() {
    super(
        new CrudDeclaration("AWS::Lambda::Function", "lambda", PROPERTIES)
            .nameProperty("FunctionName")
            .addressedBy("FunctionName")
            .delete("DeleteFunction"));
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    String name = properties.path("FunctionName").asText(names.name(64));
    ObjectNode input = properties.deepCopy().put("FunctionName", name);
    input.remove(CONCURRENCY);
    input.set("Code", InlineCode.packed(properties));
    calls.call("lambda", "CreateFunction", input);
    ServiceCalls.finish(
        () -> {
          if (properties.has(CONCURRENCY)) {
            limit(calls, name, properties);
          }
          ready(calls, name);
        },
        () -> delete(calls, ResourceState.of(name), properties));
    return state(calls, name);
  }

  @Override
  public ResourceState update(
      ServiceCalls calls, ResourceState current, ObjectNode before, ObjectNode after) {
    String name = current.physicalId();
    if (Differences.in(before, after, "Code", "Architectures")) {
      ObjectNode input = InlineCode.packed(after).put("FunctionName", name);
      if (after.has("Architectures")) {
        input.set("Architectures", after.get("Architectures"));
      }
      calls.call("lambda", "UpdateFunctionCode", input);
      ready(calls, name);
    }
    ObjectNode oldConfiguration = before.deepCopy();
    oldConfiguration.remove(NOT_CONFIGURATION);
    ObjectNode configuration = after.deepCopy();
    configuration.remove(NOT_CONFIGURATION);
    if (!configuration.equals(oldConfiguration)) {
      restoreDefaults(oldConfiguration, configuration);
      calls.call("lambda", "UpdateFunctionConfiguration", configuration.put("FunctionName", name));
    }
    if (Differences.in(before, after, CONCURRENCY)) {
      limit(calls, name, after);
    }
    TAGGING.changeMap(calls, current.text("Arn"), before.path("Tags"), after.path("Tags"));
    ready(calls, name);
    return state(calls, name);
  }

  private static void restoreDefaults(ObjectNode before, ObjectNode after) {
    Differences.removed(before, after)
        .forEach(
            removed -> {
              String member = removed.asText();
              if (TEXT_DEFAULTS.containsKey(member)) {
                after.put(member, TEXT_DEFAULTS.get(member));
              } else if (NUMBER_DEFAULTS.containsKey(member)) {
                after.put(member, NUMBER_DEFAULTS.get(member));
              } else if (member.equals("Environment")) {
                after.putObject(member).putObject("Variables");
              } else if (member.equals("Layers")) {
                after.putArray(member);
              } else {
                throw new ResourceException(
                    "The simulator does not support taking property " + member + " off a function");
              }
            });
  }

  private static void limit(ServiceCalls calls, String name, ObjectNode properties) {
    ObjectNode input = calls.input().put("FunctionName", name);
    if (properties.has(CONCURRENCY)) {
      input.set(CONCURRENCY, properties.get(CONCURRENCY));
      calls.call("lambda", "PutFunctionConcurrency", input);
    } else {
      calls.call("lambda", "DeleteFunctionConcurrency", input);
    }
  }

  private static void ready(ServiceCalls calls, String name) {
    calls.await(
        "Function " + name,
        () -> {
          JsonNode configuration = describe(calls, name);
          String state = configuration.path("State").asText("Active");
          String update = configuration.path("LastUpdateStatus").asText("Successful");
          if (state.equals("Failed") || update.equals("Failed")) {
            throw new ResourceException(
                "Function "
                    + name
                    + " failed to become active: "
                    + configuration.path("StateReason").asText()
                    + configuration.path("LastUpdateStatusReason").asText());
          }
          return !state.equals("Pending") && !update.equals("InProgress");
        });
  }

  private static ResourceState state(ServiceCalls calls, String name) {
    return ResourceState.of(name, "Arn", describe(calls, name).path("FunctionArn").asText());
  }

  private static JsonNode describe(ServiceCalls calls, String name) {
    return calls
        .call("lambda", "GetFunction", calls.input().put("FunctionName", name))
        .path("Configuration");
  }
}
