// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Pages;
import java.util.List;
import java.util.function.Function;

/**
 * One page of a list. Limits and texts as recorded.
 *
 * @param nextToken null on the last page
 */
final class StepFunctionsPage {
  /** The length limit of the token of most lists, in characters. */
  static final int MAX_TOKEN_LENGTH = 1024;

  /** The length limit of the token of ListExecutions, in characters. */
  static final int MAX_EXECUTIONS_TOKEN_LENGTH = 3096;

  private static final int MAX_RESULTS = 1000;

  private StepFunctionsPage() {}

  /** Refuses values of {@code maxResults} and {@code nextToken} outside their limits. */
  static void check(Input input, int maxTokenLength) {
    int asked = input.integer("maxResults").orElse(0);
    Limits.requireAtMost(asked, "maxResults", MAX_RESULTS);
    Limits.requireAtLeast(asked, "maxResults", 0);
    String token = input.text("nextToken").orElse(null);
    if (token != null && token.isEmpty()) {
      throw StepFunctionsErrors.constraint(
          "Value ''", "nextToken", "have length greater than or equal to 1");
    }
    Limits.atMost(token, "nextToken", maxTokenLength);
  }

  /** The page that {@code maxResults} and {@code nextToken} ask for; 100 items by default. */
  static <T> Output of(
      Input input, List<T> all, String list, Function<? super T, ObjectNode> write) {
    int asked = input.integer("maxResults").orElse(0);
    Pages.Page<T> page;
    try {
      page = Pages.page(all, asked == 0 ? 100 : asked, input.text("nextToken"), "InvalidToken");
    } catch (AwsException invalid) {
      throw StepFunctionsErrors.invalidToken();
    }
    return Output.of(page.addTo(Json.object(), list, write, "nextToken"));
  }
}
