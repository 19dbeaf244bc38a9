// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.data;

import dev.syncline.sim.events.AuthRequest;
import dev.syncline.sim.events.Refusal;
import dev.syncline.sim.graphql.subscription.GraphqlFrames;
import dev.syncline.sim.graphql.subscription.RealtimeError;
import dev.syncline.sim.kernel.Fault;
import dev.syncline.sim.service.http.Access;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.WebSocketEndpoint;
import dev.syncline.sim.service.http.WebSocketListener;
import dev.syncline.sim.service.http.WebSocketPeer;
import dev.syncline.sim.services.appsync.common.Callers;
import dev.syncline.sim.services.appsync.common.DataPath;
import dev.syncline.sim.services.appsync.graphql.GraphqlApiRecord;
import dev.syncline.sim.services.appsync.realtime.DeafListener;
import dev.syncline.sim.services.appsync.realtime.UpgradeCredentials;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /graphql}, as at AWS's realtime hosts, and {@code /graphql/realtime}, as clients derive it
 * from the URL of an API at another host. The upgrade succeeds with any credentials and any
 * subprotocols. A refused client gets a {@code connection_error} frame, and the connection closes
 * normally after it. Thread-safe.
 */
record GraphqlRealtimeEndpoint(GraphqlRealtimeParts parts, GraphqlSubscriptions subscriptions)
    implements WebSocketEndpoint {
  private static final String PROTOCOL = "graphql-ws";

  @Override
  public boolean claims(HttpRequest upgrade) {
    String path = DataPath.of(upgrade.rawPath()).path();
    return path.equals(DataPath.GRAPHQL) || path.equals(DataPath.GRAPHQL_REALTIME);
  }

  /** As for queries: web pages of every site, with a credential. */
  @Override
  public Access access(HttpRequest upgrade) {
    return Access.WEB_PAGES;
  }

  @Override
  public int maxMessageBytes() {
    return parts.timing().frameBytes();
  }

  /** None is selected for a client that does not offer it: it then gets an error frame. */
  @Override
  public Optional<String> subprotocol(HttpRequest upgrade) {
    return Optional.of(offers(upgrade) ? PROTOCOL : "");
  }

  private static boolean offers(HttpRequest upgrade) {
    return UpgradeCredentials.offered(upgrade.headers()).contains(PROTOCOL);
  }

  @Override
  public WebSocketListener open(HttpRequest upgrade, WebSocketPeer peer) {
    if (!offers(upgrade)) {
      return refuse(
          upgrade,
          peer,
          "",
          RealtimeError.coded(null, "SubProtocolNotSupportedError"),
          "the client does not offer the subprotocol " + PROTOCOL);
    }
    var shown = UpgradeCredentials.withQuery(upgrade);
    if (!shown.readable()) {
      String message = "The credentials do not hold a JSON object of headers in base64";
      return refuse(
          upgrade, peer, "", RealtimeError.coded("BadRequestException", message), message);
    }
    Optional<GraphqlApiRecord> api = parts.gate().find(upgrade, shown.host(), shown.credentials());
    if (api.isEmpty()) {
      return refuse(
          upgrade,
          peer,
          "",
          unauthorized(),
          "port, path, host and credentials name no GraphQL API");
    }
    LiveGraphqlApi live = subscriptions.live(api.get().apiId());
    if (!live.mayConnect(parts.clock().now())) {
      return refuse(
          upgrade,
          peer,
          live.id(),
          RealtimeError.coded("LimitExceededError", "Rate limit exceeded"),
          "too many connections in a second");
    }
    Optional<Refusal> refusal =
        parts.gate().connect(api.get(), shown.credentials(), signing(upgrade, "/connect"));
    if (refusal.isPresent()) {
      return refuse(upgrade, peer, live.id(), unauthorized(), refusal.get().reason());
    }
    return parts
        .faults()
        .strike(GraphqlRealtimeFaults.CONNECT, Map.of("api", live.id()))
        .<WebSocketListener>map(fault -> connect(upgrade, peer, live, fault))
        .orElseGet(() -> connect(upgrade, peer, live));
  }

  /** AppSync sends the same text for every credential that it refuses here. */
  private static RealtimeError unauthorized() {
    RealtimeError error = RealtimeError.unauthorized();
    return RealtimeError.coded(error.errorType(), error.message());
  }

  private GraphqlConnection connect(HttpRequest upgrade, WebSocketPeer peer, LiveGraphqlApi api) {
    var connection =
        new GraphqlConnection(
            parts.ids().lowerAlphanumeric(16), api, peer, parts, signing(upgrade, ""));
    connection.open(upgrade.remoteAddress());
    if (!parts.gate().exists(api.id())) {
      // It was deleted after it was found, perhaps before this connection was registered.
      subscriptions.forget(api.id());
    }
    return connection;
  }

  private WebSocketListener connect(
      HttpRequest upgrade, WebSocketPeer peer, LiveGraphqlApi api, Fault fault) {
    switch (fault) {
      case Fault.Refuse refuse -> {
        return refuse(
            upgrade,
            peer,
            api.id(),
            new RealtimeError(refuse.errorType(), refuse.message(), refuse.status()),
            "a planned fault");
      }
      case Fault.Delay delay -> {
        parts.clock().pause(delay.delay());
        return connect(upgrade, peer, api);
      }
      default -> {
        GraphqlConnection connection = connect(upgrade, peer, api);
        connection.end(fault);
        return connection;
      }
    }
  }

  private WebSocketListener refuse(
      HttpRequest upgrade, WebSocketPeer peer, String apiId, RealtimeError error, String reason) {
    String type = error.errorType();
    parts.record(
        new GraphqlRealtimeJournal.GraphqlConnectionRefused(
            apiId, upgrade.remoteAddress(), type == null ? error.message() : type, reason));
    if (!apiId.isEmpty()) {
      parts.metrics().count(apiId, parts.clock().now(), "ConnectClientError", 1);
    }
    peer.sendText(GraphqlFrames.connectionError(error));
    peer.close(parts.timing().behaviour().refusedCloseCode(), "");
    return new DeafListener();
  }

  /** The caller with the path that clients sign: that of HTTP requests with a suffix. */
  private static AuthRequest.Caller signing(HttpRequest upgrade, String suffix) {
    String path = upgrade.rawPath();
    int end = path.indexOf(DataPath.GRAPHQL) + DataPath.GRAPHQL.length();
    return new SigningCaller(Callers.ofConnection(upgrade), path.substring(0, end) + suffix);
  }

  private record SigningCaller(AuthRequest.Caller caller, String path)
      implements AuthRequest.Caller {
    @Override
    public String sourceIp() {
      return caller.sourceIp();
    }

    @Override
    public Map<String, String> headers() {
      return caller.headers();
    }

    @Override
    public Map<String, List<String>> repeated() {
      return caller.repeated();
    }
  }
}
