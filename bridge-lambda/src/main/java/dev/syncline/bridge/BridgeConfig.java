// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import dev.syncline.bridge.backend.BackendFactory;
import dev.syncline.bridge.backend.Backends;
import dev.syncline.bridge.http.ResponseFormat;
import dev.syncline.publisher.Channel;
import dev.syncline.publisher.EventsEndpoint;
import dev.syncline.publisher.InvalidChannelException;
import dev.syncline.publisher.aws.EventsAuthorization;
import dev.syncline.work.NumberSetting;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The bridge's configuration, read from the environment once and validated.
 *
 * <p>Immutable and thread-safe. Holds no secret.
 *
 * @param replies where answers arrive; empty for a backend that returns them itself
 * @param backend {@code BACKEND}: the chosen backend, whose own variables have been validated
 * @param waitBudgetMillis {@code WAIT_BUDGET_MS}: how long the gateway waits; default 29,000
 * @param marginMillis {@code DEADLINE_MARGIN_MS}: reserved before the gateway's and the function's
 *     limit to write the response; default 1,000
 * @param reconcileLeadMillis {@code RECONCILE_LEAD_MS}: how long before its deadline a request
 *     polls the backend; default 1,000
 * @param maxBodyBytes {@code MAX_BODY_BYTES}: the maximum body, in UTF-8 bytes; default 261,120,
 *     which is Step Functions' limit less the envelope
 * @param acceptedAtDeadline {@code ON_DEADLINE}: 202, which is the default, or 504
 * @param format {@code RESPONSE_DIALECT}
 * @param doubtMillis {@code START_DOUBT_MS}: how long work whose start was not confirmed is assumed
 *     to run, and is not started again; default 900,000
 * @param callerContext {@code CALLER_CONTEXT}: the members of a Lambda authorizer's context that
 *     identify the caller; empty, which is the default, for all
 * @param metrics {@code METRICS}: {@code emf}, which is the default, or {@code off}
 * @param logPayload {@code LOG_PAYLOAD}: whether bodies are logged; default {@code false}
 */
public record BridgeConfig(
    Optional<Replies> replies,
    BackendFactory backend,
    long waitBudgetMillis,
    long marginMillis,
    long reconcileLeadMillis,
    int maxBodyBytes,
    boolean acceptedAtDeadline,
    ResponseFormat format,
    long doubtMillis,
    Set<String> callerContext,
    boolean metrics,
    boolean logPayload) {

  /**
   * * The reply channel's endpoint and namespace.
   *
   * @param endpoint {@code APPSYNC_HTTP_HOST}, {@code APPSYNC_REALTIME_HOST}, {@code
   *     AWS_ENDPOINT_URL}
   * @param namespace {@code APPSYNC_NAMESPACE}: their channel namespace
   * @param mode {@code REPLY_MODE}
   * @param subscribeTimeoutMillis {@code SUBSCRIBE_TIMEOUT_MS}: how long connecting and subscribing
   *     may take; default 5,000
   */
  public record Replies(
      EventsEndpoint endpoint, String namespace, ReplyMode mode, long subscribeTimeoutMillis) {}

  /** How an answer is matched with its request. */
  public enum ReplyMode {
    /** One subscription for all; an event contains the work's id. {@code wildcard}, the default. */
    WILDCARD,
    /**
     * One channel for each piece of work, whose last segment is the work's id. {@code per-request}.
     */
    PER_REQUEST;

    private static ReplyMode parse(String text) {
      return switch (text) {
        case "", "wildcard" -> WILDCARD;
        case "per-request" -> PER_REQUEST;
        default ->
            throw new IllegalArgumentException(
                "REPLY_MODE must be wildcard or per-request, but is \"" + text + "\"");
      };
    }
  }

  /** With its envelope, a body of this size without escapes is at Step Functions' limit. */
  static final int MAX_BODY_BYTES = 262_144 - 1_024;

  private static final long DAY = 86_400_000;
  private static final long FIFTEEN_MINUTES = 900_000;

  /**
   * Reads the environment.
   *
   * @throws IllegalArgumentException naming the variable and the correction
   */
  public static BridgeConfig fromEnvironment(Map<String, String> environment) {
    BackendFactory backend = Backends.named(environment.getOrDefault("BACKEND", ""));
    backend.check(environment);
    KeySecret.check(environment);
    return new BridgeConfig(
        backend.answersOnChannel(environment)
            ? Optional.of(replies(environment))
            : Optional.empty(),
        backend,
        number(environment, "WAIT_BUDGET_MS", 29_000, 1, FIFTEEN_MINUTES),
        number(environment, "DEADLINE_MARGIN_MS", 1_000, 0, 60_000),
        number(environment, "RECONCILE_LEAD_MS", 1_000, 0, 60_000),
        (int) number(environment, "MAX_BODY_BYTES", MAX_BODY_BYTES, 1, MAX_BODY_BYTES),
        choice(environment, "ON_DEADLINE", "202", "504"),
        ResponseFormat.parse(environment.getOrDefault("RESPONSE_DIALECT", "").strip()),
        number(environment, "START_DOUBT_MS", 900_000, 1_000, DAY),
        names(environment, "CALLER_CONTEXT"),
        choice(environment, "METRICS", "emf", "off"),
        !choice(environment, "LOG_PAYLOAD", "false", "true"));
  }

  private static Replies replies(Map<String, String> environment) {
    EventsAuthorization.check(environment);
    return new Replies(
        EventsEndpoint.fromEnvironment(environment),
        namespace(environment),
        ReplyMode.parse(environment.getOrDefault("REPLY_MODE", "").strip()),
        number(environment, "SUBSCRIBE_TIMEOUT_MS", 5_000, 1, 60_000));
  }

  private static String namespace(Map<String, String> environment) {
    String name = required(environment, "APPSYNC_NAMESPACE", "the Event API's channel namespace");
    try {
      Channel channel = Channel.of(name);
      if (channel.segments().size() == 1) {
        return channel.namespace();
      }
    } catch (InvalidChannelException e) {
      throw new IllegalArgumentException("APPSYNC_NAMESPACE: " + e.getMessage(), e);
    }
    throw new IllegalArgumentException(
        "APPSYNC_NAMESPACE must be one channel segment, but is \"" + name + "\"");
  }

  private static Set<String> names(Map<String, String> environment, String name) {
    return Arrays.stream(environment.getOrDefault(name, "").split(","))
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String required(Map<String, String> environment, String name, String what) {
    String value = environment.getOrDefault(name, "").strip();
    if (value.isEmpty()) {
      throw new IllegalArgumentException(name + " is not set; set it to " + what);
    }
    return value;
  }

  /** Whether the variable has the first value, which is also its default. */
  private static boolean choice(
      Map<String, String> environment, String name, String first, String second) {
    String text = environment.getOrDefault(name, "").strip();
    if (!text.isEmpty() && !text.equals(first) && !text.equals(second)) {
      throw new IllegalArgumentException(
          name + " must be " + first + " or " + second + ", but is \"" + text + "\"");
    }
    return !text.equals(second);
  }

  private static long number(
      Map<String, String> environment, String name, long defaultValue, long min, long max) {
    String text = environment.getOrDefault(name, "").strip();
    if (text.isEmpty()) {
      return defaultValue;
    }
    return NumberSetting.within(name, "a whole number", text, min, max);
  }
}
