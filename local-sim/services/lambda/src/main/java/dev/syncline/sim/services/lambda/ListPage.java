// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Output;
import java.util.List;

/** Lists in pages, as Lambda's {@code Marker} and {@code MaxItems} ask for them. */
final class ListPage {
  private ListPage() {}

  /** One page; the marker is the index of the next item. */
  static Output of(List<ObjectNode> items, String member, Input input) {
    int from;
    try {
      from = input.text("Marker").map(Integer::parseInt).orElse(0);
    } catch (NumberFormatException notOurs) {
      throw FunctionStore.invalid("Invalid Marker.");
    }
    int most = Math.min(input.integer("MaxItems").orElse(50), 10_000);
    int to = Math.min(items.size(), from + most);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode page = answer.putArray(member);
    items.subList(Math.min(from, items.size()), to).forEach(page::add);
    if (to < items.size()) {
      answer.put("NextMarker", Integer.toString(to));
    }
    return Output.of(answer);
  }
}
