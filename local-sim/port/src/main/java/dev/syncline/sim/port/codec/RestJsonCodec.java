// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port.codec;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.LooseText;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.models.ModelOperation;
import dev.syncline.sim.service.models.ServiceModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** restJson1: the operation in method and path, members in path, query, headers and body. */
final class RestJsonCodec implements Codec {
  private static final String CONTENT_TYPE = "application/json";

  private final String serviceId;
  private final String signingName;
  private final List<Route> routes = new ArrayList<>();

  RestJsonCodec(AwsService service) {
    this.serviceId = service.id();
    this.signingName = service.signingName();
    for (Operation operation : service.operations()) {
      HttpBinding http = operation.http();
      if (http == null) {
        throw new IllegalArgumentException(
            signingName + ":" + operation.name() + " has no HTTP binding, restJson needs one");
      }
      routes.add(new Route(operation, http, new UriTemplate(http.uri())));
    }
    routes.sort((a, b) -> Integer.compare(b.template.weight(), a.template.weight()));
  }

  @Override
  public Call decode(WireRequest request) {
    for (Route route : routes) {
      if (route.http.method().equals(request.method())) {
        Optional<Map<String, String>> labels =
            route.template.match(request.rawPath(), request.query());
        if (labels.isPresent()) {
          return call(route, labels.get(), request);
        }
      }
    }
    throw AwsException.badRequest(
        "UnknownOperationException",
        "The simulator does not support the operation "
            + published(request)
                .map(name -> "'" + name + "' of " + signingName)
                .orElseGet(() -> "of " + signingName)
            + " at "
            + request.method()
            + " "
            + request.rawPath()
            + ".");
  }

  /** The name of the operation that AWS has at this place. */
  private Optional<String> published(WireRequest request) {
    return ServiceModel.find(serviceId).stream()
        .flatMap(model -> model.operations().values().stream())
        .filter(operation -> operation.httpMethod().equals(request.method()))
        .filter(
            operation ->
                new UriTemplate(operation.requestUri())
                    .match(request.rawPath(), request.query())
                    .isPresent())
        .max(Comparator.comparingInt(operation -> new UriTemplate(operation.requestUri()).weight()))
        .map(ModelOperation::name);
  }

  private static Call call(Route route, Map<String, String> labels, WireRequest request) {
    boolean blob = route.operation.rawBody();
    ObjectNode input = blob ? Json.object() : JsonErrors.structure(request.body());
    for (Map.Entry<String, String> parameter : request.query()) {
      String name = parameter.getKey();
      if (name.toLowerCase(Locale.ROOT).startsWith("x-amz-") || route.template.fixes(name)) {
        continue;
      }
      String member = route.http.query().get(name);
      if (member != null && member.contains("/")) {
        int slash = member.indexOf('/');
        input
            .withObject("/" + member.substring(0, slash))
            .put(member.substring(slash + 1), parameter.getValue());
      } else {
        add(input, member == null ? name : member, parameter.getValue());
      }
    }
    route
        .http
        .headers()
        .forEach(
            (header, member) ->
                request.header(header).ifPresent(value -> input.put(member, value)));
    labels.forEach(input::put);
    return new Call(route.operation, input, blob ? request.body() : new byte[0]);
  }

  private static void add(ObjectNode input, String member, String value) {
    switch (input.get(member)) {
      case ArrayNode list -> list.add(value);
      case LooseText first -> input.set(member, Json.array().add(first.textValue()).add(value));
      case null, default -> input.set(member, new LooseText(value));
    }
  }

  @Override
  public WireResponse encode(Call call, Output output, String requestId) {
    HttpBinding http = call.operation().http();
    int bound = http == null ? 200 : http.status();
    int status = output.status() == 0 ? bound : output.status();
    var headers = new ArrayList<Map.Entry<String, String>>();
    byte[] raw = output.raw();
    boolean typed = output.headers().keySet().stream().anyMatch("Content-Type"::equalsIgnoreCase);
    if (!typed && status != 204) {
      headers.add(Map.entry("Content-Type", CONTENT_TYPE));
    }
    headers.add(Map.entry("x-amzn-RequestId", requestId));
    output.headers().forEach((name, value) -> headers.add(Map.entry(name, value)));
    byte[] body = raw != null ? raw : Json.writeBytes(output.json());
    return new WireResponse(status, List.copyOf(headers), status == 204 ? new byte[0] : body);
  }

  @Override
  public WireResponse error(AwsException error, String requestId) {
    return JsonErrors.error(error, requestId, CONTENT_TYPE, false);
  }

  private record Route(Operation operation, HttpBinding http, UriTemplate template) {}
}
