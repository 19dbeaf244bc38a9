// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Protocol;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** awsQuery: requests are forms, answers are XML. Parameters may also be in the URL. */
final class QueryCodec implements Codec {
  private static final String JSON = "application/json";

  private final String signingName;
  private final Protocol.Query protocol;
  private final Optional<FlatForm> flat;
  private final Map<String, String> errorCodes;
  private final Map<String, Operation> operations = new HashMap<>();

  QueryCodec(AwsService service, Protocol.Query protocol, Map<String, String> errorCodes) {
    this.errorCodes = errorCodes;
    this.signingName = service.signingName();
    this.protocol = protocol;
    this.flat = protocol.flat().map(FlatForm::new);
    service.operations().forEach(operation -> operations.put(operation.name(), operation));
  }

  @Override
  public Call decode(WireRequest request) {
    request
        .header("smithy-protocol")
        .ifPresent(
            other -> {
              throw AwsException.badRequest(
                  "UnsupportedProtocol",
                  "The simulator does not support the protocol "
                      + other
                      + " with "
                      + signingName
                      + "; it supports the query protocol and, if the service has it, AWS JSON.");
            });
    ObjectNode input = FormTree.parse(parameters(request));
    String action = input.path("Action").asText("");
    input.remove(List.of("Action", "Version"));
    if (action.isEmpty()) {
      throw AwsException.badRequest(
          "MissingAction", "A request to " + signingName + " needs the parameter Action.");
    }
    Operation operation = operations.get(action);
    if (operation == null) {
      throw AwsException.badRequest(
          "InvalidAction",
          "The simulator does not support the action '" + action + "' of " + signingName + ".");
    }
    requireProgram(request, operation);
    return new Call(
        operation,
        flat.isPresent() ? flat.get().input(operation, input, request) : input,
        new byte[0]);
  }

  /**
   * AWS accepts GET for every operation. Here a GET that changes state needs an Authorization
   * header of AWS's, which an image in a web page cannot send: a URL with a name and a password
   * gives a header of another scheme.
   */
  private static void requireProgram(WireRequest request, Operation operation) {
    if (!request.method().equals("POST")
        && !operation.reads()
        && request.header("authorization").filter(value -> value.startsWith("AWS")).isEmpty()) {
      throw new AwsException(
          "AccessDenied",
          403,
          "The simulator accepts the action '"
              + operation.name()
              + "' by POST or with AWS's Authorization header only, not by "
              + request.method()
              + ": any web page can send a GET, and this action changes state.");
    }
  }

  /**
   * The parameters of URL and form, without those of a presigned URL. A body of a JSON content type
   * is no form.
   */
  static List<Map.Entry<String, String>> parameters(WireRequest request) {
    var parameters = new ArrayList<Map.Entry<String, String>>();
    for (Map.Entry<String, String> parameter : request.query()) {
      if (!parameter.getKey().toLowerCase(Locale.ROOT).startsWith("x-amz-")) {
        parameters.add(parameter);
      }
    }
    String form = new String(request.body(), StandardCharsets.UTF_8).strip();
    if (form.isEmpty() || isJson(request.header("content-type").orElse(""))) {
      return parameters;
    }
    for (String pair : form.split("&")) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      try {
        parameters.add(
            Map.entry(
                URLDecoder.decode(name, StandardCharsets.UTF_8),
                URLDecoder.decode(value, StandardCharsets.UTF_8)));
      } catch (IllegalArgumentException malformed) {
        throw AwsException.badRequest(
            "MalformedQueryString", "The parameter '" + name + "' is not form-encoded.");
      }
    }
    return parameters;
  }

  private static boolean isJson(String contentType) {
    String type = contentType.toLowerCase(Locale.ROOT);
    return type.startsWith("application/json") || type.startsWith("application/x-amz-json-");
  }

  @Override
  public WireResponse encode(Call call, Output output, String requestId) {
    String name = call.operation().name();
    var xml = new Xml().open(name + "Response", protocol.namespace());
    if (flat.isEmpty()) {
      xml.open(name + "Result");
      output.json().properties().forEach(member -> write(xml, member.getKey(), member.getValue()));
      xml.close(name + "Result");
    } else if (!flat.get().flat().withoutResult().contains(name)) {
      xml.open(name + "Result");
      flat.get().write(xml, name, output.json());
      xml.close(name + "Result");
    }
    xml.open("ResponseMetadata").element("RequestId", requestId).close("ResponseMetadata");
    xml.close(name + "Response");
    return new WireResponse(
        output.status() == 0 ? 200 : output.status(), headers(requestId), xml.bytes());
  }

  private void write(Xml xml, String name, JsonNode value) {
    if (protocol.maps().isEmpty() || !value.isContainerNode()) {
      xml.element(name, value, "member");
      return;
    }
    xml.open(name);
    if (protocol.maps().contains(name)) {
      for (var entry : value.properties()) {
        xml.open("entry").element("key", entry.getKey());
        xml.element("value", entry.getValue(), "member").close("entry");
      }
    } else if (value.isArray()) {
      value.forEach(item -> write(xml, "member", item));
    } else {
      value.properties().forEach(member -> write(xml, member.getKey(), member.getValue()));
    }
    xml.close(name);
  }

  /** As JSON for a client that accepts it first, as API Gateway does. */
  @Override
  public WireResponse encode(Call call, Output output, WireRequest request, String requestId) {
    if (!acceptsJson(request)) {
      return encode(call, output, requestId);
    }
    String name = call.operation().name();
    ObjectNode answer = Json.object();
    ObjectNode response = answer.putObject(name + "Response");
    response.putObject("ResponseMetadata").put("RequestId", requestId);
    if (flat.isEmpty() || !flat.get().flat().withoutResult().contains(name)) {
      response.set(name + "Result", output.json());
    }
    return json(output.status() == 0 ? 200 : output.status(), answer, requestId);
  }

  @Override
  public WireResponse error(AwsException error, WireRequest request, String requestId) {
    if (!acceptsJson(request)) {
      return error(error, requestId);
    }
    ObjectNode answer = Json.object();
    answer
        .putObject("Error")
        .put("Code", code(error))
        .put("Message", error.text())
        .put("Type", error.status() < 500 ? "Sender" : "Receiver");
    answer.put("RequestId", requestId);
    return json(error.status(), answer, requestId);
  }

  private static boolean acceptsJson(WireRequest request) {
    return request.header("accept").filter(type -> type.startsWith(JSON)).isPresent();
  }

  private static WireResponse json(int status, ObjectNode answer, String requestId) {
    var headers =
        List.of(Map.entry("Content-Type", JSON), Map.entry("x-amzn-RequestId", requestId));
    return new WireResponse(status, headers, Json.writeBytes(answer));
  }

  @Override
  public WireResponse error(AwsException error, String requestId) {
    return xmlError(code(error), error, requestId, protocol.namespace(), flat.isPresent());
  }

  private String code(AwsException error) {
    // The query services spell this one differently from the JSON services.
    String spelled = error.code().equals("ValidationException") ? "ValidationError" : error.code();
    return errorCodes.getOrDefault(error.code(), spelled);
  }

  /** An error; {@code detail} is whether it ends with an empty element Detail, as SQS writes it. */
  static WireResponse xmlError(
      String code, AwsException error, String requestId, String namespace, boolean detail) {
    var xml = new Xml().open("ErrorResponse", namespace).open("Error");
    xml.element("Type", error.status() < 500 ? "Sender" : "Receiver");
    xml.element("Code", code).element("Message", error.text());
    if (detail) {
      xml.element("Detail", "");
    }
    xml.close("Error").element("RequestId", requestId).close("ErrorResponse");
    return new WireResponse(error.status(), headers(requestId), xml.bytes());
  }

  private static List<Map.Entry<String, String>> headers(String requestId) {
    return List.of(Map.entry("Content-Type", "text/xml"), Map.entry("x-amzn-RequestId", requestId));
  }
}
