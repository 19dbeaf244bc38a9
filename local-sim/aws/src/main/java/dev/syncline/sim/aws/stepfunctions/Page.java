// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.stepfunctions;

import dev.syncline.sim.aws.service.AwsException;
import dev.syncline.sim.aws.service.Input;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list, by offset. Limits and texts as recorded.
 *
 * @param nextToken null on the last page
 */
record Page<T>(List<T> items, @Nullable String nextToken) {
  private static final int MOST = 1000;
  private static final int LONGEST_TOKEN = 3096;

  /** The page that {@code maxResults} and {@code nextToken} ask for; 100 items unless told. */
  static <T> Page<T> of(Input input, List<T> all) {
    int asked = input.integer("maxResults").orElse(0);
    if (asked > MOST) {
      throw constraint(String.valueOf(asked), "maxResults", "value less than or equal to " + MOST);
    }
    if (asked < 0) {
      throw constraint(String.valueOf(asked), "maxResults", "value greater than or equal to 0");
    }
    int size = asked == 0 ? 100 : asked;
    int from = input.text("nextToken").map(Page::offset).orElse(0);
    int to = Math.min(all.size(), from + size);
    List<T> items = from >= all.size() ? List.of() : all.subList(from, to);
    return new Page<>(items, to < all.size() ? token(to) : null);
  }

  private static int offset(String token) {
    if (token.length() > LONGEST_TOKEN) {
      throw constraint(token, "nextToken", "length less than or equal to " + LONGEST_TOKEN);
    }
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      return Integer.parseUnsignedInt(text);
    } catch (IllegalArgumentException notOurs) {
      throw AwsException.badRequest("InvalidToken", "Invalid Token: '" + token + "'");
    }
  }

  private static String token(int offset) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(String.valueOf(offset).getBytes(StandardCharsets.UTF_8));
  }

  private static AwsException constraint(String value, String member, String rule) {
    return AwsException.badRequest(
        "ValidationException",
        "1 validation error detected: Value '"
            + value
            + "' at '"
            + member
            + "' failed to satisfy constraint: Member must have "
            + rule);
  }
}
