// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port.codec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.RestXmlBinding;
import dev.syncline.sim.service.RestXmlBinding.Address;
import dev.syncline.sim.service.RestXmlErrors;
import dev.syncline.sim.service.contract.AccessKeys;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * restXml as in S3: the operation in method, address, query and headers; members in query, headers
 * and an XML document; bodies may be {@code aws-chunked}. Source of the error texts: the S3 API
 * reference, "Error responses".
 */
final class RestXmlCodec implements Codec {
  private static final int REQUEST_ID_LENGTH = 16;
  private static final String XML = "application/xml";

  /** Headers that must not be ignored where an operation has no member for them. */
  private static final String GRANTS = "x-amz-grant-";

  private record Route(Operation operation, RestXmlBinding binding) {}

  private final Protocol.RestXml protocol;
  private final RestXmlDocuments documents;
  private final List<Route> routes = new ArrayList<>();

  RestXmlCodec(AwsService service, Protocol.RestXml protocol) {
    this.protocol = protocol;
    this.documents = new RestXmlDocuments(protocol);
    for (Operation operation : service.operations()) {
      RestXmlBinding binding = operation.xml();
      if (binding == null) {
        throw new IllegalArgumentException(
            service.signingName()
                + ":"
                + operation.name()
                + " has no restXml binding, restXml needs one");
      }
      routes.add(new Route(operation, binding));
    }
  }

  @Override
  public void authenticate(WireRequest request, Instant now, AccessKeys keys) {
    var signers = new SignerKeys(keys, now);
    if (PostForm.isUsedBy(request)) {
      PostPolicy.requireValid(PostForm.of(request), signers);
    } else {
      PresignedUrl.requireValid(request, signers);
    }
  }

  @Override
  public String operation(WireRequest request) {
    try {
      return route(RestXmlRequest.of(PostForm.asPut(request), protocol.headers()))
          .operation()
          .name();
    } catch (AwsException unreadable) {
      return "";
    }
  }

  @Override
  public String requestId(String uuid) {
    return uuid.replace("-", "").substring(0, REQUEST_ID_LENGTH).toUpperCase(Locale.ROOT);
  }

  @Override
  public Call decode(WireRequest wire) {
    RestXmlRequest request = RestXmlRequest.of(PostForm.asPut(wire), protocol.headers());
    Route route = route(request);
    RestXmlBinding binding = route.binding();
    requireParameters(request, binding);
    if (route.operation().rawBody() || binding.document() != null) {
      requireSignedContent(request);
    }
    ObjectNode input = Json.object();
    if (binding.address() != Address.SERVICE) {
      input.put("Bucket", request.address().bucket());
    }
    if (binding.address() == Address.KEY) {
      input.put("Key", request.address().key());
    }
    binding
        .query()
        .forEach(
            (parameter, member) ->
                request.parameter(parameter).ifPresent(value -> input.put(member, value)));
    putHeaders(input, binding, request);
    RestXmlBinding.Document document = binding.document();
    if (document != null && request.content().length > 0) {
      input.set(
          document.member(), documents.read(route.operation().name(), document, request.content()));
    } else if (document != null && document.required()) {
      throw RestXmlErrors.malformedXml();
    }
    return new Call(route.operation(), input, request.content());
  }

  private static void putHeaders(ObjectNode input, RestXmlBinding binding, RestXmlRequest request) {
    RestXmlBinding.Prefix prefix = binding.prefix();
    ObjectNode prefixed = Json.object();
    for (Map.Entry<String, String> header : request.headers().entries()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      String member = binding.headers().get(name);
      if (member != null) {
        // A list may be sent as several headers.
        input.put(
            member,
            input.has(member)
                ? input.path(member).asText() + "," + header.getValue()
                : header.getValue());
      } else if (prefix != null && name.startsWith(prefix.header())) {
        prefixed.put(name.substring(prefix.header().length()), header.getValue());
      } else if (name.startsWith(GRANTS)) {
        throw RestXmlErrors.notImplemented("the header '" + name + "' here");
      }
    }
    if (prefix != null && !prefixed.isEmpty()) {
      input.set(prefix.member(), prefixed);
    }
  }

  private Route route(RestXmlRequest request) {
    Address address = request.address().kind();
    List<Route> candidates =
        routes.stream()
            .filter(route -> route.binding().address() == address)
            .filter(route -> route.binding().method().equals(request.method()))
            .toList();
    return candidates.stream()
        .filter(route -> marks(route, request, true) + marks(route, request, false) == size(route))
        .max(
            Comparator.comparingInt(RestXmlCodec::size)
                .thenComparingInt(route -> marks(route, request, true)))
        .orElseThrow(() -> unrouted(candidates, request));
  }

  private static int size(Route route) {
    return route.binding().markers().size();
  }

  /**
   * How many of the route's markers are in the query, or among the headers and not in the query.
   */
  private static int marks(Route route, RestXmlRequest request, boolean inQuery) {
    int found = 0;
    for (String marker : route.binding().markers()) {
      String name = markerName(marker);
      boolean queried = request.parameter(name).isPresent();
      if (inQuery ? queried : !queried && !request.headers().first(name).orElse("").isEmpty()) {
        found++;
      }
    }
    return found;
  }

  private static String markerName(String marker) {
    return marker.split("=", 2)[0];
  }

  private static AwsException unrouted(List<Route> candidates, RestXmlRequest request) {
    boolean ofBucket = request.address().kind() == Address.BUCKET;
    if (candidates.isEmpty() || (!ofBucket && request.query().isEmpty())) {
      return RestXmlErrors.methodNotAllowed(request.method());
    }
    return RestXmlErrors.notImplemented(
        request.method()
            + (ofBucket ? " on a bucket with " : " on an object with ")
            + (request.query().isEmpty() ? "a form" : request.query().keySet()));
  }

  private static void requireParameters(RestXmlRequest request, RestXmlBinding binding) {
    for (String name : request.query().keySet()) {
      boolean marks =
          binding.markers().stream().map(RestXmlCodec::markerName).anyMatch(name::equals);
      if (!marks && !binding.query().containsKey(name)) {
        throw RestXmlErrors.notImplemented(
            "the sub-resource or parameter '"
                + name
                + "' of "
                + request.method()
                + (request.address().key().isEmpty() ? " on a bucket" : " on an object"));
      }
    }
    for (String marker : binding.markers()) {
      String[] nameAndValue = marker.split("=", 2);
      String given = request.parameter(nameAndValue[0]).orElse("");
      if (nameAndValue.length == 2 && !given.equals(nameAndValue[1])) {
        throw RestXmlErrors.invalidArgument(
            nameAndValue[0], given, "Invalid " + words(nameAndValue[0]));
      }
    }
  }

  /** {@code list-type} as {@code List Type}. */
  private static String words(String parameter) {
    return Arrays.stream(parameter.split("-"))
        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
        .collect(Collectors.joining(" "));
  }

  /** Checks the digest that signs the content; the signature itself is not verified. */
  private static void requireSignedContent(RestXmlRequest request) {
    String given = request.headers().first("x-amz-content-sha256").orElse("");
    if (given.length() == 64 && !Hmac.sha256(request.content()).equalsIgnoreCase(given)) {
      throw RestXmlErrors.contentMismatch();
    }
  }

  @Override
  public WireResponse encode(Call call, Output output, String requestId) {
    RestXmlBinding binding = call.operation().xml();
    if (binding == null) {
      throw new IllegalArgumentException(call.operation().name() + " has no restXml binding");
    }
    RestXmlBinding.Answer answer = binding.answer();
    var headers = new ArrayList<Map.Entry<String, String>>();
    byte[] body = output.raw();
    if (body == null) {
      answer.headers().entrySet().stream()
          .filter(header -> output.json().has(header.getKey()))
          .forEach(
              header ->
                  headers.add(
                      Map.entry(header.getValue(), output.json().path(header.getKey()).asText())));
      if (!answer.contentType().isEmpty()) {
        headers.add(Map.entry("Content-Type", answer.contentType()));
      }
      body = documents.write(answer, output.json());
    }
    output.headers().forEach((name, value) -> headers.add(Map.entry(name, value)));
    headers.add(Map.entry("x-amz-request-id", requestId));
    headers.add(Map.entry("x-amz-id-2", hostId(requestId)));
    return new WireResponse(
        output.status() == 0 ? answer.status() : output.status(), List.copyOf(headers), body);
  }

  @Override
  public WireResponse encode(Call call, Output output, WireRequest request, String requestId) {
    WireResponse answer = encode(call, output, requestId);
    return PostForm.isUsedBy(request) ? PostForm.of(request).answer(answer) : answer;
  }

  @Override
  public WireResponse error(AwsException error, String requestId) {
    return error(error, "/", requestId);
  }

  @Override
  public WireResponse error(AwsException error, WireRequest request, String requestId) {
    WireResponse response = error(error, request.rawPath(), requestId);
    return request.method().equals("HEAD")
        ? new WireResponse(response.status(), response.headers(), new byte[0])
        : response;
  }

  private static WireResponse error(AwsException error, String resource, String requestId) {
    var headers = new ArrayList<Map.Entry<String, String>>();
    headers.add(Map.entry("Content-Type", XML));
    headers.add(Map.entry("x-amz-request-id", requestId));
    headers.add(Map.entry("x-amz-id-2", hostId(requestId)));
    Xml xml =
        new Xml(true)
            .open("Error")
            .element("Code", error.code())
            .element("Message", error.text())
            .element("Resource", resource);
    new TreeMap<>(error.members())
        .forEach(
            (name, value) -> {
              if (name.startsWith(RestXmlErrors.HEADER)) {
                String header = name.substring(RestXmlErrors.HEADER.length());
                headers.add(Map.entry(header, value.toString()));
              } else {
                xml.element(name, value.toString());
              }
            });
    xml.element("RequestId", requestId).element("HostId", hostId(requestId));
    return new WireResponse(error.status(), List.copyOf(headers), xml.close("Error").bytes());
  }

  /** The second id of a request, which S3 makes longer than the first. */
  private static String hostId(String requestId) {
    byte[] text = (requestId + requestId + requestId).getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(text);
  }
}
