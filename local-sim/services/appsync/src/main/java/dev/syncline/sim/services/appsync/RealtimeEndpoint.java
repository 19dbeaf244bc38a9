// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.syncline.sim.events.AuthDecision;
import dev.syncline.sim.events.AuthRequest;
import dev.syncline.sim.events.Authorizer;
import dev.syncline.sim.events.ConnectionProtocol;
import dev.syncline.sim.events.Credentials;
import dev.syncline.sim.events.Frames;
import dev.syncline.sim.events.PublishRules;
import dev.syncline.sim.events.Refusal;
import dev.syncline.sim.kernel.Fault;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.service.http.Access;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.service.http.WebSocketEndpoint;
import dev.syncline.sim.service.http.WebSocketListener;
import dev.syncline.sim.service.http.WebSocketPeer;
import dev.syncline.sim.services.appsync.common.ApiHosts;
import dev.syncline.sim.services.appsync.common.Callers;
import dev.syncline.sim.services.appsync.common.DataPath;
import dev.syncline.sim.services.appsync.realtime.DeafListener;
import dev.syncline.sim.services.appsync.realtime.UpgradeCredentials;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /event/realtime}. The upgrade succeeds with any credentials. A refused client gets a
 * {@code connection_error} frame, and the connection closes normally after it, as clients of
 * AppSync expect. Thread-safe.
 */
record RealtimeEndpoint(Ids ids, ApiFinder finder, PublishRules rules, RealtimeParts parts)
    implements WebSocketEndpoint {
  private static final String PROTOCOL = "aws-appsync-event-ws";
  private static final Credentials NOTHING = new Credentials.None();

  @Override
  public boolean claims(HttpRequest upgrade) {
    return DataPath.of(upgrade.rawPath()).path().equals(DataPath.REALTIME);
  }

  /** As for publishing: web pages of every site, with a credential. */
  @Override
  public Access access(HttpRequest upgrade) {
    return Access.WEB_PAGES;
  }

  @Override
  public int maxMessageBytes() {
    return parts.limits().frameBytes();
  }

  @Override
  public Optional<String> subprotocol(HttpRequest upgrade) {
    return UpgradeCredentials.offered(upgrade.headers()).stream()
        .filter(PROTOCOL::equals)
        .findFirst();
  }

  @Override
  public WebSocketListener open(HttpRequest upgrade, WebSocketPeer peer) {
    return admit(upgrade, peer);
  }

  private WebSocketListener admit(HttpRequest upgrade, WebSocketPeer peer) {
    var shown = UpgradeCredentials.of(upgrade.headers());
    Optional<LiveApi> api = finder.find(upgrade, shown.host(), shown.credentials());
    if (!shown.readable()) {
      return refuse(
          upgrade,
          peer,
          api,
          Refusal.badRequest("The header- subprotocol does not hold a JSON object in base64"));
    }
    if (api.isEmpty()) {
      return refuse(upgrade, peer, api, ApiFinder.notFound(upgrade, shown.host()));
    }
    if (!mayName(api.get(), upgrade, shown.host())) {
      return refuse(
          upgrade,
          peer,
          api,
          new Refusal(
              401,
              "UnauthorizedException",
              "You are not authorized to make this call.",
              "the credentials name the host '" + shown.host() + "', which is not the API's"));
    }
    Optional<Refusal> tooMany = api.get().tooManyConnections(parts.clock().now());
    if (tooMany.isPresent()) {
      return refuse(upgrade, peer, api, tooMany.get());
    }
    var asked = ConnectionProtocol.connecting(shown.credentials(), Callers.of(upgrade));
    AuthDecision who =
        Authorizer.authenticate(api.get().config(), asked, parts.verifier(), parts.clock().now());
    if (Authorizer.connect(api.get().config(), who) instanceof Refusal refusal) {
      return refuse(upgrade, peer, api, shown.carried() ? refusal : refusal.withoutMessage());
    }
    Optional<Fault> fault =
        parts.faults().strike(EventsFaults.CONNECT, Map.of("api", api.get().id()));
    return fault.isEmpty()
        ? connect(upgrade, peer, api.get())
        : connect(upgrade, peer, api.get(), fault.get());
  }

  @Override
  public Optional<HttpResponse> refusal(HttpRequest upgrade) {
    return parts
        .faults()
        .strike(EventsFaults.HANDSHAKE, Map.of("host", upgrade.hostName()))
        .map(fault -> (Fault.Refuse) fault)
        .map(
            refuse ->
                HttpResponse.json(
                    refuse.status(),
                    JsonNodeFactory.instance
                        .objectNode()
                        .put("message", refuse.message())
                        .toString()));
  }

  private RealtimeConnection connect(HttpRequest upgrade, WebSocketPeer peer, LiveApi api) {
    AuthRequest.Caller caller = Callers.ofConnection(upgrade);
    // Kept only if a setting needs it, because there may be many connections.
    Credentials opened =
        parts.limits().behaviour().connectionStandsIn()
            ? UpgradeCredentials.of(upgrade.headers()).credentials()
            : NOTHING;
    var protocol = new ConnectionProtocol(api::config, parts.limits(), rules, caller, opened);
    var connection =
        new RealtimeConnection(ids.lowerAlphanumeric(16), api, peer, protocol, parts, caller);
    connection.open(upgrade.remoteAddress());
    return connection;
  }

  private WebSocketListener connect(
      HttpRequest upgrade, WebSocketPeer peer, LiveApi api, Fault fault) {
    switch (fault) {
      case Fault.Refuse refuse -> {
        return refuse(upgrade, peer, Optional.of(api), PublishGate.refusal(refuse));
      }
      case Fault.Delay delay -> {
        parts.clock().pause(delay.delay());
        return connect(upgrade, peer, api);
      }
      default -> {
        RealtimeConnection connection = connect(upgrade, peer, api);
        connection.end(fault);
        return connection;
      }
    }
  }

  private WebSocketListener refuse(
      HttpRequest upgrade, WebSocketPeer peer, Optional<LiveApi> api, Refusal refusal) {
    parts.record(
        new AppSyncJournal.ConnectionRefused(
            api.map(LiveApi::id).orElse(""), upgrade.remoteAddress(), refusal));
    peer.sendText(Frames.connectionError(refusal));
    peer.close(parts.limits().behaviour().refusedCloseCode(), "");
    return new DeafListener();
  }

  /** A client that reaches the simulator by another address may also name that address. */
  private static boolean mayName(LiveApi api, HttpRequest upgrade, String host) {
    return host.isEmpty()
        || api.hasHost(host)
        || host.equals(upgrade.hostName())
        || ApiHosts.isLoopback(host);
  }
}
