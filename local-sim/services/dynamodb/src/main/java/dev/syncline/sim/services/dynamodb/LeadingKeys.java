// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.AccessRequest;
import dev.syncline.sim.services.dynamodb.data.KeyAttribute;
import dev.syncline.sim.services.dynamodb.partiql.Statement;
import dev.syncline.sim.services.dynamodb.partiql.Where;
import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import dev.syncline.sim.services.dynamodb.values.ValueWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The condition keys about items: the values of partition keys that a request names, and its
 * top-level attributes. Source: the guide's page on conditions for fine-grained access control.
 */
record LeadingKeys(TableStore tables) {
  private static final Pattern EQUALITY =
      Pattern.compile("([#A-Za-z_][\\w.-]*)\\s*=\\s*(:[A-Za-z0-9_]+)");
  private static final Pattern NAME =
      Pattern.compile("(?<![:.\\w#])(#?[A-Za-z_][\\w-]*+)(?!\\s*\\()");
  private static final Set<String> WORDS =
      Set.of("SET", "REMOVE", "ADD", "DELETE", "AND", "OR", "NOT", "BETWEEN", "IN");
  private static final List<String> EXPRESSIONS =
      List.of(
          "ProjectionExpression",
          "KeyConditionExpression",
          "FilterExpression",
          "ConditionExpression",
          "UpdateExpression");

  /** The partition keys of a request for one table: of its item or key, or of its query. */
  List<String> of(AccessRequest request) {
    JsonNode input = request.input().json();
    String table = request.textOrAny("TableName");
    for (String member : List.of("Key", "Item")) {
      if (input.path(member).isObject()) {
        return ofItem(table, input.path(member));
      }
    }
    return ofQuery(input, hash(table, request.text("IndexName").orElse(null)));
  }

  /** The partition key of an item, or of a key. */
  List<String> ofItem(String table, JsonNode item) {
    String name = hash(table, null);
    return name == null ? List.of() : values(item.path(name));
  }

  /**
   * The partition keys that a statement names; empty when it reads others too.
   *
   * @throws ValidationFault if its condition is not one that DynamoDB reads
   */
  List<String> ofStatement(Statement statement) {
    return switch (statement) {
      case Statement.Insert insert -> ofItem(insert.table(), ValueWriter.writeItem(insert.item()));
      case Statement.Exists exists -> ofStatement(exists.select());
      case Statement.Select select ->
          ofWhere(select.where(), hash(select.table(), select.index().orElse(null)));
      case Statement.Update update -> ofWhere(update.where(), hash(update.table(), null));
      case Statement.Delete delete -> ofWhere(delete.where(), hash(delete.table(), null));
    };
  }

  private static List<String> ofWhere(Optional<Where> where, @Nullable String hash) {
    if (where.isEmpty() || hash == null) {
      return List.of();
    }
    var found = new LinkedHashSet<String>();
    for (Where.Branch branch : where.get().branches(Set.of(hash))) {
      Set<AttributeValue> values = branch.values(hash);
      if (values.isEmpty()) {
        return List.of();
      }
      values.forEach(value -> found.addAll(values(ValueWriter.write(value))));
    }
    return List.copyOf(found);
  }

  private static List<String> ofQuery(JsonNode input, @Nullable String hash) {
    if (hash == null) {
      return List.of();
    }
    Matcher equality = EQUALITY.matcher(input.path("KeyConditionExpression").asText());
    while (equality.find()) {
      if (named(equality.group(1), input).equals(hash)) {
        return values(input.path("ExpressionAttributeValues").path(equality.group(2)));
      }
    }
    return values(input.path("KeyConditions").path(hash).path("AttributeValueList").path(0));
  }

  /** The partition key of a table or an index; null for an unknown one. */
  private @Nullable String hash(String tableName, @Nullable String indexName) {
    Table table = tables.find(tableName);
    if (table == null) {
      return null;
    }
    List<KeyAttribute> hash =
        indexName == null
            ? table.description().key().hash()
            : table.index(indexName).map(index -> index.schema().key().hash()).orElse(List.of());
    return hash.isEmpty() ? null : hash.get(0).name();
  }

  private static List<String> values(JsonNode value) {
    var values = new ArrayList<String>();
    value.properties().forEach(typed -> values.add(typed.getValue().asText()));
    return values;
  }

  /** The top-level attributes that a request names. */
  static List<String> attributes(JsonNode input) {
    var names = new TreeSet<String>();
    for (String member : List.of("Key", "Item", "AttributeUpdates", "Expected", "KeyConditions")) {
      input.path(member).fieldNames().forEachRemaining(names::add);
    }
    input.path("AttributesToGet").forEach(name -> names.add(name.asText()));
    for (String member : EXPRESSIONS) {
      named(input.path(member).asText(), input, names::add);
    }
    return List.copyOf(names);
  }

  private static void named(String expression, JsonNode input, Consumer<String> found) {
    Matcher name = NAME.matcher(expression);
    while (name.find()) {
      if (!WORDS.contains(name.group(1).toUpperCase(Locale.ROOT))) {
        found.accept(named(name.group(1), input));
      }
    }
  }

  private static String named(String name, JsonNode input) {
    return name.startsWith("#")
        ? input.path("ExpressionAttributeNames").path(name).asText(name)
        : name;
  }
}
