// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.port;

import dev.syncline.sim.aws.protocol.Call;
import dev.syncline.sim.aws.protocol.Codec;
import dev.syncline.sim.aws.protocol.PlainErrors;
import dev.syncline.sim.aws.protocol.ServiceFinder;
import dev.syncline.sim.aws.protocol.WireRequest;
import dev.syncline.sim.aws.protocol.WireResponse;
import dev.syncline.sim.aws.service.AwsException;
import dev.syncline.sim.aws.service.AwsService;
import dev.syncline.sim.aws.service.CallContext;
import dev.syncline.sim.aws.service.Dispatcher;
import dev.syncline.sim.aws.service.Output;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * From a request to its answer, without sockets, so that callers in process take the same way as
 * those on the port. Endpoints are asked first, in order of registration; what none claims is an
 * AWS API call.
 *
 * <p>Thread-safe. Nothing that a handler throws comes out: an {@link AwsException} becomes the
 * error it stands for, anything else a 500 with the request id and an entry in the journal.
 */
public final class Router {
  private final Dispatcher dispatcher;
  private final Journal journal;
  private final Ids ids;
  private final String account;
  private final String region;
  private final ServiceFinder finder;
  private final Pattern dataPlaneHost;
  private final List<HttpEndpoint> endpoints = new CopyOnWriteArrayList<>();
  private final List<WebSocketEndpoint> webSockets = new CopyOnWriteArrayList<>();
  private final Map<String, Optional<Codec>> codecs = new ConcurrentHashMap<>();

  /**
   * A router without endpoints.
   *
   * @param account 12 digits, given to every call
   * @param region the region served; requests signed for another are refused, saying so
   */
  public Router(Dispatcher dispatcher, Journal journal, Ids ids, String account, String region) {
    this.dispatcher = dispatcher;
    this.journal = journal;
    this.ids = ids;
    this.account = account;
    this.region = region;
    this.finder = new ServiceFinder(dispatcher::services, region);
    String quoted = Pattern.quote(region);
    this.dataPlaneHost =
        Pattern.compile(
            "[^.]+\\.(appsync-api|appsync-realtime-api|execute-api)\\."
                + quoted
                + "\\.amazonaws\\.com|(.+\\.)?s3(\\."
                + quoted
                + ")?\\.amazonaws\\.com");
  }

  /** Adds an endpoint after those already there. */
  public Router add(HttpEndpoint endpoint) {
    endpoints.add(endpoint);
    return this;
  }

  /** Adds a WebSocket endpoint after those already there. */
  public Router add(WebSocketEndpoint endpoint) {
    webSockets.add(endpoint);
    return this;
  }

  /** The first endpoint that takes the upgrade request. */
  public Optional<WebSocketEndpoint> webSocket(HttpRequest upgrade) {
    return webSockets.stream().filter(endpoint -> endpoint.claims(upgrade)).findFirst();
  }

  /**
   * Whether the host, without its port, is one that AWS would serve and this simulator serves in
   * its place: an API's data plane or a registered service, in this region.
   */
  public boolean servesHost(String hostName) {
    String lower = hostName.toLowerCase(java.util.Locale.ROOT);
    return dataPlaneHost.matcher(lower).matches() || finder.servesHost(lower);
  }

  /**
   * Answers on the calling thread; call it inside {@link dev.syncline.sim.kernel.SimClock#call}.
   */
  public HttpResponse answer(HttpRequest request) {
    String requestId = ids.uuid().toString();
    try {
      for (HttpEndpoint endpoint : endpoints) {
        if (endpoint.claims(request)) {
          return endpoint.answer(request);
        }
      }
      WireRequest wire = wire(request);
      AwsService service =
          finder.find(wire, request.hostName()).orElseThrow(() -> notUnderstood(request));
      return api(service, wire, request, requestId);
    } catch (Throwable failure) {
      String where = request.method() + " " + request.rawPath();
      AwsException error = asAwsException(where, failure, requestId);
      return http(PlainErrors.of(wire(request), error, requestId));
    }
  }

  private HttpResponse api(
      AwsService service, WireRequest wire, HttpRequest request, String requestId) {
    String name = service.signingName();
    boolean targeted = wire.header("x-amz-target").isPresent();
    Optional<Codec> found =
        codecs.computeIfAbsent(
            targeted ? name : name + " untargeted", unused -> Codec.of(service, targeted));
    if (found.isEmpty()) {
      throw notUnderstood(request);
    }
    Codec codec = found.get();
    String operation = "";
    try {
      Call call = codec.decode(wire);
      operation = call.operation().name();
      var context =
          new CallContext(
              account, region, requestId, request.headers().first("host").orElse(""), call.body());
      Output output = dispatcher.call(name, operation, call.input(), context);
      WireResponse answer = codec.encode(call, output, requestId);
      journal.record(new PortEvents.ApiCall(name, operation, answer.status(), "", requestId));
      return http(answer);
    } catch (Throwable failure) {
      AwsException error = asAwsException(name + ":" + operation, failure, requestId);
      journal.record(
          new PortEvents.ApiCall(name, operation, error.status(), error.code(), requestId));
      return http(codec.error(error, requestId));
    }
  }

  private AwsException asAwsException(String where, Throwable failure, String requestId) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof AwsException expected) {
      return expected;
    }
    journal.record(PortEvents.HandlerFailed.of(where, cause, requestId));
    return new AwsException(
        "InternalFailure",
        500,
        "The simulator failed at "
            + where
            + " (request "
            + requestId
            + "): "
            + cause
            + ". This is a defect; its journal has the trace.");
  }

  private static AwsException notUnderstood(HttpRequest request) {
    return new AwsException(
        "UnknownOperationException",
        request.headers().first("authorization").isPresent() ? 400 : 404,
        "Nothing here answers "
            + request.method()
            + " "
            + request.rawPath()
            + " at host '"
            + request.hostName()
            + "': it is no endpoint of a deployed API, and neither signature, X-Amz-Target, host"
            + " name nor Action names a service that the simulator supports.");
  }

  private static WireRequest wire(HttpRequest request) {
    return new WireRequest(
        request.method(),
        request.rawPath(),
        request.query(),
        request.headers().entries(),
        request.body());
  }

  private static HttpResponse http(WireResponse response) {
    return new HttpResponse(response.status(), new Headers(response.headers()), response.body());
  }
}
