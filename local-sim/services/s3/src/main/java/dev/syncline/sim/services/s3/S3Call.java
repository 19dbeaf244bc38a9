// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.OperationHandler;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.RestXmlBinding;
import dev.syncline.sim.service.RestXmlBinding.Address;
import dev.syncline.sim.service.http.Headers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An operation's input by the names of the API reference: parameters and headers, which the rules
 * of conditions and checksums are written in.
 *
 * @param input the members as received
 * @param bucket empty where the operation has none
 * @param key empty where the operation has none
 * @param context whose host is empty for a call from inside
 */
record S3Call(
    Input input,
    String bucket,
    String key,
    Map<String, String> query,
    Headers headers,
    byte[] content,
    CallContext context) {

  /** Carries out an operation. */
  @FunctionalInterface
  interface Handler {
    Output handle(S3Call call);
  }

  /** An operation without a blob, of the account that owns every bucket. */
  static Operation operation(String name, String account, RestXmlBinding binding, Handler handler) {
    return Operation.xml(name, binding, handler(account, binding, handler));
  }

  /** An operation whose body is a blob. */
  static Operation blob(String name, String account, RestXmlBinding binding, Handler handler) {
    return Operation.xmlBlob(name, binding, handler(account, binding, handler));
  }

  private static OperationHandler handler(String account, RestXmlBinding binding, Handler handler) {
    return (input, context) -> {
      S3Call call = of(binding, input, context);
      requireOwner(account, call.header("x-amz-expected-bucket-owner"));
      requireOwner(account, call.header("x-amz-source-expected-bucket-owner"));
      return handler.handle(call);
    };
  }

  private static void requireOwner(String account, String expected) {
    if (!expected.isEmpty() && !expected.equals(account)) {
      throw S3Errors.accessDenied();
    }
  }

  /**
   * Reads an input.
   *
   * @throws dev.syncline.sim.service.AwsException {@code NotImplemented} for a value that is not
   *     supported
   */
  private static S3Call of(RestXmlBinding binding, Input input, CallContext context) {
    var query = new LinkedHashMap<String, String>();
    binding
        .query()
        .forEach(
            (parameter, member) ->
                text(input, member).ifPresent(value -> query.put(parameter, value)));
    var headers = new ArrayList<Map.Entry<String, String>>();
    binding
        .headers()
        .forEach(
            (header, member) ->
                text(input, member).ifPresent(value -> headers.add(Map.entry(header, value))));
    RestXmlBinding.Prefix prefix = binding.prefix();
    if (prefix != null) {
      input
          .textMap(prefix.member())
          .forEach((name, value) -> headers.add(Map.entry(prefix.header() + name, value)));
    }
    refuseUnknown(headers);
    boolean ofService = binding.address() == Address.SERVICE;
    return new S3Call(
        input,
        ofService ? "" : input.requiredText("Bucket"),
        binding.address() == Address.KEY ? input.requiredText("Key") : "",
        query,
        new Headers(headers),
        context.body(),
        context);
  }

  /** A member as text: callers inside may give numbers and booleans as JSON values. */
  static Optional<String> text(Input input, String member) {
    return input.node(member).filter(JsonNode::isValueNode).map(JsonNode::asText);
  }

  private static void refuseUnknown(List<Map.Entry<String, String>> headers) {
    for (Map.Entry<String, String> header : headers) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (!S3Bindings.PROTOCOL.headers().takes(name, header.getValue())) {
        throw S3Errors.notImplemented(
            "the header '" + name + "' with the value '" + header.getValue() + "'");
      }
    }
  }

  /** Whether it came over HTTP. */
  boolean fromClient() {
    return !context.host().isEmpty();
  }

  /** The object's URL, as the caller addresses it. */
  String url() {
    String path = ObjectKeys.encode(key);
    String host = context.host();
    if (host.isEmpty()) {
      return "https://" + bucket + ".s3.amazonaws.com/" + path;
    }
    return "http://" + host + "/" + (host.startsWith(bucket + ".") ? "" : bucket + "/") + path;
  }

  String header(String name) {
    return headers.first(name).orElse("");
  }

  String parameter(String name) {
    return query.getOrDefault(name, "");
  }

  /** The headers that are kept with an object. */
  Map<String, String> keptHeaders() {
    var kept = new TreeMap<String, String>();
    kept.put("content-type", "binary/octet-stream");
    for (Map.Entry<String, String> header : headers.entries()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (S3Bindings.CONTENT.contains(name) || name.startsWith(S3Bindings.METADATA)) {
        kept.put(name, header.getValue());
      }
    }
    String encoding = withoutChunking(kept.getOrDefault("content-encoding", ""));
    if (encoding.isEmpty()) {
      kept.remove("content-encoding");
    } else {
      kept.put("content-encoding", encoding);
    }
    return kept;
  }

  private static String withoutChunking(String encoding) {
    return Arrays.stream(encoding.split(","))
        .map(String::strip)
        .filter(one -> !one.isEmpty() && !one.equalsIgnoreCase("aws-chunked"))
        .collect(Collectors.joining(","));
  }
}
