// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.integration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.syncline.sim.asl.Effect;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Output;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Functions by their own ARN, whose payload is the task's input and output, and {@code
 * lambda:invoke}, whose result describes the whole call. Answers and errors as recorded.
 */
record LambdaCalls(IntegrationCalls services, SimClock clock, Ids ids) {
  private static final Set<String> PARAMETERS =
      Set.of("ClientContext", "FunctionName", "InvocationType", "LogType", "Payload", "Qualifier");

  /** A function by its ARN. */
  JsonNode function(Effect.ScheduleTask task) throws TaskFailedException {
    ObjectNode input = Json.object().put("FunctionName", task.resource().arn());
    CallContext context =
        services.context(task.parameters().text().getBytes(StandardCharsets.UTF_8));
    Output output = invoke(input, context);
    String text = text(output);
    if (failed(output)) {
      throw functionError(text, text);
    }
    return json(text);
  }

  /** The optimized integration. */
  JsonNode invoke(Effect.ScheduleTask task) throws TaskFailedException {
    JsonNode parameters = task.parameters().json();
    TaskFailedException.requireSupported(parameters, PARAMETERS);
    if (!parameters.has("FunctionName")) {
      throw TaskFailedException.badParameters(
          parameters, "The field 'FunctionName' is required but was missing");
    }
    ObjectNode input = Json.object();
    for (String name : PARAMETERS) {
      JsonNode value = parameters.get(name);
      if (value != null && !value.isNull() && !name.equals("Payload")) {
        if (!value.isTextual()) {
          throw TaskFailedException.badParameters(
              parameters, "The value for the field '" + name + "' must be a STRING");
        }
        input.set(name, value);
      }
    }
    JsonNode payload = parameters.get("Payload");
    byte[] event = payload == null ? new byte[] {'{', '}'} : Json.writeBytes(payload);
    CallContext context = services.context(event);
    Output output = invoke(input, context);
    String text = text(output);
    if (failed(output)) {
      JsonNode compact = json(text);
      throw functionError(text, compact.isTextual() ? text : Json.write(compact));
    }
    return answer(output, text, context);
  }

  private ObjectNode answer(Output output, String text, CallContext context) {
    ObjectNode answer = Json.object();
    String version = output.headers().get("X-Amz-Executed-Version");
    Json.putIfPresent(answer, "ExecutedVersion", version);
    String log = output.headers().get("X-Amz-Log-Result");
    Json.putIfPresent(answer, "LogResult", log);
    answer.set("Payload", text.isEmpty() ? TextNode.valueOf("") : json(text));
    int status = output.status() == 0 ? 200 : output.status();
    answer.put("StatusCode", status);
    return SdkMetadata.added(
        answer, status, headers(version, log, text, context), context.requestId());
  }

  private Map<String, String> headers(
      @Nullable String version, @Nullable String log, String text, CallContext context) {
    var headers = new LinkedHashMap<String, String>();
    if (log != null) {
      headers.put("X-Amz-Log-Result", log);
    }
    if (version != null) {
      headers.put("X-Amz-Executed-Version", version);
    }
    headers.put("x-amzn-Remapped-Content-Length", "0");
    headers.put("X-Amzn-Trace-Id", "Root=1-" + ids.hex(8) + "-" + ids.hex(24) + ";Sampled=0");
    SdkMetadata.headers(
            "application/json",
            text.getBytes(StandardCharsets.UTF_8).length,
            clock.now(),
            context.requestId())
        .forEach(
            (name, value) -> headers.put(name.equals("connection") ? "Connection" : name, value));
    return headers;
  }

  private Output invoke(ObjectNode input, CallContext context) throws TaskFailedException {
    try {
      return services.call("lambda", "Invoke", input, context);
    } catch (AwsException refused) {
      throw ServiceErrors.optimized(
          "Lambda",
          "AWSLambda",
          IntegrationModel.of("lambda"),
          refused,
          refused.code(),
          context.requestId());
    }
  }

  private static boolean failed(Output output) {
    return output.headers().containsKey("X-Amz-Function-Error");
  }

  private static TaskFailedException functionError(String payload, String cause) {
    JsonNode type = json(payload).path("errorType");
    return type.isTextual()
        ? new TaskFailedException(type.textValue(), cause)
        : new TaskFailedException(
            "Lambda.Unknown",
            "The cause could not be determined because Lambda did not return an error type."
                + " Returned payload: "
                + payload);
  }

  private static JsonNode json(String text) {
    try {
      return Json.MAPPER.readTree(text);
    } catch (JsonProcessingException notJson) {
      return TextNode.valueOf(text);
    }
  }

  private static String text(Output output) {
    byte[] raw = output.raw();
    return raw == null ? "" : new String(raw, StandardCharsets.UTF_8);
  }
}
