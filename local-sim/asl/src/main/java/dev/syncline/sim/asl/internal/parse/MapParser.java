// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.parse;

import dev.syncline.sim.asl.Diagnostic;
import dev.syncline.sim.asl.TaskResource;
import dev.syncline.sim.asl.WorkflowType;
import dev.syncline.sim.asl.internal.expr.FieldValue;
import dev.syncline.sim.asl.internal.expr.PayloadTemplate;
import dev.syncline.sim.asl.internal.expr.Query;
import dev.syncline.sim.asl.internal.model.Flow;
import dev.syncline.sim.asl.internal.model.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a Map state, inline or distributed. */
record MapParser(FlowParser flows, Fields fields) {
  private static final Set<String> PROCESSOR =
      Set.of("Comment", "StartAt", "States", "ProcessorConfig");
  private static final Set<String> CONFIG = Set.of("Mode", "ExecutionType");
  private static final List<String> EXECUTION_TYPES = List.of("STANDARD", "EXPRESS");
  private static final Set<String> INPUT_TYPES = Set.of("JSON", "JSONL", "CSV", "MANIFEST");
  private static final Set<String> READER_CONFIG =
      Set.of(
          "InputType",
          "Transformation",
          "ManifestType",
          "CSVHeaderLocation",
          "CSVHeaders",
          "CSVDelimiter",
          "MaxItems",
          "MaxItemsPath",
          "ItemsPointer");
  private static final Set<String> BATCHER =
      Set.of("MaxItemsPerBatch", "MaxInputBytesPerBatch", "BatchInput");
  private static final Set<String> BATCHER_PATHS =
      Set.of(
          "MaxItemsPerBatch",
          "MaxItemsPerBatchPath",
          "MaxInputBytesPerBatch",
          "MaxInputBytesPerBatchPath",
          "BatchInput");
  private static final long MAX_ITEMS = 100_000_000;
  private static final long MAX_BATCH_BYTES = 262_144;
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
    PayloadTemplate selector =
        fields.template(fields.has("ItemSelector") ? "ItemSelector" : "Parameters");
    State.Distributed extra = distributed && config != null ? distributed(config) : null;
    if (!distributed) {
      inlineOnly();
    }
    var handling = new HandlingParser(fields).parse();
    FieldValue concurrency = fields.valueOrPath("MaxConcurrency", false);
    fields.bound("MaxConcurrency", concurrency, true, 0, Integer.MAX_VALUE);
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
    PayloadTemplate template = fields.template(field);
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
    config.require("ExecutionType");
    String executionType = config.text("ExecutionType");
    String label = fields.text("Label");
    if (label != null
        && (label.isEmpty()
            || label.length() > 40
            || label.chars().anyMatch(c -> c <= ' ' || FORBIDDEN_IN_LABEL.indexOf(c) >= 0))) {
      fields.schema("Label", "The label must be 1 to 40 characters long and without special ones");
    }
    if (executionType != null && !EXECUTION_TYPES.contains(executionType)) {
      config.schema(
          "ExecutionType",
          "The field 'ExecutionType' should have one of these values: " + EXECUTION_TYPES);
    }
    FieldValue count = fields.valueOrPath("ToleratedFailureCount", false);
    fields.bound("ToleratedFailureCount", count, true, 0, Integer.MAX_VALUE);
    FieldValue percentage = fields.valueOrPath("ToleratedFailurePercentage", false);
    fields.bound("ToleratedFailurePercentage", percentage, false, 0, 100);
    return new State.Distributed(
        "EXPRESS".equals(executionType), label, count, percentage, batcher(), reader(), writer());
  }

  private State.@Nullable Batcher batcher() {
    Fields batcher = fields.object("ItemBatcher");
    if (batcher == null) {
      return null;
    }
    batcher.allow(fields.jsonata() ? BATCHER : BATCHER_PATHS, BATCHER_PATHS);
    FieldValue items = batcher.valueOrPath("MaxItemsPerBatch", false);
    FieldValue bytes = batcher.valueOrPath("MaxInputBytesPerBatch", false);
    if (BATCHER_PATHS.stream().noneMatch(name -> name.startsWith("Max") && batcher.has(name))) {
      batcher.schema(
          "",
          "At least one of these fields is required: [MaxItemsPerBatch, MaxInputBytesPerBatch]");
    }
    batcher.bound("MaxItemsPerBatch", items, true, 1, MAX_ITEMS);
    batcher.bound("MaxInputBytesPerBatch", bytes, true, 1, MAX_BATCH_BYTES);
    return new State.Batcher(items, bytes, batcher.template("BatchInput"));
  }

  private State.@Nullable Reader reader() {
    Fields reader = fields.object("ItemReader");
    if (reader == null) {
      return null;
    }
    reader.require("Resource", argumentsField());
    reader.allow(
        Set.of("Resource", argumentsField(), "ReaderConfig"), Set.of(otherArgumentsField()));
    TaskResource resource = resource(reader);
    PayloadTemplate arguments = reader.template(argumentsField());
    Fields config = reader.object("ReaderConfig");
    boolean listing = resource != null && resource.action().equals("listObjectsV2");
    return resource == null ? null : new State.Reader(resource, arguments, config(config, listing));
  }

  private String argumentsField() {
    return fields.jsonata() ? "Arguments" : "Parameters";
  }

  private String otherArgumentsField() {
    return fields.jsonata() ? "Parameters" : "Arguments";
  }

  private static @Nullable TaskResource resource(Fields transfer) {
    String arn = transfer.text("Resource");
    TaskResource resource = arn == null ? null : TaskResource.parse(arn);
    if (arn != null && resource == null) {
      transfer.schema("Resource", "Value is not a valid resource ARN");
    }
    return resource;
  }

  private State.@Nullable Writer writer() {
    Fields writer = fields.object("ResultWriter");
    if (writer == null) {
      return null;
    }
    writer.allow(
        Set.of("Resource", argumentsField(), "WriterConfig"), Set.of(otherArgumentsField()));
    if (!writer.has("WriterConfig") || writer.has("Resource") || writer.has(argumentsField())) {
      writer.require("Resource", argumentsField());
    }
    TaskResource resource = resource(writer);
    PayloadTemplate arguments = writer.template(argumentsField());
    Fields config = writer.object("WriterConfig");
    String transformation = null;
    boolean lines = false;
    if (config != null) {
      config.allow(Set.of("OutputType", "Transformation"));
      transformation = oneOf(config, "Transformation", List.of("NONE", "COMPACT", "FLATTEN"));
      lines = "JSONL".equals(oneOf(config, "OutputType", List.of("JSON", "JSONL")));
    }
    return new State.Writer(resource, arguments, transformation, lines);
  }

  private static @Nullable String oneOf(Fields config, String field, List<String> values) {
    String value = config.text(field);
    if (value != null && !values.contains(value)) {
      config.schema(field, "The field '" + field + "' should have one of these values: " + values);
    }
    return value;
  }

  private static State.ReaderConfig config(@Nullable Fields config, boolean listing) {
    if (config == null) {
      return new State.ReaderConfig("JSON", false, List.of(), ',', null, null);
    }
    config.allow(
        config.jsonata() ? without(READER_CONFIG, "MaxItemsPath") : READER_CONFIG, READER_CONFIG);
    String inputType = config.text("InputType");
    if (inputType != null && !INPUT_TYPES.contains(inputType)) {
      unsupported(config, "InputType", inputType);
    }
    String manifest = config.text("ManifestType");
    if (manifest != null && !manifest.equals("S3_INVENTORY")) {
      unsupported(config, "ManifestType", manifest);
    }
    if ("CSV".equals(inputType)) {
      config.require("CSVHeaderLocation");
    }
    List<String> headers = new ArrayList<>();
    if ("GIVEN".equals(oneOf(config, "CSVHeaderLocation", List.of("FIRST_ROW", "GIVEN")))) {
      config.require("CSVHeaders");
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
    boolean load =
        "LOAD_AND_FLATTEN"
            .equals(oneOf(config, "Transformation", List.of("NONE", "LOAD_AND_FLATTEN")));
    FieldValue maxItems = config.valueOrPath("MaxItems", false);
    config.bound("MaxItems", maxItems, true, 0, Long.MAX_VALUE);
    return new State.ReaderConfig(
        inputType == null ? "JSON" : inputType,
        load && listing,
        List.copyOf(headers),
        separator,
        maxItems,
        config.text("ItemsPointer"));
  }

  private static Set<String> without(Set<String> names, String name) {
    return names.stream().filter(one -> !one.equals(name)).collect(Collectors.toSet());
  }

  private static void unsupported(Fields config, String field, String value) {
    config
        .problems()
        .add(
            Diagnostic.UNSUPPORTED_HERE,
            field + " " + value + " of an ItemReader is not supported",
            config.at(field));
  }
}
