// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.templates;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.syncline.sim.graphql.FieldError;
import dev.syncline.sim.graphql.resolver.Evaluation;
import dev.syncline.sim.graphql.resolver.JavaValues;
import dev.syncline.sim.graphql.templates.FunctionTable.Arguments;
import dev.syncline.sim.handlers.UtilIds;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code $util}: errors, null and types, and the groups of the other functions. Stateless. */
final class UtilFunctions {
  /** The error type of a validation without one. */
  private static final String CUSTOM = "CustomTemplateException";

  /** AWS publishes no limit. */
  private static final int MAX_ERRORS = 1000;

  /** What a function without a value renders. */
  static final String NOTHING = "";

  static final FunctionTable TABLE =
      UtilTexts.add(conditions(errors(new FunctionTable("$util"))))
          .add("authType", (run, in) -> run.context().request().authType())
          .add("autoId", (run, in) -> run.randoms().uuid().toString())
          .add("autoUlid", (run, in) -> UtilIds.ulid(run.clock().now(), run.randoms()))
          .add("autoKsuid", (run, in) -> UtilIds.ksuid(run.clock().now(), run.randoms()))
          .group("time", TimeFunctions.TABLE)
          .group("list", CollectionFunctions.LIST)
          .group("map", CollectionFunctions.MAP)
          .group("math", UtilNumbers.MATH)
          .group("str", UtilNumbers.STR)
          .group("dynamodb", DynamoDbFunctions.TABLE)
          .group("transform", TransformFunctions.TABLE)
          .group("http", HttpFunctions.TABLE)
          .group("xml", FormatFunctions.XML)
          .group("rds", FormatFunctions.RDS)
          .group("log", LogFunctions.TABLE);

  private UtilFunctions() {}

  private static FunctionTable errors(FunctionTable table) {
    FunctionTable.Body error = (run, in) -> raise(error(in, 0, null));
    FunctionTable.Body append =
        (run, in) -> {
          append(run, error(in, 0, null));
          return NOTHING;
        };
    FunctionTable.Body validate =
        (run, in) -> Boolean.TRUE.equals(in.get(0)) ? NOTHING : refuse(error(in, 1, CUSTOM));
    table
        .add("error", error, String.class)
        .add("error", error, String.class, String.class)
        .add("error", error, String.class, String.class, Object.class)
        .add("error", error, String.class, String.class, Object.class, Object.class)
        .add("appendError", append, String.class)
        .add("appendError", append, String.class, String.class)
        .add("appendError", append, String.class, String.class, Object.class)
        .add("appendError", append, String.class, String.class, Object.class, Object.class)
        .add("validate", validate, Boolean.class, String.class)
        .add("validate", validate, Boolean.class, String.class, String.class)
        .add("validate", validate, Boolean.class, String.class, String.class, Object.class);
    return table.add(
        "unauthorized",
        (run, in) -> {
          throw new RaisedAbort(new Evaluation.Unauthorized());
        });
  }

  private static FieldError error(Arguments in, int first, @Nullable String defaultType) {
    String type = in.size() > first + 1 ? in.text(first + 1) : defaultType;
    Object data = in.get(first + 2);
    Object info = in.get(first + 3);
    return new FieldError(
        in.needed(first),
        type,
        data == null ? null : JavaValues.json(data),
        info == null ? null : JavaValues.json(info));
  }

  /** Adds an error to the response. */
  static void append(TemplateRun run, FieldError error) {
    if (run.context().added().size() >= MAX_ERRORS) {
      throw new IllegalArgumentException("a resolver appends at most " + MAX_ERRORS + " errors");
    }
    run.context().added().add(error);
  }

  private static Object raise(FieldError error) {
    throw new RaisedAbort(new Evaluation.Raised(error));
  }

  /** Raises the error of a validation, whose data is the field's value too. */
  private static Object refuse(FieldError error) {
    JsonNode data = error.data();
    throw new RaisedAbort(new Evaluation.Raised(error, data == null ? NullNode.instance : data));
  }

  private static FunctionTable conditions(FunctionTable table) {
    return table
        .add("isNull", (run, in) -> in.get(0) == null, Object.class)
        .add("isNullOrEmpty", (run, in) -> in.needed(0).isEmpty(), String.class)
        .add("isNullOrBlank", (run, in) -> in.needed(0).isBlank(), String.class)
        .add(
            "defaultIfNull",
            (run, in) -> in.get(0) == null ? in.get(1) : in.get(0),
            Object.class,
            Object.class)
        .add(
            "defaultIfNullOrEmpty",
            (run, in) -> in.needed(0).isEmpty() ? in.get(1) : in.get(0),
            String.class,
            String.class)
        .add(
            "defaultIfNullOrBlank",
            (run, in) -> in.needed(0).isBlank() ? in.get(1) : in.get(0),
            String.class,
            String.class)
        .add("isString", (run, in) -> in.get(0) instanceof String, Object.class)
        .add("isNumber", (run, in) -> in.get(0) instanceof Number, Object.class)
        .add("isBoolean", (run, in) -> in.get(0) instanceof Boolean, Object.class)
        .add("isList", (run, in) -> in.get(0) instanceof Collection<?>, Object.class)
        .add("isMap", (run, in) -> in.get(0) instanceof Map<?, ?>, Object.class)
        .add("typeOf", (run, in) -> type(in.get(0)), Object.class)
        .add("qr", (run, in) -> NOTHING, Object.class)
        .add("quiet", (run, in) -> NOTHING, Object.class);
  }

  private static String type(@Nullable Object value) {
    return switch (value) {
      case null -> "Null";
      case String text -> "String";
      case Number number -> "Number";
      case Boolean yesOrNo -> "Boolean";
      case Map<?, ?> map -> "Map";
      case Collection<?> list -> "List";
      case Object[] list -> "List";
      default -> "Object";
    };
  }
}
