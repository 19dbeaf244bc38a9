// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito;

import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Pages;
import java.util.List;

/** Cuts lists into pages of at most 60 items. Stateless. */
final class CognitoPages {
  private static final int MAX_ITEMS = 60;

  private CognitoPages() {}

  /**
   * A page.
   *
   * @param limit the member with the number of items; 0 or absent for the most
   * @param token the member with the token of an earlier page
   */
  static <T> Pages.Page<T> of(Input input, List<T> all, String limit, String token) {
    int wanted = input.integer(limit).orElse(MAX_ITEMS);
    return Pages.page(
        all,
        wanted == 0 ? MAX_ITEMS : Math.min(wanted, MAX_ITEMS),
        input.text(token),
        "InvalidParameterException");
  }
}
