// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Fault;
import dev.syncline.sim.kernel.FaultPlace;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.FaultRule;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Rules of a fault plan as JSON: {@code place}, {@code fault} (the kind), the members of the kind,
 * and {@code when}, {@code probability}, {@code times}.
 */
final class FaultJson {
  private static final String ALWAYS = "always";
  private static final List<String> COMMON =
      List.of("place", "fault", "when", "probability", "times");

  /** The kinds, each with the members that it takes. */
  private static final Map<String, List<String>> KINDS =
      Map.of(
          "delay", List.of("delay"),
          "drop", List.of(),
          "duplicate", List.of("copies"),
          "corrupt", List.of("replacement"),
          "disconnect", List.of(),
          "close", List.of("code", "reason"),
          "silence", List.of(),
          "refuse", List.of("status", "errorType", "message"),
          "expired-key", List.of(),
          "throttle", List.of());

  private FaultJson() {}

  /**
   * A rule from its JSON.
   *
   * @throws IllegalArgumentException that names the member which is wrong
   */
  static FaultRule read(JsonNode json, FaultPlan plan) {
    String kind = text(json, "fault");
    List<String> members = KINDS.get(kind);
    if (members == null) {
      throw new IllegalArgumentException(
          "fault must be "
              + String.join(", ", new TreeSet<>(KINDS.keySet()))
              + ", got '"
              + kind
              + "'");
    }
    Set<String> known = new HashSet<>(COMMON);
    known.addAll(members);
    json.fieldNames()
        .forEachRemaining(
            member -> {
              if (!known.contains(member)) {
                throw new IllegalArgumentException(
                    "a fault '"
                        + kind
                        + "' has no member '"
                        + member
                        + "', only "
                        + String.join(", ", new TreeSet<>(known)));
              }
            });
    var when = new HashMap<String, String>();
    json.path("when").properties().forEach(one -> when.put(one.getKey(), one.getValue().asText()));
    double probability = json.path("probability").isMissingNode() ? 1 : number(json, "probability");
    String place = text(json, "place");
    Fault own = namedFault(plan, place, kind);
    Fault fault = own == null ? fault(kind, json) : own;
    return new FaultRule(place, when, probability, times(json), fault);
  }

  /** The fault of that kind in the words of the place's service, null when it has none. */
  private static @Nullable Fault namedFault(FaultPlan plan, String place, String kind) {
    return plan.places().stream()
        .filter(one -> one.name().equals(place))
        .findFirst()
        .map(one -> one.named().get(kind))
        .orElse(null);
  }

  private static Fault fault(String kind, JsonNode json) {
    return switch (kind) {
      case "delay" -> new Fault.Delay(time(json, "delay"));
      case "drop" -> new Fault.Drop();
      case "duplicate" ->
          new Fault.Duplicate(json.has("copies") ? (int) number(json, "copies") : 2);
      case "corrupt" -> new Fault.Corrupt(text(json, "replacement"));
      case "disconnect" -> new Fault.Disconnect();
      case "close" ->
          new Fault.Close(
              json.has("code") ? (int) number(json, "code") : 1011, json.path("reason").asText(""));
      case "silence" -> new Fault.Silence();
      case "refuse" ->
          new Fault.Refuse(
              (int) number(json, "status"),
              text(json, "errorType"),
              json.path("message").asText("refused by a planned fault"));
      case "expired-key" ->
          throw new IllegalArgumentException(
              "an 'expired-key' is for places of Event APIs (appsync.…); for other places name"
                  + " the service's own error with 'refuse'");
      default -> new Fault.Throttle();
    };
  }

  /** Every place and every remaining rule. */
  static ObjectNode of(FaultPlan plan) {
    ObjectNode all = CliJson.object();
    ArrayNode rules = all.putArray("rules");
    plan.rules().forEach(rule -> rules.add(of(rule)));
    ArrayNode places = all.putArray("places");
    for (FaultPlace place : plan.places()) {
      ObjectNode one = places.addObject().put("place", place.name()).put("what", place.what());
      ArrayNode takes = one.putArray("takes");
      place.kinds().forEach(kind -> takes.add(kind.toLowerCase(Locale.ROOT)));
      ArrayNode details = one.putArray("when");
      new TreeSet<>(place.details()).forEach(details::add);
    }
    return all;
  }

  private static ObjectNode of(FaultRule rule) {
    ObjectNode json =
        CliJson.object()
            .put("place", rule.place())
            .put("fault", rule.fault().getClass().getSimpleName().toLowerCase(Locale.ROOT));
    switch (rule.fault()) {
      case Fault.Delay delay -> json.put("delay", delay.delay().toMillis() / 1000.0 + "s");
      case Fault.Duplicate duplicate -> json.put("copies", duplicate.times());
      case Fault.Corrupt corrupt -> json.put("replacement", corrupt.replacement());
      case Fault.Close close -> json.put("code", close.code()).put("reason", close.reason());
      case Fault.Refuse refuse ->
          json.put("status", refuse.status())
              .put("errorType", refuse.errorType())
              .put("message", refuse.message());
      case Fault.Drop drop -> {}
      case Fault.Disconnect disconnect -> {}
      case Fault.Silence silence -> {}
      case Fault.Throttle throttle -> {}
    }
    json.set("when", CliJson.object(rule.when()));
    json.put("probability", rule.probability());
    return rule.times() == Integer.MAX_VALUE
        ? json.put("times", ALWAYS)
        : json.put("times", rule.times());
  }

  private static int times(JsonNode json) {
    if (json.path("times").isMissingNode()) {
      return 1;
    }
    return json.path("times").asText().equals(ALWAYS)
        ? Integer.MAX_VALUE
        : (int) number(json, "times");
  }

  private static String text(JsonNode json, String member) {
    String text = json.path(member).asText("");
    if (text.isEmpty()) {
      throw new IllegalArgumentException(
          member + " is missing; give " + member + "=VALUE (JSON: a member " + member + ")");
    }
    return text;
  }

  private static double number(JsonNode json, String member) {
    try {
      return Double.parseDouble(text(json, member));
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException(
          member + " must be a number, got '" + json.path(member).asText() + "'");
    }
  }

  private static Duration time(JsonNode json, String member) {
    String text = text(json, member);
    try {
      return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
    } catch (DateTimeParseException notATime) {
      throw new IllegalArgumentException(
          member + " must be a time such as 0.5s, 90s or 5m, got '" + text + "'");
    }
  }
}
