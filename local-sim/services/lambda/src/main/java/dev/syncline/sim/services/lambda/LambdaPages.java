// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Pages;
import java.util.List;

/** Writes pages of lists by Lambda's {@code Marker} and {@code MaxItems}. */
final class LambdaPages {
  private static final int DEFAULT_ITEMS = 50;
  private static final int MAX_ITEMS = 10_000;

  private LambdaPages() {}

  /** The page that the input asks for. */
  static Output of(List<ObjectNode> items, String member, Input input) {
    Pages.Page<ObjectNode> page =
        Pages.page(
            items,
            Math.min(input.integer("MaxItems").orElse(DEFAULT_ITEMS), MAX_ITEMS),
            input.text("Marker"),
            LambdaErrors.INVALID_PARAMETER);
    return Output.of(page.addTo(Json.object(), member, item -> item, "NextMarker"));
  }
}
