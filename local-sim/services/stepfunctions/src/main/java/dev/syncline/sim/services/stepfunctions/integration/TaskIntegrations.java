// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.integration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.asl.Effect;
import dev.syncline.sim.asl.TaskPhase;
import dev.syncline.sim.asl.TaskResource;
import dev.syncline.sim.asl.TaskResource.Pattern;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.contract.ConnectionCredentials;
import dev.syncline.sim.service.contract.WireAnswers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The integrations that Task states can call: the services registered in this process. A definition
 * that calls anything else is refused when it is created. Thread-safe.
 */
public final class TaskIntegrations implements TaskPerformer {
  private static final String AWS_SDK = "aws-sdk:";
  private static final String HTTP_INVOKE = "http:invoke";

  private final IntegrationCalls services;
  private final ObjectCalls objects;
  private final LambdaCalls lambda;
  private final ChildCalls children;
  private final HttpInvoke http;
  private final HttpHosts hosts;
  private final @Nullable HttpTrace trace;
  private final Map<String, Integration> byHttp;

  /**
   * The integrations.
   *
   * @param hosts sends HTTP requests
   * @param connections the source of HTTP Tasks' credentials
   * @param caller the account and region that services are called for
   * @param children reports the end of started executions
   * @param wire encodes answers as clients receive them
   */
  public TaskIntegrations(
      SimClock clock,
      Ids ids,
      Dispatcher dispatcher,
      HttpHosts hosts,
      ConnectionCredentials.Source connections,
      CallContext caller,
      ChildExecutions children,
      WireAnswers wire) {
    this(
        new IntegrationCalls(dispatcher, clock, ids, caller, wire),
        children,
        hosts,
        new HttpInvoke(hosts, connections, new OAuthTokens(hosts, clock), caller.region(), null),
        null);
  }

  private TaskIntegrations(
      IntegrationCalls services,
      ChildExecutions children,
      HttpHosts hosts,
      HttpInvoke http,
      @Nullable HttpTrace trace) {
    this.services = services;
    this.objects = new ObjectCalls(services, services.ids());
    this.lambda = new LambdaCalls(services, services.clock(), services.ids());
    this.children = new ChildCalls(services, children, services.clock());
    this.hosts = hosts;
    this.http = http;
    this.trace = trace;
    this.byHttp =
        Map.of(
            HTTP_INVOKE,
            trace == null ? http : task -> http.call(task, trace),
            "apigateway:invoke",
            new ApiGatewayCalls(hosts, services));
  }

  /** A copy whose HTTP Tasks record requests and responses in the trace. */
  public TaskIntegrations traced(HttpTrace newTrace) {
    return new TaskIntegrations(services, children.children(), hosts, http, newTrace);
  }

  /**
   * A copy that calls with the permissions of a role.
   *
   * @param machineArn of the state machine that has the role
   */
  public TaskIntegrations as(CallPrincipal.RoleSession role, String machineArn) {
    IntegrationCalls calls = services.as(role);
    return new TaskIntegrations(
        calls, children.children(), hosts, http.as(new HttpTaskAccess(calls, machineArn)), trace);
  }

  /**
   * The Task states whose resource cannot be called here, with their locations.
   *
   * @param standIn whether mocks execute the tasks of the state with that name
   */
  public List<String> unsupported(JsonNode definition, Predicate<String> standIn) {
    var found = new ArrayList<String>();
    collect(definition, "", standIn, found);
    return found;
  }

  private void collect(
      JsonNode flow, String location, Predicate<String> standIn, List<String> found) {
    for (Map.Entry<String, JsonNode> entry : flow.path("States").properties()) {
      JsonNode state = entry.getValue();
      String at = location + "/States/" + entry.getKey();
      String arn = state.path("Resource").asText("");
      if (state.path("Type").asText().equals("Task") && !standIn.test(entry.getKey())) {
        TaskResource resource = TaskResource.parse(arn);
        if (resource == null || !supports(resource)) {
          found.add(arn + " at " + at + "/Resource");
        }
      }
      for (String inner : List.of("ItemProcessor", "Iterator")) {
        collect(state.path(inner), at + "/" + inner, standIn, found);
      }
      JsonNode branches = state.path("Branches");
      for (int i = 0; i < branches.size(); i++) {
        collect(branches.get(i), at + "/Branches[" + i + "]", standIn, found);
      }
    }
  }

  private boolean supports(TaskResource resource) {
    return switch (resource.kind()) {
      case LAMBDA, ACTIVITY -> true;
      case SERVICE -> !resource.service().equals("s3") && integration(resource) != null;
    };
  }

  /** The integration for a service's resource, null without one. */
  private @Nullable Integration integration(TaskResource resource) {
    String action = resource.action();
    String name = resource.service() + ":" + action;
    boolean answer = resource.pattern() == Pattern.REQUEST_RESPONSE;
    boolean answerOrToken = answer || resource.pattern() == Pattern.WAIT_FOR_TASK_TOKEN;
    if (resource.service().startsWith(AWS_SDK)) {
      String signingName =
          IntegrationModel.signingName(resource.service().substring(AWS_SDK.length()));
      if (!answerOrToken || !services.has(signingName, IntegrationCalls.operationName(action))) {
        return null;
      }
      return signingName.equals("s3") ? objects::sdk : task -> services.sdk(signingName, task);
    }
    if (name.equals("lambda:invoke")) {
      return answerOrToken ? lambda::invoke : null;
    }
    if (byHttp.containsKey(name)) {
      return answer || (answerOrToken && !name.equals(HTTP_INVOKE)) ? byHttp.get(name) : null;
    }
    if (resource.service().equals("s3")) {
      // Only ItemReaders and ResultWriters can name these.
      return objects::transfer;
    }
    OptimizedService service = OptimizedService.of(resource.service());
    if (service == null
        || !service.patterns().contains(resource.pattern())
        || !service.actions().containsKey(action)
        || !services.has(
            service.signingName(), Objects.requireNonNull(service.actions().get(action)))) {
      return null;
    }
    return task -> services.optimized(service, task);
  }

  @Override
  public void perform(Effect.ScheduleTask task, TaskReports reports) {
    TaskResource resource = task.resource();
    boolean toBeContinued =
        resource.pattern() != Pattern.REQUEST_RESPONSE
            && resource.kind() == TaskResource.Kind.SERVICE;
    try {
      JsonNode answer = call(task);
      if (!toBeContinued) {
        reports.succeeded(answer);
        return;
      }
      reports.submitted(answer);
      if (resource.pattern() != Pattern.WAIT_FOR_TASK_TOKEN) {
        children.await(answer, resource.pattern(), reports);
      }
    } catch (TaskFailedException failed) {
      reports.failed(
          toBeContinued ? TaskPhase.SUBMIT : TaskPhase.RUN, failed.error(), failed.cause());
    } catch (RuntimeException | Error defect) {
      reports.failed(
          TaskPhase.RUN,
          "States.Runtime",
          "The simulator failed to call " + resource.arn() + ": " + defect);
    }
  }

  private JsonNode call(Effect.ScheduleTask task) throws TaskFailedException {
    TaskResource resource = task.resource();
    Integration integration =
        switch (resource.kind()) {
          case LAMBDA -> lambda::function;
          case SERVICE -> integration(resource);
          case ACTIVITY -> null;
        };
    if (integration == null) {
      throw TaskFailedException.runtime(
          "The simulator does not support the resource '" + resource.arn() + "'");
    }
    return integration.call(task);
  }
}
