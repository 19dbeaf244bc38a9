// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.syncline.sim.asl.Effect;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.contract.WireAnswers;
import dev.syncline.sim.service.contract.WireAnswers.WireAnswer;
import dev.syncline.sim.service.http.OutgoingRequest;
import dev.syncline.sim.service.http.RequestSigner;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Calls any service of this process for a Task: names, errors and metadata as the integrations show
 * them. Every registered service can be called. Thread-safe.
 *
 * @param caller in whose name every call is made
 */
record IntegrationCalls(
    Dispatcher dispatcher, SimClock clock, Ids ids, CallContext caller, WireAnswers wire) {
  /** Whether this process has the operation. */
  boolean has(String signingName, String operation) {
    return dispatcher.operation(signingName, operation) != null;
  }

  /** The context of one call, with its own request id. */
  CallContext context(byte[] body) {
    return new CallContext(caller.account(), caller.region(), ids.uuid().toString(), "", body)
        .as(caller.caller());
  }

  /** The same calls with the permissions of a role's session. */
  IntegrationCalls as(CallPrincipal principal) {
    return new IntegrationCalls(dispatcher, clock, ids, caller.as(principal), wire);
  }

  /**
   * A request signed with the role's credentials; as it is when the role cannot be assumed, and the
   * service then refuses it.
   */
  OutgoingRequest signed(OutgoingRequest request, String signingName) {
    if (!(caller.caller() instanceof CallPrincipal.RoleSession role) || !has("sts", "AssumeRole")) {
      return request;
    }
    ObjectNode input =
        Json.object().put("RoleArn", role.roleArn()).put("RoleSessionName", role.sessionName());
    try {
      CallContext own = context(new byte[0]).as(CallPrincipal.INTERNAL);
      JsonNode issued = call("sts", "AssumeRole", input, own).json().path("Credentials");
      var credentials =
          new RequestSigner.Credentials(
              issued.path("AccessKeyId").asText(),
              issued.path("SecretAccessKey").asText(),
              issued.path("SessionToken").asText());
      return request.signed(credentials, caller.region(), signingName, clock.now());
    } catch (AwsException notAssumable) {
      return request;
    }
  }

  /** Calls one operation and returns its output in the wire's form. */
  Output call(String signingName, String operation, ObjectNode input, CallContext context) {
    return dispatcher.call(signingName, operation, input, context);
  }

  /** A call by an optimized integration. */
  JsonNode optimized(OptimizedService service, Effect.ScheduleTask task)
      throws TaskFailedException {
    JsonNode parameters = task.parameters().json();
    requireParameters(service, parameters);
    IntegrationModel model = IntegrationModel.of(service.signingName());
    var names = new MemberNames(model);
    String operation = Objects.requireNonNull(service.actions().get(task.resource().action()));
    CallContext context = context(new byte[0]);
    Output output;
    try {
      ObjectNode input = structure(names.toWire(texts(parameters, service.texts())), parameters);
      output = call(service.signingName(), operation, input, context);
    } catch (AwsException refused) {
      throw ServiceErrors.optimized(
          service.errorPrefix(),
          service.sdkName(),
          model,
          refused,
          shownCode(service.signingName(), refused),
          context.requestId());
    }
    JsonNode answer = names.toStates(output.json(), MemberNames.Times.MILLIS);
    if (answer.path("FailedEntryCount").asInt() > 0) {
      throw new TaskFailedException(service.errorPrefix() + ".FailedEntry", Json.write(answer));
    }
    if (!service.metadata()) {
      return answer;
    }
    WireAnswer wire = wire(service.signingName(), operation, output, context.requestId());
    return SdkMetadata.added(
        answer, wire.status(), headers(service.name(), wire, context), context.requestId());
  }

  /** A call by an AWS SDK integration. */
  JsonNode sdk(String signingName, Effect.ScheduleTask task) throws TaskFailedException {
    IntegrationModel model = IntegrationModel.of(signingName);
    var names = new MemberNames(model);
    JsonNode parameters = task.parameters().json();
    CallContext context = context(new byte[0]);
    try {
      String name = operationName(task.resource().action());
      Operation operation = dispatcher.operation(signingName, name);
      Set<String> members = operation == null ? Set.of() : operation.members();
      ObjectNode input = structure(names.toWire(parameters, members), parameters);
      Output output = call(signingName, name, input, context);
      byte[] raw = output.raw();
      ObjectNode answer = structure(names.toStates(output.json(), MemberNames.Times.ISO), input);
      if (raw != null) {
        // Operations that answer with a blob have it as their payload.
        answer.put("StatusCode", output.status() == 0 ? 200 : output.status());
        answer.put("Payload", new String(raw, StandardCharsets.UTF_8));
      }
      return answer;
    } catch (AwsException refused) {
      throw ServiceErrors.sdk(model, refused, context.requestId(), "");
    }
  }

  /** Services that formerly had the query protocol show its error codes. */
  private String shownCode(String signingName, AwsException refused) {
    AwsService service = dispatcher.service(signingName);
    return Optional.ofNullable(service)
        .flatMap(found -> found.protocol().asJson())
        .map(json -> json.queryErrors().getOrDefault(refused.code(), refused.code()))
        .orElse(refused.code());
  }

  /** Resources spell operations in camelCase. */
  static String operationName(String action) {
    return Character.toUpperCase(action.charAt(0)) + action.substring(1);
  }

  private static void requireParameters(OptimizedService service, JsonNode parameters)
      throws TaskFailedException {
    structure(parameters, parameters);
    for (String name : service.required()) {
      if (!parameters.has(name)) {
        throw TaskFailedException.badParameters(
            parameters, "The field '" + name + "' is required but was missing");
      }
    }
    if (!service.supported().isEmpty()) {
      TaskFailedException.requireSupported(parameters, service.supported());
    }
  }

  private static ObjectNode structure(JsonNode value, JsonNode parameters)
      throws TaskFailedException {
    if (value instanceof ObjectNode object) {
      return object;
    }
    throw TaskFailedException.badParameters(
        parameters, "The value of the Parameters must be a JSON object");
  }

  /** The parameters with any JSON value of the named members as its text. */
  private static JsonNode texts(JsonNode value, Set<String> members) {
    if (value instanceof ArrayNode array) {
      ArrayNode changed = Json.array();
      array.forEach(element -> changed.add(texts(element, members)));
      return changed;
    }
    if (!(value instanceof ObjectNode object)) {
      return value;
    }
    ObjectNode changed = Json.object();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      JsonNode content = member.getValue();
      boolean asText = members.contains(member.getKey()) && !content.isTextual();
      changed.set(
          member.getKey(),
          asText ? TextNode.valueOf(Json.write(content)) : texts(content, members));
    }
    return changed;
  }

  private WireAnswer wire(String signingName, String operation, Output output, String requestId) {
    AwsService service = Objects.requireNonNull(dispatcher.service(signingName));
    Operation called = Objects.requireNonNull(dispatcher.operation(signingName, operation));
    return wire.encode(service, called, output, requestId);
  }

  private Map<String, String> headers(String service, WireAnswer wire, CallContext context) {
    String type = "";
    for (Map.Entry<String, String> header : wire.headers()) {
      type = header.getKey().equalsIgnoreCase("content-type") ? header.getValue() : type;
    }
    Map<String, String> headers =
        SdkMetadata.headers(type, wire.body().length, clock.now(), context.requestId());
    if (!service.equals("dynamodb")) {
      return headers;
    }
    var ofDynamo = new LinkedHashMap<String, String>();
    ofDynamo.put("Server", "Server");
    headers.forEach(
        (name, value) -> ofDynamo.put(name.equals("connection") ? "Connection" : name, value));
    var checksum = new CRC32();
    checksum.update(wire.body());
    ofDynamo.put("x-amz-crc32", Long.toString(checksum.getValue()));
    return ofDynamo;
  }
}
