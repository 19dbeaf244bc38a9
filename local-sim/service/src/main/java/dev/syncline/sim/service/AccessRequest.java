// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.kernel.Arn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A call whose permissions are looked for. Its members are not checked yet, so a member of a wrong
 * type counts as absent here.
 */
public record AccessRequest(Operation operation, Input input, CallContext context) {
  private static final String ANY = "*";

  /**
   * A text that is not empty.
   *
   * @param path a member, or members of structures between dots, such as {@code Code.S3Bucket}
   */
  public Optional<String> text(String path) {
    JsonNode node = node(path);
    return node.isValueNode() && !node.isNull()
        ? Optional.of(node.asText()).filter(text -> !text.isEmpty())
        : Optional.empty();
  }

  /** A text, or {@code *} without it. */
  public String textOrAny(String path) {
    return text(path).orElse(ANY);
  }

  /** The items of a list; empty for another member. */
  public List<JsonNode> items(String path) {
    var items = new ArrayList<JsonNode>();
    JsonNode node = node(path);
    if (node.isArray()) {
      node.forEach(items::add);
    } else if (node instanceof LooseText) {
      items.add(node);
    }
    return items;
  }

  /** A member, which is a missing node when absent; {@code path} as in {@link #text}. */
  public JsonNode node(String path) {
    if (path.indexOf('.') < 0) {
      return input.json().path(path);
    }
    JsonNode node = input.json();
    for (String member : path.split("\\.", -1)) {
      node = node.path(member);
    }
    return node;
  }

  /** The ARN of a regional resource of the account; {@code name} stays if it is an ARN. */
  public String arn(String service, String prefix, String name) {
    return name.startsWith("arn:")
        ? name
        : Arn.aws(service, context.region(), context.account(), prefix + name);
  }
}
