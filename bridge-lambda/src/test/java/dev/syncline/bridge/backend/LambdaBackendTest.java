// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.bridge.correlate.CorrelationId;
import dev.syncline.publisher.Channel;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LambdaBackendTest {

  private static final CorrelationId ID =
      new CorrelationId("exec-0123456789abcdef0123456789abcdef");
  private static final WorkRequest WORK =
      WorkRequest.of(ID, Channel.of("/replies/env-1/" + ID), "{\"a\":1}");

  private final FakeAws aws;
  private final Backend backend;

  LambdaBackendTest() throws IOException {
    aws = new FakeAws();
    backend =
        aws.backend(
            "lambda",
            Map.of("WORKER_FUNCTION_ARN", "arn:aws:lambda:eu-west-1:000000000000:function:worker"));
  }

  @AfterEach
  void close() throws Exception {
    backend.close();
    aws.close();
  }

  @Test
  void theFunctionIsInvokedAsynchronouslyWithTheWork() {
    aws.reply(202, "");
    assertThat(backend.start(WORK)).isEqualTo(new StartResult.Started());
    FakeAws.Call call = aws.calls.get(0);
    assertThat(call.invocationType()).isEqualTo("Event");
    assertThat(call.path()).startsWith("/2015-03-31/functions/").endsWith("/invocations");
    assertThat(call.path()).contains("worker");
    assertThat(call.body()).isEqualTo(WORK.toJson());
  }

  @ParameterizedTest
  @CsvSource({
    "429, TooManyRequestsException, true",
    "404, ResourceNotFoundException, false",
    "403, AccessDeniedException, false"
  })
  void aRefusedInvocationSaysWhetherTryingAgainMayHelp(int status, String type, boolean again) {
    StartResult.NotStarted not = aws.refusedStart(backend, WORK, status, type);
    assertThat(not.error()).isEqualTo(type);
    assertThat(not.retryable()).isEqualTo(again);
  }

  @Test
  void aServerErrorLeavesOpenWhetherItWasStarted() {
    aws.refuse(500, "ServiceException");
    assertThat(backend.start(WORK)).isInstanceOf(StartResult.Unconfirmed.class);
  }

  @Test
  void itKeepsNoState() {
    assertThat(backend.find(ID)).isEqualTo(new FindResult.Untracked());
    assertThat(aws.calls).isEmpty();
  }
}
