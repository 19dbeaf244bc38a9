// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.events.AuthRequest;
import dev.syncline.sim.events.Credentials;
import dev.syncline.sim.events.Refusal;
import dev.syncline.sim.graphql.subscription.ArgumentFilter;
import dev.syncline.sim.graphql.subscription.EnhancedFilter;
import dev.syncline.sim.graphql.subscription.InvalidFilterException;
import dev.syncline.sim.graphql.subscription.RealtimeError;
import dev.syncline.sim.graphql.subscription.StartRequest;
import dev.syncline.sim.graphql.subscription.SubscriptionTerms;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.services.appsync.graphql.GraphqlApiRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Accepts the key {@code good}. A document is the name of its field; its variables are the
 * arguments, except {@code invalidation}, the filter that ends it. The mutation {@code createX}
 * triggers every field.
 */
final class FakeGate implements GraphqlGate {
  private final GraphqlApiRecord api;
  final AtomicInteger projections = new AtomicInteger();
  boolean deleted;
  final List<String> signedPaths = new ArrayList<>();

  FakeGate(GraphqlApiRecord api) {
    this.api = api;
  }

  @Override
  public Optional<GraphqlApiRecord> find(
      HttpRequest upgrade, String namedHost, Credentials credentials) {
    String host = namedHost.isEmpty() ? upgrade.hostName() : namedHost;
    return host.equals(api.httpHost()) || host.equals(api.realtimeHost())
        ? Optional.of(api)
        : Optional.empty();
  }

  @Override
  public boolean exists(String apiId) {
    return !deleted;
  }

  @Override
  public Optional<Refusal> connect(
      GraphqlApiRecord asked, Credentials credentials, AuthRequest.Caller caller) {
    signedPaths.add(caller.path());
    return credentials instanceof Credentials.Key key && key.value().equals("good")
        ? Optional.empty()
        : Optional.of(Refusal.unauthorized("the key is not good"));
  }

  @Override
  public GraphqlStart start(String apiId, StartRequest request, AuthRequest.Caller caller) {
    signedPaths.add(caller.path());
    if (!request.authorization().path("x-api-key").asText().equals("good")) {
      return new GraphqlStart.Refused(RealtimeError.unauthorized());
    }
    Map<String, JsonNode> arguments = new HashMap<>();
    request.variables().properties().forEach(e -> arguments.put(e.getKey(), e.getValue()));
    JsonNode invalidation = arguments.remove("invalidation");
    try {
      var terms =
          new SubscriptionTerms(
              request.query(),
              List.of("createX"),
              request.query(),
              request.variables(),
              null,
              "access",
              new ArgumentFilter(arguments),
              invalidation == null ? null : EnhancedFilter.parse(invalidation).orElse(null));
      return new GraphqlStart.Accepted(terms, payload -> shown(request.query(), payload));
    } catch (InvalidFilterException invalid) {
      return new GraphqlStart.Refused(invalid.error());
    }
  }

  private ObjectNode shown(String field, JsonNode payload) {
    projections.incrementAndGet();
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    shown.putObject("data").set(field, payload);
    return shown;
  }
}
