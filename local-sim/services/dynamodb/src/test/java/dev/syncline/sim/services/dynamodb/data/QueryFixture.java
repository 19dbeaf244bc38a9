// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

import static dev.syncline.sim.services.dynamodb.data.Samples.item;
import static dev.syncline.sim.services.dynamodb.data.Samples.key;
import static dev.syncline.sim.services.dynamodb.data.Samples.put;
import static dev.syncline.sim.services.dynamodb.data.Samples.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import java.math.BigDecimal;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A table of numbers, and assertions about queries. */
abstract class QueryFixture {
  static void assertFault(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ValidationFault.class,
            fault -> {
              assertThat(fault.text()).isEqualTo(message);
              assertThat(fault.kind()).isEqualTo(ValidationFault.Kind.BARE);
            });
  }

  static List<Object> texts(QueryPage page, String name) {
    return page.items().stream().map(item -> item.get(name)).<Object>map(Samples::plain).toList();
  }

  static TableData numbers() {
    TableData table = table(key("p:S", "r:N"));
    for (String number :
        List.of("-1000", "-2.5", "-2", "0", "1e-5", "1", "2", "10", "100", "1e30")) {
      put(table, item("p", "a", "r", new BigDecimal(number)));
    }
    put(table, item("p", "b", "r", 1));
    return table;
  }
}
