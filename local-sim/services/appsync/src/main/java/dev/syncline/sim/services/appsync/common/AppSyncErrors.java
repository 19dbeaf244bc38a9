// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.common;

import dev.syncline.sim.handlers.CodeError;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Input;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The control plane's errors, with the statuses of the service's model. */
public final class AppSyncErrors {
  private static final Pattern CONTACT = Pattern.compile("[A-Za-z0-9_\\- .]*");

  private AppSyncErrors() {}

  /** A member that is wrong. */
  public static AwsException badRequest(String message) {
    return AwsException.badRequest("BadRequestException", message);
  }

  /** A resource that does not exist; {@code what} names it. */
  public static AwsException notFound(String what) {
    return new AwsException("NotFoundException", 404, what + " not found.");
  }

  /** A resource that exists already. */
  public static AwsException conflict(String message) {
    return new AwsException("ConflictException", 409, message);
  }

  /** A quota of Event APIs that is used up. */
  public static AwsException quotaExceeded(String message) {
    return new AwsException("ServiceQuotaExceededException", 402, message);
  }

  /** The account has the maximum of GraphQL APIs. */
  public static AwsException tooManyApis(int limit) {
    return AwsException.badRequest(
        "ApiLimitExceededException", "The account has " + limit + " GraphQL APIs already.");
  }

  /** No GraphQL API has that id. */
  public static AwsException noGraphqlApi(String apiId) {
    return new AwsException("NotFoundException", 404, "GraphQL API " + apiId + " not found.");
  }

  /** Something of a GraphQL API that does not exist, in AppSync's words. */
  public static AwsException missing(String message) {
    return new AwsException("NotFoundException", 404, message);
  }

  /** A change while the schema is being created. */
  public static AwsException schemaIsAltered() {
    return new AwsException(
        "ConcurrentModificationException",
        409,
        "Schema is currently being altered, please wait until that is complete.");
  }

  /** A schema that cannot be shown. */
  public static AwsException schemaError(String message) {
    return AwsException.badRequest("GraphQLSchemaException", message);
  }

  /** An API with the maximum of keys. */
  public static AwsException tooManyKeys(String apiId, int limit) {
    return AwsException.badRequest(
        "ApiKeyLimitExceededException", "API " + apiId + " has " + limit + " keys already.");
  }

  /** The end of a key that is too near or too far. */
  public static AwsException validityOutOfBounds(long expires, Instant now) {
    return AwsException.badRequest(
        "ApiKeyValidityOutOfBoundsException",
        "'expires' must be 1 to 365 days from now, in seconds since 1970; got "
            + expires
            + ", now is "
            + now.getEpochSecond()
            + ".");
  }

  /** Code that does not compile. */
  public static AwsException codeError(List<CodeError> errors) {
    return new AwsException(
        "BadRequestException",
        400,
        "The code contains one or more errors.",
        Map.of("reason", "CODE_ERROR", "detail", Map.of("codeErrors", codeErrors(errors))));
  }

  /** Errors of code in AWS's form. */
  public static List<Map<String, Object>> codeErrors(List<CodeError> errors) {
    return errors.stream()
        .map(
            error ->
                Map.<String, Object>of(
                    "errorType",
                    error.errorType(),
                    "value",
                    error.value(),
                    "location",
                    Map.of("line", error.line(), "column", error.column(), "span", error.span())))
        .toList();
  }

  /** A caller that exceeds the rate. */
  public static AwsException throttled() {
    return new AwsException("LimitExceededException", 429, "Rate exceeded");
  }

  /** A feature of AppSync that the simulator does not support. */
  public static AwsException unsupported(String what) {
    return badRequest("The simulator does not support " + what + ".");
  }

  /**
   * A text member that is not empty.
   *
   * @throws AwsException naming the member when it is missing
   */
  public static String required(Input input, String member) {
    return input
        .text(member)
        .filter(value -> !value.isEmpty())
        .orElseThrow(() -> badRequest("'" + member + "' is required."));
  }

  /**
   * A text member with a length within bounds.
   *
   * @throws AwsException naming the member and the bounds
   */
  public static String sized(Input input, String member, int least, int most) {
    String text = required(input, member);
    if (text.length() < least || text.length() > most) {
      throw badRequest(
          "'"
              + member
              + "' must have "
              + least
              + " to "
              + most
              + " characters, not "
              + text.length()
              + ".");
    }
    return text;
  }

  /** The {@code context} of an evaluation that is something else. */
  public static AwsException contextIsNotJson() {
    return badRequest("'context' is not a JSON object.");
  }

  /**
   * A member that has one of these values; empty without the member.
   *
   * @throws AwsException naming the member and the values
   */
  public static Optional<String> choice(Input input, String member, List<String> values) {
    Optional<String> given = input.text(member);
    given.ifPresent(
        value -> {
          if (!values.contains(value)) {
            throw badRequest(
                "'"
                    + member
                    + "' must be one of "
                    + String.join(", ", values)
                    + ", not '"
                    + value
                    + "'.");
          }
        });
    return given;
  }

  /**
   * A number within bounds; empty without the member.
   *
   * @throws AwsException naming the member and the bounds
   */
  public static OptionalInt within(Input input, String member, int least, int most) {
    OptionalInt given = input.integer(member);
    if (given.isPresent() && (given.getAsInt() < least || given.getAsInt() > most)) {
      throw badRequest(
          "'" + member + "' must be " + least + " to " + most + ", not " + given.getAsInt() + ".");
    }
    return given;
  }

  /**
   * The member {@code ownerContact}, null without it.
   *
   * @throws AwsException when it is longer than {@code most}, or has other characters than AWS
   *     takes
   */
  public static @Nullable String ownerContact(Input input, int most) {
    String contact = input.text("ownerContact").orElse(null);
    if (contact != null && (contact.length() > most || !CONTACT.matcher(contact).matches())) {
      throw badRequest(
          "'ownerContact' must be up to "
              + most
              + " letters, digits, spaces, dots, dashes or underscores.");
    }
    return contact;
  }

  /** Refuses members of a structure that are not in {@code supported}, naming the first. */
  public static void onlySupported(Input structure, String path, List<String> supported) {
    structure
        .json()
        .fieldNames()
        .forEachRemaining(
            member -> {
              if (!supported.contains(member)) {
                throw unsupported("the member '" + path + "." + member + "'");
              }
            });
  }
}
