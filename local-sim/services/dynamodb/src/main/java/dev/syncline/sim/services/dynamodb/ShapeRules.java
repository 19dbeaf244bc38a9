// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.models.ModelShape;
import dev.syncline.sim.service.settings.Wording;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What AWS's messages show of its constraints beyond, or in place of, its published model. Source:
 * recordings of AWS.
 */
final class ShapeRules {
  static final String TABLE_NAME = "TableName";

  /** Operations that word violated constraints in the new way. */
  static final Set<String> RENEWED = Set.of("PutItem", "UpdateItem", "DeleteItem", "BatchGetItem");

  /** As AWS spells it. */
  static final String RENEWED_RETURN_VALUES =
      "Member must satisfy enum value set: [ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATE_NEW, NONE]";

  private static final String ENUM = "Member must satisfy enum value set: ";
  private static final String NAME_PATTERN = "[a-zA-Z0-9_.-]+";
  private static final int MAX_NAME = 255;
  private static final int MAX_ARN = 1024;

  /** What the names that are ARNs begin with. */
  private static final String ARN_PREFIX = "arn:";

  /** The operations that create or change a table take 3 characters as the shortest name. */
  private static final Set<String> NAMING =
      Set.of("CreateTable", "UpdateTable", "DeleteTable", "DescribeTable");

  private static final Set<String> NAME_ALONE =
      Set.of(
          "CreateTable",
          "UpdateTable",
          "DeleteTable",
          "DescribeTable",
          "DescribeTimeToLive",
          "UpdateTimeToLive",
          "DescribeContinuousBackups",
          "UpdateContinuousBackups",
          "CreateBackup");

  /** Required though the model does not say so. */
  static final Set<String> REQUIRED =
      Set.of("CreateTableInput.AttributeDefinitions", "CreateTableInput.KeySchema");

  /**
   * Members that the operation itself checks, as {@code Shape.Member} or {@code Operation.path}.
   */
  static final Set<String> NOT_CHECKED =
      Set.of(
          "TagResourceInput.ResourceArn",
          "UntagResourceInput.ResourceArn",
          "ListTagsOfResourceInput.ResourceArn",
          "TagResource.ResourceArn",
          "UntagResource.ResourceArn",
          "ListTagsOfResource.ResourceArn");

  /** Enumerations in the order in which AWS's messages print them, by shape. */
  private static final Map<String, String> PRINTED =
      Map.of(
          "Select",
          "[SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES]",
          "ScalarAttributeType",
          "[B, N, S]",
          "ProjectionType",
          "[ALL, INCLUDE, KEYS_ONLY]",
          "ReturnValue",
          "[ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]",
          "ComparisonOperator",
          "[IN, NULL, BETWEEN, LT, NOT_CONTAINS, EQ, GT, NOT_NULL, NE, LE, BEGINS_WITH, GE,"
              + " CONTAINS]");

  private ShapeRules() {}

  /**
   * Bounds of a number, of a length or of a size, both inclusive.
   *
   * @param min null for none
   * @param max null for none
   * @param pattern must match the whole text; empty for any
   */
  record Bounds(@Nullable BigDecimal min, @Nullable BigDecimal max, String pattern) {
    static Bounds of(ModelShape.Limits limits) {
      return new Bounds(limits.min().orElse(null), limits.max().orElse(null), "");
    }

    static Bounds name(int min) {
      return new Bounds(BigDecimal.valueOf(min), BigDecimal.valueOf(MAX_NAME), NAME_PATTERN);
    }

    Bounds atMost(int most) {
      return new Bounds(min, BigDecimal.valueOf(most), pattern);
    }

    boolean below(long value) {
      return below(BigDecimal.valueOf(value));
    }

    boolean below(BigDecimal value) {
      return min != null && value.compareTo(min) < 0;
    }

    boolean above(long value) {
      return above(BigDecimal.valueOf(value));
    }

    boolean above(BigDecimal value) {
      return max != null && value.compareTo(max) > 0;
    }

    boolean fits(long value) {
      return !below(value) && !above(value);
    }

    /** All of them, as AWS lists them for elements, keys and values. */
    String describe() {
      var all = new ArrayList<String>();
      if (max != null) {
        all.add("Member must have length less than or equal to " + max);
      }
      if (min != null) {
        all.add("Member must have length greater than or equal to " + min);
      }
      if (!pattern.isEmpty()) {
        all.add("Member must satisfy regular expression pattern: " + pattern);
      }
      return all.toString();
    }
  }

  /**
   * The whole message for a required member that is missing, or a map that is empty; empty where a
   * row reports it.
   */
  static String missing(Wording wording, String operation, String member) {
    if (member.equals(TABLE_NAME) && NAME_ALONE.contains(operation)) {
      return "The parameter 'TableName' is required but was not present in the request";
    }
    boolean batch =
        operation.equals("BatchWriteItem")
            || wording == Wording.CLASSIC && operation.equals("BatchGetItem");
    return batch && member.equals("RequestItems")
        ? "The requestItems parameter is required for " + operation
        : "";
  }

  /** Whether a new table may have the name. */
  static boolean isTableName(String name) {
    return name.matches(NAME_PATTERN) && Bounds.name(3).fits(name.length());
  }

  /** The row about a name that {@link #isTableName} refuses. */
  static String notATableName(String name) {
    return "Value '"
        + name
        + "' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression"
        + " pattern: "
        + NAME_PATTERN;
  }

  static Bounds bounds(String operation, String path, ModelShape shape, JsonNode value) {
    return switch (shape) {
      case ModelShape.Text text when text.name().equals("TableArn") ->
          value.asText().startsWith(ARN_PREFIX)
              ? new Bounds(null, BigDecimal.valueOf(MAX_ARN), "")
              : Bounds.name(NAMING.contains(operation) ? 3 : 1);
      case ModelShape.Text text ->
          new Bounds(
              text.limits().min().orElse(null),
              text.limits().max().orElse(null),
              text.pattern().orElse(""));
      case ModelShape.Sequence list when list.name().equals("KeySchema") ->
          Bounds.of(list.limits()).atMost(path.startsWith("GlobalSecondary") ? 8 : 2);
      case ModelShape.Sequence list -> Bounds.of(list.limits());
      case ModelShape.Dictionary map -> Bounds.of(map.limits());
      case ModelShape.Numeric number -> Bounds.of(number.limits());
      default -> Bounds.of(ModelShape.Limits.NONE);
    };
  }

  /** Of a map's key; attribute names are the values' reader's to check. */
  static Bounds keyBounds(ModelShape key, String value) {
    if (!(key instanceof ModelShape.Text text) || text.name().equals("AttributeName")) {
      return Bounds.of(ModelShape.Limits.NONE);
    }
    return text.name().equals("TableArn") && value.startsWith(ARN_PREFIX)
        ? Bounds.of(ModelShape.Limits.NONE)
        : text.name().equals("TableArn") ? Bounds.name(1) : Bounds.of(text.limits());
  }

  static String enumConstraint(ModelShape.Text text) {
    String printed = PRINTED.get(text.name());
    return ENUM + (printed == null ? text.allowed() : printed);
  }

  static boolean isEnum(String constraint) {
    return constraint.startsWith(ENUM);
  }

  /** Rows that AWS words in the new way since long before the new framework. */
  static boolean alwaysNew(String operation, String path, String constraint) {
    return switch (operation) {
      case "Query" -> path.equals("Limit");
      case "BatchGetItem" -> path.endsWith(".member.Keys") && constraint.contains("less than");
      default -> false;
    };
  }

  /** The path with each member's first letter small. */
  static String camelPath(String path) {
    String[] steps = path.split("\\.", -1);
    for (int i = 0; i < steps.length; i++) {
      boolean isKeyOfMap = i > 0 && i + 1 < steps.length && steps[i + 1].equals("member");
      if (!steps[i].isEmpty() && !isKeyOfMap) {
        steps[i] = JavaText.camel(steps[i]);
      }
    }
    return String.join(".", steps);
  }
}
