// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher.aws;

import dev.syncline.publisher.Authorization;
import dev.syncline.publisher.EventsEndpoint;
import dev.syncline.work.aws.AwsEnvironment;
import java.time.Clock;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The AppSync Events credentials that a program's environment configures. */
public final class EventsAuthorization {
  /** The variable that selects {@code api-key}, which is the default, or {@code iam}. */
  public static final String VARIABLE = "APPSYNC_AUTH";

  private static final Pattern AWS_HOST =
      Pattern.compile(".*\\.appsync-api\\.([a-z0-9-]+)\\.amazonaws\\.com(?:\\.cn)?");

  private EventsAuthorization() {}

  /**
   * Checks the variables that {@link #fromEnvironment} reads, without I/O and without loading the
   * SDK, because it may run during a function's initialisation.
   *
   * @throws IllegalArgumentException naming the variable and the correction
   */
  public static void check(Map<String, String> environment) {
    boolean literal = !read(environment, ApiKeys.LITERAL_VARIABLE).isEmpty();
    boolean secret = !read(environment, ApiKeys.SECRET_VARIABLE).isEmpty();
    if (isIam(environment)) {
      if (literal || secret) {
        throw new IllegalArgumentException(
            (literal ? ApiKeys.LITERAL_VARIABLE : ApiKeys.SECRET_VARIABLE)
                + " is set although "
                + VARIABLE
                + " is iam, which uses no key; remove one of the two");
      }
      String unused = region(environment);
    } else if (literal == secret) {
      throw new IllegalArgumentException(
          "Set either "
              + ApiKeys.SECRET_VARIABLE
              + ", to the ARN of the secret that holds the Event API's key, or "
              + ApiKeys.LITERAL_VARIABLE
              + "; "
              + (literal ? "both are" : "neither is")
              + " set. With "
              + VARIABLE
              + "=iam none is needed");
    }
  }

  /**
   * The credentials: an API key as {@link ApiKeys#fromEnvironment} reads it, or with {@code
   * APPSYNC_AUTH=iam} Signature Version 4 with the credentials of the environment. Does no I/O;
   * loads the SDK unless the key is literal.
   *
   * @param clock the time of signatures
   * @throws IllegalArgumentException as {@link #check}
   */
  public static Authorization fromEnvironment(Map<String, String> environment, Clock clock) {
    check(environment);
    return isIam(environment)
        ? new IamAuthorization(
            AwsEnvironment.of(environment).credentialsProvider(), region(environment), clock)
        : Authorization.apiKey(ApiKeys.fromEnvironment(environment));
  }

  private static boolean isIam(Map<String, String> environment) {
    String mode = read(environment, VARIABLE);
    return switch (mode) {
      case "", "api-key" -> false;
      case "iam" -> true;
      default ->
          throw new IllegalArgumentException(
              VARIABLE + " must be api-key or iam, but is \"" + mode + "\"");
    };
  }

  /** The region in the API's host name; else the function's region. */
  private static String region(Map<String, String> environment) {
    Matcher host = AWS_HOST.matcher(read(environment, EventsEndpoint.HTTP_HOST_VARIABLE));
    String region = host.matches() ? host.group(1) : read(environment, "AWS_REGION");
    if (region.isEmpty()) {
      region = read(environment, "AWS_DEFAULT_REGION");
    }
    if (region.isEmpty()) {
      throw new IllegalArgumentException(
          "AWS_REGION is not set; set it to the Event API's region, which its host does not name");
    }
    return region;
  }

  private static String read(Map<String, String> environment, String name) {
    return environment.getOrDefault(name, "").strip();
  }
}
