// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.service.AwsException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Administrators who change the same pool at the same time. */
class ConcurrentSettingsTest {
  private static final int CALLS = 16;
  private static final int ROUNDS = 20;

  @AutoClose private final CognitoFixture room = new CognitoFixture();

  /** How many of the calls succeed. */
  private static long succeeded(IntFunction<Runnable> calls) throws Exception {
    var start = new CyclicBarrier(CALLS);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> results = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        Runnable call = calls.apply(i);
        results.add(
            threads.submit(
                () -> {
                  start.await();
                  try {
                    call.run();
                    return true;
                  } catch (AwsException refused) {
                    return false;
                  }
                }));
      }
      long count = 0;
      for (Future<Boolean> result : results) {
        count += result.get() ? 1 : 0;
      }
      return count;
    }
  }

  @Test
  void oneNewDomainOfANameSucceeds() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      String pool = room.pool("");
      String domain = "domain" + round;
      assertThat(
              succeeded(
                  i ->
                      () ->
                          room.output(
                              "CreateUserPoolDomain",
                              "{'UserPoolId': '%s', 'Domain': '%s'}",
                              pool,
                              domain)))
          .isEqualTo(1);
    }
  }

  @Test
  void noCustomAttributeIsLost() throws Exception {
    String pool = room.pool("");
    assertThat(
            succeeded(
                i ->
                    () ->
                        room.output(
                            "AddCustomAttributes",
                            "{'UserPoolId': '%s', 'CustomAttributes': [{'Name': 'a%d',"
                                + " 'AttributeDataType': 'String'}]}",
                            pool,
                            i)))
        .isEqualTo(CALLS);
    assertThat(
            room.call("DescribeUserPool", "{'UserPoolId': '%s'}", pool)
                .at("/UserPool/SchemaAttributes"))
        .filteredOn(attribute -> attribute.path("Name").asText().startsWith("custom:"))
        .hasSize(CALLS);
  }
}
