// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.parse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.asl.Diagnostic;
import dev.syncline.sim.asl.WorkflowType;
import dev.syncline.sim.asl.internal.expr.AslJson;
import dev.syncline.sim.asl.internal.model.Flow;
import dev.syncline.sim.asl.internal.model.QueryLanguage;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a whole definition. */
public final class DefinitionParser {
  private static final int MAX_CHARS = 1_048_576;
  private static final Set<String> TOP_LEVEL =
      Set.of("Comment", "QueryLanguage", "StartAt", "States", "TimeoutSeconds", "Version");

  private DefinitionParser() {}

  /**
   * The result: a flow, or diagnostics.
   *
   * @param flow null if anything is wrong
   * @param timeoutSeconds of the whole machine, null for none
   */
  public record Result(
      @Nullable Flow flow,
      @Nullable Long timeoutSeconds,
      @Nullable String comment,
      List<Diagnostic> diagnostics) {}

  /** The name of a state that is given without a machine around it. */
  public static final String LONE_STATE = "StateName";

  /** Parses {@code text}. */
  public static Result parse(String text, WorkflowType type) {
    Problems problems = new Problems();
    JsonNode root = RepeatedKeys.checked(text, read(text, problems), problems);
    return root == null
        ? new Result(null, null, null, problems.found())
        : parse(root, type, problems, true);
  }

  /**
   * Parses a machine, or a lone state, of which one state is to be tested: its transitions need not
   * lead anywhere.
   */
  public static Result parseForTest(String text) {
    Problems problems = new Problems();
    JsonNode root = RepeatedKeys.checked(text, read(text, problems), problems);
    if (root == null) {
      return new Result(null, null, null, problems.found());
    }
    if (root.has("States") || !root.has("Type")) {
      return parse(root, WorkflowType.STANDARD, problems, false);
    }
    ObjectNode machine = JsonNodeFactory.instance.objectNode().put("StartAt", LONE_STATE);
    machine.putObject("States").set(LONE_STATE, root);
    return parse(machine, WorkflowType.STANDARD, problems, false);
  }

  private static Result parse(
      JsonNode root, WorkflowType type, Problems problems, boolean transitions) {
    QueryLanguage language = QueryLanguage.JSON_PATH;
    if (QueryLanguage.JSONATA.asl().equals(root.path("QueryLanguage").textValue())) {
      language = QueryLanguage.JSONATA;
    }
    Fields fields = new Fields(root, "", language, problems);
    fields.allow(TOP_LEVEL);
    checkLanguage(fields);
    String version = fields.text("Version");
    if (version != null && !version.equals("1.0")) {
      fields.schema("Version", "The field 'Version' should have one of these values: [1.0]");
    }
    Long timeout = null;
    if (fields.has("TimeoutSeconds")) {
      timeout = (long) fields.number("TimeoutSeconds", 1, 1, 99_999_999);
    }
    FlowParser parser = new FlowParser(language, type, problems);
    Flow flow = parser.parse(fields);
    if (transitions && !problems.incomplete()) {
      parser.checkTransitions();
    }
    boolean good = problems.isEmpty();
    return new Result(good ? flow : null, timeout, fields.text("Comment"), problems.found());
  }

  static void checkLanguage(Fields fields) {
    String language = fields.text("QueryLanguage");
    if (language != null
        && !language.equals(QueryLanguage.JSON_PATH.asl())
        && !language.equals(QueryLanguage.JSONATA.asl())) {
      fields.schema(
          "QueryLanguage",
          "The field 'QueryLanguage' should have one of these values: [JSONPath, JSONata]");
    }
  }

  private static @Nullable JsonNode read(String text, Problems problems) {
    if (text.length() > MAX_CHARS) {
      problems.add(
          Diagnostic.SCHEMA_VALIDATION_FAILED,
          "The definition must not be longer than " + MAX_CHARS + " characters",
          "/");
      return null;
    }
    try {
      // A blank text is reported as not an object, not as invalid JSON.
      JsonNode root = text.isBlank() ? MissingNode.getInstance() : AslJson.parse(text);
      if (root.isObject()) {
        return root;
      }
      problems.add(
          Diagnostic.INVALID_JSON_DESCRIPTION, "Definition must be a valid JSON object", null);
    } catch (JsonProcessingException e) {
      problems.invalidJson(e);
    }
    return null;
  }
}
