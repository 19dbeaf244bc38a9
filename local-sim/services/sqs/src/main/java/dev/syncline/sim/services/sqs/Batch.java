// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Output;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What the batch operations have in common: each entry succeeds or fails on its own. */
final class Batch {
  private static final int MOST_ENTRIES = 10;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,80}");

  private Batch() {}

  /**
   * The entries, checked as a whole.
   *
   * @param kind as an error names an entry
   */
  static List<Input> entries(Input input, String kind) {
    List<Input> entries = input.structures("Entries");
    if (entries.isEmpty()) {
      throw AwsException.badRequest(
          "EmptyBatchRequest", "There should be at least one " + kind + " in the request.");
    }
    if (entries.size() > MOST_ENTRIES) {
      throw AwsException.badRequest(
          "TooManyEntriesInBatchRequest",
          "Maximum number of entries per request are "
              + MOST_ENTRIES
              + ". You have sent "
              + entries.size()
              + ".");
    }
    var ids = new HashSet<String>();
    for (Input entry : entries) {
      String id = entry.text("Id").orElse("");
      if (!ID.matcher(id).matches()) {
        throw AwsException.badRequest(
            "InvalidBatchEntryId",
            "A batch entry id can only contain alphanumeric characters, hyphens and underscores."
                + " It can be at most 80 letters long.");
      }
      if (!ids.add(id)) {
        throw AwsException.badRequest("BatchEntryIdsNotDistinct", "Id " + id + " repeated.");
      }
    }
    return entries;
  }

  /** Does the work for each entry and answers for each. */
  static Output each(List<Input> entries, Function<Input, ObjectNode> work) {
    ArrayNode successful = Json.array();
    ArrayNode failed = Json.array();
    for (Input entry : entries) {
      String id = entry.requiredText("Id");
      try {
        ObjectNode done = work.apply(entry);
        successful.add(Json.object().put("Id", id).setAll(done));
      } catch (AwsException refused) {
        failed.add(
            Json.object()
                .put("Id", id)
                .put("SenderFault", refused.status() < 500)
                .put("Code", SqsErrors.queryCode(refused))
                .put("Message", refused.text()));
      }
    }
    ObjectNode json = Json.object();
    if (!successful.isEmpty()) {
      json.set("Successful", successful);
    }
    if (!failed.isEmpty()) {
      json.set("Failed", failed);
    }
    return Output.of(json);
  }
}
