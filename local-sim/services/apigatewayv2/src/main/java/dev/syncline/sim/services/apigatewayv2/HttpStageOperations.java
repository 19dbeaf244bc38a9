// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.HttpBinding;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Stages, with their route settings, access logs and cached answers of authorizers.
 *
 * @param authorizers forgets the cached answers for an API and a stage
 */
record HttpStageOperations(
    SimClock clock, HttpApiStore store, BiConsumer<String, String> authorizers) {
  private static final Pattern NAME = Pattern.compile("\\$default|[A-Za-z0-9_-]{1,128}");
  private static final String ONE = HttpApiPart.STAGE.one();

  /** Settings that only WebSocket APIs have. */
  private static final List<String> WEB_SOCKET_SETTINGS =
      List.of("dataTraceEnabled", "loggingLevel");

  static final Set<String> MEMBERS =
      Set.of(
          "accessLogSettings",
          "autoDeploy",
          "defaultRouteSettings",
          "deploymentId",
          "description",
          "routeSettings",
          "stageVariables");

  List<Operation> operations() {
    var parts = new HttpApiParts(store, HttpApiPart.STAGE, created(), this::check, this::name);
    return List.of(
        parts.create("CreateStage"),
        parts.get("GetStage"),
        parts.list("GetStages"),
        parts.delete("DeleteStage"),
        Operation.rest(
            "UpdateStage",
            HttpBinding.patch(ONE),
            (in, call) -> update(in),
            MEMBERS.toArray(String[]::new)),
        Operation.rest(
            "DeleteAccessLogSettings",
            HttpBinding.delete(ONE + "/accesslogsettings", 204),
            (in, call) -> edit(in, stage -> stage.remove("accessLogSettings"))),
        Operation.rest(
            "DeleteRouteSettings",
            HttpBinding.delete(ONE + "/routesettings/{routeKey}", 204),
            (in, call) ->
                edit(in, stage -> removeRouteSettings(stage, in.requiredText("routeKey")))),
        Operation.rest(
            "ResetAuthorizersCache",
            HttpBinding.delete(ONE + "/cache/authorizers", 204),
            this::resetAuthorizers));
  }

  private Output resetAuthorizers(Input input, CallContext context) {
    Output found = edit(input, stage -> {});
    authorizers.accept(input.requiredText("apiId"), input.requiredText("stageName"));
    return found;
  }

  private static Set<String> created() {
    var members = new java.util.TreeSet<>(MEMBERS);
    members.add("stageName");
    members.add("tags");
    return members;
  }

  private String name(ObjectNode stage) {
    return stage.path("stageName").asText();
  }

  void check(HttpApi api, ObjectNode stage) {
    String name = name(stage);
    if (!NAME.matcher(name).matches()) {
      throw HttpApiErrors.badRequest(
          "stageName must be $default or 1 to 128 of A-Z a-z 0-9 _ -, not '" + name + "'");
    }
    if (api.all(HttpApiPart.STAGE).containsKey(name)) {
      throw HttpApiErrors.conflict("Stage already exists");
    }
    stage.put("createdDate", clock.now().toString());
    if (!stage.has("autoDeploy")) {
      stage.put("autoDeploy", false);
    }
    for (String member :
        List.of("defaultRouteSettings", "routeSettings", "stageVariables", "tags")) {
      if (!stage.has(member)) {
        stage.putObject(member);
      }
    }
    complete(api, stage);
  }

  private Output update(Input input) {
    return store.change(
        input,
        api -> {
          ObjectNode stage = api.one(HttpApiPart.STAGE, input.requiredText("stageName"));
          ObjectNode changed = stage.deepCopy();
          for (String member : MEMBERS) {
            HttpApiParts.requireType(input, member);
            input.node(member).ifPresent(value -> merge(changed, member, value));
          }
          if (changed.path("autoDeploy").asBoolean() && input.has("deploymentId")) {
            throw HttpApiErrors.badRequest(
                "Deployment ID cannot be set on stage "
                    + name(stage)
                    + " because it has automatic deployments");
          }
          complete(api, changed);
          stage.removeAll();
          return stage.setAll(changed);
        });
  }

  /** Settings of routes are merged by route; other members are replaced. */
  private static void merge(ObjectNode stage, String member, JsonNode value) {
    if (member.equals("routeSettings") && value instanceof ObjectNode routes) {
      ObjectNode settings = stage.withObject("/routeSettings");
      settings.setAll(routes.deepCopy());
    } else {
      stage.set(member, value.deepCopy());
    }
  }

  private void complete(HttpApi api, ObjectNode stage) {
    String deployment = stage.path("deploymentId").asText();
    if (!deployment.isEmpty()) {
      api.one(HttpApiPart.DEPLOYMENT, deployment);
    }
    requireHttpSettings(stage.path("defaultRouteSettings"));
    stage.path("routeSettings").forEach(HttpStageOperations::requireHttpSettings);
    JsonNode log = stage.path("accessLogSettings");
    if (!log.isMissingNode()
        && (log.path("destinationArn").asText().isEmpty()
            || log.path("format").asText().isEmpty())) {
      throw HttpApiErrors.badRequest("accessLogSettings needs destinationArn and format");
    }
    String destination = log.path("destinationArn").asText();
    if (!destination.isEmpty() && !destination.contains(":log-group:")) {
      throw HttpApiErrors.unsupported(
          "the destinationArn '" + destination + "', only that of a log group");
    }
    stage.put("lastUpdatedDate", clock.now().toString());
  }

  private static void requireHttpSettings(JsonNode settings) {
    for (String member : WEB_SOCKET_SETTINGS) {
      JsonNode value = settings.path(member);
      if (value.asBoolean() || (value.isTextual() && !value.asText().equals("OFF"))) {
        throw HttpApiErrors.badRequest(
            "Execution logs are not supported on protocolType HTTP: " + member);
      }
    }
  }

  private static void removeRouteSettings(ObjectNode stage, String routeKey) {
    if (stage.withObject("/routeSettings").remove(routeKey) == null) {
      throw HttpApiErrors.notFound("Route settings", routeKey);
    }
  }

  private Output edit(Input input, Consumer<ObjectNode> work) {
    return store.change(
        input,
        api -> {
          work.accept(api.one(HttpApiPart.STAGE, input.requiredText("stageName")));
          return Json.object();
        });
  }
}
