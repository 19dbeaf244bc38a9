// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port.codec;

import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Protocol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** awsJson1_0 and awsJson1_1: the operation in {@code X-Amz-Target}, structures in the body. */
final class AwsJsonCodec implements Codec {
  /** What a header cannot have. */
  private static final Pattern CONTROL = Pattern.compile("[^\\x20-\\x7e]+");

  private final String signingName;
  private final String prefix;
  private final String contentType;
  private final Map<String, String> queryErrors;
  private final boolean errorHeaders;
  private final Map<String, Operation> operations = new HashMap<>();

  AwsJsonCodec(AwsService service, Protocol.AwsJson protocol) {
    this.signingName = service.signingName();
    this.prefix = protocol.targetPrefix() + ".";
    this.contentType = "application/x-amz-json-" + protocol.version();
    this.queryErrors = protocol.queryErrors();
    this.errorHeaders = protocol.errorHeaders();
    service.operations().forEach(operation -> operations.put(operation.name(), operation));
  }

  @Override
  public Call decode(WireRequest request) {
    String target =
        request
            .header("x-amz-target")
            .orElseThrow(
                () ->
                    AwsException.badRequest(
                        "UnknownOperationException",
                        "A request to " + signingName + " needs the header X-Amz-Target."));
    Operation operation =
        target.startsWith(prefix) ? operations.get(target.substring(prefix.length())) : null;
    if (operation == null) {
      throw AwsException.badRequest(
          "UnknownOperationException",
          "The simulator does not support the operation '" + target + "' of " + signingName + ".");
    }
    return new Call(operation, JsonErrors.structure(request.body()), new byte[0]);
  }

  @Override
  public WireResponse encode(Call call, Output output, String requestId) {
    var headers = new ArrayList<Map.Entry<String, String>>();
    headers.add(Map.entry("Content-Type", contentType));
    headers.add(Map.entry("x-amzn-RequestId", requestId));
    output.headers().forEach((name, value) -> headers.add(Map.entry(name, value)));
    byte[] raw = output.raw();
    return new WireResponse(
        output.status() == 0 ? 200 : output.status(),
        List.copyOf(headers),
        raw == null ? Json.writeBytes(output.json()) : raw);
  }

  @Override
  public WireResponse error(AwsException error, String requestId) {
    WireResponse response = JsonErrors.error(error, requestId, contentType, true);
    if (errorHeaders) {
      return withErrorHeaders(response, error);
    }
    if (queryErrors.isEmpty()) {
      return response;
    }
    var headers = new ArrayList<>(response.headers());
    headers.add(
        Map.entry(
            "x-amzn-query-error",
            queryErrors.getOrDefault(error.code(), error.code())
                + (error.status() < 500 ? ";Sender" : ";Receiver")));
    return new WireResponse(response.status(), List.copyOf(headers), response.body());
  }

  private static WireResponse withErrorHeaders(WireResponse response, AwsException error) {
    var headers = new ArrayList<>(response.headers());
    headers.removeIf(header -> header.getKey().equals("x-amzn-errortype"));
    headers.add(Map.entry("x-amzn-ErrorType", error.code() + ":"));
    headers.add(
        Map.entry(
            "x-amzn-ErrorMessage", CONTROL.matcher(error.text()).replaceAll(" ").stripTrailing()));
    return new WireResponse(response.status(), List.copyOf(headers), response.body());
  }
}
