// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.events.AuthRequest;
import dev.syncline.sim.events.Credentials;
import dev.syncline.sim.events.Refusal;
import dev.syncline.sim.graphql.execution.GraphqlRefusal;
import dev.syncline.sim.graphql.execution.GraphqlRequest;
import dev.syncline.sim.graphql.execution.GraphqlRequests;
import dev.syncline.sim.graphql.execution.GraphqlRequests.Parsed;
import dev.syncline.sim.kernel.Fault;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.http.Access;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.services.appsync.auth.GraphqlAdmission;
import dev.syncline.sim.services.appsync.auth.GraphqlCall;
import dev.syncline.sim.services.appsync.auth.GraphqlCaller;
import dev.syncline.sim.services.appsync.common.Callers;
import dev.syncline.sim.services.appsync.common.DataPath;
import dev.syncline.sim.services.appsync.common.WebPages;
import dev.syncline.sim.services.appsync.graphql.GraphqlApiRecord;
import dev.syncline.sim.services.appsync.graphql.data.GraphqlObserver.Received;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code POST /graphql} and {@code GET /graphql}: queries and mutations over HTTP, and browsers'
 * preflights. Thread-safe.
 */
record GraphqlEndpoint(
    SimClock clock,
    Ids ids,
    Journal journal,
    FaultPlan faults,
    GraphqlFinder finder,
    GraphqlAdmissions admissions,
    GraphqlExecutions executions,
    GraphqlObserver observer,
    MutationListener mutations)
    implements HttpEndpoint {
  private static final String METHODS = "GET, POST, OPTIONS";

  @Override
  public boolean claims(HttpRequest request) {
    return finder.claims(request);
  }

  /** A GraphQL API allows web pages of every site; a page must send a credential. */
  @Override
  public Access access(HttpRequest request) {
    return Access.WEB_PAGES;
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    String requestId = ids.uuid().toString();
    if (request.method().equals("OPTIONS")) {
      return WebPages.preflight(request, GraphqlAnswers.common(requestId), METHODS);
    }
    String path = DataPath.of(request.rawPath()).path();
    if (path.equals(DataPath.GRAPHQL_REALTIME)) {
      return GraphqlAnswers.refused(
          requestId, Refusal.badRequest("This path takes WebSocket upgrades only"));
    }
    if (!path.equals(DataPath.GRAPHQL)) {
      String message = "A GraphQL API has no path " + path + ", only " + DataPath.GRAPHQL;
      return GraphqlAnswers.refused(
          requestId, new Refusal(404, "NotFoundException", message, message));
    }
    if (!request.method().equals("POST") && !request.method().equals("GET")) {
      String message = request.method() + " is not supported, only GET and POST";
      HttpResponse refused =
          GraphqlAnswers.refused(
              requestId, new Refusal(405, "BadRequestException", message, message));
      return refused.with(refused.headers().with("Allow", METHODS));
    }
    return found(request, requestId);
  }

  private HttpResponse found(HttpRequest request, String requestId) {
    Credentials credentials = Credentials.of(request.headers().byName());
    Optional<GraphqlApiRecord> api = finder.find(request, "", credentials);
    if (api.isEmpty()) {
      Refusal refusal = GraphqlFinder.notFound(request);
      journal.record(
          new GraphqlJournal.GraphqlRefused(
              "", requestId, refusal.status(), refusal.errorType(), refusal.reason()));
      return GraphqlAnswers.refused(requestId, refusal);
    }
    Received received = observer.received(api.get(), requestId, request);
    HttpResponse response = answer(received, credentials);
    observer.answered(received, response);
    return response;
  }

  private HttpResponse answer(Received received, Credentials credentials) {
    HttpRequest http = received.request();
    AuthRequest.Caller from = Callers.ofSigned(http);
    Parsed parsed = parsed(http);
    GraphqlAdmission admission =
        admissions.admit(
            received.api(), call(received.requestId(), credentials, from, http, parsed));
    return switch (admission) {
      case GraphqlAdmission.Refused refused -> refused(received, refused.refusal());
      case GraphqlAdmission.Admitted admitted ->
          switch (parsed) {
            case Parsed.Refused refused -> refused(received, refusal(refused.refusal()));
            case Parsed.Accepted accepted ->
                executed(received, accepted.request(), admitted.caller(), from);
          };
    };
  }

  private static Parsed parsed(HttpRequest request) {
    if (request.method().equals("POST")) {
      return GraphqlRequests.post(request.body());
    }
    Map<String, String> parameters = new HashMap<>();
    request.query().forEach(one -> parameters.putIfAbsent(one.getKey(), one.getValue()));
    return GraphqlRequests.get(parameters);
  }

  private static GraphqlCall call(
      String requestId,
      Credentials credentials,
      AuthRequest.Caller from,
      HttpRequest request,
      Parsed parsed) {
    GraphqlRequest read = parsed instanceof Parsed.Accepted accepted ? accepted.request() : null;
    ObjectNode variables = read == null ? Json.object() : read.variables();
    return new GraphqlCall(
        requestId,
        credentials,
        from,
        List.of(new String(request.body(), StandardCharsets.UTF_8)),
        read == null ? null : read.query(),
        read == null ? null : read.operationName(),
        variables);
  }

  private HttpResponse executed(
      Received received, GraphqlRequest request, GraphqlCaller caller, AuthRequest.Caller from) {
    observer.read(received, request);
    Optional<Fault> fault = struck(received.api(), request);
    if (fault.isPresent() && fault.get() instanceof Fault.Refuse refuse) {
      return refused(
          received,
          new Refusal(refuse.status(), refuse.errorType(), refuse.message(), "a planned fault"));
    }
    if (fault.isPresent() && fault.get() instanceof Fault.Delay delay) {
      clock.pause(delay.delay());
    }
    GraphqlExecutions.Executed executed =
        executions.execute(
            new GraphqlExecutions.Scope(
                received.api(), caller, from, received.requestId(), received.log()),
            request);
    observer.executed(received, request, caller, executed.response());
    mutations.completed(received.api(), executed.response().completed(), executed.effects());
    if (fault.isPresent() && fault.get() instanceof Fault.Drop) {
      return refused(
          received,
          new Refusal(500, "InternalFailureException", null, "a planned fault lost the answer"));
    }
    return GraphqlAnswers.executed(received.requestId(), executed.response(), executed.effects());
  }

  private Optional<Fault> struck(GraphqlApiRecord api, GraphqlRequest request) {
    if (!faults.plans(GraphqlFaults.REQUEST)) {
      return Optional.empty();
    }
    String operation = request.operationName();
    return faults.strike(
        GraphqlFaults.REQUEST,
        Map.of("api", api.apiId(), "operation", operation == null ? "" : operation));
  }

  private HttpResponse refused(Received received, Refusal refusal) {
    observer.refused(received, refusal);
    return GraphqlAnswers.refused(received.requestId(), refusal);
  }

  private static Refusal refusal(GraphqlRefusal refusal) {
    return new Refusal(refusal.status(), refusal.errorType(), refusal.message(), refusal.message());
  }
}
