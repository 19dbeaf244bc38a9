// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.port.codec.Call;
import dev.syncline.sim.port.codec.Codec;
import dev.syncline.sim.port.codec.PlainErrors;
import dev.syncline.sim.port.codec.ServiceFinder;
import dev.syncline.sim.port.codec.Signers;
import dev.syncline.sim.port.codec.WireRequest;
import dev.syncline.sim.port.codec.WireResponse;
import dev.syncline.sim.service.ApiCall;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.CallFacts;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.contract.AccessKeys;
import dev.syncline.sim.service.http.Access;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.service.http.WebSocketEndpoint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * Routes a request and returns its answer, without sockets, so that in-process callers and clients
 * of the port are served by the same code. Endpoints are tried first, in order of registration; a
 * request that none claims is an AWS API call.
 *
 * <p>Thread-safe. Exceptions of handlers are not passed on: an {@link AwsException} becomes its
 * error, any other exception becomes a 500 with the request id and an entry in the journal.
 */
public final class Router {
  private static final Pattern DATA_PLANE_OF_ANY_REGION =
      Pattern.compile(
          "[a-z0-9-]+\\.(appsync-api|appsync-realtime-api|execute-api)\\.[a-z0-9-]+"
              + "\\.amazonaws\\.com|([a-z0-9._-]+\\.)?s3([.-][a-z0-9-]+)?\\.amazonaws\\.com"
              + "|[a-z0-9]+\\.lambda-url\\.[a-z0-9-]+\\.on\\.aws"
              + "|[a-z0-9-]+\\.auth\\.[a-z0-9-]+\\.amazoncognito\\.com");

  private final Dispatcher dispatcher;
  private final Journal journal;
  private final Ids ids;
  private final String account;
  private final String region;
  private final ServiceFinder finder;
  private final Pattern dataPlaneHost;
  private final Guard guard;
  private volatile Signers signers = new Signers(id -> Optional.empty(), true);
  private final List<HttpEndpoint> endpoints = new CopyOnWriteArrayList<>();
  private final List<WebSocketEndpoint> webSockets = new CopyOnWriteArrayList<>();
  private final Map<String, Optional<Codec>> codecs = new ConcurrentHashMap<>();

  /** A router without endpoints, for programs of this machine and no web page. */
  public Router(Dispatcher dispatcher, Journal journal, Ids ids, String account, String region) {
    this(dispatcher, journal, ids, account, region, GuardSettings.DEFAULT);
  }

  /**
   * A router without endpoints.
   *
   * @param account 12 digits, given to every call
   * @param region the region served; requests signed for another region are refused with an error
   *     that names both
   * @param settings the allowed callers
   */
  public Router(
      Dispatcher dispatcher,
      Journal journal,
      Ids ids,
      String account,
      String region,
      GuardSettings settings) {
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
                + ")?\\.amazonaws\\.com|[a-z0-9]+\\.lambda-url\\."
                + quoted
                + "\\.on\\.aws|[a-z0-9-]+\\.auth\\."
                + quoted
                + "\\.amazoncognito\\.com");
    this.guard = new Guard(this::knowsHost, settings);
  }

  /**
   * Verifies signatures of these keys in the queries and forms of requests, and all of theirs where
   * permissions are enforced; without, of none.
   */
  public Router verifying(Signers known) {
    signers = known;
    return this;
  }

  /** As above; other keys may sign too. */
  public Router verifying(AccessKeys known) {
    return verifying(new Signers(known, true));
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

  /** The first endpoint that claims the upgrade request. */
  public Optional<WebSocketEndpoint> webSocket(HttpRequest upgrade) {
    return webSockets.stream().filter(endpoint -> endpoint.claims(upgrade)).findFirst();
  }

  /**
   * Whether the host, without its port, is an AWS host that this simulator serves: an API's data
   * plane or a registered service, in this region.
   */
  public boolean servesHost(String hostName) {
    String lower = hostName.toLowerCase(java.util.Locale.ROOT);
    return dataPlaneHost.matcher(lower).matches() || finder.servesHost(lower);
  }

  /** Whether the host is served here, or would be served by a simulator of another region. */
  private boolean knowsHost(String hostName) {
    return DATA_PLANE_OF_ANY_REGION.matcher(hostName).matches() || finder.knowsHost(hostName);
  }

  /** The answer that refuses a request; empty for an allowed one. Refusals are recorded. */
  Optional<HttpResponse> forbidden(
      HttpRequest request, Guard.Connection connection, Access access) {
    return guard.fault(request, connection, access).map(reason -> refuse(request, reason));
  }

  private HttpResponse refuse(HttpRequest request, String reason) {
    Headers headers = request.headers();
    journal.record(
        new PortEvents.Refused(
            request.method(),
            Guard.shown(request.rawPath()),
            Guard.shown(String.join(", ", headers.all("host"))),
            Guard.shown(String.join(", ", headers.all("origin"))),
            reason));
    return http(
        PlainErrors.of(
            WireRequest.of(request),
            new AwsException("AccessDeniedException", 403, reason),
            ids.uuid().toString()));
  }

  /**
   * Answers a request from outside, if the guard allows it. Runs on the calling thread; call it
   * inside {@link dev.syncline.sim.kernel.SimClock#call}.
   */
  public HttpResponse answer(HttpRequest request) {
    return answer(request, Guard.Connection.NONE);
  }

  /** As above, for a request that came by {@code connection}. */
  HttpResponse answer(HttpRequest request, Guard.Connection connection) {
    return orFailure(request, requestId -> guarded(request, connection, requestId));
  }

  /**
   * Answers a request of a task or a handler that runs in the simulator, which may set any header,
   * so endpoints for programs of this machine are refused. Otherwise as {@link #answer}.
   */
  public HttpResponse answerInside(HttpRequest request) {
    return orFailure(
        request,
        requestId -> {
          Optional<HttpEndpoint> endpoint = endpoint(request);
          return endpoint.isPresent() && endpoint.get().access(request) == Access.LOCAL_PROGRAMS
              ? refuse(request, Guard.notForFunctions(request))
              : carryOut(endpoint, request, requestId);
        });
  }

  private HttpResponse guarded(HttpRequest request, Guard.Connection connection, String requestId)
      throws Exception {
    Optional<String> foreignHost = guard.hostFault(request);
    if (foreignHost.isPresent()) {
      return refuse(request, foreignHost.get());
    }
    Optional<HttpEndpoint> endpoint = endpoint(request);
    Access access = endpoint.map(found -> found.access(request)).orElse(Access.PROGRAMS);
    Optional<Headers> opened = endpoint.isPresent() ? Optional.empty() : opened(request);
    if (opened.isPresent()) {
      return AllowedPages.with(
          orFailure(request, unused -> carryOut(endpoint, request, requestId)), opened.get());
    }
    Optional<HttpResponse> forbidden = forbidden(request, connection, access);
    if (forbidden.isPresent()) {
      return forbidden.get();
    }
    Optional<Origin> page =
        access == Access.WEB_PAGES ? Optional.empty() : guard.allowedOrigin(request);
    if (page.isEmpty()) {
      return carryOut(endpoint, request, requestId);
    }
    return AllowedPages.isPreflight(request)
        ? AllowedPages.preflight(request, page.get())
        : AllowedPages.readable(
            // A page may read an error too.
            orFailure(request, unused -> carryOut(endpoint, request, requestId)), page.get());
  }

  /** The headers for a page to which the service that is asked opens the request itself. */
  private Optional<Headers> opened(HttpRequest request) {
    if (request.headers().first("origin").isEmpty()) {
      return Optional.empty();
    }
    try {
      return finder
          .find(WireRequest.of(request), request.hostName())
          .flatMap(service -> service.pageRules().opened(request));
    } catch (AwsException forNoService) {
      return Optional.empty();
    }
  }

  private Optional<HttpEndpoint> endpoint(HttpRequest request) {
    return endpoints.stream()
        .filter(endpoint -> endpoint.claims(request))
        .filter(
            endpoint ->
                endpoint.access(request) != Access.LOCAL_PROGRAMS || guard.isForSimulator(request))
        .findFirst();
  }

  private HttpResponse carryOut(
      Optional<HttpEndpoint> endpoint, HttpRequest request, String requestId) throws Exception {
    if (endpoint.isPresent()) {
      return endpoint.get().answer(request);
    }
    WireRequest wire = WireRequest.of(request);
    AwsService service =
        finder.find(wire, request.hostName()).orElseThrow(() -> notUnderstood(request));
    return api(service, wire, request, requestId);
  }

  private interface Handling {
    HttpResponse answer(String requestId) throws Exception;
  }

  private HttpResponse orFailure(HttpRequest request, Handling handling) {
    String requestId = ids.uuid().toString();
    try {
      return handling.answer(requestId);
    } catch (Throwable failure) {
      String where = request.method() + " " + request.rawPath();
      AwsException error = asAwsException(where, failure, requestId);
      return http(PlainErrors.of(WireRequest.of(request), error, requestId));
    }
  }

  private HttpResponse api(AwsService service, WireRequest wire, HttpRequest request, String uuid) {
    String name = service.id();
    boolean targeted =
        service
            .protocol()
            .meansJson(
                wire.header("x-amz-target").isPresent(), wire.header("content-type").orElse(""));
    Optional<Codec> found =
        codecs.computeIfAbsent(
            targeted ? name : name + " untargeted", unused -> Codec.of(service, targeted));
    if (found.isEmpty()) {
      throw notUnderstood(request);
    }
    Codec codec = found.get();
    String requestId = codec.requestId(uuid);
    String operation = "";
    try {
      boolean jsonBody = service.protocol().asQuery().isEmpty() || targeted;
      if (jsonBody && !(service.protocol() instanceof Protocol.RestXml)) {
        guard.requireProgram(request);
      }
      Optional<WireResponse> direct = codec.direct(wire, region, requestId);
      if (direct.isPresent()) {
        journalRefusal(name, codec.operation(wire), direct.get().status(), requestId);
        return http(direct.get());
      }
      codec.authenticate(wire, dispatcher.now(), signers.keys());
      Call call = codec.decode(wire);
      operation = call.operation().name();
      var context =
          new CallContext(
              account,
              region,
              requestId,
              request.headers().first("host").orElse(""),
              call.body(),
              signers.caller(
                  service,
                  operation,
                  wire,
                  request,
                  dispatcher.now(),
                  dispatcher.permissions().mode()),
              new CallFacts(
                  request.remoteAddress(),
                  request.headers().first("user-agent").orElse(null),
                  request.headers().first("referer").orElse(null)));
      Output output = dispatcher.call(name, operation, call.input(), context);
      WireResponse answer = codec.encode(call, output, wire, requestId);
      journal.record(new ApiCall(name, operation, answer.status(), "", requestId));
      return streaming(http(answer), output);
    } catch (Throwable failure) {
      String meant = operation.isEmpty() ? codec.operation(wire) : operation;
      AwsException error = asAwsException(name + ":" + meant, failure, requestId);
      journal.record(new ApiCall(name, meant, error.status(), error.code(), requestId));
      return http(codec.error(error, wire, requestId));
    }
  }

  private void journalRefusal(String service, String operation, int status, String requestId) {
    if (status >= 400) {
      journal.record(new ApiCall(service, operation, status, "", requestId));
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
    if (cause instanceof StackOverflowError) {
      // Parsers and checks recurse once for each level of the caller's data.
      return AwsException.badRequest(
          "ValidationException",
          "The request is nested too deeply for the simulator (" + where + ").");
    }
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
            + "': it is not an endpoint of a deployed API, and its signature, X-Amz-Target, host"
            + " name and Action do not name a service that the simulator supports.");
  }

  private static HttpResponse streaming(HttpResponse answer, Output output) {
    return output.stream() == null
        ? answer
        : HttpResponse.streamed(answer.status(), answer.headers(), output.stream());
  }

  private static HttpResponse http(WireResponse response) {
    return new HttpResponse(response.status(), new Headers(response.headers()), response.body());
  }
}
