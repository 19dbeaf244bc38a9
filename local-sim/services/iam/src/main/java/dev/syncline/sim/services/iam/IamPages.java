// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Pages;
import java.util.List;
import java.util.function.BiConsumer;

/** Answers a list operation with {@code Marker}, {@code MaxItems} and {@code IsTruncated}. */
final class IamPages {
  private static final int DEFAULT_ITEMS = 100;

  private IamPages() {}

  /**
   * One page of a list.
   *
   * @param member the list's name in the answer
   * @throws dev.syncline.sim.service.AwsException {@code InvalidInput} for a marker that no page
   *     gave
   */
  static <T> Output list(Input input, String member, List<T> all, BiConsumer<ArrayNode, T> writer) {
    Pages.Page<T> page =
        Pages.page(
            all,
            input.integer("MaxItems").orElse(DEFAULT_ITEMS),
            input.text("Marker"),
            IamErrors.INVALID_MARKER);
    ObjectNode answer = Json.object();
    ArrayNode items = answer.putArray(member);
    page.items().forEach(item -> writer.accept(items, item));
    answer.put("IsTruncated", page.next().isPresent());
    page.next().ifPresent(marker -> answer.put("Marker", marker));
    return Output.of(answer);
  }
}
