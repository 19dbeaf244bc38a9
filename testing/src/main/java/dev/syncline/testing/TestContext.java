// SPDX-License-Identifier: Apache-2.0
package dev.syncline.testing;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/** Contexts of Lambda invocations for tests. They refuse every question that no test needs. */
public final class TestContext {
  private TestContext() {}

  /** A context without a log. */
  public static Context of(String requestId, IntSupplier remainingMillis) {
    return of(
        requestId,
        remainingMillis,
        line -> {
          throw new UnsupportedOperationException("no log: " + line);
        });
  }

  /**
   * A context.
   *
   * @param remainingMillis the time that is left, in milliseconds
   * @param log takes each message
   */
  public static Context of(String requestId, IntSupplier remainingMillis, Consumer<String> log) {
    LambdaLogger logger =
        new LambdaLogger() {
          @Override
          public void log(String message) {
            log.accept(message);
          }

          @Override
          public void log(byte[] message) {
            log(new String(message, StandardCharsets.UTF_8));
          }
        };
    Class<?>[] types = {Context.class};
    Object context =
        Proxy.newProxyInstance(
            Context.class.getClassLoader(),
            types,
            (proxy, method, arguments) -> {
              String asked = method.getName();
              return switch (asked) {
                case "getAwsRequestId" -> requestId;
                case "getRemainingTimeInMillis" -> remainingMillis.getAsInt();
                case "getLogger" -> logger;
                default -> throw new UnsupportedOperationException(asked);
              };
            });
    return Context.class.cast(context);
  }
}
