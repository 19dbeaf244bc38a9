// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Pages;
import dev.syncline.sim.service.Tags;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The operations on the tags of tables. Thread-safe. */
record TableTagOperations(RoomParts parts) {
  private static final String ARN = "ResourceArn";
  private static final int PAGE = 10;
  private static final Pattern TABLE_ARN =
      Pattern.compile("arn:aws:dynamodb:.+:\\d+:table/[^/]{3,}");

  List<Operation> operations() {
    return List.of(
        Operation.of("TagResource: ResourceArn, Tags", this::tag),
        Operation.of("UntagResource: ResourceArn, TagKeys", this::untag),
        Operation.of("ListTagsOfResource: ResourceArn, NextToken", this::list));
  }

  private Output tag(Input input, CallContext context) {
    String arn = checked("TagResource", input);
    if (input.list("Tags").isEmpty()) {
      throw DynamoDbErrors.validation("Atleast one Tag needs to be provided as Input.");
    }
    Map<String, String> added = TagRules.read(input);
    tagged(arn, "TagResource", context)
        .feature(before -> before.withTags(TagRules.merged(before.tags(), added)));
    return emptyBody();
  }

  private Output untag(Input input, CallContext context) {
    String arn = checked("UntagResource", input);
    List<String> keys = input.texts("TagKeys");
    if (keys.isEmpty()) {
      throw DynamoDbErrors.validation("Atleast one Tag Key needs to be provided as Input.");
    }
    tagged(arn, "UntagResource", context)
        .feature(
            before -> {
              var tags = new LinkedHashMap<>(before.tags());
              tags.keySet().removeAll(keys);
              return before.withTags(tags);
            });
    return emptyBody();
  }

  /** AWS answers without a body, not even an empty object. */
  private static Output emptyBody() {
    return Output.raw(200, Map.of(), new byte[0]);
  }

  private Output list(Input input, CallContext context) {
    String arn = checked("ListTagsOfResource", input);
    Map<String, String> tags = tagged(arn, "ListTagsOfResource", context).features().tags();
    Pages.Page<Map.Entry<String, String>> page =
        Pages.page(
            List.copyOf(tags.entrySet()), PAGE, input.text("NextToken"), "ValidationException");
    var shown = new LinkedHashMap<String, String>();
    page.items().forEach(tag -> shown.put(tag.getKey(), tag.getValue()));
    ObjectNode json = Json.object();
    json.set("Tags", Tags.write(shown));
    page.next().ifPresent(next -> json.put("NextToken", next));
    return Output.of(json);
  }

  /** The ARN, which has the form of a table's. */
  private String checked(String operation, Input input) {
    if (!input.has(ARN)) {
      throw DynamoDbErrors.validation("Invalid TableArn");
    }
    parts.constraints().check(operation, input);
    String arn = input.text(ARN).orElse("");
    if (!TABLE_ARN.matcher(arn).matches()) {
      throw DynamoDbErrors.validation(
          "Invalid TableArn: Invalid ResourceArn provided as input " + arn);
    }
    return arn;
  }

  private Table tagged(String arn, String operation, CallContext context) {
    if (!Arn.parse(arn).account().equals(context.account())) {
      throw DynamoDbErrors.accessDenied(context.account(), operation, arn);
    }
    Table table = parts.store().find(arn);
    if (table == null) {
      throw DynamoDbErrors.taggedNotFound(arn);
    }
    return table;
  }
}
