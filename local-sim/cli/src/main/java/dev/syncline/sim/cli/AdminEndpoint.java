// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.service.Contracts;
import dev.syncline.sim.service.Permissions;
import dev.syncline.sim.service.contract.FunctionNotices;
import dev.syncline.sim.service.contract.PermissionReport;
import dev.syncline.sim.service.http.Access;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.persistence.Persistence;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * {@code /_syncline/…}: the state and control of the simulator, for this machine only.
 *
 * <ul>
 *   <li>{@code GET /_syncline/health}: 200 when everything is deployed, else 503 with {@code
 *       status} {@code deploying} or {@code failed}
 *   <li>{@code GET /_syncline/status}
 *   <li>{@code GET /_syncline/journal?since=N}: at most {@link #JOURNAL_PAGE} entries after N
 *   <li>{@code GET}, {@code POST}, {@code DELETE /_syncline/faults}: list, add, clear planned
 *       faults
 *   <li>{@code GET /_syncline/permissions}: what principals used; see {@code syncline permissions}
 *   <li>{@code POST /_syncline/deploy}: creates or updates a stack, as {@code syncline deploy} does
 *   <li>{@code POST /_syncline/shutdown}
 * </ul>
 *
 * <p>Thread-safe.
 */
record AdminEndpoint(Instance instance) implements HttpEndpoint {
  /** How many journal entries one answer holds. */
  static final int JOURNAL_PAGE = 1000;

  private static final String ROOT = HttpEndpoint.OWN_PATHS;
  private static final long MILLIS_FOR_THE_ANSWER = 50;

  @Override
  public boolean claims(HttpRequest request) {
    return request.rawPath().startsWith(ROOT);
  }

  @Override
  public Access access(HttpRequest request) {
    return Access.LOCAL_PROGRAMS;
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    String route = request.method() + " " + request.rawPath().substring(ROOT.length());
    return switch (route) {
      case "GET health" -> health();
      case "POST deploy" -> deploy(request);
      case "GET status" -> HttpResponse.json(200, status().toString());
      case "GET journal" -> journal(request);
      case "GET permissions" -> permissions();
      case "GET faults" -> HttpResponse.json(200, faults());
      case "POST faults" -> addFault(request);
      case "DELETE faults" -> {
        instance.simulator().faults().clear();
        yield HttpResponse.json(200, faults());
      }
      case "POST shutdown" -> shutdown();
      default ->
          error(
              404,
              "there is no "
                  + request.method()
                  + " "
                  + request.rawPath()
                  + "; there are GET health, GET status, POST deploy, GET journal, GET"
                  + " permissions, GET, POST and"
                  + " DELETE faults, and POST shutdown");
    };
  }

  private HttpResponse permissions() {
    Contracts contracts = instance.simulator().contracts();
    return HttpResponse.json(
        200,
        PermissionsJson.of(
                contracts.get(Permissions.class).mode(), contracts.get(PermissionReport.class))
            .toString());
  }

  private String faults() {
    return FaultJson.of(instance.simulator().faults()).toString();
  }

  private HttpResponse addFault(HttpRequest request) {
    try {
      JsonNode rule = CliJson.parse(new String(request.body(), StandardCharsets.UTF_8));
      FaultPlan plan = instance.simulator().faults();
      plan.add(FaultJson.read(rule, plan));
    } catch (JsonProcessingException notJson) {
      return error(400, "the body is not JSON: " + notJson.getOriginalMessage());
    } catch (IllegalArgumentException wrong) {
      return error(400, Failure.reason(wrong));
    }
    return HttpResponse.json(201, faults());
  }

  private HttpResponse health() {
    Readiness readiness = instance.readiness();
    ObjectNode health = readiness.toJson().put("port", instance.simulator().port());
    return HttpResponse.json(
        readiness.status() == Readiness.Status.READY ? 200 : 503, health.toString());
  }

  private HttpResponse deploy(HttpRequest request) {
    Deployment deployment;
    try {
      deployment =
          Deployment.fromJson(CliJson.parse(new String(request.body(), StandardCharsets.UTF_8)));
    } catch (JsonProcessingException notJson) {
      return error(400, "the body is not JSON: " + notJson.getOriginalMessage());
    } catch (IllegalArgumentException wrong) {
      return error(400, Failure.reason(wrong));
    }
    ObjectNode answer =
        CliJson.object().put("endpoint", instance.simulator().endpoint().toString());
    ArrayNode events = answer.putArray("events");
    try {
      DeployedStack stack =
          new DeploymentRun(instance, Reporter.collecting(events)).deploy(deployment);
      instance.readiness().ready();
      answer.put("resources", stack.resources().size());
      answer.set("outputs", CliJson.object(stack.outputs()));
    } catch (Failure failed) {
      answer.put("error", Failure.reason(failed));
    }
    return HttpResponse.json(200, answer.toString());
  }

  private ObjectNode status() {
    Simulator simulator = instance.simulator();
    ObjectNode status =
        CliJson.object()
            .put("version", Version.text())
            .put("pid", ProcessHandle.current().pid())
            .put("health", instance.readiness().toJson().path("status").asText())
            .put("endpoint", simulator.endpoint().toString())
            .put("port", simulator.port())
            .put("tlsPort", simulator.tlsPort())
            .put("secondTlsPort", simulator.secondTlsPort())
            .put("caFile", simulator.caFile().map(Object::toString).orElse(null))
            .put("workDirectory", simulator.config().directories().work().toString())
            .put("region", simulator.config().run().region())
            .put("account", simulator.config().run().account())
            .put("executor", simulator.config().functions().executor().name())
            .put("clock", clock(simulator.clock().mode()))
            .put("virtualTime", simulator.clock().now().toString())
            .put("skippedMillis", simulator.clock().skipped().toMillis())
            .put("upMillis", TimeUnit.NANOSECONDS.toMillis(simulator.clock().realNanos()))
            .put("journalSequence", simulator.journal().lastSequence());
    Persistence persistence = simulator.persistence();
    if (persistence != null) {
      status
          .putObject("data")
          .put("directory", persistence.directory().path().toString())
          .put("changes", persistence.changes())
          .put("savedChanges", persistence.savedChanges());
    }
    status.set("stacks", stacks());
    ObjectNode notices = status.putObject("functionNotices");
    simulator
        .contracts()
        .get(FunctionNotices.class)
        .all()
        .forEach((function, texts) -> texts.forEach(notices.putArray(function)::add));
    status.setAll(instance.surface().toJson());
    return status;
  }

  /** A clock's mode as {@code --time} takes it. */
  private static String clock(ClockMode mode) {
    return switch (mode) {
      case ClockMode.Real real -> "real";
      case ClockMode.Skipping skipping -> "skip";
      case ClockMode.Scaled scaled -> "x" + scaled.factor();
      case ClockMode.Manual manual -> "manual";
    };
  }

  private ArrayNode stacks() {
    ArrayNode stacks = CliJson.array();
    JsonNode described =
        instance.calls().call("cloudformation", "DescribeStacks", CliJson.object()).path("Stacks");
    for (JsonNode stack : described) {
      ObjectNode one =
          stacks
              .addObject()
              .put("name", stack.path("StackName").asText())
              .put("status", stack.path("StackStatus").asText());
      ObjectNode outputs = one.putObject("outputs");
      for (JsonNode output : stack.path("Outputs")) {
        outputs.put(output.path("OutputKey").asText(), output.path("OutputValue").asText());
      }
    }
    return stacks;
  }

  private HttpResponse journal(HttpRequest request) {
    long since = 0;
    for (Map.Entry<String, String> parameter : request.query()) {
      if (!parameter.getKey().equals("since")) {
        return error(400, "the only parameter is since, not " + parameter.getKey());
      }
      try {
        since = Long.parseLong(parameter.getValue());
      } catch (NumberFormatException notANumber) {
        return error(400, "since must be a sequence number, got '" + parameter.getValue() + "'");
      }
    }
    ObjectNode answer = CliJson.object();
    ArrayNode events = answer.putArray("events");
    List<Journal.Entry> entries = instance.simulator().journal().since(since);
    for (Journal.Entry entry : entries.subList(0, Math.min(JOURNAL_PAGE, entries.size()))) {
      events.add(toJson(entry));
    }
    answer.put("more", entries.size() > JOURNAL_PAGE);
    return HttpResponse.json(200, answer.toString());
  }

  /** A journal entry as the endpoint and {@code demo --json} show it. */
  static ObjectNode toJson(Journal.Entry entry) {
    ObjectNode json =
        CliJson.object()
            .put("sequence", entry.sequence())
            .put("time", entry.time().toString())
            .put("realNanos", entry.realNanos())
            .put("type", entry.event().type())
            .put("correlationId", entry.event().correlationId());
    json.set("details", CliJson.object(entry.event().details()));
    return json;
  }

  private HttpResponse shutdown() {
    // The answer must be sent before the port closes.
    CompletableFuture.delayedExecutor(MILLIS_FOR_THE_ANSWER, TimeUnit.MILLISECONDS)
        .execute(() -> instance.stop().stop());
    return HttpResponse.json(202, CliJson.object().put("status", "stopping").toString());
  }

  private static HttpResponse error(int status, String message) {
    return HttpResponse.json(status, CliJson.object().put("message", message).toString());
  }
}
