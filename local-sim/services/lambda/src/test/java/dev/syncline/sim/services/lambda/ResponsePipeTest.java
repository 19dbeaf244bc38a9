// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.sim.lambda.InvocationResult;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The way of a streamed response from the function to the client. */
@Timeout(30)
class ResponsePipeTest {
  private static final InvocationResult DONE = new InvocationResult(new byte[0], null, null, "");

  private final ResponsePipe pipe = new ResponsePipe();

  @Test
  void partsComeInOrderAndThenTheEnd() {
    assertThat(pipe.begun()).isNotDone();
    assertThat(pipe.poll()).isNull();
    CompletableFuture<Boolean> begun = pipe.begun();
    pipe.start("text/plain");
    assertThat(begun).isCompleted();
    assertThat(pipe.contentType()).isEqualTo("text/plain");
    CompletableFuture<Boolean> change = pipe.change();
    assertThat(change).isNotDone();
    pipe.part(new byte[] {1});
    assertThat(change).isCompleted();
    pipe.part(new byte[] {2});
    pipe.end(DONE, null);

    assertThat(((ResponsePipe.Next.Part) Objects.requireNonNull(pipe.poll())).bytes())
        .containsExactly(1);
    assertThat(((ResponsePipe.Next.Part) Objects.requireNonNull(pipe.poll())).bytes())
        .containsExactly(2);
    assertThat(pipe.change()).isCompleted();
    assertThat(pipe.poll()).isEqualTo(new ResponsePipe.Next.End(DONE));
  }

  @Test
  void aFunctionThatDoesNotStreamEnds() {
    CompletableFuture<Boolean> begun = pipe.begun();

    pipe.end(DONE, null);

    assertThat(begun).isCompleted();
    assertThat(pipe.contentType()).isNull();
  }

  @Test
  void aFunctionThatHasEndedBeforeTheReaderComesHasBegun() {
    pipe.end(DONE, null);

    assertThat(pipe.begun()).isCompleted();
  }

  @Test
  void theFunctionWaitsForASlowReader() throws Exception {
    var third = new CompletableFuture<Boolean>();
    Thread function =
        Thread.ofVirtual()
            .start(
                () -> {
                  pipe.part(new byte[700 * 1024]);
                  pipe.part(new byte[700 * 1024]);
                  pipe.part(new byte[1]);
                  third.complete(true);
                });
    while (function.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(third).isNotDone();

    assertThat(pipe.poll()).isNotNull();

    assertThat(third.get(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void anAbandonedFunctionDoesNotWait() throws Exception {
    var ended = new CompletableFuture<Boolean>();
    Thread.ofVirtual()
        .start(
            () -> {
              for (int i = 0; i < 50; i++) {
                pipe.part(new byte[200 * 1024]);
              }
              ended.complete(true);
            });

    pipe.abandon();

    assertThat(ended.get(20, TimeUnit.SECONDS)).isTrue();
    assertThat(pipe.poll()).isNull();
  }

  @Test
  void aFailureOfTheSimulatorIsPassedOn() {
    pipe.end(null, new IllegalStateException("closed"));

    assertThatThrownBy(pipe::poll).hasRootCauseMessage("closed");
  }
}
