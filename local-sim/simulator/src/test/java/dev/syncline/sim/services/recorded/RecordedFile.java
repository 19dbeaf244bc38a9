// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.recorded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Calls to AWS and AWS's answers, recorded; they lie beside the checkout, in {@code
 * ../shared/corpus/aws-recordings}. Accounts and regions are read as those of the simulator.
 */
final class RecordedFile {
  private RecordedFile() {}

  /**
   * One call.
   *
   * @param service empty where the recording does not name it
   * @param operation as the service spells it
   * @param code {@code Success} or the error's
   * @param status 0 where it was not recorded
   */
  record Row(
      String label,
      String service,
      String operation,
      JsonNode input,
      String code,
      int status,
      String message,
      JsonNode output) {
    /** The same answer, for a call of our own; single quotes stand for double ones. */
    Row with(String newLabel, String newInput, JsonNode newOutput) {
      return new Row(
          newLabel, service, operation, json(newInput), code, status, message, newOutput);
    }
  }

  /** The folder of the recordings, empty when it is not there. */
  static Optional<Path> folder() {
    Path directory = Path.of("").toAbsolutePath();
    while (directory != null) {
      Path folder = directory.resolve("../shared/corpus/aws-recordings").normalize();
      if (Files.isDirectory(folder)) {
        return Optional.of(folder);
      }
      directory = directory.getParent();
    }
    return Optional.empty();
  }

  /** The file, with the simulator's account and region in the place of AWS's. */
  static JsonNode read(Path folder, String name) {
    try {
      return Json.MAPPER.readTree(
          Files.readString(folder.resolve(name + ".json"))
              .replace("000000000000", "111111111111")
              .replace("us-west-2", "us-east-1"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The rows of a file that has a list of them. */
  static List<Row> rows(JsonNode file) {
    var rows = new ArrayList<Row>();
    for (JsonNode row : file.path(file.has("calls") ? "calls" : "observations")) {
      JsonNode result = row.has("result") ? row.get("result") : row;
      JsonNode error = result.path("error");
      String message =
          result
              .path("message")
              .asText(error.path("Message").asText(error.path("message").asText("")));
      String code = result.path("code").asText(error.path("Code").asText("Success"));
      rows.add(
          new Row(
              row.path("label").asText(row.path("case").asText()),
              row.path("service").asText(""),
              operation(row.path("operation").asText()),
              row.has("input") ? row.get("input") : row.path("request"),
              code,
              result.path("http_status").asInt(0),
              message,
              result.path("output")));
    }
    return rows;
  }

  /** {@code create-secret} is CreateSecret. */
  private static String operation(String name) {
    var pascal = new StringBuilder();
    for (String word : name.split("-")) {
      pascal.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
    }
    return pascal.toString();
  }

  /**
   * The rows of a file that has answers by name, in order.
   *
   * @param calls the operation and the input that lead to the answer, both empty for none
   */
  static List<Row> namedRows(JsonNode file, Function<String, Map.Entry<String, String>> calls) {
    var rows = new ArrayList<Row>();
    for (Map.Entry<String, JsonNode> answer : file.path("observations").properties()) {
      JsonNode metadata = answer.getValue().path("ResponseMetadata");
      JsonNode error = answer.getValue().path("Error");
      Map.Entry<String, String> call = calls.apply(answer.getKey());
      JsonNode output = answer.getValue().deepCopy();
      if (output instanceof ObjectNode object) {
        object.remove("ResponseMetadata");
      }
      rows.add(
          new Row(
              answer.getKey(),
              "lambda",
              call.getKey(),
              json(call.getValue()),
              error.path("Code").asText("Success"),
              metadata.path("HTTPStatusCode").asInt(),
              error.path("Message").asText(),
              output));
    }
    return rows;
  }

  /** {@code <arn:NAME>} is the ARN of the queue; a task's handle was not recorded. */
  static JsonNode arns(JsonNode output) {
    return json(output.toString().replaceAll("<arn:([\\w-]+)>", queueArn("$1")));
  }

  static String queueArn(String name) {
    return "arn:aws:sqs:us-east-1:111111111111:" + name;
  }

  private static JsonNode json(String text) {
    try {
      return Json.MAPPER.readTree(text.startsWith("{'") ? text.replace('\'', '"') : text);
    } catch (IOException notJson) {
      throw new UncheckedIOException(notJson);
    }
  }
}
