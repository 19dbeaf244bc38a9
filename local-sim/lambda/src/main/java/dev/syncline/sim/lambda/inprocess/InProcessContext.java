// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.inprocess;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.lambda.FunctionSpec;
import dev.syncline.sim.lambda.Invocation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The context of an invocation for a handler; the remaining time is virtual. Thread-safe. */
final class InProcessContext implements Context {
  private final SimClock clock;
  private final FunctionSpec spec;
  private final Invocation invocation;
  private final String logStream;
  private final Instant deadline;
  private final Consumer<String> output;

  InProcessContext(
      SimClock clock,
      FunctionSpec spec,
      Invocation invocation,
      String logStream,
      Instant deadline,
      Consumer<String> output) {
    this.clock = clock;
    this.spec = spec;
    this.invocation = invocation;
    this.logStream = logStream;
    this.deadline = deadline;
    this.output = output;
  }

  @Override
  public String getAwsRequestId() {
    return invocation.requestId();
  }

  @Override
  public String getLogGroupName() {
    return spec.logGroup();
  }

  @Override
  public String getLogStreamName() {
    return logStream;
  }

  @Override
  public String getFunctionName() {
    return spec.name();
  }

  @Override
  public String getFunctionVersion() {
    return spec.version();
  }

  @Override
  public String getInvokedFunctionArn() {
    return invocation.invokedArn();
  }

  @Override
  public @Nullable CognitoIdentity getIdentity() {
    return null;
  }

  @Override
  public @Nullable ClientContext getClientContext() {
    return null;
  }

  @Override
  public int getRemainingTimeInMillis() {
    return (int) Math.max(0, Duration.between(clock.now(), deadline).toMillis());
  }

  @Override
  public int getMemoryLimitInMB() {
    return spec.memoryMb();
  }

  @Override
  public LambdaLogger getLogger() {
    return new LambdaLogger() {
      @Override
      public void log(String message) {
        message.lines().forEach(output);
      }

      @Override
      public void log(byte[] message) {
        log(new String(message, StandardCharsets.UTF_8));
      }
    };
  }
}
