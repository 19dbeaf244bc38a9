// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The resource that a Task state calls.
 *
 * @param arn the ARN as written in the definition
 * @param kind its family of history events
 * @param service for {@link Kind#SERVICE} the service, such as {@code http}, {@code sqs} or {@code
 *     aws-sdk:dynamodb}; empty otherwise
 * @param action for {@link Kind#SERVICE} the action without its suffix, such as {@code invoke};
 *     empty otherwise
 * @param pattern how long the state waits
 */
public record TaskResource(String arn, Kind kind, String service, String action, Pattern pattern) {

  private static final java.util.regex.Pattern INTEGRATION =
      java.util.regex.Pattern.compile(
          "arn:aws[a-z-]*:states:([a-z0-9-]*):(\\d*):((?:aws-sdk:)?[A-Za-z0-9-]+):([A-Za-z0-9]+)"
              + "(\\.sync|\\.sync:2|\\.waitForTaskToken)?");
  private static final java.util.regex.Pattern ACTIVITY =
      java.util.regex.Pattern.compile("arn:aws[a-z-]*:states:[a-z0-9-]+:[^:]+:activity:.+");
  private static final java.util.regex.Pattern LAMBDA =
      java.util.regex.Pattern.compile("arn:aws[a-z-]*:lambda:[^:]+:[^:]+:function:.+");

  /** Families of resources. */
  public enum Kind {
    /** A Lambda function by its own ARN. */
    LAMBDA,
    /** An activity, done by the worker that polls for it. */
    ACTIVITY,
    /** A service integration ({@code arn:aws:states:::service:action}). */
    SERVICE
  }

  /** Integration patterns. */
  public enum Pattern {
    /** Done when the service has answered. */
    REQUEST_RESPONSE(""),
    /** Done when the job that was started has ended; its output is text. */
    SYNC(".sync"),
    /** The same; its output is JSON. */
    SYNC_2(".sync:2"),
    /** Done when the task token is returned. */
    WAIT_FOR_TASK_TOKEN(".waitForTaskToken");

    private final String suffix;

    Pattern(String suffix) {
      this.suffix = suffix;
    }

    /** The suffix of the action, empty for request-response. */
    public String suffix() {
      return suffix;
    }
  }

  /** Reads an ARN; null if a Task state cannot call it. */
  public static @Nullable TaskResource parse(String arn) {
    if (LAMBDA.matcher(arn).matches()) {
      return new TaskResource(arn, Kind.LAMBDA, "", "", Pattern.REQUEST_RESPONSE);
    }
    if (ACTIVITY.matcher(arn).matches()) {
      return new TaskResource(arn, Kind.ACTIVITY, "", "", Pattern.REQUEST_RESPONSE);
    }
    Matcher match = INTEGRATION.matcher(arn);
    if (!match.matches()) {
      return null;
    }
    String suffix = match.group(5);
    Pattern pattern = Pattern.REQUEST_RESPONSE;
    for (Pattern candidate : Pattern.values()) {
      if (candidate.suffix.equals(suffix)) {
        pattern = candidate;
      }
    }
    return new TaskResource(arn, Kind.SERVICE, match.group(3), match.group(4), pattern);
  }

  /** The name of {@code resource} in the history: the action with its suffix, or the whole ARN. */
  public String historyName() {
    return kind == Kind.SERVICE ? action + pattern.suffix : arn;
  }

  /** How AWS names the task in messages about it: the service, or the ARN. */
  public String displayName() {
    return kind == Kind.SERVICE ? service : arn;
  }
}
