// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.CoralDialect;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.RequestIds;
import dev.syncline.sim.service.models.ServiceModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * awsJson in a {@link CoralDialect}. The order of checks is AWS's: limits, method and content type,
 * JSON, operation, signature.
 */
final class CoralJsonCodec implements Codec {
  private static final String TARGET = "x-amz-target";
  private static final String REQUEST_ID = "x-amzn-RequestId";
  private static final int MAX_SHOWN = 100;

  /** A header costs its name, its value and what stands between and after them. */
  private static final int HEADER_OVERHEAD = 4;

  private final AwsService service;
  private final CoralDialect dialect;
  private final String prefix;
  private final String contentType;
  private final Map<String, Operation> operations = new HashMap<>();

  CoralJsonCodec(AwsService service, Protocol.AwsJson protocol, CoralDialect dialect) {
    this.service = service;
    this.dialect = dialect;
    this.prefix = protocol.targetPrefix() + ".";
    this.contentType = "application/x-amz-json-" + protocol.version();
    service.operations().forEach(operation -> operations.put(operation.name(), operation));
  }

  @Override
  public Optional<WireResponse> direct(WireRequest request, String region, String requestId) {
    if (request.body().length > dialect.maxBodyBytes()) {
      return Optional.of(new WireResponse(413, List.of(), new byte[0]));
    }
    if (headerBytes(request) > dialect.maxHeaderBytes()) {
      return Optional.of(new WireResponse(400, List.of(), new byte[0]));
    }
    boolean root = request.rawPath().equals("/");
    if (root && request.method().equals("OPTIONS")) {
      return Optional.of(preflight(request, requestId));
    }
    if (root && request.method().equals("GET")) {
      String host = service.hostPrefix() + "." + region + ".amazonaws.com";
      // AWS sends the last space.
      return Optional.of(plain(200, "healthy: " + host + " ", request, requestId));
    }
    return root
            && request.method().equals("POST")
            && (request.body().length == 0 || dialect.contentTypes().contains(typeOf(request)))
        ? Optional.empty()
        : Optional.of(plain(404, "<UnknownOperationException/>\n", request, requestId));
  }

  private static int headerBytes(WireRequest request) {
    int bytes = 0;
    for (Map.Entry<String, String> header : request.headers()) {
      bytes += header.getKey().length() + header.getValue().length() + HEADER_OVERHEAD;
    }
    return bytes;
  }

  private static WireResponse preflight(WireRequest request, String requestId) {
    var headers = new ArrayList<Map.Entry<String, String>>();
    headers.add(Map.entry(REQUEST_ID, requestId));
    allowOrigin(request, headers);
    request
        .header("access-control-request-headers")
        .ifPresent(asked -> headers.add(Map.entry("Access-Control-Allow-Headers", asked)));
    request
        .header("access-control-request-method")
        .ifPresent(asked -> headers.add(Map.entry("Access-Control-Allow-Methods", asked)));
    headers.add(Map.entry("Access-Control-Max-Age", "172800"));
    return new WireResponse(200, List.copyOf(headers), new byte[0]);
  }

  private static void allowOrigin(WireRequest request, List<Map.Entry<String, String>> headers) {
    if (request.header("origin").isPresent()) {
      headers.add(Map.entry("Access-Control-Allow-Origin", "*"));
    }
  }

  private static WireResponse plain(
      int status, String text, WireRequest request, String requestId) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    var headers = new ArrayList<Map.Entry<String, String>>();
    headers.add(Map.entry(REQUEST_ID, requestId));
    headers.add(Map.entry("x-amz-crc32", checksum(body)));
    allowOrigin(request, headers);
    return new WireResponse(status, List.copyOf(headers), body);
  }

  @Override
  public String operation(WireRequest request) {
    String target = request.header(TARGET).orElse("");
    String name = target.startsWith(prefix) ? target.substring(prefix.length()) : "";
    return name.length() > MAX_SHOWN ? name.substring(0, MAX_SHOWN) : name;
  }

  @Override
  public Call decode(WireRequest request) {
    Optional<ObjectNode> input = structure(content(request));
    Operation operation = target(request);
    CoralSignature.require(request);
    return new Call(operation, input.orElseThrow(CoralJsonCodec::notJson), new byte[0]);
  }

  private byte[] content(WireRequest request) {
    String encoding = request.header("content-encoding").orElse("").strip();
    if (encoding.isEmpty()) {
      return request.body();
    }
    Coding coding =
        Coding.named(encoding)
            .orElseThrow(
                () -> undecodable("Content-Encoding '" + shown(encoding) + "' is not supported"));
    byte[] content;
    try {
      content = coding.decode(request.body(), dialect.maxBodyBytes());
    } catch (IOException broken) {
      throw undecodable("the body is not " + coding.token() + ": " + broken.getMessage());
    }
    if (content.length > dialect.maxBodyBytes()) {
      throw new AwsException(
          "RequestEntityTooLargeException",
          413,
          "A body may have at most " + dialect.maxBodyBytes() + " bytes once it is decompressed.");
    }
    return content;
  }

  private static AwsException undecodable(String reason) {
    // AWS answers 500 to this fault of the caller's.
    return new AwsException("InternalServerError", 500, reason);
  }

  /** The body as a structure; empty for an empty body, which AWS refuses after the operation. */
  private static Optional<ObjectNode> structure(byte[] body) {
    if (body.length == 0) {
      return Optional.empty();
    }
    try {
      JsonNode value = Json.MAPPER.readTree(body);
      if (value instanceof ObjectNode object) {
        return Optional.of(object);
      }
      throw notJson();
    } catch (JsonProcessingException notJson) {
      throw notJson();
    } catch (IOException impossible) {
      throw new IllegalStateException("memory cannot be read", impossible);
    }
  }

  private static AwsException notJson() {
    return AwsException.badRequest("SerializationException", "");
  }

  private Operation target(WireRequest request) {
    String target = request.header(TARGET).orElse("");
    String name = target.startsWith(prefix) ? target.substring(prefix.length()) : "";
    Operation operation = operations.get(name);
    if (operation != null) {
      return operation;
    }
    boolean ofAws =
        ServiceModel.find(service.id()).flatMap(model -> model.findOperation(name)).isPresent();
    // AWS says nothing about an operation that it does not have.
    throw AwsException.badRequest(
        "UnknownOperationException",
        ofAws
            ? "The simulator does not support the operation '"
                + target
                + "' of "
                + service.id()
                + "."
            : "");
  }

  @Override
  public String requestId(String uuid) {
    return RequestIds.ofDynamoDb(uuid);
  }

  @Override
  public WireResponse encode(Call call, Output output, String requestId) {
    byte[] raw = output.raw();
    return answer(
        output.status() == 0 ? 200 : output.status(),
        contentType,
        raw == null ? Json.writeBytes(output.json()) : raw,
        output.headers(),
        requestId);
  }

  @Override
  public WireResponse encode(Call call, Output output, WireRequest request, String requestId) {
    byte[] raw = output.raw();
    return answer(
        output.status() == 0 ? 200 : output.status(),
        raw == null ? Json.writeBytes(output.json()) : raw,
        output.headers(),
        request,
        requestId);
  }

  @Override
  public WireResponse error(AwsException error, String requestId) {
    return answer(error.status(), contentType, body(error), Map.of(), requestId);
  }

  @Override
  public WireResponse error(AwsException error, WireRequest request, String requestId) {
    return answer(error.status(), body(error), Map.of(), request, requestId);
  }

  private byte[] body(AwsException error) {
    ObjectNode body = Json.object().put("__type", dialect.typeOf(error.code()));
    if (!error.text().isEmpty()) {
      String member = dialect.capitalMessages().contains(error.code()) ? "Message" : "message";
      body.put(member, error.text());
    }
    error.members().forEach((name, value) -> body.set(name, Json.MAPPER.valueToTree(value)));
    return Json.writeBytes(body);
  }

  private static WireResponse answer(
      int status, String type, byte[] body, Map<String, String> more, String requestId) {
    var headers = new ArrayList<Map.Entry<String, String>>();
    headers.add(Map.entry("Content-Type", type));
    headers.add(Map.entry(REQUEST_ID, requestId));
    headers.add(Map.entry("x-amz-crc32", checksum(body)));
    more.forEach((name, value) -> headers.add(Map.entry(name, value)));
    return new WireResponse(status, List.copyOf(headers), body);
  }

  private WireResponse answer(
      int status, byte[] body, Map<String, String> more, WireRequest request, String requestId) {
    Optional<Coding> coding =
        body.length <= dialect.minCompressedBytes()
            ? Optional.empty()
            : request.header("accept-encoding").flatMap(Coding::accepted);
    // The checksum is that of the bytes as sent: the SDK for Java takes it before decompression.
    byte[] sent = coding.isPresent() ? coding.get().encode(body) : body;
    String asked = typeOf(request);
    String type = dialect.contentTypes().contains(asked) ? asked : contentType;
    WireResponse answer = answer(status, type, sent, more, requestId);
    if (coding.isEmpty() && request.header("origin").isEmpty()) {
      return answer;
    }
    var headers = new ArrayList<>(answer.headers());
    coding.ifPresent(used -> headers.add(Map.entry("Content-Encoding", used.token())));
    allowOrigin(request, headers);
    return new WireResponse(status, List.copyOf(headers), sent);
  }

  /** The content type without parameters, in lower case; empty without one. */
  private static String typeOf(WireRequest request) {
    String type = request.header("content-type").orElse("");
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  private static String checksum(byte[] body) {
    var crc = new CRC32();
    crc.update(body);
    return Long.toString(crc.getValue());
  }

  private static String shown(String text) {
    return text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "..." : text;
  }
}
