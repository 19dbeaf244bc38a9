// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.message;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.JournalRecord;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.http.Access;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import java.util.List;
import java.util.Map;

/**
 * Shows the messages that are in the journal, the oldest first: {@code GET
 * /_syncline/cognito/messages?pool=…&user=…&kind=…}. Each parameter may be left out; {@code user}
 * is the user name or the address. Thread-safe.
 */
public record MessageEndpoint(Journal journal) implements HttpEndpoint {
  /** The path. */
  public static final String PATH = OWN_PATHS + "cognito/messages";

  private static final List<String> KNOWN = List.of("pool", "user", "kind");

  @Override
  public boolean claims(HttpRequest request) {
    return request.rawPath().equals(PATH);
  }

  /** Shows codes, which only the developer's own programs may read. */
  @Override
  public Access access(HttpRequest request) {
    return Access.LOCAL_PROGRAMS;
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    if (!request.method().equals("GET")) {
      return HttpResponse.json(405, "{\"message\":\"Use GET\"}");
    }
    for (Map.Entry<String, String> parameter : request.query()) {
      if (!KNOWN.contains(parameter.getKey())) {
        ObjectNode error =
            Json.object()
                .put(
                    "message",
                    "There is no parameter '" + parameter.getKey() + "'; there are " + KNOWN);
        return HttpResponse.json(400, Json.write(error));
      }
    }
    ObjectNode answer = Json.object();
    ArrayNode messages = answer.putArray("messages");
    for (Journal.Entry entry : journal.since(0)) {
      if (entry.event() instanceof MessageSent sent && wanted(request, sent)) {
        ObjectNode message = messages.addObject().put("time", entry.time().toString());
        JournalRecord.componentsOf(sent).forEach(message::put);
      }
    }
    return HttpResponse.json(200, Json.write(answer));
  }

  private static boolean wanted(HttpRequest request, MessageSent sent) {
    return request.query().stream()
        .allMatch(
            parameter ->
                switch (parameter.getKey()) {
                  case "pool" -> sent.pool().equals(parameter.getValue());
                  case "user" ->
                      sent.user().equals(parameter.getValue())
                          || sent.destination().equals(parameter.getValue());
                  default -> sent.kind().equals(parameter.getValue());
                });
  }
}
