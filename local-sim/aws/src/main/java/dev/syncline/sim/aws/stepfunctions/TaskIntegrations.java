// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.stepfunctions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.asl.TaskResource;
import dev.syncline.sim.aws.service.AwsException;
import dev.syncline.sim.aws.service.CallContext;
import dev.syncline.sim.aws.service.Dispatcher;
import dev.syncline.sim.aws.service.Json;
import dev.syncline.sim.aws.service.Output;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Task states can call here. A definition that calls anything else is refused when it is
 * created. Thread-safe; calls block the calling thread.
 */
final class TaskIntegrations {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpInvoke http;
  private final Dispatcher dispatcher;
  private final CallContext context;

  TaskIntegrations(HttpInvoke http, Dispatcher dispatcher, CallContext context) {
    this.http = http;
    this.dispatcher = dispatcher;
    this.context = context;
  }

  /** The resources of Task states that nothing here can call, with their locations. */
  static List<String> unsupported(JsonNode definition) {
    var found = new ArrayList<String>();
    collect(definition, "", found);
    return found;
  }

  private static void collect(JsonNode node, String location, List<String> found) {
    if (node.isObject()
        && node.path("Type").asText().equals("Task")
        && node.path("Resource").isTextual()) {
      TaskResource resource = TaskResource.parse(node.path("Resource").asText());
      if (resource == null || !supports(resource)) {
        found.add(node.path("Resource").asText() + " at " + location + "/Resource");
      }
    }
    if (node.isObject()) {
      node.properties()
          .forEach(entry -> collect(entry.getValue(), location + "/" + entry.getKey(), found));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        collect(node.get(i), location + "[" + i + "]", found);
      }
    }
  }

  private static boolean supports(TaskResource resource) {
    if (resource.kind() == TaskResource.Kind.LAMBDA
        || resource.kind() == TaskResource.Kind.ACTIVITY) {
      return true;
    }
    return resource.kind() == TaskResource.Kind.SERVICE
        && resource.pattern() == TaskResource.Pattern.REQUEST_RESPONSE
        && resource.action().equals("invoke")
        && (resource.service().equals("http") || resource.service().equals("lambda"));
  }

  /** Calls the resource and gives the task's result. */
  JsonNode call(TaskResource resource, JsonNode parameters) throws TaskFailedException {
    if (resource.kind() == TaskResource.Kind.LAMBDA) {
      return payload(invoke(resource.arn(), null, bytes(parameters), Json.object()));
    }
    return switch (resource.service() + ":" + resource.action()) {
      case "http:invoke" -> http.invoke(parameters);
      case "lambda:invoke" -> lambdaInvoke(parameters);
      default ->
          throw new TaskFailedException(
              "States.Runtime",
              "The simulator does not support the resource '" + resource.arn() + "'");
    };
  }

  private JsonNode lambdaInvoke(JsonNode parameters) throws TaskFailedException {
    JsonNode function = parameters.path("FunctionName");
    if (!function.isTextual()) {
      throw HttpInvoke.runtime("The field 'FunctionName' is required by lambda:invoke");
    }
    byte[] payload =
        parameters.has("Payload")
            ? bytes(parameters.get("Payload"))
            : "{}".getBytes(StandardCharsets.UTF_8);
    ObjectNode input = Json.object();
    if (parameters.hasNonNull("InvocationType")) {
      input.put("InvocationType", parameters.get("InvocationType").asText());
    }
    String qualifier =
        parameters.hasNonNull("Qualifier") ? parameters.get("Qualifier").asText() : null;
    Output output = invoke(function.asText(), qualifier, payload, input);
    ObjectNode result = Json.object();
    String version = output.headers().get("X-Amz-Executed-Version");
    if (version != null) {
      result.put("ExecutedVersion", version);
    }
    result.set("Payload", payload(output));
    int status = output.status() == 0 ? 200 : output.status();
    ObjectNode http = result.putObject("SdkHttpMetadata");
    http.putObject("AllHttpHeaders");
    http.putObject("HttpHeaders");
    http.put("HttpStatusCode", status);
    result.putObject("SdkResponseMetadata").put("RequestId", context.requestId());
    result.put("StatusCode", status);
    return result;
  }

  private Output invoke(
      String function, @Nullable String qualifier, byte[] payload, ObjectNode input)
      throws TaskFailedException {
    input.put("FunctionName", function);
    if (qualifier != null) {
      input.put("Qualifier", qualifier);
    }
    Output output;
    try {
      output =
          dispatcher.call(
              "lambda",
              "Invoke",
              input,
              new CallContext(
                  context.account(), context.region(), context.requestId(), "", payload));
    } catch (AwsException refused) {
      throw new TaskFailedException("Lambda." + refused.code(), refused.text());
    }
    if (output.headers().containsKey("X-Amz-Function-Error")) {
      String text = text(output);
      String type = "Lambda.Unknown";
      try {
        type = JSON.readTree(text).path("errorType").asText(type);
      } catch (JsonProcessingException notJson) {
        // The function's own text stays the cause.
      }
      throw new TaskFailedException(type, text);
    }
    return output;
  }

  private static JsonNode payload(Output output) {
    String text = text(output);
    if (text.isEmpty()) {
      return JsonNodeFactory.instance.nullNode();
    }
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException notJson) {
      return JsonNodeFactory.instance.textNode(text);
    }
  }

  private static String text(Output output) {
    byte[] raw = output.raw();
    return raw == null ? "" : new String(raw, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(JsonNode json) {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }
}
