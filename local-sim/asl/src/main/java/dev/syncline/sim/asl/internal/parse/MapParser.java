// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.parse;

import dev.syncline.sim.asl.Diagnostic;
import dev.syncline.sim.asl.TaskResource;
import dev.syncline.sim.asl.WorkflowType;
import dev.syncline.sim.asl.internal.expr.FieldValue;
import dev.syncline.sim.asl.internal.expr.Query;
import dev.syncline.sim.asl.internal.expr.Template;
import dev.syncline.sim.asl.internal.model.Flow;
import dev.syncline.sim.asl.internal.model.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a Map state, inline or distributed. */
record MapParser(FlowParser flows, Fields fields) {
  private static final Set<String> PROCESSOR =
      Set.of("Comment", "StartAt", "States", "ProcessorConfig");
  private static final Set<String> CONFIG = Set.of("Mode", "ExecutionType");
  private static final Set<String> INPUT_TYPES = Set.of("JSON", "JSONL", "CSV");
  private static final Map<String, Character> DELIMITERS =
      Map.of("COMMA", ',', "PIPE", '|', "SEMICOLON", ';', "SPACE", ' ', "TAB", '\t');
  private static final String FORBIDDEN_IN_LABEL = "?*<>{}[]:;,\\|^~$#%&`\"";

  @Nullable State parse(State.Head head) {
    String processorField = fields.has("Iterator") ? "Iterator" : "ItemProcessor";
    fields.require(processorField);
    Fields processor = fields.object(processorField);
    if (processor == null) {
      return null;
    }
    processor.allow(PROCESSOR);
    Flow flow = flows.parse(processor);
    Fields config = processor.object("ProcessorConfig");
    if (config != null) {
      config.allow(CONFIG);
    }
    String mode = config == null ? null : config.text("Mode");
    if (config != null && mode != null && !mode.equals("INLINE") && !mode.equals("DISTRIBUTED")) {
      config.schema(
          "Mode", "The field 'Mode' should have one of these values: [INLINE, DISTRIBUTED]");
    }
    boolean distributed = "DISTRIBUTED".equals(mode);
    // Parameters is the old name of ItemSelector; the head has read it as the state's own.
    Template selector = fields.template(fields.has("ItemSelector") ? "ItemSelector" : "Parameters");
    State.Distributed extra = distributed && config != null ? distributed(config) : null;
    if (!distributed) {
      inlineOnly();
    }
    var handling = new HandlingParser(fields).parse();
    FieldValue concurrency = fields.valueOrPath("MaxConcurrency", false);
    FieldValue items = items();
    return flow == null
        ? null
        : new State.Map(head, flow, items, selector, concurrency, extra, handling);
  }

  private @Nullable FieldValue items() {
    if (fields.jsonata()) {
      return items("Items");
    }
    String path = fields.text("ItemsPath");
    Query query = path == null ? null : fields.query("ItemsPath", path, false);
    return query == null ? null : new FieldValue.FromPath("ItemsPath", query);
  }

  /** A literal array may have expressions in it. */
  private @Nullable FieldValue items(String field) {
    if (!fields.get(field).isArray()) {
      return fields.value(field);
    }
    Template template = fields.template(field);
    return template == null ? null : new FieldValue.FromTemplate(field, template);
  }

  private void inlineOnly() {
    for (String name : new String[] {"ItemReader", "ItemBatcher", "ResultWriter", "Label"}) {
      if (fields.has(name)) {
        fields.schema("", "Field '" + name + "' is not supported");
      }
    }
  }

  private State.Distributed distributed(Fields config) {
    if (flows.type() == WorkflowType.EXPRESS) {
      config.schema("Mode", "Express state machine does not support Distributed Map");
    }
    String executionType = config.text("ExecutionType");
    String label = fields.text("Label");
    if (label != null
        && (label.isEmpty()
            || label.length() > 40
            || label.chars().anyMatch(c -> c <= ' ' || FORBIDDEN_IN_LABEL.indexOf(c) >= 0))) {
      fields.schema("Label", "The label must be 1 to 40 characters long and without special ones");
    }
    return new State.Distributed(
        "EXPRESS".equals(executionType),
        label,
        fields.valueOrPath("ToleratedFailureCount", false),
        fields.valueOrPath("ToleratedFailurePercentage", false),
        batcher(),
        transfer("ItemReader", "ReaderConfig"),
        transfer("ResultWriter", "WriterConfig"));
  }

  private State.@Nullable Batcher batcher() {
    Fields batcher = fields.object("ItemBatcher");
    return batcher == null
        ? null
        : new State.Batcher(
            batcher.valueOrPath("MaxItemsPerBatch", false),
            batcher.valueOrPath("MaxInputBytesPerBatch", false),
            batcher.template("BatchInput"));
  }

  private State.@Nullable Transfer transfer(String field, String configField) {
    Fields transfer = fields.object(field);
    if (transfer == null) {
      return null;
    }
    transfer.require("Resource");
    String arn = transfer.text("Resource");
    TaskResource resource = arn == null ? null : TaskResource.parse(arn);
    Template arguments = transfer.template(fields.jsonata() ? "Arguments" : "Parameters");
    State.ReaderConfig config = config(transfer.object(configField), field);
    if (resource == null) {
      transfer.schema("Resource", "Value is not a valid resource ARN");
      return null;
    }
    return new State.Transfer(resource, arguments, config);
  }

  private State.ReaderConfig config(@Nullable Fields config, String field) {
    if (config == null || field.equals("ResultWriter")) {
      refuse(config, "OutputType", "JSON");
      refuse(config, "Transformation", "NONE");
      return new State.ReaderConfig("JSON", List.of(), ',', null, null);
    }
    String inputType = config.text("InputType");
    if (inputType != null && !INPUT_TYPES.contains(inputType)) {
      config
          .problems()
          .add(
              Diagnostic.UNSUPPORTED_HERE,
              "InputType " + inputType + " of an ItemReader is not supported",
              config.at("InputType"));
    }
    List<String> headers = new ArrayList<>();
    if ("GIVEN".equals(config.text("CSVHeaderLocation"))) {
      config.array("CSVHeaders").forEach(header -> headers.add(header.asText()));
    }
    String delimiter = config.text("CSVDelimiter");
    Character separator = DELIMITERS.get(delimiter == null ? "COMMA" : delimiter);
    if (separator == null) {
      config.schema(
          "CSVDelimiter",
          "The field 'CSVDelimiter' should have one of these values: [COMMA, PIPE, SEMICOLON,"
              + " SPACE, TAB]");
      separator = ',';
    }
    return new State.ReaderConfig(
        inputType == null ? "JSON" : inputType,
        List.copyOf(headers),
        separator,
        config.valueOrPath("MaxItems", false),
        config.text("ItemsPointer"));
  }

  private static void refuse(@Nullable Fields config, String field, String supported) {
    String value = config == null ? null : config.text(field);
    if (config != null && value != null && !value.equals(supported)) {
      config
          .problems()
          .add(
              Diagnostic.UNSUPPORTED_HERE,
              field + " " + value + " of a ResultWriter is not supported",
              config.at(field));
    }
  }
}
