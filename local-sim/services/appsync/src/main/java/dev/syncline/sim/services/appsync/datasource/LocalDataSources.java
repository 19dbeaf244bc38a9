// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.datasource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.services.appsync.auth.FunctionCall;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Data sources within this process: functions, event buses, and HTTP to the hosts that the
 * simulator serves. Any other host is refused by name, so that a test never uses the network by
 * mistake. Request forms: the Event API guide's pages of each data source. Thread-safe.
 *
 * @param served whether this process answers at an address
 * @param answer answers such a request on the calling thread
 */
public record LocalDataSources(
    FunctionCall functions,
    Dispatcher dispatcher,
    Supplier<CallContext> context,
    Predicate<URI> served,
    Function<HttpRequest, HttpResponse> answer)
    implements DataSourceCalls {
  @Override
  public Result call(DataSource source, JsonNode request) {
    if (!request.isObject()) {
      return Result.failed("BadRequest", "the request function must return an object");
    }
    return switch (source.type()) {
      case NONE -> Result.of(request.path("payload"));
      case AWS_LAMBDA -> lambda(source, request);
      case AMAZON_EVENTBRIDGE -> eventBridge(source, request);
      case HTTP -> http(source, request);
      case AMAZON_DYNAMODB,
          RELATIONAL_DATABASE,
          AMAZON_OPENSEARCH_SERVICE,
          AMAZON_ELASTICSEARCH,
          AMAZON_BEDROCK_RUNTIME ->
          Result.failed(
              "NotImplemented",
              "The simulator does not support data sources of type "
                  + source.type()
                  + " in handlers of Event APIs");
    };
  }

  @Override
  public Result invoke(DataSource source, ObjectNode payload, boolean wait) {
    return invokeWith(source, payload, wait);
  }

  private Result lambda(DataSource source, JsonNode request) {
    String operation = request.path("operation").asText("Invoke");
    if (!operation.equals("Invoke")) {
      return Result.failed(
          "BadRequest", "the operation of a Lambda data source is Invoke, not " + operation);
    }
    String type = request.path("invocationType").asText("RequestResponse");
    return switch (type) {
      case "RequestResponse" -> invokeWith(source, request.path("payload"), true);
      case "Event" -> invokeWith(source, request.path("payload"), false);
      default ->
          Result.failed(
              "BadRequest", "invocationType is RequestResponse or Event, not '" + type + "'");
    };
  }

  private Result invokeWith(DataSource source, JsonNode payload, boolean wait) {
    String function = source.functionArn();
    CallContext own = context.get();
    if (!AppSyncPrincipal.mayAssume(dispatcher, source, own)) {
      return Result.failed("Lambda:UnauthorizedException", notAssumable(source));
    }
    CallPrincipal caller = source.caller(own.account());
    FunctionCall.Answer answered =
        wait
            ? functions.call(function, payload, caller)
            : functions.send(function, payload, caller);
    JsonNode value = parsed(answered.payload());
    String error = answered.error();
    if (error == null) {
      return Result.of(wait ? value : NullNode.instance);
    }
    return value.hasNonNull("errorMessage")
        ? Result.failed(
            "Lambda:" + value.path("errorType").asText("Unhandled"),
            value.path("errorMessage").asText())
        : Result.failed("Lambda:Unhandled", error);
  }

  private Result eventBridge(DataSource source, JsonNode request) {
    String operation = request.path("operation").asText();
    if (!operation.equals("PutEvents")) {
      return Result.failed(
          "BadRequest",
          "the operation of an EventBridge data source is PutEvents, not '" + operation + "'");
    }
    ObjectNode input = EventEntries.of(request.path("events"), source.setting("eventBusArn"));
    CallContext own = context.get();
    if (!AppSyncPrincipal.mayAssume(dispatcher, source, own)) {
      return Result.failed("EventBridge:UnauthorizedException", notAssumable(source));
    }
    try {
      CallContext call = own.as(source.caller(own.account()));
      return Result.of(dispatcher.call("events", "PutEvents", input, call).json());
    } catch (AwsException refused) {
      return Result.failed("EventBridge:" + refused.code(), refused.text());
    }
  }

  private static String notAssumable(DataSource source) {
    return "Unable to assume role " + source.role() + ".";
  }

  private Result http(DataSource source, JsonNode request) {
    URI endpoint = URI.create(source.setting("endpoint"));
    if (!served.test(endpoint)) {
      return Result.failed(
          "HttpDataSource",
          "The simulator does not call the host '"
              + endpoint.getHost()
              + "': HTTP data sources reach the hosts of simulated services only");
    }
    JsonNode params = request.path("params");
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    headers.add(Map.entry("host", endpoint.getAuthority()));
    for (Map.Entry<String, JsonNode> header : params.path("headers").properties()) {
      headers.add(Map.entry(header.getKey().toLowerCase(Locale.ROOT), header.getValue().asText()));
    }
    JsonNode body = params.path("body");
    byte[] bytes =
        (body.isTextual() ? body.textValue() : body.isMissingNode() ? "" : body.toString())
            .getBytes(StandardCharsets.UTF_8);
    HttpResponse response =
        answer.apply(
            new HttpRequest(
                request.path("method").asText("GET").toUpperCase(Locale.ROOT),
                request.path("resourcePath").asText("/"),
                query(params.path("query")),
                new Headers(headers),
                bytes,
                "127.0.0.1",
                "https".equals(endpoint.getScheme())));
    ObjectNode result = Json.object().put("statusCode", response.status());
    ObjectNode answered = result.putObject("headers");
    response.headers().byName().forEach(answered::put);
    result.put("body", new String(response.body(), StandardCharsets.UTF_8));
    return Result.of(result);
  }

  private static String query(JsonNode query) {
    List<String> pairs = new ArrayList<>();
    for (Map.Entry<String, JsonNode> pair : query.properties()) {
      pairs.add(encoded(pair.getKey()) + "=" + encoded(pair.getValue().asText()));
    }
    return String.join("&", pairs);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** A response that is not JSON becomes a text, as a function may return one. */
  private static JsonNode parsed(byte[] payload) {
    if (payload.length == 0) {
      return NullNode.instance;
    }
    try {
      return Json.MAPPER.readTree(payload);
    } catch (JsonProcessingException text) {
      return Json.MAPPER.getNodeFactory().textNode(new String(payload, StandardCharsets.UTF_8));
    } catch (IOException impossible) {
      throw new java.io.UncheckedIOException(impossible);
    }
  }
}
