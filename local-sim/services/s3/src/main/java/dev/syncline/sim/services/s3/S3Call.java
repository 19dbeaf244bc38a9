// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A request to S3, read: the address, the query without what only signs it, and the content as it
 * was before it was chunked.
 *
 * @param query by name, without signature and SDK parameters
 * @param headers of the request and its trailers
 */
record S3Call(
    String method, S3Address address, Map<String, String> query, Headers headers, byte[] content) {
  /** What the names of headers with an object's own metadata begin with. */
  static final String METADATA = "x-amz-meta-";

  private static final Set<String> KEPT =
      Set.of(
          "content-type",
          "cache-control",
          "content-disposition",
          "content-encoding",
          "content-language",
          "expires");

  /** Request headers of S3 that are understood, or say nothing that could change an answer. */
  private static final Set<String> KNOWN =
      Set.of(
          "x-amz-bucket-region",
          "x-amz-checksum-algorithm",
          "x-amz-checksum-mode",
          "x-amz-checksum-type",
          "x-amz-content-sha256",
          "x-amz-copy-source",
          "x-amz-date",
          "x-amz-decoded-content-length",
          "x-amz-expected-bucket-owner",
          "x-amz-metadata-directive",
          "x-amz-mp-object-size",
          "x-amz-request-payer",
          "x-amz-sdk-checksum-algorithm",
          "x-amz-security-token",
          "x-amz-source-expected-bucket-owner",
          "x-amz-tagging-directive",
          "x-amz-te",
          "x-amz-trailer",
          "x-amz-user-agent");

  /** Headers that are understood with one value only, the one that changes nothing. */
  private static final Map<String, Set<String>> KNOWN_VALUES =
      Map.of(
          "x-amz-acl", Set.of("private", "bucket-owner-full-control"),
          "x-amz-bucket-object-lock-enabled", Set.of("false"),
          "x-amz-object-ownership", Set.of("BucketOwnerEnforced"),
          "x-amz-server-side-encryption", Set.of("AES256"),
          "x-amz-storage-class", Set.of("STANDARD"));

  /**
   * Reads a request.
   *
   * @throws dev.syncline.sim.service.AwsException {@code NotImplemented} naming a header that is
   *     not supported, {@code IncompleteBody}
   */
  static S3Call of(HttpRequest request) {
    Headers headers = withHeadersOfQuery(request);
    refuseUnknown(headers);
    byte[] content = request.body();
    if (AwsChunked.isUsedBy(headers)) {
      AwsChunked.Decoded decoded = AwsChunked.decode(headers, content);
      content = decoded.content();
      var all = new ArrayList<>(headers.entries());
      all.addAll(decoded.trailers().entries());
      headers = new Headers(all);
    }
    return new S3Call(request.method(), S3Address.of(request), query(request), headers, content);
  }

  /** Presigned URLs carry headers as parameters; what is sent as a header goes before. */
  private static Headers withHeadersOfQuery(HttpRequest request) {
    Headers headers = request.headers();
    for (Map.Entry<String, String> parameter : request.query()) {
      String name = parameter.getKey();
      if (PresignedUrl.isHeader(name) && headers.first(name).isEmpty()) {
        headers = headers.with(name, parameter.getValue());
      }
    }
    return headers;
  }

  /**
   * The same request as an operation's input has it.
   *
   * @throws dev.syncline.sim.service.AwsException {@code NotImplemented} for a value that is not
   *     supported
   */
  static S3Call of(S3Binding operation, Input input, byte[] content) {
    var query = new LinkedHashMap<String, String>();
    for (String parameter : operation.query()) {
      text(input, S3Binding.member(parameter)).ifPresent(value -> query.put(parameter, value));
    }
    var headers = new ArrayList<Map.Entry<String, String>>();
    operation
        .headersByMember()
        .forEach(
            (member, header) ->
                text(input, member).ifPresent(value -> headers.add(Map.entry(header, value))));
    if (operation.hasMetadata()) {
      input
          .textMap(S3Binding.METADATA)
          .forEach((name, value) -> headers.add(Map.entry(METADATA + name, value)));
    }
    var all = new Headers(headers);
    refuseUnknown(all);
    boolean ofAll = operation.name().equals("ListBuckets");
    return new S3Call(
        operation.method(),
        new S3Address(
            ofAll ? "" : input.requiredText("Bucket"),
            operation.onKey() ? input.requiredText("Key") : ""),
        query,
        all,
        content);
  }

  /** A member as the wire has it: numbers and truth values may come as JSON's own from inside. */
  static Optional<String> text(Input input, String member) {
    return input.node(member).filter(JsonNode::isValueNode).map(JsonNode::asText);
  }

  private static Map<String, String> query(HttpRequest request) {
    var query = new LinkedHashMap<String, String>();
    for (Map.Entry<String, String> parameter : request.query()) {
      String name = parameter.getKey();
      if (!PresignedUrl.signs(name) && !PresignedUrl.isHeader(name)) {
        query.putIfAbsent(name, parameter.getValue());
      }
    }
    return query;
  }

  private static void refuseUnknown(Headers headers) {
    for (Map.Entry<String, String> header : headers.entries()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      boolean known =
          !name.startsWith("x-amz-")
              || KNOWN.contains(name)
              || name.startsWith(METADATA)
              || name.startsWith(Checksums.PREFIX)
              || name.startsWith("x-amz-copy-source-if-")
              || KNOWN_VALUES.getOrDefault(name, Set.of()).contains(header.getValue());
      if (!known) {
        throw S3Errors.notImplemented(
            "the header '" + name + "' with the value '" + header.getValue() + "'");
      }
    }
  }

  String bucket() {
    return address.bucket();
  }

  String key() {
    return address.key();
  }

  String header(String name) {
    return headers.first(name).orElse("");
  }

  String parameter(String name) {
    return query.getOrDefault(name, "");
  }

  /** Refuses every query parameter but these. */
  S3Call only(String... parameters) {
    List<String> known = List.of(parameters);
    for (String name : query.keySet()) {
      if (!known.contains(name)) {
        throw S3Errors.notImplemented(
            "the sub-resource or parameter '"
                + name
                + "' of "
                + method
                + (key().isEmpty() ? " on a bucket" : " on an object"));
      }
    }
    return this;
  }

  /** The headers that are kept with an object. */
  Map<String, String> keptHeaders() {
    var kept = new TreeMap<String, String>();
    kept.put("content-type", "binary/octet-stream");
    for (Map.Entry<String, String> header : headers.entries()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (KEPT.contains(name) || name.startsWith(METADATA)) {
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
