// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.iam;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.iam.PrincipalPattern.Grade;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;

/** Explains policies: places of statements, keys that they read, statements that match. Pure. */
public final class PolicyInspection {
  private static final JsonFactory JSON = new JsonFactory();

  private PolicyInspection() {}

  /** A position in a document; line and column count from 1. */
  public record Position(int line, int column) {
    private static Position of(JsonLocation location) {
      return new Position(location.getLineNr(), location.getColumnNr());
    }
  }

  /** Where a statement begins and ends. */
  public record Place(Position start, Position end) {}

  /**
   * The places of the statements, in order, as AWS's simulator reports them: a statement ends after
   * its last brace; it begins where the statement before it ends, after the list's bracket, or
   * after its own first brace when it is not in a list. Recorded answers have these columns.
   */
  public static List<Place> places(Policy policy) {
    try (JsonParser parser = JSON.createParser(policy.document())) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean statements = parser.currentName().equals("Statement");
        JsonToken value = parser.nextToken();
        if (statements) {
          return value == JsonToken.START_ARRAY ? list(parser) : List.of(single(parser));
        }
        parser.skipChildren();
      }
      return List.of();
    } catch (IOException impossible) {
      throw new UncheckedIOException("a parsed policy is JSON", impossible);
    }
  }

  private static Place single(JsonParser parser) throws IOException {
    Position start = Position.of(parser.currentLocation());
    parser.skipChildren();
    return new Place(start, Position.of(parser.currentLocation()));
  }

  private static List<Place> list(JsonParser parser) throws IOException {
    List<Place> places = new ArrayList<>();
    Position start = Position.of(parser.currentLocation());
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      parser.skipChildren();
      Position end = Position.of(parser.currentLocation());
      places.add(new Place(start, end));
      start = end;
    }
    return places;
  }

  /**
   * The condition keys that a policy reads, in conditions and variables, in order and as written.
   */
  public static List<String> contextKeys(Policy policy) {
    JsonNode document = PolicyParser.read(policy.document());
    boolean variables = PolicyParser.hasVariables(document);
    Map<String, String> keys = new LinkedHashMap<>();
    JsonNode statements = document.path("Statement");
    for (JsonNode statement : statements.isArray() ? statements : List.of(statements)) {
      for (JsonNode block : statement.path("Condition")) {
        block.fieldNames().forEachRemaining(key -> add(keys, key));
        if (variables) {
          block.forEach(values -> addVariables(keys, values));
        }
      }
      if (variables) {
        addVariables(keys, statement.path("Resource"));
        addVariables(keys, statement.path("NotResource"));
      }
    }
    return List.copyOf(keys.values());
  }

  private static void add(Map<String, String> keys, String key) {
    keys.putIfAbsent(key.toLowerCase(Locale.ROOT), key);
  }

  private static void addVariables(Map<String, String> keys, JsonNode values) {
    for (JsonNode value : values.isArray() ? values : List.of(values)) {
      Matcher variable = PolicyText.VARIABLE.matcher(value.asText());
      while (variable.find()) {
        String key = variable.group(1).strip();
        if (key.length() > 1) {
          add(keys, key);
        }
      }
    }
  }

  /**
   * The statements of a policy that decide about a request: its matching denials or, without one,
   * its matching permissions.
   *
   * @param ofResource whether it is a resource's policy, which must name the principal
   * @return indexes, in order
   */
  public static List<Integer> deciding(AccessQuery query, Policy policy, boolean ofResource) {
    List<Integer> denials = matching(query, policy, ofResource, false);
    return denials.isEmpty() ? matching(query, policy, ofResource, true) : denials;
  }

  /** Whether a statement of the policy denies a request; see {@link #deciding}. */
  public static boolean denies(AccessQuery query, Policy policy, boolean ofResource) {
    return !matching(query, policy, ofResource, false).isEmpty();
  }

  /** Whether a policy of an identity, or a boundary, allows a request by itself. */
  public static boolean allows(AccessQuery query, Policy policy) {
    return matching(query, policy, false, false).isEmpty()
        && !matching(query, policy, false, true).isEmpty();
  }

  private static List<Integer> matching(
      AccessQuery query, Policy policy, boolean ofResource, boolean allow) {
    Request request = Request.of(query);
    List<Integer> matching = new ArrayList<>();
    for (int index = 0; index < policy.statements().size(); index++) {
      PolicyStatement statement = policy.statements().get(index);
      if (statement.allow() == allow
          && (!ofResource || statement.grade(query.principal(), false) != Grade.NONE)
          && statement.applies(request)) {
        matching.add(index);
      }
    }
    return matching;
  }
}
