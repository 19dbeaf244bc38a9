// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.message;

import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Fault;
import dev.syncline.sim.kernel.FaultPlace;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.cognito.pool.CognitoErrors;
import dev.syncline.sim.services.cognito.pool.TriggerCalls;
import dev.syncline.sim.services.cognito.pool.TriggerCalls.TriggerCall;
import dev.syncline.sim.services.cognito.pool.UserMessages;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes messages into the journal, with the pool's texts or those of its CustomMessage trigger.
 * Fault place: {@link #PLACE}. Thread-safe.
 */
public final class PoolMessages implements UserMessages {
  /** A message before it is sent; takes {@link Fault.Refuse}. */
  public static final String PLACE = "cognito.message";

  private static final String CODE = "{####}";
  private static final String USERNAME = "{username}";
  private static final String ADMIN = "AdminCreateUser";

  private final Journal journal;
  private final FaultPlan faults;
  private final TriggerCalls triggers;

  /** Messages of every pool; called once for a simulator, because it declares the fault place. */
  public PoolMessages(Journal journal, FaultPlan faults, TriggerCalls triggers) {
    this.journal = journal;
    this.faults = faults;
    this.triggers = triggers;
    faults.declare(
        new FaultPlace(
            PLACE,
            "a message to a user of a pool, before it is sent",
            List.of(Fault.Refuse.class),
            Set.of("pool", "user", "kind")));
  }

  @Override
  public ObjectNode send(Message message) {
    strike(message);
    boolean email = message.attribute().equals("email");
    Optional<ObjectNode> custom = custom(message);
    String text =
        chosen(custom, email ? "emailMessage" : "smsMessage", MessageTexts.text(message, email));
    String subject = email ? chosen(custom, "emailSubject", MessageTexts.subject(message)) : "";
    journal.record(
        new MessageSent(
            message.pool().id(),
            message.user().username(),
            message.kind(),
            email ? "EMAIL" : "SMS",
            message.destination(),
            subject,
            filled(text, message),
            message.secret()));
    return Json.object()
        .put("AttributeName", message.attribute())
        .put("DeliveryMedium", email ? "EMAIL" : "SMS")
        .put("Destination", masked(message.destination()));
  }

  private void strike(Message message) {
    faults
        .strike(
            PLACE,
            Map.of(
                "pool", message.pool().id(),
                "user", message.user().username(),
                "kind", message.kind()))
        .ifPresent(
            fault -> {
              if (fault instanceof Fault.Refuse refuse) {
                throw CognitoErrors.planned(refuse);
              }
              throw new IllegalStateException("place '" + PLACE + "' cannot do " + fault);
            });
  }

  private static String filled(String text, Message message) {
    return text.replace(CODE, message.secret())
        .replace(USERNAME, message.user().username())
        .replace("{##Click Here##}", message.secret());
  }

  private static String chosen(Optional<ObjectNode> custom, String member, String otherwise) {
    return custom
        .map(response -> response.path(member).asText(""))
        .filter(text -> !text.isEmpty() && !text.equals("null"))
        .orElse(otherwise);
  }

  private Optional<ObjectNode> custom(Message message) {
    ObjectNode request = Json.object().put("codeParameter", CODE);
    if (message.kind().equals(ADMIN)) {
      request.put("usernameParameter", USERNAME);
    } else {
      request.set("usernameParameter", NullNode.getInstance());
    }
    request.put("linkParameter", "{##Click Here##}");
    if (!message.clientMetadata().isEmpty()) {
      message.clientMetadata().forEach(request.putObject("clientMetadata")::put);
    }
    ObjectNode response = Json.object();
    for (String member : List.of("smsMessage", "emailMessage", "emailSubject")) {
      response.set(member, NullNode.getInstance());
    }
    return triggers.call(
        new TriggerCall(
            message.pool(),
            "CustomMessage",
            "CustomMessage_" + message.kind(),
            message.clientId(),
            message.user().username(),
            withSub(message),
            message.user().status(),
            request,
            response));
  }

  private static Map<String, String> withSub(Message message) {
    var attributes = new LinkedHashMap<String, String>();
    attributes.put("sub", message.user().sub());
    attributes.putAll(message.user().attributes());
    return attributes;
  }

  /** The address as answers show it: {@code f***@e***}, or the last four digits of a number. */
  public static String masked(String destination) {
    int at = destination.indexOf('@');
    if (at > 0 && at + 1 < destination.length()) {
      return destination.charAt(0) + "***@" + destination.charAt(at + 1) + "***";
    }
    String end = destination.substring(Math.max(0, destination.length() - 4));
    return "+" + "*".repeat(7) + end;
  }
}
