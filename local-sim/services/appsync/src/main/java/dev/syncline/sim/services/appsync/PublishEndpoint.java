// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.events.AuthRequest;
import dev.syncline.sim.events.Credentials;
import dev.syncline.sim.events.EventChannel;
import dev.syncline.sim.events.EventOperation;
import dev.syncline.sim.events.InvalidEventChannelException;
import dev.syncline.sim.events.JsonText;
import dev.syncline.sim.events.Publication;
import dev.syncline.sim.events.PublishRules;
import dev.syncline.sim.events.Publishing;
import dev.syncline.sim.events.Refusal;
import dev.syncline.sim.events.Transport;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.http.Access;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.services.appsync.common.ApiHosts;
import dev.syncline.sim.services.appsync.common.Callers;
import dev.syncline.sim.services.appsync.common.DataPath;
import dev.syncline.sim.services.appsync.common.WebPages;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** {@code POST /event}: publishing over HTTP, and browsers' preflights. Thread-safe. */
record PublishEndpoint(
    SimClock clock,
    Ids ids,
    Journal journal,
    ApiFinder finder,
    PublishRules rules,
    PublishGate gate)
    implements HttpEndpoint {
  private static final int CHANNEL_SHOWN = 256;

  @Override
  public boolean claims(HttpRequest request) {
    DataPath path = DataPath.of(request.rawPath());
    if (path.id().isPresent() || ApiHosts.isApi(request.hostName())) {
      return true;
    }
    return path.path().equals(DataPath.PUBLISH)
        && ApiHosts.isLoopback(request.hostName())
        && WebPages.hasKey(request);
  }

  /** An Event API allows web pages of every site; a page must send a credential. */
  @Override
  public Access access(HttpRequest request) {
    return Access.WEB_PAGES;
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    String path = DataPath.of(request.rawPath()).path();
    if (request.method().equals("OPTIONS")) {
      return WebPages.preflight(request, common(1), "POST, OPTIONS");
    }
    if (path.equals(DataPath.REALTIME)) {
      return refused(Refusal.badRequest("This path takes WebSocket upgrades only"));
    }
    if (!path.equals(DataPath.PUBLISH)) {
      String message = "An Event API has no path " + path + ", only " + DataPath.PUBLISH;
      return refused(new Refusal(404, "NotFoundException", message, message));
    }
    if (!request.method().equals("POST")) {
      String message = request.method() + " is not supported, only POST";
      HttpResponse refused = refused(new Refusal(405, "BadRequestException", message, message));
      return new HttpResponse(
          refused.status(), refused.headers().with("Allow", "POST, OPTIONS"), refused.body());
    }
    return publish(request);
  }

  private HttpResponse publish(HttpRequest request) {
    Credentials credentials = Credentials.of(request.headers().byName());
    Optional<LiveApi> found = finder.find(request, "", credentials);
    if (found.isEmpty()) {
      return refused("", "", ApiFinder.notFound(request, ""));
    }
    LiveApi api = found.get();
    JsonNode body =
        JsonText.object(request.body())
            .<JsonNode>map(object -> object)
            .orElseGet(JsonNodeFactory.instance::missingNode);
    AuthRequest.Caller caller = Callers.of(request);
    var publishing = new Publishing(rules, api::config, Transport.HTTP, body);
    var steps =
        publishing.begin(
            credentials, () -> toVerify(credentials, caller, request, body), clock.now());
    return switch (gate.carryOut(api, caller, publishing, steps, decision -> {})) {
      case Refusal refusal -> refused(api.id(), body.path("channel").asText(), refusal);
      case Publication publication ->
          answer(200, publication.reply(), tokens(request.body().length));
    };
  }

  private static AuthRequest toVerify(
      Credentials credentials, AuthRequest.Caller caller, HttpRequest request, JsonNode body) {
    return new AuthRequest(
        EventOperation.PUBLISH,
        credentials,
        caller,
        channel(body),
        List.of(new String(request.body(), StandardCharsets.UTF_8)));
  }

  /** An invalid channel is passed on unchanged: the credential is verified first. */
  private static String channel(JsonNode body) {
    String text = body.path("channel").asText();
    try {
      return EventChannel.parse(text).path();
    } catch (InvalidEventChannelException invalid) {
      return text;
    }
  }

  private HttpResponse refused(String apiId, String channel, Refusal refusal) {
    String shown =
        channel.length() <= CHANNEL_SHOWN ? channel : channel.substring(0, CHANNEL_SHOWN);
    journal.record(new AppSyncJournal.Refused(shown, apiId, "publish", Transport.HTTP, refusal));
    return refused(refusal);
  }

  private HttpResponse refused(Refusal refusal) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode error = body.putArray("errors").addObject().put("errorType", refusal.errorType());
    Json.putIfPresent(error, "message", refusal.message());
    HttpResponse response = answer(refusal.status(), body, 1);
    return new HttpResponse(
        response.status(),
        response.headers().with("x-amzn-ErrorType", refusal.errorType()),
        response.body());
  }

  private HttpResponse answer(int status, ObjectNode body, int tokens) {
    return new HttpResponse(
        status,
        common(tokens).with("Content-Type", "application/json; charset=UTF-8"),
        Json.writeBytes(body));
  }

  private Headers common(int tokens) {
    return Headers.of(
        "x-amzn-RequestId",
        ids.uuid().toString(),
        "x-amzn-appsync-TokensConsumed",
        String.valueOf(tokens),
        "Access-Control-Allow-Origin",
        "*",
        "Access-Control-Expose-Headers",
        "x-amzn-RequestId, x-amzn-ErrorType, x-amzn-appsync-TokensConsumed");
  }

  private static int tokens(int bytes) {
    return Math.ceilDiv(Math.max(1, bytes), LiveApi.METERED_BYTES);
  }
}
