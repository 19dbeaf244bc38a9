// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.cognito.pool.CognitoErrors;
import dev.syncline.sim.services.cognito.pool.UserPool;
import java.util.List;
import java.util.function.Consumer;

/** The operations on the tags of pools. Thread-safe. */
record PoolTagOperations(CognitoParts parts) {
  private static final String TAGS = "UserPoolTags";
  private static final int MAX_TAGS = 50;

  List<Operation> operations() {
    return List.of(
        Operation.of("TagResource: ResourceArn, Tags", this::tag),
        Operation.of("UntagResource: ResourceArn, TagKeys", this::untag),
        Operation.of("ListTagsForResource: ResourceArn", this::list));
  }

  private UserPool pool(Input input) {
    String arn = input.requiredText("ResourceArn");
    int slash = arn.indexOf("userpool/");
    if (slash < 0) {
      throw CognitoErrors.invalidParameter("Invalid resource ARN: " + arn);
    }
    UserPool pool = parts.store().pool(arn.substring(slash + "userpool/".length()));
    if (!pool.arn().equals(arn)) {
      throw CognitoErrors.noPool(pool.id());
    }
    return pool;
  }

  private Output change(UserPool pool, Consumer<ObjectNode> change) {
    ObjectNode settings = pool.settings().deepCopy();
    ObjectNode tags = settings.withObject("/" + TAGS);
    change.accept(tags);
    if (tags.size() > MAX_TAGS) {
      throw CognitoErrors.limitExceeded("A user pool can have at most " + MAX_TAGS + " tags.");
    }
    if (tags.isEmpty()) {
      settings.remove(TAGS);
    }
    parts.store().put(pool.withSettings(settings, pool.modified()));
    return Output.empty();
  }

  private Output tag(Input input, CallContext context) {
    return change(pool(input), tags -> input.textMap("Tags").forEach(tags::put));
  }

  private Output untag(Input input, CallContext context) {
    return change(pool(input), tags -> tags.remove(input.texts("TagKeys")));
  }

  private Output list(Input input, CallContext context) {
    ObjectNode answer = Json.object();
    answer.set(
        "Tags",
        pool(input).settings().path(TAGS).isObject()
            ? pool(input).settings().get(TAGS)
            : Json.object());
    return Output.of(answer);
  }
}
