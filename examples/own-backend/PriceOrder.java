// SPDX-License-Identifier: Apache-2.0
package example;

import dev.syncline.worker.Work;
import dev.syncline.worker.WorkException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Prices an order. Use a JSON library of your choice; this shows only where the work goes. */
public final class PriceOrder implements Work {
  private static final Pattern QUANTITY = Pattern.compile("\"quantity\"\\s*:\\s*(\\d{1,9})");

  @Override
  public String perform(String id, String event) throws WorkException {
    Matcher quantity = QUANTITY.matcher(event);
    if (!quantity.find()) {
      throw new WorkException("InvalidOrder", "The order has no quantity", null);
    }
    return "{\"total\":" + Integer.parseInt(quantity.group(1)) * 12.5 + "}";
  }
}
