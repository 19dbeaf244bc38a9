// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.http.HttpResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Integrations with operations of other services, which AWS calls first-class integrations. Source:
 * the developer guide, "Integration subtype reference".
 */
public final class ServiceAction {
  private record Action(String service, String operation, Map<String, String> members) {}

  private static final Map<String, Action> ACTIONS =
      Map.of(
          "EventBridge-PutEvents",
          new Action("events", "PutEvents", Map.of()),
          "SQS-SendMessage",
          new Action("sqs", "SendMessage", Map.of()),
          "SQS-ReceiveMessage",
          new Action("sqs", "ReceiveMessage", Map.of()),
          "SQS-DeleteMessage",
          new Action("sqs", "DeleteMessage", Map.of()),
          "SQS-PurgeQueue",
          new Action("sqs", "PurgeQueue", Map.of()),
          "StepFunctions-StartExecution",
          new Action("states", "StartExecution", lower("StateMachineArn", "Name", "Input")),
          "StepFunctions-StartSyncExecution",
          new Action("states", "StartSyncExecution", lower("StateMachineArn", "Name", "Input")),
          "StepFunctions-StopExecution",
          new Action("states", "StopExecution", lower("ExecutionArn", "Cause", "Error")));

  /** The subtypes that are supported. */
  public static final Set<String> SUPPORTED = Set.copyOf(new TreeSet<>(ACTIONS.keySet()));

  /** Members of the single event of PutEvents. */
  private static final Set<String> EVENT_MEMBERS =
      Set.of("Detail", "DetailType", "EventBusName", "Resources", "Source", "Time", "TraceHeader");

  private ServiceAction() {}

  private static Map<String, String> lower(String... members) {
    var names = new java.util.HashMap<String, String>();
    for (String member : members) {
      names.put(member, member.substring(0, 1).toLowerCase(Locale.ROOT) + member.substring(1));
    }
    return names;
  }

  static HttpResponse call(HttpApiCall call, HttpApiCalls calls, JsonNode integration, int millis)
      throws HttpApiRefusal {
    Action action = ACTIONS.get(integration.path("integrationSubtype").asText());
    if (action == null) {
      throw HttpApiRefusal.failed("an integration without a supported subtype");
    }
    CallPrincipal role = calls.role(call, integration.path("credentialsArn").asText());
    ObjectNode input = Json.object();
    for (Map.Entry<String, JsonNode> parameter :
        integration.path("requestParameters").properties()) {
      String member = parameter.getKey();
      if (!member.equals("Region")) {
        JsonNode value = RequestValues.value(call, parameter.getValue().asText());
        if (!value.isMissingNode()) {
          input.set(action.members().getOrDefault(member, member), structured(member, value));
        }
      }
    }
    ObjectNode request = action.operation().equals("PutEvents") ? asEvent(input) : input;
    Output output =
        calls.limited(
            call,
            millis,
            () ->
                calls.operation(
                    call,
                    role,
                    action.service(),
                    action.operation(),
                    request,
                    MissingNode.getInstance()));
    return HttpResponse.json(200, Json.write(output.json()));
  }

  /** Lists and maps are given as JSON text; everything else stays a text. */
  private static JsonNode structured(String member, JsonNode value) throws HttpApiRefusal {
    boolean isList = member.endsWith("Names") || member.endsWith("Attributes");
    if (!isList || !value.isTextual()) {
      return value.isContainerNode() && !isList ? Json.object().textNode(Json.write(value)) : value;
    }
    try {
      return Json.MAPPER.readTree(value.asText());
    } catch (IOException notJson) {
      throw HttpApiRefusal.failed("the parameter " + member + " is not JSON");
    }
  }

  private static ObjectNode asEvent(ObjectNode input) {
    ObjectNode event = Json.object();
    for (String member : EVENT_MEMBERS) {
      if (input.has(member)) {
        event.set(member, input.get(member));
      }
    }
    ArrayNode entries = Json.array().add(event);
    return Json.object().set("Entries", entries);
  }
}
