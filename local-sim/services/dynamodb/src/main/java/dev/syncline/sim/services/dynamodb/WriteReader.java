// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.services.dynamodb.expressions.AttributeUpdates;
import dev.syncline.sim.services.dynamodb.expressions.Condition;
import dev.syncline.sim.services.dynamodb.expressions.Update;
import dev.syncline.sim.services.dynamodb.expressions.UpdateExpression;
import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.Sizes;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import dev.syncline.sim.services.dynamodb.values.ValueReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads writes from requests, in AWS's order of checks. The members of a transaction's action are
 * those of the operation without the legacy parameters, so one reader serves both. Throws {@link
 * ValidationFault}. Stateless.
 */
final class WriteReader {
  private static final List<String> CONDITION = List.of(ExpressionParameters.CONDITION);
  private static final List<String> EXPECTED = List.of("Expected", "ConditionalOperator");

  private WriteReader() {}

  static ItemWrite.Put put(ObjectNode request) {
    var parameters = ExpressionParameters.of(request, CONDITION, EXPECTED);
    Item item = ValueReader.readItem(request.get("Item"));
    requireReturnValues(request);
    requireSize(item);
    Condition condition = parameters.condition();
    parameters.finish();
    return new ItemWrite.Put(table(request), item, condition, showsItem(request));
  }

  static ItemWrite.Delete delete(ObjectNode request) {
    var parameters = ExpressionParameters.of(request, CONDITION, EXPECTED);
    Item key = ValueReader.readItem(request.get("Key"));
    requireReturnValues(request);
    Condition condition = parameters.condition();
    parameters.finish();
    return new ItemWrite.Delete(table(request), key, condition, showsItem(request));
  }

  static ItemWrite.Check check(ObjectNode request) {
    var parameters = ExpressionParameters.of(request, CONDITION, List.of());
    Item key = ValueReader.readItem(request.get("Key"));
    Condition condition = parameters.condition();
    parameters.finish();
    return new ItemWrite.Check(table(request), key, condition, showsItem(request));
  }

  /**
   * @param transacted whether it is an action of a transaction
   */
  static ItemWrite.Change update(ObjectNode request, boolean transacted) {
    var parameters =
        ExpressionParameters.of(
            request,
            List.of(ExpressionParameters.UPDATE, ExpressionParameters.CONDITION),
            List.of("AttributeUpdates", "Expected", "ConditionalOperator"));
    Item key = ValueReader.readItem(request.get("Key"));
    JsonNode legacy = request.get("AttributeUpdates");
    Update update = Update.NOTHING;
    if (legacy != null && !legacy.isNull()) {
      update = AttributeUpdates.read(legacy);
    }
    String text = parameters.text(ExpressionParameters.UPDATE);
    if (text != null) {
      update = UpdateExpression.parse(text, parameters.scope());
    }
    Condition condition = parameters.condition();
    parameters.finish();
    return new ItemWrite.Change(
        table(request), key, update, condition, showsItem(request), transacted);
  }

  static void requireSize(Item item) {
    if (Sizes.of(item) > Sizes.MAX_ITEM_BYTES) {
      throw ValidationFault.bare("Item size has exceeded the maximum allowed size");
    }
  }

  private static void requireReturnValues(ObjectNode request) {
    String asked = text(request, "ReturnValues");
    if (asked != null && !asked.equals("ALL_OLD") && !asked.equals("NONE")) {
      throw ValidationFault.bare("ReturnValues can only be ALL_OLD or NONE");
    }
  }

  private static boolean showsItem(ObjectNode request) {
    return "ALL_OLD".equals(text(request, "ReturnValuesOnConditionCheckFailure"));
  }

  private static String table(ObjectNode request) {
    return request.path("TableName").asText();
  }

  private static @Nullable String text(ObjectNode request, String member) {
    JsonNode value = request.get(member);
    return value == null || value.isNull() ? null : value.asText();
  }
}
