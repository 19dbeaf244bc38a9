// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.bridge.correlate.CorrelationId;
import dev.syncline.publisher.Channel;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of every backend. {@link BackendContractTest} runs it for each shipped one. */
abstract class BackendContract {

  static final CorrelationId ID = new CorrelationId("exec-0123456789abcdef0123456789abcdef");
  static final WorkRequest WORK =
      new WorkRequest(
          ID,
          Optional.of(Channel.of("/replies/env-1/" + ID)),
          "{\"name\":\"She said \\\"hi\\\" \uD83D\uDC69\"}",
          false,
          Optional.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
          Optional.of("order-4711"));

  final FakeAws aws;
  final Backend backend;
  private final String name;
  private final Map<String, String> settings;

  /**
   * @param name the value of {@code BACKEND}
   * @param settingsOf the backend's variables
   */
  BackendContract(String name, Function<FakeAws, Map<String, String>> settingsOf)
      throws IOException {
    aws = new FakeAws();
    this.name = name;
    settings = settingsOf.apply(aws);
    backend = aws.backend(name, settings);
  }

  /** Makes the peer accept the work. */
  void accept() {
    aws.reply(202, "");
  }

  /** The work as it arrived at the peer. */
  String arrived(FakeAws.Call call) {
    return call.body();
  }

  /** The result of a start, also if it is completed later. */
  StartResult start() {
    return backend.start(WORK);
  }

  @AfterEach
  void close() throws Exception {
    backend.close();
    aws.close();
  }

  @Test
  void theWorkArrivesAsItWasGivenAndOnce() {
    accept();
    assertThat(start()).isEqualTo(new StartResult.Started());
    assertThat(aws.calls).hasSize(1);
    assertThat(arrived(aws.calls.get(0))).isEqualTo(WORK.toJson());
  }

  @Test
  void aThrottledStartHasStartedNothingAndMayBeTriedAgain() {
    aws.refuse(429, "ThrottlingException");
    assertThat(start())
        .isInstanceOfSatisfying(
            StartResult.NotStarted.class, not -> assertThat(not.retryable()).isTrue());
    assertThat(aws.calls).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 404})
  void aRefusedStartHasStartedNothingAndIsNotTriedAgain(int status) {
    aws.refuse(status, "AccessDeniedException");
    assertThat(start())
        .isInstanceOfSatisfying(
            StartResult.NotStarted.class, not -> assertThat(not.retryable()).isFalse());
    assertThat(aws.calls).hasSize(1);
  }

  @Test
  void aServerErrorLeavesOpenWhetherItWasStarted() {
    aws.refuse(500, "InternalFailure");
    assertThat(start()).isInstanceOf(StartResult.Unconfirmed.class);
    assertThat(aws.calls).hasSize(1);
  }

  @Test
  void aLostConnectionLeavesOpenWhetherItWasStarted() {
    assertThat(start())
        .isInstanceOfSatisfying(
            StartResult.Unconfirmed.class,
            lost -> assertThat(lost.error()).isEqualTo("BackendUnreachable"));
    assertThat(aws.calls).hasSize(1);
  }

  /** Headers and one byte: a socket's time-out alone would restart with each byte. */
  @Test
  void anAnswerThatStallsInItsBodyEndsTheStart() {
    aws.stall(accepted());
    assertThat(start()).isInstanceOf(whenTheBodyStalls());
    assertThat(aws.calls).hasSize(1);
  }

  @Test
  void anAnswerThatStallsInItsBodyEndsTheQuestion() {
    Map<String, String> impatient = new HashMap<>(settings);
    impatient.put("FIND_TIMEOUT_MS", "300");
    aws.stall(200);
    try (Backend asked = aws.backend(name, impatient)) {
      assertThat(asked.find(ID))
          .isInstanceOfAny(FindResult.Unavailable.class, FindResult.Untracked.class);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** The status that confirms the work. */
  int accepted() {
    return 200;
  }

  /** The result of a start whose status arrived in time and whose body did not. */
  Class<? extends StartResult> whenTheBodyStalls() {
    return StartResult.Unconfirmed.class;
  }

  @Test
  void askingNeverThrows() {
    assertThat(backend.find(ID))
        .isInstanceOfAny(FindResult.Unavailable.class, FindResult.Untracked.class);
  }

  @Test
  void itsFactoryIsFoundByItsNameAndRefusesWhatIsMissingByName() {
    BackendFactory factory = Backends.named(name.toUpperCase(java.util.Locale.ROOT));
    assertThat(factory.name()).isEqualTo(name);
    String variable = settings.keySet().iterator().next();
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> factory.check(Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(variable + " is not set");
  }
}
