// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.events.AuthDecision;
import dev.syncline.sim.events.AuthRequest;
import dev.syncline.sim.events.Publication;
import dev.syncline.sim.service.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** Builds {@code ctx} with every key; functions that a namespace calls directly get it too. */
final class HandlerContexts {
  private HandlerContexts() {}

  static ObjectNode publish(
      Publication publication, AuthRequest.Caller caller, AuthDecision.Granted who) {
    ObjectNode context =
        common("PUBLISH", publication.channel().path(), publication.channel().namespace());
    complete(context, caller, who);
    ArrayNode events = context.putArray("events");
    for (Publication.Accepted event : publication.accepted()) {
      events.addObject().put("id", event.identifier()).set("payload", parsed(event.payload()));
    }
    return context;
  }

  static ObjectNode subscribe(
      String path, String namespace, AuthRequest.Caller caller, AuthDecision.Granted who) {
    ObjectNode context = common("SUBSCRIBE", path, namespace);
    complete(context, caller, who);
    context.putNull("events");
    return context;
  }

  private static ObjectNode common(String operation, String path, String namespace) {
    ObjectNode context = JsonNodeFactory.instance.objectNode();
    ObjectNode info = context.putObject("info");
    ObjectNode channel = info.putObject("channel").put("path", path);
    ArrayNode segments = channel.putArray("segments");
    for (String segment : path.substring(1).split("/", -1)) {
      segments.add(segment);
    }
    info.putObject("channelNamespace").put("name", namespace);
    info.put("operation", operation);
    return context;
  }

  private static void complete(
      ObjectNode context, AuthRequest.Caller caller, AuthDecision.Granted who) {
    context.set("identity", who.identity() == null ? NullNode.instance : who.identity());
    context.putNull("result");
    ObjectNode request = context.putObject("request");
    ObjectNode headers = request.putObject("headers");
    Map<String, List<String>> several = caller.repeated();
    for (Map.Entry<String, String> header : caller.headers().entrySet()) {
      String name = header.getKey();
      List<String> repeated = several.getOrDefault(name, List.of());
      if (name.equals("cookie")) {
        continue;
      }
      if (repeated.isEmpty()) {
        headers.put(name, header.getValue());
      } else {
        repeated.forEach(headers.putArray(name)::add);
      }
    }
    request.putNull("domainName");
    context.putNull("error").putNull("prev").putObject("stash");
    context.putArray("outErrors");
  }

  private static JsonNode parsed(String payload) {
    try {
      return Json.MAPPER.readTree(payload);
    } catch (IOException impossible) {
      // It was found to be JSON before.
      throw new UncheckedIOException(impossible);
    }
  }
}
