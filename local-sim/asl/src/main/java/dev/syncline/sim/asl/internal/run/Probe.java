// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.asl.Payload;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Records the data of one state that is tested alone, and mocks its work. Not thread-safe. */
public final class Probe {
  private final ObjectNode inspection = JsonNodeFactory.instance.objectNode();
  private final @Nullable JsonNode context;
  private final int retrierRetryCount;
  private final int mapIterationFailures;
  private final @Nullable String itemReaderData;
  private @Nullable Payload mockResult;
  private @Nullable StateError mockError;
  private Outcome outcome = Outcome.NONE;
  private @Nullable String next;
  private @Nullable StateError caughtError;
  private @Nullable String refusal;

  /** How the state was left. */
  public enum Outcome {
    NONE,
    LEFT,
    CAUGHT,
    RETRIABLE
  }

  /**
   * A probe without mocks.
   *
   * @param context the whole context object, null to make one
   * @param retrierRetryCount how often the retrier that matches has been used
   * @param mapIterationFailures failed iterations of a mocked Map
   * @param itemReaderData what an ItemReader reads, as it is in its source
   */
  public Probe(
      @Nullable JsonNode context,
      int retrierRetryCount,
      int mapIterationFailures,
      @Nullable String itemReaderData) {
    this.context = context;
    this.retrierRetryCount = retrierRetryCount;
    this.mapIterationFailures = mapIterationFailures;
    this.itemReaderData = itemReaderData;
  }

  /** Mocks the state's work with this result. */
  public void mockResult(Payload result) {
    mockResult = result;
  }

  /** Mocks the state's work with this error. */
  public void mockError(@Nullable String error, @Nullable String cause) {
    mockError = StateError.of(error, cause);
  }

  boolean mocked() {
    return mockResult != null || mockError != null;
  }

  @Nullable Payload mockedResult() {
    return mockResult;
  }

  @Nullable StateError mockedError() {
    return mockError;
  }

  @Nullable JsonNode context() {
    return context;
  }

  int retrierRetryCount() {
    return retrierRetryCount;
  }

  @Nullable String itemReaderData() {
    return itemReaderData;
  }

  int mapIterationFailures() {
    return mapIterationFailures;
  }

  void see(String stage, Payload value) {
    inspection.put(stage, value.text());
  }

  void see(String stage, String text) {
    inspection.put(stage, text);
  }

  void see(String stage, JsonNode number) {
    inspection.set(stage, number);
  }

  void seeVariables(Map<String, JsonNode> variables) {
    if (!variables.isEmpty()) {
      ObjectNode all = JsonNodeFactory.instance.objectNode();
      new TreeMap<>(variables).forEach(all::set);
      see("variables", Payload.of(all));
    }
  }

  void refuse(String why) {
    refusal = why;
  }

  /** Why the requested test cannot run, null when it can. */
  public @Nullable String refusal() {
    return refusal;
  }

  void left(@Nullable String nextState) {
    if (outcome == Outcome.NONE) {
      outcome = Outcome.LEFT;
    }
    next = nextState;
  }

  void caught(int index, StateError error) {
    caughtError = error;
    outcome = Outcome.CAUGHT;
    inspection.withObject("/errorDetails").put("catchIndex", index);
  }

  void exhausted(int index) {
    inspection.withObject("/errorDetails").put("retryIndex", index);
  }

  void retriable(int index, Duration delay) {
    outcome = Outcome.RETRIABLE;
    inspection
        .withObject("/errorDetails")
        .put("retryIndex", index)
        .put("retryBackoffIntervalSeconds", delay.toSeconds());
  }

  /** How the state was left; NONE if it failed or has not ended. */
  public Outcome outcome() {
    return outcome;
  }

  /** Name of the error that was caught. */
  public @Nullable String error() {
    return caughtError == null ? null : caughtError.error();
  }

  /** Cause of the error that was caught. */
  public @Nullable String cause() {
    return caughtError == null ? null : caughtError.cause();
  }

  /** The state that would follow. */
  public @Nullable String next() {
    return next;
  }

  /** The recorded data, stage by stage. */
  public ObjectNode inspection() {
    return inspection;
  }
}
